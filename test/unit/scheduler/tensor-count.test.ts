/**
 * Tensors over a run, on the real tensor layer: device copies that several nodes share are made once, and whatever way a
 * run ends, as many tensors are alive as before it.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import predict from '../../../nodes/learn/predict';
import train from '../../../nodes/learn/train';
import { openMemoryStore } from '../../../src/cache/memory-store';
import { nodeId, runId } from '../../../src/core/ids';
import type { ComputeContext } from '../../../src/kit/context';
import { createCatalogue, defineNode, input, output } from '../../../src/kit/define-node';
import { integer } from '../../../src/kit/params';
import type { FeaturesValue } from '../../../src/kit/values';
import { Engine } from '../../../src/scheduler/engine';
import { createInlinePool } from '../../../src/scheduler/pool/inline-pool';
import type { RunEvent, RunPlan } from '../../../src/scheduler/protocol';
import { tfjsRuntime } from '../../../src/scheduler/tfjs-runtime';
import { residency } from '../../../src/tensor/residency';
import { withScope } from '../../../src/tensor/scope';
import { tf } from '../../../src/tensor/tf';
import { paramsOf } from '../../support/compute-context';
import { quadrants, smallModel } from '../nodes/learn/support';

const docs = { summary: 'A toy.', description: [], references: [] };
const type = (kind: 'images' | 'features' | 'model' | 'table') => ({ kind, axes: [], unit: '1' });

const data = defineNode({
  type: 'toy.data',
  version: 1,
  title: 'Data',
  inputs: {},
  outputs: {
    images: output('images', 'Images', 'Quadrants.'),
    features: output('features', 'Features', 'Of the images.'),
    model: output('model', 'Model', 'Untrained.'),
  },
  params: {},
  numerics: 'exact',
  docs,
  infer: () => ({
    ok: true,
    outputs: { images: type('images'), features: type('features'), model: type('model') },
  }),
  compute: async () => ({ default: async () => ({ ...quadrants(40), model: smallModel }) }),
});

let seen: tf.Tensor[] = [];
let onRead: (nth: number) => void = () => undefined;

/** Sums the features on the device, from the copy that the scheduler keeps for all of their readers. */
const reader = defineNode({
  type: 'toy.reader',
  version: 1,
  title: 'Reader',
  inputs: { features: input('features', 'Features', 'To be summed.') },
  outputs: { table: output('table', 'Table', 'The sum.') },
  params: { nth: integer({ label: 'Nth', help: 'Any.', min: 0, max: 9, default: 0 }) },
  numerics: 'tensor',
  docs,
  infer: () => ({ ok: true, outputs: { table: type('table') } }),
  compute: async () => ({
    default: async ({ features }: { features: FeaturesValue }, { nth }: { nth: number }, context: ComputeContext) =>
      withScope(async () => {
        const tensor = residency.resident(features);
        seen.push(tensor);
        onRead(nth);
        await context.breathe();
        const sum = (await tf.sum(tensor).data())[0] as number;
        return { table: { kind: 'table', columns: [], rows: [{ sum }] } };
      }) as never,
  }),
});

const from = (node: string, port: string) => [{ node: nodeId(node), port }];
const step = (node: string, of: string, params: object, inputs: Record<string, ReturnType<typeof from>>) => ({
  node: nodeId(node),
  type: of,
  version: 1,
  params: params as never,
  inputs,
});
const features = { features: from('data', 'features') };
const plan = (epochs: number): RunPlan => ({
  documentHash: 'toy',
  steps: [
    step('data', 'toy.data', {}, {}),
    step('first', 'toy.reader', { nth: 1 }, features),
    step('second', 'toy.reader', { nth: 2 }, features),
    step('train', 'learn.train', paramsOf(train, { epochs, warmUpEpochs: 1, batchSize: 8 }), {
      model: from('data', 'model'),
      inputs: from('data', 'features'),
      targets: from('data', 'images'),
    }),
    step('predict', 'learn.predict', paramsOf(predict, {}), {
      model: from('train', 'model'),
      inputs: from('data', 'features'),
    }),
  ],
  targets: ['first', 'second', 'predict'].map(nodeId),
});

let events: RunEvent[];
let peak: number;
let onEvent: (event: RunEvent) => void;
let engine: Engine;
let before: { numTensors: number; numBytes: number };

beforeAll(async () => {
  await tfjsRuntime.start('wasm', null);
});
beforeEach(() => {
  events = [];
  seen = [];
  peak = 0;
  onRead = () => undefined;
  onEvent = () => undefined;
  engine = new Engine({
    catalogue: createCatalogue([data, reader, train, predict]),
    openStore: async () => openMemoryStore({ budget: 1e8 }),
    pool: createInlinePool({}),
    assets: { read: async () => new Uint8Array(), imported: async () => new Uint8Array() },
    tensors: tfjsRuntime,
    simulationMode: 'toy',
    emit(event) {
      events.push(event);
      peak = Math.max(peak, tf.memory().numTensors);
      onEvent(event);
    },
    settings: { backend: 'wasm' },
  });
  const { numTensors, numBytes } = tf.memory();
  before = { numTensors, numBytes };
});

describe('as many tensors are alive as before', () => {
  afterEach(() => {
    const { numTensors, numBytes } = tf.memory();
    expect({ numTensors, numBytes }).toEqual(before);
    expect(residency.memory().copies).toBe(0);
    expect(peak).toBeGreaterThan(before.numTensors);
    expect(seen.every((tensor) => tensor.isDisposed)).toBe(true);
  });

  test('after a run; two readers shared one copy', async () => {
    expect(await engine.run(runId('1'), plan(2))).toBe('succeeded');
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
    expect((await engine.meters()).tensors).toBe(before.numTensors);
  });

  test('after a cancel in training, with the copy still promised to later readers', async () => {
    onEvent = (event) => {
      if (event.type === 'progress' && event.node === 'train' && event.done > 0) void engine.cancel(runId('1'));
    };
    expect(await engine.run(runId('1'), plan(500))).toBe('cancelled');
    expect(events.some((event) => event.type === 'cancelled' && event.node === 'train')).toBe(true);
  });

  test('after a cancel between two readers of one copy', async () => {
    onRead = () => void engine.cancel(runId('1'));
    expect(await engine.run(runId('1'), plan(2))).toBe('cancelled');
    expect(seen).toHaveLength(1);
  });

  test('after a failure of one reader', async () => {
    onRead = (nth) => {
      if (nth === 1) throw new Error('Broken.');
    };
    expect(await engine.run(runId('1'), plan(2))).toBe('failed');
    expect(seen).toHaveLength(2);
  });
});
