/**
 * Batch normalisation over the units of [n, unit]:  y = gamma (x - mean) / sqrt(variance + epsilon) + beta.
 *
 * While training, mean and (population) variance are those of the slice at hand, and are reported so that running values
 * can be kept; afterwards the running values are used. Source: Ioffe and Szegedy 2015; epsilon 1e-3 as in Keras.
 */
import { tf } from '../../tensor/tf';

const epsilon = 1e-3;

export interface Moments {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/** By the moments of x itself, which are returned with the result. */
export function normaliseByBatch(
  x: tf.Tensor2D,
  gamma: tf.Tensor,
  beta: tf.Tensor,
): { y: tf.Tensor2D; moments: Moments } {
  const mean = tf.mean(x, 0);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), 0);
  return { y: scaled(centred, variance, gamma, beta), moments: { mean, variance } };
}

/** By moments known beforehand. */
export function normaliseBy(
  x: tf.Tensor2D,
  { mean, variance }: Moments,
  gamma: tf.Tensor,
  beta: tf.Tensor,
): tf.Tensor2D {
  return scaled(tf.sub(x, mean), variance, gamma, beta);
}

const scaled = (centred: tf.Tensor, variance: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor2D =>
  tf.add(tf.mul(centred, tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))), beta);
