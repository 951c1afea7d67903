/**
 * The training loop: it learns, warm-up trains what it says, seeds decide, and a training that is stopped and taken up
 * again ends at the same bits, on `cpu` and on `wasm`.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { NodeComputeError, RunCancelled } from '../../../src/core/errors';
import { startTensors } from '../../../src/kernels/start';
import type { Chain } from '../../../src/learn/chain';
import { type TrainingRequest, train } from '../../../src/learn/train';
import { Trainer, type TrainingOptions } from '../../../src/learn/trainer';
import { tf } from '../../../src/tensor/tf';
import { bitsOf, freely, options, recordingContext, tinyChain, tinySamples } from './support';

const samples = tinySamples(20);

async function trained(chain: Chain, epochs: number, changes: Partial<TrainingOptions> = {}) {
  const trainer = new Trainer(chain, options(changes));
  for (let epoch = 0; epoch < epochs; epoch++) await trainer.runEpoch(samples, null, freely);
  const state = await trainer.snapshot();
  trainer.dispose();
  return state;
}

const request = (changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  chain: tinyChain(),
  samples,
  validation: null,
  epochs: 4,
  patience: 0,
  options: options({ warmUpEpochs: 2 }),
  ...changes,
});

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startTensors(backend);
  });

  test('the loss falls below that of the mean target', async () => {
    const state = await trained(tinyChain({ dropout: 0 }), 24, { warmUpEpochs: 12, learningRate: 0.03 });
    const targets = samples.targets(samples.ids.map((_, i) => i));
    const mean = targets.reduce((sum, t) => sum + t, 0) / targets.length;
    const floor = targets.reduce((sum, t) => sum + (t - mean) ** 2, 0) / targets.length;
    expect(state.trainLoss.at(-1)).toBeLessThan(0.25 * floor);
    expect(state.trainLoss).toHaveLength(24);
    expect(state.stepLoss.y).toHaveLength(24 * 3);
    expect(state.stepLoss.x.at(-1)).toBe(24);
  });

  test('stopped after any epoch and taken up again, it ends at the same bits', async () => {
    const whole = recordingContext();
    const expected = await train(request(), whole.context);
    for (const stop of [1, 2, 3]) {
      const { context, kept, notices } = recordingContext();
      await train(request({ epochs: stop }), context);
      const resumed = await train(request(), context);
      expect(notices).toEqual([`Training goes on after epoch ${stop}.`]);
      expect(bitsOf(resumed.arrays)).toEqual(bitsOf(expected.arrays));
      expect(resumed.loss).toEqual(expected.loss);
      expect(kept.get(4)).toEqual(whole.kept.get(4));
    }
  });

  test('same seed same bits, another seed other bits', async () => {
    const one = bitsOf((await trained(tinyChain(), 2)).arrays);
    expect(bitsOf((await trained(tinyChain(), 2)).arrays)).toEqual(one);
    expect(bitsOf((await trained(tinyChain(), 2, { seed: 8 })).arrays)).not.toEqual(one);
  });

  test('a cancel half-way through leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    for (const stopAt of [1, 2, 5, 9, 14]) {
      let calls = 0;
      const { context } = recordingContext(async () => {
        if (++calls === stopAt) throw new RunCancelled();
      });
      await expect(train(request({ validation: tinySamples(4, 5, 3) }), context)).rejects.toThrow(RunCancelled);
      expect(tf.memory().numTensors, `stopped at ${stopAt}`).toBe(before);
    }
    await train(request(), recordingContext().context);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a loss that is no number stops with the step and the cure; the last good epoch is kept', async () => {
    const before = tf.memory().numTensors;
    const { context, kept } = recordingContext();
    const chain = tinyChain({ outputActivation: 'linear', dropout: 0, batchNorm: false }, null);
    const sick = { ...samples, targets: (places: ArrayLike<number>) => samples.targets(places) };
    await train(request({ chain, epochs: 1, options: options() }), context);
    const wild = request({ chain, samples: sick, epochs: 9, options: options({ learningRate: 1e30 }) });
    const error = await train(wild, context).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeComputeError);
    const { details } = error as NodeComputeError;
    expect(details.code).toBe('train.diverged');
    expect(details.message).toMatch(/diverged at step \d+, in epoch 2: .*after epoch 1 are kept/);
    expect(details.cure).toContain('lower the learning rate');
    expect([...kept.keys()]).toEqual([1]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('warm-up', () => {
  beforeAll(async () => {
    await startTensors('cpu');
  });

  test('trains the first block as if it were alone and leaves the last untouched, then both learn', async () => {
    const warm = { warmUpEpochs: 2 };
    const fresh = await trained(tinyChain(), 0, warm);
    const after = await trained(tinyChain(), 2, warm);
    const alone = await trained(tinyChain({}, null), 2);
    const joint = await trained(tinyChain(), 3, warm);
    for (const [name, values] of after.arrays) {
      const reference = (name.startsWith('1/') ? fresh : alone).arrays.get(name);
      expect(values, name).toEqual(reference);
    }
    expect(joint.arrays.get('1/out.weights')).not.toEqual(after.arrays.get('1/out.weights'));
    expect(joint.arrays.get('0/out.weights')).not.toEqual(after.arrays.get('0/out.weights'));
    expect([...joint.updates]).toEqual([9, 3]);
  });

  test('changes nothing for a single block', async () => {
    const chain = tinyChain({}, null);
    const state = await trained(chain, 2, { warmUpEpochs: 5 });
    expect(bitsOf(state.arrays)).toEqual(bitsOf((await trained(chain, 2)).arrays));
  });
});

describe('options', () => {
  beforeAll(async () => {
    await startTensors('cpu');
  });

  test('a gradient clip that is never reached changes nothing; a small one does not change the first step of Adam much', async () => {
    const chain = tinyChain({ dropout: 0 }, null);
    const free = bitsOf((await trained(chain, 1)).arrays);
    expect(bitsOf((await trained(chain, 1, { gradientClip: 1000 })).arrays)).toEqual(free);
    expect(bitsOf((await trained(chain, 1, { gradientClip: 1e-3 })).arrays)).not.toEqual(free);
  });

  test('weight decay shrinks weights, not biases', async () => {
    const chain = tinyChain({ dropout: 0, hiddenLayers: 0 }, null);
    const still = { learningRate: 1e-6, batchSize: 32 };
    const start = await trained(chain, 0, still);
    const after = await trained(chain, 1, { ...still, weightDecay: 1e5 });
    const before = start.arrays.get('0/out.weights') as Float32Array;
    for (const [i, w] of (after.arrays.get('0/out.weights') ?? []).entries()) {
      expect(w).toBeCloseTo(0.9 * (before[i] as number), 5);
    }
    for (const b of after.arrays.get('0/out.bias') ?? []) expect(Math.abs(b)).toBeLessThan(2e-6);
  });

  test('the learning rate halves after its half-life', async () => {
    const chain = tinyChain({ dropout: 0, hiddenLayers: 0, outputActivation: 'linear' }, null);
    // One step per epoch: Adam's first step moves every bias by the learning rate itself.
    const first = await trained(chain, 1, { batchSize: 32, learningRate: 1e-4 });
    for (const b of first.arrays.get('0/out.bias') ?? []) expect(Math.abs(b)).toBeCloseTo(1e-4, 7);
    const constant = await trained(chain, 2, { batchSize: 32, learningRate: 1e-4 });
    const halved = await trained(chain, 2, { batchSize: 32, learningRate: 1e-4, halfLife: 1 });
    const moved = (state: typeof first) =>
      Math.abs((state.arrays.get('0/out.bias')?.[0] ?? 0) - (first.arrays.get('0/out.bias')?.[0] ?? 0));
    expect(moved(halved) / moved(constant)).toBeCloseTo(0.5, 3);
  });

  test('running moments follow those of the batch', async () => {
    const chain = tinyChain({ dropout: 0 }, null);
    const one = await trained(chain, 1, { batchSize: 20, learningRate: 1e-6 });
    // From mean 0, variance 1 by a tenth towards the moments of a full batch of z = W x, bias 0.
    const inputs = samples.inputs(samples.ids.map((_, i) => i));
    const weights = one.arrays.get('0/dense1.weights') as Float32Array;
    const unit = Float64Array.from({ length: 20 }, (_, n) => {
      let sum = 0;
      for (let j = 0; j < 5; j++) sum += (inputs[n * 5 + j] as number) * (weights[j * 6] as number);
      return sum;
    });
    const mean = unit.reduce((a, b) => a + b) / 20;
    const variance = unit.reduce((sum, z) => sum + (z - mean) ** 2, 0) / 20;
    expect(one.arrays.get('0/norm1.mean')?.[0]).toBeCloseTo(0.1 * mean, 4);
    expect(one.arrays.get('0/norm1.variance')?.[0]).toBeCloseTo(0.9 + 0.1 * variance, 4);
  });

  test('early stop gives the best weights and stops again where it stopped', async () => {
    // Validation targets unlike the training ones: the validation loss soon rises.
    const contrary = tinySamples(6, 5, 9);
    const against = { ...contrary, targets: (places: ArrayLike<number>) => contrary.targets(places).map((t) => 1 - t) };
    const asked = request({
      validation: against,
      epochs: 40,
      patience: 3,
      options: options({ warmUpEpochs: 1, learningRate: 0.05 }),
    });
    const { context, kept, notices } = recordingContext();
    const outcome = await train(asked, context);
    const last = Math.max(...kept.keys());
    expect(last).toBeLessThan(40);
    expect(outcome.epochs).toBe(last - 3);
    expect(notices.at(-1)).toContain(`weights of epoch ${last - 3}`);
    const validation = outcome.loss.curves.find(({ name }) => name === 'validation')?.y ?? [];
    expect(Math.min(...validation.slice(1))).toBe(validation[outcome.epochs - 1]);
    const again = await train({ ...asked, epochs: 80 }, context);
    expect(bitsOf(again.arrays)).toEqual(bitsOf(outcome.arrays));
    expect(Math.max(...kept.keys())).toBe(last);
  });

  test('a single item is learnt without failing', async () => {
    const trainer = new Trainer(tinyChain(), options({ warmUpEpochs: 1 }));
    for (let epoch = 0; epoch < 2; epoch++) await trainer.runEpoch(tinySamples(1), null, freely);
    const state = await trainer.snapshot();
    trainer.dispose();
    expect([...state.trainLoss].every(Number.isFinite)).toBe(true);
  });
});
