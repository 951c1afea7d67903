/** Losses per item shape, as scalars averaged over items and their elements. New losses join the table by name. */
import { tf } from '../tensor/tf';

export interface Loss {
  readonly label: string;
  readonly unit: string;
  /** prediction and target: [n, ...shape] to a scalar, the mean over the n items. */
  readonly of: (prediction: tf.Tensor, target: tf.Tensor) => tf.Scalar;
}

/** Mean squared error over pixels, of images in 0..1: dimensionless. */
const meanSquaredError: Loss = {
  label: 'Mean squared error',
  unit: '1',
  of: (prediction, target) => tf.mean(tf.square(tf.sub(prediction, target))),
};

export const losses = { mse: meanSquaredError } as const;
export type LossName = keyof typeof losses;
