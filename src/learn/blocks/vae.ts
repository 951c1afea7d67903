/** Arithmetic of the variational autoencoder of src/kit/blocks/vae.ts, x [n, ...] to y [n, ...target]. */
import { sizeOfShape } from '../../kit/blocks';
import type { VaeParams } from '../../kit/blocks/vae';
import { tf } from '../../tensor/tf';
import type { ArraySpec, BlockPlace, ForwardContext, LearnBlock } from '../block';
import { dense, flat } from '../layers/dense';

type Place = BlockPlace<VaeParams>;

/** Name of the term that the divergence adds to the loss. */
const divergence = 'KL term';

function arrays({ params, input, output }: Place): ArraySpec[] {
  const { hiddenUnits, latentUnits } = params;
  const layer = (name: string, fanIn: number, fanOut: number, relu: boolean): ArraySpec[] => [
    {
      name: `${name}.weights`,
      shape: [fanIn, fanOut],
      initial: relu ? { kind: 'he', fanIn } : { kind: 'glorot', fanIn, fanOut },
      role: 'weight',
    },
    { name: `${name}.bias`, shape: [fanOut], initial: { kind: 'constant', value: 0 }, role: 'offset' },
  ];
  return [
    ...layer('encoder', sizeOfShape(input), hiddenUnits, true),
    ...layer('mean', hiddenUnits, latentUnits, false),
    ...layer('logVariance', hiddenUnits, latentUnits, false),
    ...layer('decoder', latentUnits, hiddenUnits, true),
    ...layer('out', hiddenUnits, sizeOfShape(output), false),
  ];
}

const layer = (context: ForwardContext, name: string, input: tf.Tensor2D, relu: boolean): tf.Tensor2D =>
  dense(input, context.array(`${name}.weights`), context.array(`${name}.bias`), {
    relu,
    inputGradient: name !== 'encoder' || context.inputGradient,
  });

const hidden = (x: tf.Tensor, context: ForwardContext) => layer(context, 'encoder', flat(x), true);

function decode({ output }: Place, z: tf.Tensor2D, context: ForwardContext): tf.Tensor {
  const image = tf.sigmoid(layer(context, 'out', layer(context, 'decoder', z, true), false));
  return tf.reshape(image, [z.shape[0], ...output]);
}

function forward(place: Place, x: tf.Tensor, context: ForwardContext): tf.Tensor {
  const { params, output } = place;
  const h = hidden(x, context);
  const mean = layer(context, 'mean', h, false);
  if (!context.training) return decode(place, mean, context);
  const logVariance = layer(context, 'logVariance', h, false);
  const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), context.noise(0))) as tf.Tensor2D;
  const terms = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1));
  const perItem = tf.mul(tf.sum(terms, 1), 0.5);
  if (params.beta > 0) context.addLoss(divergence, tf.mul(tf.mean(perItem), params.beta / sizeOfShape(output)));
  return decode(place, z, context);
}

export const vae: LearnBlock = {
  type: 'vae',
  arrays,
  dropoutSites: () => [],
  noiseSites: ({ params }: Place) => [{ units: params.latentUnits }],
  slicing: 'batch',
  forward,
  latent: {
    units: ({ params }: Place) => params.latentUnits,
    encode(_, x, context) {
      const h = hidden(x, context);
      return { mean: layer(context, 'mean', h, false), logVariance: layer(context, 'logVariance', h, false) };
    },
    decode,
  },
};
