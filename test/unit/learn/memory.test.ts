/** Memory of training: as many tensors after every epoch as after the first, and what a card foretells is what is held. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import type { BlockSpec, ItemShape } from '../../../src/kit/blocks';
import { outlineModel } from '../../../src/kit/blocks/outline';
import { blockRegistry } from '../../../src/kit/blocks/registry';
import { buildChain } from '../../../src/learn/chain';
import { Trainer } from '../../../src/learn/trainer';
import { beginOpTimes, endOpTimes } from '../../../src/tensor/op-times';
import { tf } from '../../../src/tensor/tf';
import { autoencoderSpec, freely, mlpSpec, options, tinySamples, unetSpec, vaeSpec } from './support';

beforeAll(async () => {
  await startTensors('wasm');
});

const alive = () => [tf.memory().numTensors, tf.memory().numBytes, tf.memory().numDataBuffers];

test.each([
  ['mlp, then with a U-Net', [mlpSpec({ dropout: 0.2 }), unetSpec()]],
  ['VAE', [vaeSpec()]],
  ['autoencoder', [mlpSpec(), autoencoderSpec()]],
])('%s: nothing is left behind by an epoch', async (_, blocks) => {
  const before = alive();
  const trainer = new Trainer(buildChain(blocks, [5], [4, 4, 1]), options({ warmUpEpochs: 2, gradientClip: 1 }));
  const held = alive();
  const validation = tinySamples(6, 5, 3);
  for (let epoch = 0; epoch < 5; epoch++) {
    await trainer.runEpoch(tinySamples(20), validation, freely);
    await trainer.snapshot();
    expect(alive(), `after epoch ${epoch + 1}`).toEqual(held);
  }
  trainer.dispose();
  expect(alive()).toEqual(before);
});

describe('what a card foretells', () => {
  /** Most bytes while one batch is learnt, less what was there before. */
  async function measured(blocks: readonly BlockSpec[], input: ItemShape, target: ItemShape, batch: number) {
    const before = tf.memory().numBytes;
    const size = (shape: ItemShape) => shape.reduce((product, length) => product * length, 1);
    const trainer = new Trainer(
      buildChain(blocks, input, target),
      options({ batchSize: batch, microBatch: batch, optimiser: 'adam' }),
    );
    beginOpTimes();
    await trainer.runEpoch(tinySamples(batch, size(input), 0, size(target)), null, freely);
    const { peakBytes } = endOpTimes();
    trainer.dispose();
    return peakBytes - before;
  }

  test.each([
    ['MLP', [mlpSpec({ hiddenUnits: 512, dropout: 0 })], [1280], [28, 28, 1], 32],
    ['VAE', [vaeSpec({ hiddenUnits: 256, latentUnits: 32 })], [1280], [28, 28, 1], 32],
    ['U-Net', [unetSpec({ baseChannels: 8, levels: 2 })], [28, 28, 1], [28, 28, 1], 8],
  ])('%s: within half and twice of what is measured', async (_, blocks, input, target, batch) => {
    const { memory } = outlineModel(blockRegistry, blocks, input, target);
    if (!memory) throw new Error('The shapes are known.');
    const foretold = memory.held + batch * memory.perItem;
    const found = await measured(blocks, input, target, batch);
    console.log(`foretold ${(foretold / 1e6).toFixed(1)} MB, measured ${(found / 1e6).toFixed(1)} MB`);
    expect(found / foretold).toBeGreaterThan(0.5);
    expect(found / foretold).toBeLessThan(2);
  });

  test('by hand: a dense layer, and ridge regression, which holds its weights alone', () => {
    const linear = outlineModel(blockRegistry, [{ type: 'linear', version: 1, params: {} }], [3], [2, 2, 1]);
    expect(linear.memory).toEqual({ weights: 4 * 16, held: 16 * 16, perItem: 12 * 4 });
    const params = { penalty: 'auto', lambda: 1 };
    const ridge = outlineModel(blockRegistry, [{ type: 'ridge', version: 1, params }], [3], [2, 2, 1]);
    expect(ridge.memory).toEqual({ weights: 4 * 16, held: 4 * 16, perItem: 0 });
  });
});
