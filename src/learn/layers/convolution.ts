/**
 * 2-D convolution y = act(x * W + b), stride 1, padding "same", NHWC. x: [n, h, w, in], W: [size, size, in, out], b: [out],
 * y: [n, h, w, out].
 */
import { tf } from '../../tensor/tf';
import { type AffineKernels, type AffineOptions, affine } from './affine';
import { runKernel } from './run-kernel';

const geometry = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], dimRoundingMode: undefined };

const kernels: AffineKernels = {
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

export const convolution = (x: tf.Tensor4D, weights: tf.Tensor, bias: tf.Tensor, options: AffineOptions): tf.Tensor4D =>
  affine(x, weights, bias, options, kernels) as tf.Tensor4D;
