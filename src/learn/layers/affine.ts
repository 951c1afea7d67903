/**
 * y = act(A(x, W) + b) with A linear in both: what a dense layer and a convolution share. Forward is one fused kernel,
 * backward is one unit: ReLU's mask, the gradients of W and b, and that of x where it is wanted.
 */
import { tf } from '../../tensor/tf';

export interface AffineOptions {
  readonly relu: boolean;
  /** False where nothing before the layer learns: the gradient towards x, a third of the work, is then left out. */
  readonly inputGradient: boolean;
}

export interface AffineKernels {
  /** act(A(x, W) + b) */
  readonly forward: (x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor, relu: boolean) => tf.Tensor;
  /** dL/dW from x and dL/dz */
  readonly weightGradient: (x: tf.Tensor, dz: tf.Tensor, weights: tf.Tensor) => tf.Tensor;
  /** dL/dx from dL/dz and W */
  readonly inputGradient: (dz: tf.Tensor, weights: tf.Tensor, x: tf.Tensor) => tf.Tensor;
}

export function affine(
  x: tf.Tensor,
  weights: tf.Tensor,
  bias: tf.Tensor,
  options: AffineOptions,
  kernels: AffineKernels,
): tf.Tensor {
  const inputs = options.inputGradient ? [x, weights, bias] : [weights, bias];
  const layer = tf.customGrad((...args) => {
    // x may be an intermediate that ends with the forward pass: it is saved for the way back, as y is.
    const save = args[args.length - 1] as tf.GradSaveFunc;
    const y = kernels.forward(x, weights, bias, options.relu);
    save(options.relu ? [x, y] : [x]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const input = saved[0] as tf.Tensor;
        const dz = options.relu ? tf.mul(dy, tf.step(saved[1] as tf.Tensor)) : dy;
        const own = [
          kernels.weightGradient(input, dz, weights),
          tf.sum(
            dz,
            dz.shape.slice(0, -1).map((_, axis) => axis),
          ),
        ];
        return options.inputGradient ? [kernels.inputGradient(dz, weights, input), ...own] : own;
      },
    };
  });
  return layer(...inputs);
}
