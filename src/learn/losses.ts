/**
 * Losses of images in 0..1, as scalars averaged over items and their elements.
 *
 *   mse        mean (y - t)^2
 *   mse-ssim   mean (y - t)^2 + weight * (1 - SSIM(y, t))
 *
 * Cross-entropy is absent: targets are images, never classes.
 */
import { tf } from '../tensor/tf';
import { structuralSimilarity } from './layers/structural-similarity';

export interface Loss {
  readonly label: string;
  readonly unit: string;
  /** prediction and target: [n, ...shape] to a scalar, the mean over the n items. */
  readonly of: (prediction: tf.Tensor, target: tf.Tensor) => tf.Scalar;
}

export type LossName = 'mse' | 'mse-ssim';

const meanSquaredError = (prediction: tf.Tensor, target: tf.Tensor): tf.Scalar =>
  tf.mean(tf.square(tf.sub(prediction, target)));

/** `ssimWeight` counts in "mse-ssim" alone. */
export function lossNamed(name: LossName, ssimWeight: number): Loss {
  if (name === 'mse') return { label: 'Mean squared error', unit: '1', of: meanSquaredError };
  return {
    label: 'Mean squared error and structural similarity',
    unit: '1',
    of: (prediction, target) => {
      const similarity = structuralSimilarity(prediction as tf.Tensor4D, target as tf.Tensor4D);
      return tf.add(meanSquaredError(prediction, target), tf.mul(tf.sub(1, similarity), ssimWeight));
    },
  };
}
