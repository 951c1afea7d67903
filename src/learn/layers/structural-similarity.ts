/**
 * Structural similarity of images in 0..1 that a gradient can pass through, [n, h, w, c] to the mean over images, channels
 * and all windows that lie within the image:
 *
 *   SSIM = ((2 mx my + C1)(2 sxy + C2)) / ((mx^2 + my^2 + C1)(sx^2 + sy^2 + C2)),  C1 = 0.01^2, C2 = 0.03^2
 *
 * with moments weighted by an 11 x 11 Gaussian of sigma 1.5. The Gaussian is separable, so a window average is a product
 * with a banded matrix from either side, which every backend does fast. Source: Wang et al. 2004.
 */
import { tf } from '../../tensor/tf';

/** Height and width that an image needs at least. */
export const ssimWindow = 11;
const sigma = 1.5;
const [c1, c2] = [0.01 ** 2, 0.03 ** 2];

export function structuralSimilarity(x: tf.Tensor4D, y: tf.Tensor4D): tf.Scalar {
  const [, height, width] = x.shape;
  const [a, b] = [planes(x), planes(y)];
  const [down, across] = [windows(height), windows(width)];
  const average = (plane: tf.Tensor3D) => smoothed(plane, down, across);
  const [meanA, meanB] = [average(a), average(b)];
  const [squareA, squareB, both] = [tf.square(meanA), tf.square(meanB), tf.mul(meanA, meanB)];
  const varianceA = tf.sub(average(tf.square(a)), squareA);
  const varianceB = tf.sub(average(tf.square(b)), squareB);
  const covariance = tf.sub(average(tf.mul(a, b)), both);
  const numerator = tf.mul(tf.add(tf.mul(both, 2), c1), tf.add(tf.mul(covariance, 2), c2));
  const denominator = tf.mul(tf.add(tf.add(squareA, squareB), c1), tf.add(tf.add(varianceA, varianceB), c2));
  return tf.mean(tf.div(numerator, denominator));
}

/** [n, h, w, c] to [n * c, h, w] */
function planes(x: tf.Tensor4D): tf.Tensor3D {
  const [n, height, width, channels] = x.shape;
  const ordered = channels === 1 ? x : tf.transpose(x, [0, 3, 1, 2]);
  return tf.reshape(ordered, [n * channels, height, width]);
}

/** Weighted averages over all windows: [planes, h, w] to [planes, w - 10, h - 10]. */
function smoothed(x: tf.Tensor3D, down: tf.Tensor2D, across: tf.Tensor2D): tf.Tensor {
  const [count, height, width] = x.shape;
  const columns = across.shape[1];
  const rows = tf.reshape(tf.matMul(tf.reshape(x, [count * height, width]), across), [count, height, columns]);
  return tf.matMul(tf.reshape(tf.transpose(rows, [0, 2, 1]), [count * columns, height]), down);
}

/** [size, size - 10]: column j averages the 11 places from j on. */
function windows(size: number): tf.Tensor2D {
  const taps = Array.from({ length: ssimWindow }, (_, k) => Math.exp(-((k - 5) ** 2) / (2 * sigma * sigma)));
  const sum = taps.reduce((total, tap) => total + tap, 0);
  const columns = size - ssimWindow + 1;
  const matrix = new Float32Array(size * columns);
  for (let j = 0; j < columns; j++) for (const [k, tap] of taps.entries()) matrix[(j + k) * columns + j] = tap / sum;
  return tf.tensor2d(matrix, [size, columns]);
}
