/** Halving and doubling of images [n, h, w, c]: 2x2 max-pooling and nearest up-sampling. */
import { tf } from '../../tensor/tf';

export const maxPool = (x: tf.Tensor4D): tf.Tensor4D => tf.maxPool(x, 2, 2, 'valid');

/**
 * Every pixel becomes a 2x2 square, so the gradient of a pixel is the sum over its square. Written out because tfjs 4.22's
 * own gradient is wrong for more than one image on its `cpu` backend.
 */
export function upSample(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape;
  const layer = tf.customGrad((input) => ({
    value: tf.image.resizeNearestNeighbor(input as tf.Tensor4D, [2 * height, 2 * width]),
    gradFunc: (dy: tf.Tensor) => tf.mul(tf.avgPool(dy as tf.Tensor4D, 2, 2, 'valid'), 4),
  }));
  return layer(x) as tf.Tensor4D;
}
