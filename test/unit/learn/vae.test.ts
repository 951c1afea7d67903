/** The variational autoencoder: its divergence in closed form, its noise, what prediction leaves out, and its curves. */
import { beforeAll, expect, test } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { buildChain, type Chain } from '../../../src/learn/chain';
import { batchGradients } from '../../../src/learn/gradients';
import { lossNamed } from '../../../src/learn/losses';
import { latentNoise } from '../../../src/learn/noise';
import { predictAll } from '../../../src/learn/predict';
import { train } from '../../../src/learn/train';
import { initialValues, Weights } from '../../../src/learn/weights';
import { tf } from '../../../src/tensor/tf';
import { bitsOf, freely, mlpSpec, options, recordingContext, tinySamples, vaeSpec } from './support';

const target = [4, 4, 1];
const places = (count: number) => Array.from({ length: count }, (_, i) => i);

beforeAll(async () => {
  await startTensors('wasm');
});

/** Weights of zero, so that mean and log variance are what their biases say for every item. */
function constant(chain: Chain, mean: readonly number[], logVariance: readonly number[]): Map<string, Float32Array> {
  const values = new Map([...initialValues(chain, 1)].map(([name, array]) => [name, array.map(() => 0)] as const));
  return values.set('0/mean.bias', Float32Array.from(mean)).set('0/logVariance.bias', Float32Array.from(logVariance));
}

async function terms(chain: Chain, values: ReadonlyMap<string, Float32Array>, count: number) {
  const samples = tinySamples(count);
  const weights = Weights.of(chain, values);
  const x = tf.tensor(samples.inputs(places(count)), [count, 5]);
  const y = tf.tensor(samples.targets(places(count)), [count, ...target]);
  const pass = { active: 1, stageWeight: 0, microBatch: 2, loss: lossNamed('mse', 0), seed: 3, epoch: 0 };
  const result = await batchGradients(chain, weights, { x, target: y, ids: samples.ids }, pass, freely.breathe);
  tf.dispose([x, y, ...result.gradients.values()]);
  weights.dispose();
  return result;
}

test('the KL term is beta / P times the divergence of the code from a unit Gaussian, and 0 where they agree', async () => {
  const chain = buildChain([vaeSpec({ beta: 2 })], [5], target);
  // Reference value of the science notes; a unit with mean 0 and variance 1 adds nothing.
  const kl = 0.733994;
  const shifted = await terms(chain, constant(chain, [0.5, -1, 0], [0.2, -0.7, 0]), 7);
  expect(shifted.terms.get('KL term')).toBeCloseTo((2 / 16) * kl, 5);
  expect((await terms(chain, constant(chain, [0, 0, 0], [0, 0, 0]), 7)).terms.get('KL term')).toBe(0);
  // The image is sigmoid(0) whatever the code is, so the loss is that of grey.
  const targets = tinySamples(7).targets(places(7));
  expect(shifted.loss).toBeCloseTo(targets.reduce((sum, t) => sum + (t - 0.5) ** 2, 0) / targets.length, 5);
});

test('with beta 0 there is no term', async () => {
  const chain = buildChain([vaeSpec({ beta: 0 })], [5], target);
  expect((await terms(chain, initialValues(chain, 1), 4)).terms.size).toBe(0);
});

test('noise is that of the item and the epoch, whatever the batch, with mean 0 and variance 1', () => {
  const site = { units: 40, offset: 0 };
  const ids = Int32Array.from({ length: 200 }, (_, i) => 3 * i);
  const draw = { seed: 5, epoch: 2, ids, unitsInChain: 40 };
  const all = latentNoise(site, draw);
  const alone = latentNoise(site, { ...draw, ids: ids.subarray(17, 18) });
  expect(alone).toEqual(all.slice(17 * 40, 18 * 40));
  expect(latentNoise(site, { ...draw, epoch: 3 })).not.toEqual(all);
  expect(latentNoise(site, { ...draw, seed: 6 })).not.toEqual(all);
  const mean = all.reduce((sum, z) => sum + z, 0) / all.length;
  const variance = all.reduce((sum, z) => sum + (z - mean) ** 2, 0) / all.length;
  // 8,000 draws: standard errors 0.011 and 0.016.
  expect(Math.abs(mean)).toBeLessThan(0.045);
  expect(Math.abs(variance - 1)).toBeLessThan(0.065);
  // Two sites of one chain never share a draw.
  expect(latentNoise({ units: 40, offset: 40 }, { ...draw, unitsInChain: 80 })).not.toEqual(
    latentNoise(site, { ...draw, unitsInChain: 80 }),
  );
});

test('prediction takes the mean of the code: no noise, and the log variance counts for nothing', async () => {
  const chain = buildChain([vaeSpec()], [5], target);
  const values = initialValues(chain, 2);
  const samples = tinySamples(6);
  const predicted = (arrays: ReadonlyMap<string, Float32Array>) =>
    predictAll(chain, arrays, 6, samples.inputs, { breathe: freely.breathe, progress: () => {} });
  const first = await predicted(values);
  expect(await predicted(values)).toEqual(first);
  expect(await predicted(new Map(values).set('0/logVariance.bias', Float32Array.of(5, 5, 5)))).toEqual(first);
  expect(await predicted(new Map(values).set('0/mean.bias', Float32Array.of(5, 5, 5)))).not.toEqual(first);
});

test('behind an MLP it learns, shows its KL term after warm-up, and a stopped training ends at the same bits', async () => {
  const asked = {
    chain: buildChain([mlpSpec(), vaeSpec()], [5], target),
    samples: tinySamples(24),
    validation: tinySamples(6, 5, 2),
    epochs: 12,
    patience: 0,
    options: options({ warmUpEpochs: 2, learningRate: 0.01 }),
  };
  const before = tf.memory().numTensors;
  const whole = await train(asked, recordingContext().context);
  expect(tf.memory().numTensors).toBe(before);
  const curve = (name: string) => whole.loss.curves.find((entry) => entry.name === name);
  expect([...(curve('KL term')?.x ?? [])]).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(curve('KL term')?.y.every((y) => y > 0)).toBe(true);
  const training = curve('training')?.y ?? [];
  expect(training[11]).toBeLessThan(training[2] as number);
  const { context, kept } = recordingContext();
  await train({ ...asked, epochs: 5 }, context);
  const resumed = await train(asked, context);
  expect(bitsOf(resumed.arrays)).toEqual(bitsOf(whole.arrays));
  expect(resumed.loss).toEqual(whole.loss);
  expect(kept.size).toBe(12);
});
