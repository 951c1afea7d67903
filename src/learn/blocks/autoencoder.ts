/**
 * Arithmetic of the convolutional autoencoder: the stages of src/kit/blocks/autoencoder.ts, x [n, h, w, c] to y of the same
 * height and width. Convolutions have no bias, which the batch normalisation behind them would take away again.
 */
import { type AutoencoderParams, autoencoderStages } from '../../kit/blocks/autoencoder';
import { tf } from '../../tensor/tf';
import type { ArraySpec, BlockPlace, ForwardContext, LearnBlock } from '../block';
import { normaliseBy, normaliseByBatch } from '../layers/batch-norm';
import { convolution } from '../layers/convolution';
import { upSample } from '../layers/resample';

type Place = BlockPlace<AutoencoderParams>;

/** Mean and standard deviation that the image starts with: those of pixels in 0..1 rather than 0 and 1, which take long to unlearn. */
const imageStart = 0.3;

const stagesOf = ({ params, input, output }: Place) => autoencoderStages(params, input, output[2] ?? 0);

function arrays(place: Place): ArraySpec[] {
  return stagesOf(place).flatMap(({ name, size, inChannels, outChannels, relu }) => {
    const fanIn = size * size * inChannels;
    const initial: ArraySpec['initial'] = relu ? { kind: 'he', fanIn } : { kind: 'glorot', fanIn, fanOut: outChannels };
    const constant = (kind: string, value: number, role: ArraySpec['role']): ArraySpec => ({
      name: `${name}.${kind}`,
      shape: [outChannels],
      initial: { kind: 'constant', value },
      role,
    });
    return [
      { name: `${name}.weights`, shape: [size, size, inChannels, outChannels], initial, role: 'weight' },
      constant('gamma', relu ? 1 : imageStart, 'offset'),
      constant('beta', relu ? 0 : imageStart, 'offset'),
      constant('mean', 0, 'running'),
      constant('variance', 1, 'running'),
    ] satisfies ArraySpec[];
  });
}

/** Over images and places, per channel. */
function normalised(x: tf.Tensor4D, name: string, context: ForwardContext): tf.Tensor4D {
  const rows = tf.reshape(x, [-1, x.shape[3]]) as tf.Tensor2D;
  const [gamma, beta] = [context.array(`${name}.gamma`), context.array(`${name}.beta`)];
  if (!context.training) {
    const moments = { mean: context.array(`${name}.mean`), variance: context.array(`${name}.variance`) };
    return tf.reshape(normaliseBy(rows, moments, gamma, beta), x.shape);
  }
  const { y, moments } = normaliseByBatch(rows, gamma, beta);
  context.observe(name, moments);
  return tf.reshape(y, x.shape);
}

function forward(place: Place, x: tf.Tensor, context: ForwardContext): tf.Tensor {
  let h = x as tf.Tensor4D;
  let site = 0;
  for (const stage of stagesOf(place)) {
    if (stage.upSampled) {
      h = tf.slice(upSample(h), [0, 0, 0, 0], [h.shape[0], stage.height, stage.width, stage.inChannels]);
    }
    h = convolution(h, context.array(`${stage.name}.weights`), tf.zeros([stage.outChannels]), {
      relu: false,
      stride: stage.stride,
      inputGradient: stage.name !== 'down1' || context.inputGradient,
    });
    h = normalised(h, stage.name, context);
    if (stage.relu) h = tf.relu(h);
    if (stage.dropout) {
      if (context.training) h = tf.mul(h, tf.reshape(context.dropout(site), h.shape));
      site += 1;
    }
  }
  return h;
}

export const autoencoder: LearnBlock = {
  type: 'autoencoder',
  arrays,
  dropoutSites: (place: Place) =>
    stagesOf(place)
      .filter((stage) => stage.dropout)
      .map(({ height, width, outChannels }) => ({ units: height * width * outChannels, rate: place.params.dropout })),
  slicing: 'images',
  forward,
};
