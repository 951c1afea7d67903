/** Halving and doubling of images [n, h, w, c]: 2x2 max-pooling and nearest up-sampling. */
import { tf } from '../../tensor/tf';

export const maxPool = (x: tf.Tensor4D): tf.Tensor4D => tf.maxPool(x, 2, 2, 'valid');

/** Every pixel becomes a 2x2 square. */
export function upSample(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape;
  return tf.image.resizeNearestNeighbor(x, [2 * height, 2 * width]);
}
