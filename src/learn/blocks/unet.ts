/** Arithmetic of the U-Net: the convolutions of src/kit/blocks/unet.ts, x [n, h, w, c] to y of the same height and width. */
import { type UnetParams, unetConvolutions } from '../../kit/blocks/unet';
import { tf } from '../../tensor/tf';
import type { ArraySpec, BlockPlace, ForwardContext, LearnBlock } from '../block';
import { clipStraightThrough } from '../layers/clip';
import { convolution } from '../layers/convolution';
import { maxPool, upSample } from '../layers/resample';

type Place = BlockPlace<UnetParams>;

function arrays({ params, input, output }: Place): ArraySpec[] {
  return unetConvolutions(params, input[2] ?? 0, output[2] ?? 0).flatMap(({ name, size, inChannels, outChannels }) => {
    const initial: ArraySpec['initial'] =
      name !== 'out'
        ? { kind: 'he', fanIn: size * size * inChannels }
        : params.output === 'residual'
          ? { kind: 'constant', value: 0 }
          : { kind: 'glorot', fanIn: inChannels, fanOut: outChannels };
    return [
      { name: `${name}.weights`, shape: [size, size, inChannels, outChannels], initial, role: 'weight' },
      { name: `${name}.bias`, shape: [outChannels], initial: { kind: 'constant', value: 0 }, role: 'offset' },
    ] satisfies ArraySpec[];
  });
}

function forward({ params }: Place, x: tf.Tensor, context: ForwardContext): tf.Tensor {
  const convolve = (name: string, input: tf.Tensor4D, relu = true) =>
    convolution(input, context.array(`${name}.weights`), context.array(`${name}.bias`), {
      relu,
      inputGradient: name !== 'down1a' || context.inputGradient,
    });
  const twice = (name: string, input: tf.Tensor4D) => convolve(`${name}b`, convolve(`${name}a`, input));

  const passed: tf.Tensor4D[] = [];
  let h = x as tf.Tensor4D;
  for (let level = 1; level <= params.levels; level++) {
    const features = twice(`down${level}`, h);
    passed.push(features);
    h = maxPool(features);
  }
  h = twice('bottom', h);
  for (let level = params.levels; level >= 1; level--) {
    const up = convolve(`up${level}`, upSample(h), false);
    h = twice(`join${level}`, tf.concat([passed[level - 1] as tf.Tensor4D, up], 3));
  }
  const result = convolve('out', h, false);
  return params.output === 'residual' ? clipStraightThrough(tf.add(x, result)) : tf.sigmoid(result);
}

export const unet: LearnBlock = { type: 'unet', arrays, dropoutSites: () => [], slicing: 'images', forward };
