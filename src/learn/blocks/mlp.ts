/** Arithmetic of the multilayer perceptron: the layers of src/kit/blocks/mlp.ts, x [n, ...] to y [n, ...target]. */
import { sizeOfShape } from '../../kit/blocks';
import type { MlpParams } from '../../kit/blocks/mlp';
import { tf } from '../../tensor/tf';
import type { ArraySpec, BlockPlace, ForwardContext, LearnBlock } from '../block';
import { normaliseBy, normaliseByBatch } from '../layers/batch-norm';
import { clipStraightThrough } from '../layers/clip';
import { dense } from '../layers/dense';

type Place = BlockPlace<MlpParams>;

function arrays({ params, input, output }: Place): ArraySpec[] {
  const list: ArraySpec[] = [];
  let size = sizeOfShape(input);
  const constant = (name: string, units: number, value: number, role: ArraySpec['role']) =>
    list.push({ name, shape: [units], initial: { kind: 'constant', value }, role });
  for (let layer = 1; layer <= params.hiddenLayers; layer++) {
    const units = params.hiddenUnits;
    list.push({
      name: `dense${layer}.weights`,
      shape: [size, units],
      initial: { kind: 'he', fanIn: size },
      role: 'weight',
    });
    constant(`dense${layer}.bias`, units, 0, 'offset');
    if (params.batchNorm) {
      constant(`norm${layer}.gamma`, units, 1, 'offset');
      constant(`norm${layer}.beta`, units, 0, 'offset');
      constant(`norm${layer}.mean`, units, 0, 'running');
      constant(`norm${layer}.variance`, units, 1, 'running');
    }
    size = units;
  }
  const outputs = sizeOfShape(output);
  const initial = { kind: 'glorot', fanIn: size, fanOut: outputs } as const;
  list.push({ name: 'out.weights', shape: [size, outputs], initial, role: 'weight' });
  constant('out.bias', outputs, 0, 'offset');
  return list;
}

function normalised(x: tf.Tensor2D, layer: number, context: ForwardContext): tf.Tensor2D {
  const name = `norm${layer}`;
  const gamma = context.array(`${name}.gamma`);
  const beta = context.array(`${name}.beta`);
  if (!context.training) {
    const moments = { mean: context.array(`${name}.mean`), variance: context.array(`${name}.variance`) };
    return normaliseBy(x, moments, gamma, beta);
  }
  const { y, moments } = normaliseByBatch(x, gamma, beta);
  context.observe(name, moments);
  return y;
}

function forward({ params, output }: Place, x: tf.Tensor, context: ForwardContext): tf.Tensor {
  const n = x.shape[0] as number;
  let h = tf.reshape(x, [n, x.size / n]) as tf.Tensor2D;
  const layer = (name: string, relu: boolean, first: boolean) =>
    dense(h, context.array(`${name}.weights`), context.array(`${name}.bias`), {
      relu,
      inputGradient: !first || context.inputGradient,
    });
  for (let i = 1; i <= params.hiddenLayers; i++) {
    h = layer(`dense${i}`, !params.batchNorm, i === 1);
    if (params.batchNorm) h = tf.relu(normalised(h, i, context));
    if (params.dropout > 0 && context.training) h = tf.mul(h, context.dropout(i - 1));
  }
  const y = tf.reshape(layer('out', false, params.hiddenLayers === 0), [n, ...output]);
  if (params.outputActivation === 'sigmoid') return tf.sigmoid(y);
  return params.outputActivation === 'clip' ? clipStraightThrough(y) : y;
}

export const mlp: LearnBlock = {
  type: 'mlp',
  arrays,
  dropoutSites: ({ params }: Place) =>
    params.dropout === 0
      ? []
      : Array.from({ length: params.hiddenLayers }, () => ({ units: params.hiddenUnits, rate: params.dropout })),
  slicing: 'batch',
  forward,
};
