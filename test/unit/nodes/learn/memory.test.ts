/** What training and running a model are said to take, by hand. */
import { describe, expect, it } from 'vitest';
import { runningNeed, trainingNeed } from '../../../../nodes/learn/memory';
import type { BlockSpec } from '../../../../src/kit/blocks';
import type { InferredType } from '../../../../src/kit/define-node';
import { axis } from '../../../../src/kit/port-type';

const machine = { workers: 1 };
const features = (item: number | null): InferredType => ({
  kind: 'features',
  axes: [axis('item', item), axis('feature', 3)],
  unit: '1',
});
const images = (item: number | null): InferredType => ({
  kind: 'images',
  axes: [axis('item', item), axis('height', 2), axis('width', 2), axis('channel', 1)],
  unit: '1',
});
const model = (blocks: readonly BlockSpec[], trained = false): InferredType => ({
  kind: 'model',
  axes: [],
  unit: '1',
  blocks,
  ...(trained ? { trained: { input: [3], target: [2, 2, 1] } } : {}),
});
const linear: BlockSpec = { type: 'linear', version: 1, params: {} };
const ridge: BlockSpec = { type: 'ridge', version: 1, params: { penalty: 'auto', lambda: 1 } };
const train = (blocks: readonly BlockSpec[], batchSize = 32, items: number | null = 100) =>
  trainingNeed(
    { inputs: { model: [model(blocks)], inputs: [features(items)], targets: [images(items)] }, outputs: {} },
    { batchSize, microBatch: 8 },
    machine,
  );

describe('training', () => {
  // 3 numbers to 4 pixels: 16 weights.
  const data = 4 * 100 * (3 + 4);

  it('of a dense layer: weights, gradients and two moments, three numbers for each value, and the items', () => {
    // A layer that ends in an image has a micro-batch at a time.
    expect(train([linear])?.bytes).toBe(4 * 4 * 16 + 3 * 4 * 4 * 8 + data);
    expect(train([linear], 4)?.bytes).toBe(4 * 4 * 16 + 3 * 4 * 4 * 4 + data);
  });

  it('of ridge regression: copies of the items, and the matrix of the equations with its factor', () => {
    expect(train([ridge])?.bytes).toBe(4 * 16 + 2 * 4 * 100 * (3 + 4) + 2 * 8 * 3 ** 2 + data);
    // Fewer items than features: the matrix is one of items.
    expect(train([ridge], 32, 2)?.bytes).toBe(4 * 16 + 2 * 4 * 2 * (3 + 4) + 2 * 8 * 2 ** 2 + 4 * 2 * 7);
  });

  it('names the largest part: the batch for layers, else items or the model', () => {
    expect(train([linear], 32, 1)).toMatchObject({ param: 'batchSize', cure: expect.stringContaining('batch') });
    expect(train([linear])?.cure).toContain('fewer items');
    expect(train([linear])?.message).toContain('256 B for weights, gradients and moments');
  });
});

it('running a trained model takes its weights, the layers of 16 items, and what it reads', () => {
  const types = {
    inputs: { model: [model([linear], true)], inputs: [features(10)] },
    outputs: { images: [images(null)] },
  };
  expect(runningNeed(types, {}, machine)?.bytes).toBe(4 * 16 + 4 * 16 * 4 + 4 * 10 * 3);
});
