/** Dense layer y = act(x W + b). x: [n, in], W: [in, out], b: [out], y: [n, out]. */
import { tf } from '../../tensor/tf';
import { type AffineKernels, type AffineOptions, affine } from './affine';
import { runKernel } from './run-kernel';

const kernels: AffineKernels = {
  forward: (a, b, bias, relu) =>
    runKernel(
      tf._FusedMatMul,
      { a, b, bias },
      {
        transposeA: false,
        transposeB: false,
        activation: relu ? 'relu' : 'linear',
      },
    ),
  weightGradient: (x, dz) => tf.matMul(x, dz, true, false),
  inputGradient: (dz, weights) => tf.matMul(dz, weights, false, true),
};

export const dense = (x: tf.Tensor2D, weights: tf.Tensor, bias: tf.Tensor, options: AffineOptions): tf.Tensor2D =>
  affine(x, weights, bias, options, kernels) as tf.Tensor2D;

/** [n, ...] to [n, feature]. */
export function flat(x: tf.Tensor): tf.Tensor2D {
  const n = x.shape[0] as number;
  return tf.reshape(x, [n, x.size / n]);
}
