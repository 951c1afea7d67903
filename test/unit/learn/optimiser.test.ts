/** Steps of each optimiser against their formulas on a single linear layer, and that a stopped training ends at the same bits with each. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { buildChain } from '../../../src/learn/chain';
import { Optimiser, type OptimiserName, type UpdateOptions } from '../../../src/learn/optimiser';
import { train } from '../../../src/learn/train';
import { Weights } from '../../../src/learn/weights';
import { tf } from '../../../src/tensor/tf';
import { bitsOf, linearSpec, options, recordingContext, tinyChain, tinySamples } from './support';

const chain = buildChain([linearSpec()], [1], [1, 1, 1]);
const update: UpdateOptions = { learningRate: 0.1, weightDecay: 0, gradientScale: 1, momentum: 0.9 };

/** Weight and bias after steps with the given gradients, from weight 2 and bias 1. */
async function stepped(kind: OptimiserName, gradients: readonly number[], changes: Partial<UpdateOptions> = {}) {
  const weights = Weights.of(
    chain,
    new Map([
      ['0/weights', Float32Array.of(2)],
      ['0/bias', Float32Array.of(1)],
    ]),
  );
  const optimiser = new Optimiser(chain, kind);
  for (const gradient of gradients) {
    const given = new Map<string, tf.Tensor>([
      ['0/weights', tf.tensor2d([gradient], [1, 1])],
      ['0/bias', tf.tensor1d([gradient])],
    ]);
    for (const block of chain.blocks) optimiser.update(block, weights, given, { ...update, ...changes });
    tf.dispose([...given.values()]);
  }
  const values = await weights.read();
  optimiser.dispose();
  weights.dispose();
  return { weight: values.get('0/weights')?.[0] as number, bias: values.get('0/bias')?.[0] as number };
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startTensors(backend);
  });

  test('SGD with momentum: m = 0.9 m + g, w = w - rate m', async () => {
    // m: 1, 0.9 - 2 = -1.1, -0.99 + 0.5 = -0.49
    const { weight, bias } = await stepped('sgd', [1, -2, 0.5]);
    expect(weight).toBeCloseTo(2 - 0.1 * (1 - 1.1 - 0.49), 6);
    expect(bias).toBeCloseTo(1 - 0.1 * (1 - 1.1 - 0.49), 6);
    expect((await stepped('sgd', [1, 1], { momentum: 0 })).weight).toBeCloseTo(1.8, 6);
    expect((await stepped('sgd', [4], { gradientScale: 0.25 })).weight).toBeCloseTo(1.9, 6);
  });

  test('decay acts on weights and not on biases, each optimiser in its way', async () => {
    const decay = { weightDecay: 0.5 };
    // SGD: g + 0.5 * 2. AdamW: w (1 - 0.1 * 0.5) and then Adam's first step, the rate itself. Adam: the decay drowns in its step.
    expect(await stepped('sgd', [1], decay)).toEqual({ weight: expect.closeTo(1.8, 6), bias: expect.closeTo(0.9, 6) });
    expect(await stepped('adamw', [1], decay)).toEqual({
      weight: expect.closeTo(1.8, 5),
      bias: expect.closeTo(0.9, 5),
    });
    expect(await stepped('adam', [1], decay)).toEqual({ weight: expect.closeTo(1.9, 5), bias: expect.closeTo(0.9, 5) });
    // A gradient of -1 is just outweighed by 0.6 * 2: Adam turns round, AdamW does not.
    expect((await stepped('adam', [-1], { weightDecay: 0.6 })).weight).toBeCloseTo(1.9, 5);
    expect((await stepped('adamw', [-1], { weightDecay: 0.6 })).weight).toBeCloseTo(2 * (1 - 0.06) + 0.1, 5);
  });

  test('without decay Adam and AdamW are the same bits', async () => {
    expect(await stepped('adam', [1, -3, 0.2])).toEqual(await stepped('adamw', [1, -3, 0.2]));
  });

  test.each(['adam', 'adamw', 'sgd'] as const)(
    '%s: stopped and taken up again, the same bits; and it learns',
    async (optimiser) => {
      const asked = {
        chain: tinyChain({ dropout: 0 }),
        samples: tinySamples(20),
        validation: null,
        epochs: 4,
        patience: 0,
        options: options({
          optimiser,
          warmUpEpochs: 2,
          weightDecay: 1e-3,
          learningRate: optimiser === 'sgd' ? 0.3 : 0.01,
        }),
      };
      const whole = await train(asked, recordingContext().context);
      const { context, kept } = recordingContext();
      await train({ ...asked, epochs: 3 }, context);
      const resumed = await train(asked, context);
      expect(bitsOf(resumed.arrays)).toEqual(bitsOf(whole.arrays));
      expect(Object.keys(kept.get(4)?.arrays ?? {}).some((name) => name.startsWith('v/'))).toBe(optimiser !== 'sgd');
      const training = whole.loss.curves.find(({ name }) => name === 'training')?.y ?? [];
      expect(training[3]).toBeLessThan(training[0] as number);
    },
  );
});
