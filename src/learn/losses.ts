/**
 * Losses as scalars averaged over items: of images in 0..1, also over their elements, and of classes.
 *
 *   mse            mean (y - t)^2
 *   mse-ssim       mean (y - t)^2 + weight * (1 - SSIM(y, t))
 *   cross-entropy  mean over items of -sum_k t_k log softmax(y)_k, in nats; t is 1 at the item's class and 0 elsewhere
 */
import { tf } from '../tensor/tf';
import { structuralSimilarity } from './layers/structural-similarity';

export interface Loss {
  readonly label: string;
  readonly unit: string;
  /** prediction and target: [n, ...shape] to a scalar, the mean over the n items. */
  readonly of: (prediction: tf.Tensor, target: tf.Tensor) => tf.Scalar;
  /** A prediction as what it stands for, within 0..1: pixels, or probabilities of classes. */
  readonly shown: (prediction: tf.Tensor) => tf.Tensor;
}

export type LossName = 'mse' | 'mse-ssim' | 'cross-entropy';

const meanSquaredError = (prediction: tf.Tensor, target: tf.Tensor): tf.Scalar =>
  tf.mean(tf.square(tf.sub(prediction, target)));

const pixels = (prediction: tf.Tensor): tf.Tensor => tf.clipByValue(prediction, 0, 1);

const crossEntropy: Loss = {
  label: 'Cross-entropy',
  unit: 'nat',
  of: (prediction, target) => tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(prediction)), -1))),
  shown: (prediction) => tf.softmax(prediction),
};

/** `ssimWeight` counts in "mse-ssim" alone. */
export function lossNamed(name: LossName, ssimWeight: number): Loss {
  if (name === 'cross-entropy') return crossEntropy;
  if (name === 'mse') return { label: 'Mean squared error', unit: '1', of: meanSquaredError, shown: pixels };
  return {
    label: 'Mean squared error and structural similarity',
    unit: '1',
    of: (prediction, target) => {
      const similarity = structuralSimilarity(prediction as tf.Tensor4D, target as tf.Tensor4D);
      return tf.add(meanSquaredError(prediction, target), tf.mul(tf.sub(1, similarity), ssimWeight));
    },
    shown: pixels,
  };
}
