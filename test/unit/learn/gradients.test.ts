/** Gradients of every block and of whole chains against finite differences, and what micro-batches may not change. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { sizeOfShape } from '../../../src/kit/blocks';
import { buildChain, type Chain } from '../../../src/learn/chain';
import { batchGradients, type PassOptions } from '../../../src/learn/gradients';
import { lossNamed } from '../../../src/learn/losses';
import { initialValues, Weights } from '../../../src/learn/weights';
import { tf } from '../../../src/tensor/tf';
import {
  autoencoderSpec,
  freely,
  linearSpec,
  mlpSpec,
  pattern,
  tinyChain,
  tinySamples,
  unetSpec,
  vaeSpec,
} from './support';

const passOptions = (changes: Partial<PassOptions> = {}): PassOptions => ({
  active: 2,
  stageWeight: 0.5,
  microBatch: 64,
  loss: lossNamed('mse', 0),
  seed: 3,
  epoch: 0,
  ...changes,
});

/** Values that keep every array away from its neutral start, so that no gradient is zero for a trivial reason. */
function perturbed(chain: Chain): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  let salt = 0;
  for (const [name, start] of initialValues(chain, 3)) {
    const noise = pattern(start.length, ++salt);
    values.set(
      name,
      start.map((value, i) => value + 0.3 * ((noise[i] as number) - 0.4)),
    );
  }
  return values;
}

async function pass(
  chain: Chain,
  values: ReadonlyMap<string, Float32Array>,
  count: number,
  changes: Partial<PassOptions> = {},
) {
  const samples = tinySamples(count, 5, 0, sizeOfShape(chain.output));
  const places = samples.ids.map((_, i) => i);
  const weights = Weights.of(chain, values);
  const x = tf.tensor(samples.inputs(places), [count, ...chain.input]);
  const target = tf.tensor(samples.targets(places), [count, ...chain.output]);
  const options = passOptions({ active: chain.blocks.length, ...changes });
  const result = await batchGradients(chain, weights, { x, target, ids: samples.ids }, options, freely.breathe);
  const gradients = new Map<string, Float32Array>();
  for (const [name, tensor] of result.gradients) gradients.set(name, (await tensor.data<'float32'>()).slice());
  tf.dispose([
    x,
    target,
    ...result.gradients.values(),
    ...result.observed.flatMap(({ mean, variance }) => [mean, variance]),
  ]);
  weights.dispose();
  const terms = [...result.terms.values()].reduce((sum, term) => sum + term, 0);
  return { loss: result.loss, terms, gradients };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/**
 * Worst disagreement of a directional derivative with its central difference, per array, relative to the larger. Of several
 * steps the best counts: rounding spoils the small ones, curvature and switching ReLUs the large ones.
 */
async function worstError(chain: Chain, changes: Partial<PassOptions> = {}, steps = [2e-4]): Promise<number> {
  const values = perturbed(chain);
  const { gradients } = await pass(chain, values, 6, changes);
  let worst = 0;
  for (const [name, gradient] of gradients) {
    const norm = Math.sqrt(dot(gradient, gradient));
    if (normalisedAway(chain, name)) {
      expect(norm, name).toBeLessThan(1e-6);
      continue;
    }
    expect(norm, `${name} has a gradient`).toBeGreaterThan(1e-5);
    // Along the gradient, the direction in which a missing term shows most.
    const moved = async (step: number) => {
      const value = (values.get(name) as Float32Array).map((w, i) => w + (step / norm) * (gradient[i] as number));
      return objective(chain, new Map(values).set(name, value), changes);
    };
    let error = Number.POSITIVE_INFINITY;
    for (const step of steps) {
      if (error < 0.005) break;
      const difference = ((await moved(step)) - (await moved(-step))) / (2 * step);
      error = Math.min(error, Math.abs(difference - norm) / norm);
    }
    worst = Math.max(worst, error);
  }
  return worst;
}

/** A bias in front of a batch normalisation shifts its mean and nothing else. */
const normalisedAway = (chain: Chain, name: string): boolean =>
  /^0\/dense\d\.bias$/.test(name) && chain.blocks[0]?.arrays.some((array) => array.name === 'norm1.gamma') === true;

/** The whole objective: with one block active its own loss; with two, half the stage loss on top. */
async function objective(
  chain: Chain,
  values: ReadonlyMap<string, Float32Array>,
  changes: Partial<PassOptions>,
): Promise<number> {
  const { loss, terms } = await pass(chain, values, 6, changes);
  const final = loss + terms;
  if (chain.blocks.length === 1) return final;
  const stage = (await pass(chain, values, 6, { ...changes, active: 1 })).loss;
  return final + (changes.stageWeight ?? 0.5) * stage;
}

beforeAll(async () => {
  await startTensors('cpu');
});

describe('finite differences', () => {
  test.each([
    ['one hidden layer', {}],
    ['two hidden layers, no dropout', { hiddenLayers: 2, dropout: 0 }],
    ['no batch normalisation', { batchNorm: false }],
    ['no hidden layer, linear output', { hiddenLayers: 0, outputActivation: 'linear' as const }],
  ])('MLP, %s', async (_, params) => {
    expect(await worstError(tinyChain(params, null))).toBeLessThan(0.01);
  });

  test('U-Net behind an MLP, as an image of its own', async () => {
    const chain = tinyChain({ dropout: 0 }, { output: 'sigmoid' });
    expect(await worstError(chain, { microBatch: 4 })).toBeLessThan(0.01);
  });

  test('U-Net behind an MLP with dropout and normalisation, two levels', async () => {
    const chain = tinyChain({}, { output: 'sigmoid', levels: 2 });
    expect(await worstError(chain, { microBatch: 4, stageWeight: 0.8 })).toBeLessThan(0.01);
  });
});

describe('finite differences of the other blocks', () => {
  const target = [4, 4, 1];
  test.each(['linear', 'sigmoid'] as const)('linear layer, %s output', async (outputActivation) => {
    expect(await worstError(buildChain([linearSpec({ outputActivation })], [5], target))).toBeLessThan(0.01);
  });

  // A large beta, so that the divergence is as large as the error and a missing part of it shows.
  test.each([0, 16])('VAE with beta %i, its noise held', async (beta) => {
    const chain = buildChain([vaeSpec({ beta })], [5], target);
    expect(await worstError(chain)).toBeLessThan(0.01);
    expect((await pass(chain, perturbed(chain), 6)).terms > 0).toBe(beta > 0);
  });

  test('VAE behind an MLP, and a U-Net behind a VAE', async () => {
    const behind = buildChain([mlpSpec({ dropout: 0 }), vaeSpec({ beta: 16 })], [5], target);
    expect(await worstError(behind)).toBeLessThan(0.01);
    const before = buildChain([vaeSpec({ beta: 0 }), unetSpec({ output: 'sigmoid' })], [5], target);
    expect(await worstError(before, { microBatch: 4 })).toBeLessThan(0.01);
  });

  test('autoencoder of odd sizes behind a linear layer, with dropout', { timeout: 60_000 }, async () => {
    const chain = buildChain([linearSpec(), autoencoderSpec()], [5], [12, 9, 1]);
    const steps = [2e-4, 5e-4, 1e-3, 2e-3];
    expect(await worstError(chain, { microBatch: 6, stageWeight: 0.5 }, steps)).toBeLessThan(0.01);
  });

  test('squared error and SSIM', async () => {
    const chain = buildChain([linearSpec({ outputActivation: 'sigmoid' })], [5], [12, 13, 2]);
    expect(await worstError(chain, { loss: lossNamed('mse-ssim', 0.5) })).toBeLessThan(0.01);
  });
});

describe('the residual form', () => {
  test('gives its input at the start, and learns through the clip', async () => {
    const chain = tinyChain({ dropout: 0 });
    const values = initialValues(chain, 3);
    const both = await pass(chain, values, 6);
    const alone = await pass(chain, values, 6, { active: 1 });
    expect(both.loss).toBeCloseTo(alone.loss, 7);
    const last = both.gradients.get('1/out.weights') as Float32Array;
    expect(Math.max(...last.map(Math.abs))).toBeGreaterThan(0);
  });

  test('the gradient of a clipped pixel is that of its clipped error', async () => {
    // Bias 5 everywhere: every pixel is cut off at 1, so dL/dbias = 2 mean(1 - target), as if there were no clip.
    const chain = tinyChain({ dropout: 0 });
    const values = new Map(initialValues(chain, 3)).set('1/out.bias', Float32Array.of(5));
    const { gradients, loss } = await pass(chain, values, 4, { stageWeight: 0 });
    const targets = tinySamples(4).targets([0, 1, 2, 3]);
    const mean = targets.reduce((sum, t) => sum + (1 - t), 0) / targets.length;
    expect(gradients.get('1/out.bias')?.[0]).toBeCloseTo(2 * mean, 5);
    expect(loss).toBeCloseTo(targets.reduce((sum, t) => sum + (1 - t) ** 2, 0) / targets.length, 5);
  });
});

describe('micro-batches', () => {
  test.each([1, 3, 5])('of %i give the gradient of the whole batch', async (microBatch) => {
    const chain = tinyChain({ batchNorm: false });
    const values = perturbed(chain);
    const whole = await pass(chain, values, 10);
    const parts = await pass(chain, values, 10, { microBatch });
    expect(parts.loss).toBeCloseTo(whole.loss, 6);
    for (const [name, gradient] of whole.gradients) {
      const other = parts.gradients.get(name) as Float32Array;
      const size = Math.max(...gradient.map(Math.abs));
      const worst = Math.max(...gradient.map((value, i) => Math.abs(value - (other[i] as number))));
      expect(worst, name).toBeLessThan(2e-6 + 1e-5 * size);
    }
  });

  test('an MLP normalises over the whole batch whatever the micro-batch', async () => {
    const chain = tinyChain();
    const values = perturbed(chain);
    expect((await pass(chain, values, 10, { microBatch: 2 })).loss).toBeCloseTo(
      (await pass(chain, values, 10)).loss,
      6,
    );
  });
});

test('a stage is left out of the loss where its weight is 0', async () => {
  const chain = tinyChain({ dropout: 0 });
  const values = initialValues(chain, 3);
  // With the last convolution at zero, the residual U-Net hands the final error to the MLP unchanged.
  const final = await pass(chain, values, 6, { stageWeight: 0 });
  const half = await pass(chain, values, 6, { stageWeight: 0.5 });
  const a = final.gradients.get('0/out.bias') as Float32Array;
  const b = half.gradients.get('0/out.bias') as Float32Array;
  for (const [i, value] of a.entries()) expect(b[i]).toBeCloseTo(1.5 * value, 6);
});

test('nothing is left on the device, also when it is stopped half-way', async () => {
  const chain = tinyChain();
  const values = initialValues(chain, 3);
  const before = tf.memory().numTensors;
  await pass(chain, values, 10, { microBatch: 3 });
  expect(tf.memory().numTensors).toBe(before);

  const weights = Weights.of(chain, values);
  const x = tf.zeros([10, 5]);
  const target = tf.zeros([10, 4, 4, 1]);
  const inside = tf.memory().numTensors;
  for (let stopAt = 1; stopAt <= 6; stopAt++) {
    let calls = 0;
    const breathe = async () => {
      if (++calls === stopAt) throw new Error('stop');
    };
    const batch = { x, target, ids: new Int32Array(10) };
    await expect(batchGradients(chain, weights, batch, passOptions({ microBatch: 3 }), breathe)).rejects.toThrow(
      'stop',
    );
    expect(tf.memory().numTensors, `stopped at ${stopAt}`).toBe(inside);
  }
  tf.dispose([x, target]);
  weights.dispose();
});
