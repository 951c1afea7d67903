/** The budget for a run: refused before it runs, stopped while it runs, and nothing lost either way. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import encoder from '../../../nodes/encoder/balanced-snn';
import { openMemoryStore } from '../../../src/cache/memory-store';
import { nodeId, runId } from '../../../src/core/ids';
import type { ComputeContext } from '../../../src/kit/context';
import { createCatalogue, defineNode, input, output } from '../../../src/kit/define-node';
import type { MemoryEstimate } from '../../../src/kit/memory-need';
import { integer } from '../../../src/kit/params';
import { axis } from '../../../src/kit/port-type';
import { Engine } from '../../../src/scheduler/engine';
import { createInlinePool } from '../../../src/scheduler/pool/inline-pool';
import type { PlanStep, RunEvent, RunPlan } from '../../../src/scheduler/protocol';
import { tfjsRuntime } from '../../../src/scheduler/tfjs-runtime';
import { withScope } from '../../../src/tensor/scope';
import { tf } from '../../../src/tensor/tf';
import { paramsOf } from '../../support/compute-context';

const docs = { summary: 'A toy.', description: [], references: [] };
const tableType = { kind: 'table', axes: [], unit: '1' } as const;
const table = { kind: 'table', columns: [], rows: [] } as const;
const megabytes = integer({ label: 'MB', help: 'Any.', min: 0, max: 10_000, default: 1 });

const estimate: MemoryEstimate = (_types, { size }) => ({
  bytes: 1e6 * (size as number),
  message: `This toy would take about ${size} MB.`,
  param: 'size',
  cure: 'Make it smaller.',
});

/** Says what it takes, and takes nothing. */
const said = defineNode({
  type: 'toy.said',
  version: 1,
  title: 'Said',
  inputs: {},
  outputs: { table: output('table', 'Table', 'Empty.') },
  params: { size: megabytes },
  numerics: 'exact',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  memory: async () => ({ default: estimate }),
  compute: async () => ({ default: async () => ({ table }) }),
});

/** Takes megabytes of tensors, one at a time, and says nothing beforehand. */
const hungry = defineNode({
  type: 'toy.hungry',
  version: 1,
  title: 'Hungry',
  inputs: { a: input('table', 'A', 'Ignored.') },
  outputs: { table: output('table', 'Table', 'Empty.') },
  params: { size: megabytes },
  numerics: 'tensor',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  compute: async () => ({
    default: async (_inputs: unknown, { size }: { size: number }, context: ComputeContext) =>
      withScope(async () => {
        const one = tf.ones([250_000]);
        let last = one;
        for (let taken = 1; taken < size; taken++) {
          last = tf.add(last, one);
          await context.breathe();
        }
        await last.data();
        return { table } as never;
      }),
  }),
});

const step = (node: string, type: string, size: number, source?: string): PlanStep => ({
  node: nodeId(node),
  type,
  version: 1,
  params: { size },
  inputs: source ? { a: [{ node: nodeId(source), port: 'table' }] } : {},
});
const planOf = (...steps: PlanStep[]): RunPlan => ({
  documentHash: 'toy',
  scope: 'toy',
  steps,
  targets: steps.map(({ node }) => node),
});

let events: RunEvent[];
let engine: Engine;
const states = () =>
  Object.fromEntries(
    events.flatMap((event): [string, string][] =>
      event.type === 'finished'
        ? [[event.node, event.state]]
        : event.type === 'failed' || event.type === 'blocked'
          ? [[event.node, event.type]]
          : [],
    ),
  );
const failures = () => events.flatMap((event) => (event.type === 'failed' ? [event.failure] : []));
const notices = () => events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));

beforeAll(async () => {
  await tfjsRuntime.start('wasm', null);
});
beforeEach(() => {
  events = [];
  const store = openMemoryStore({ budget: 1e8 });
  engine = new Engine({
    catalogue: createCatalogue([said, hungry, encoder]),
    openStore: async () => store,
    pool: createInlinePool({}),
    assets: { read: async () => new Uint8Array(), imported: async () => new Uint8Array() },
    tensors: tfjsRuntime,
    simulationMode: 'toy',
    emit: (event) => void events.push(event),
    settings: { backend: 'wasm', runBudget: 10e6 },
  });
});

describe('before a run', () => {
  const plan = planOf(
    step('large', 'toy.said', 11),
    step('after', 'toy.hungry', 1, 'large'),
    step('small', 'toy.said', 10),
  );

  test('a node over the budget is refused with what, where and what to do; what needs it is blocked, others run', async () => {
    expect(await engine.run(runId('1'), plan)).toBe('failed');
    expect(states()).toEqual({ large: 'failed', after: 'blocked', small: 'executed' });
    expect(events.some((event) => event.type === 'started' && event.node === 'large')).toBe(false);
    expect(failures()).toEqual([
      expect.objectContaining({
        kind: 'parameter',
        code: 'memory.budget',
        node: 'large',
        param: 'size',
        message: 'This toy would take about 11 MB.',
        found: '11 MB',
        expected: 'at most 10 MB',
        cure: expect.stringContaining('raise the budget for a run'),
      }),
    ]);
  });

  test('the planner says so before Run, and no longer once the budget was raised', async () => {
    const { steps } = await engine.plan(plan);
    expect(steps['large']).toMatchObject({ action: 'blocked', failure: { code: 'memory.budget' } });
    expect(steps['after']).toMatchObject({ action: 'blocked', reason: '"large" upstream cannot run.' });
    await engine.configure({ runBudget: 11e6 });
    expect((await engine.plan(plan)).steps['large']?.action).toBe('run');
    expect(await engine.run(runId('1'), plan)).toBe('succeeded');
  });

  test('a stored result is taken whatever the budget is', async () => {
    await engine.configure({ runBudget: 20e6 });
    await engine.run(runId('1'), plan);
    await engine.configure({ runBudget: 5e6 });
    expect(await engine.run(runId('2'), plan)).toBe('succeeded');
    expect(states()).toEqual({ large: 'stored', after: 'stored', small: 'stored' });
  });

  test('the balanced encoder is refused by the sum of its own check, with the network as the cure', async () => {
    const params = paramsOf(encoder, { nExc: 10_000, nInh: 2500, connectionProbability: 0.1 });
    const types = {
      spikes: { kind: 'spikes' as const, axes: [axis('item', 1), axis('unit', 12_500)], unit: '1' },
    };
    const network = {
      node: nodeId('net'),
      type: 'encoder.balanced-snn',
      version: encoder.version,
      params,
      inputs: {},
      types,
    };
    const { steps } = await engine.plan(planOf(network as PlanStep));
    // 12,500 neurons of 1,250 inputs, two bytes each: 31 MB, and a thread's own copy.
    expect(steps['net']?.failure).toMatchObject({
      code: 'memory.budget',
      param: 'connectionProbability',
      message: expect.stringContaining('32 MB for its connections'),
      expected: 'at most 10 MB',
    });
    await engine.configure({ runBudget: 200e6 });
    expect((await engine.plan(planOf(network as PlanStep))).steps['net']?.action).toBe('run');
  });
});

describe('while it runs', () => {
  const plan = (size: number) =>
    planOf(
      step('source', 'toy.said', 1),
      step('hungry', 'toy.hungry', size, 'source'),
      step('beside', 'toy.hungry', 2, 'source'),
    );

  test('tensors that outgrow the budget stop the node; nothing is left behind, what was finished is kept', async () => {
    const before = {
      tensors: tf.memory().numTensors,
      bytes: tf.memory().numBytes,
      buffers: tf.memory().numDataBuffers,
    };
    expect(await engine.run(runId('1'), plan(1000))).toBe('failed');
    expect(states()).toEqual({ source: 'executed', hungry: 'failed', beside: 'executed' });
    expect(failures()).toEqual([
      expect.objectContaining({
        code: 'memory.tensors',
        node: 'hungry',
        expected: 'at most 10 MB',
        cure: expect.stringContaining('raise the budget for a run'),
      }),
    ]);
    expect({
      tensors: tf.memory().numTensors,
      bytes: tf.memory().numBytes,
      buffers: tf.memory().numDataBuffers,
    }).toEqual(before);
    // It was stopped at the first operation beyond the budget.
    expect((await engine.meters()).peakTensorBytes).toBeLessThanOrEqual(11e6 + before.bytes);
    expect(await engine.run(runId('2'), plan(2))).toBe('succeeded');
  });

  test('the meter holds what is alive now and the most of the latest run; 80 % of the budget is told once a node', async () => {
    expect(await engine.run(runId('1'), plan(9))).toBe('succeeded');
    const now = await engine.meters();
    expect(now).toMatchObject({ runBudget: 10e6, tensors: tf.memory().numTensors });
    expect(now.peakTensorBytes).toBeGreaterThan(8e6);
    expect(now.peakTensors).toBeGreaterThanOrEqual(9);
    expect(notices()).toEqual([
      expect.stringMatching(/^Tensors take 9 MB, more than 80 % of the budget for a run \(10 MB\)\.$/),
    ]);
    events.length = 0;
    await engine.run(runId('2'), plan(3));
    expect(notices()).toEqual([]);
    expect((await engine.meters()).peakTensorBytes).toBeLessThan(5e6);
  });

  test('a limit ends with its node, also when that failed', async () => {
    await engine.run(runId('1'), plan(1000));
    expect(() => tf.tidy(() => void tf.add(tf.ones([5_000_000]), 1))).not.toThrow();
    expect(() => tf.tidy(() => void tf.neg(tf.add(tf.ones([5_000_000]), 1)))).not.toThrow();
  });
});
