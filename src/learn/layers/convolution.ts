/**
 * 2-D convolution y = act(x * W + b), padding "same", NHWC. x: [n, h, w, in], W: [size, size, in, out], b: [out],
 * y: [n, ceil(h / stride), ceil(w / stride), out].
 */
import { tf } from '../../tensor/tf';
import { type AffineKernels, type AffineOptions, affine } from './affine';
import { runKernel } from './run-kernel';

function kernels(stride: number): AffineKernels {
  const geometry = {
    strides: [stride, stride],
    pad: 'same',
    dataFormat: 'NHWC',
    dilations: [1, 1],
    dimRoundingMode: undefined,
  };
  return {
    forward: (x, filter, bias, relu) =>
      runKernel(
        tf.FusedConv2D,
        { x, filter, bias },
        {
          ...geometry,
          activation: relu ? 'relu' : 'linear',
          leakyreluAlpha: 0,
        },
      ),
    weightGradient: (x, dy, { shape }) =>
      runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...geometry, filterShape: shape }),
    inputGradient: (dy, filter, { shape }) =>
      runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...geometry, inputShape: shape }),
  };
}

interface ConvolutionOptions extends AffineOptions {
  /** 1 where it is not given. */
  readonly stride?: number;
}

export const convolution = (
  x: tf.Tensor4D,
  weights: tf.Tensor,
  bias: tf.Tensor,
  options: ConvolutionOptions,
): tf.Tensor4D => affine(x, weights, bias, options, kernels(options.stride ?? 1)) as tf.Tensor4D;
