/** Small real nodes and plans for the scheduler's tests: every compute function counts its calls. */
import { openMemoryStore } from '../../../src/cache/memory-store';
import type { ArtifactStore } from '../../../src/cache/store';
import { DataError } from '../../../src/core/errors';
import { type NodeId, nodeId } from '../../../src/core/ids';
import { createCatalogue, defineNode, input, output } from '../../../src/kit/define-node';
import { integer, quantity, seed, text } from '../../../src/kit/params';
import type { TableValue } from '../../../src/kit/values';
import { Engine } from '../../../src/scheduler/engine';
import { createInlinePool } from '../../../src/scheduler/pool/inline-pool';
import type { PlanStep, RunEvent, RunPlan } from '../../../src/scheduler/protocol';
import { noTensors, type TensorRuntime } from '../../../src/scheduler/tensor-runtime';

export const calls: Record<string, number> = {};
const count = (type: string) => {
  calls[type] = (calls[type] ?? 0) + 1;
};

const table = (value: number): TableValue => ({
  kind: 'table',
  columns: [{ name: 'value', label: 'Value', type: 'number' }],
  rows: [{ value }],
});
const numberIn = (from: TableValue): number => Number(from.rows[0]?.['value']);
const tableType = { kind: 'table', axes: [], unit: '1' } as const;
const docs = { summary: 'A toy.', description: [], references: [] };

export const constant = defineNode({
  type: 'toy.constant',
  version: 1,
  title: 'Constant',
  inputs: {},
  outputs: { table: output('table', 'Table', 'One row.') },
  params: {
    value: quantity('1', { label: 'Value', help: 'Any.', min: -1000, max: 1000, default: 1 }),
    note: text({ label: 'Note', help: 'Display only.', default: '', matters: false }),
    seed: seed(),
  },
  numerics: 'exact',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  compute: async () => ({
    default: async (_inputs: unknown, params: { value: number }) => {
      count('toy.constant');
      return { table: table(params.value) };
    },
  }),
});

export const add = defineNode({
  type: 'toy.add',
  version: 1,
  title: 'Add',
  inputs: { a: input('table', 'A', 'First.'), b: input('table', 'B', 'Second.') },
  outputs: { table: output('table', 'Table', 'One row.') },
  params: { offset: quantity('1', { label: 'Offset', help: 'Added.', min: -1000, max: 1000, default: 0 }) },
  numerics: 'tensor',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  compute: async () => ({
    default: async (inputs: { a: TableValue; b: TableValue }, params: { offset: number }) => {
      count('toy.add');
      return { table: table(numberIn(inputs.a) + numberIn(inputs.b) + params.offset) };
    },
  }),
});

/** Works in steps of 5 ms, with a checkpoint each: can be cancelled, and goes on where it stopped. */
export const slow = defineNode({
  type: 'toy.slow',
  version: 1,
  title: 'Slow',
  inputs: { a: input('table', 'A', 'Start value.') },
  outputs: { table: output('table', 'Table', 'One row.') },
  params: { steps: integer({ label: 'Steps', help: 'How many.', min: 1, max: 10_000, default: 3, extends: true }) },
  numerics: 'exact',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  compute: async () => ({
    default: async (
      inputs: { a: TableValue },
      params: { steps: number },
      context: import('../../../src/kit/context').ComputeContext,
    ) => {
      count('toy.slow');
      const resumed = await context.checkpoints.latest(params.steps);
      let value = resumed?.state.numbers['value'] ?? numberIn(inputs.a);
      for (let step = resumed?.extent ?? 0; step < params.steps; step++) {
        count('toy.slow step');
        await new Promise((resolve) => setTimeout(resolve, 5));
        value += 1;
        await context.checkpoints.save(step + 1, { numbers: { value }, arrays: {} });
        context.progress(step + 1, params.steps, 'steps');
        context.partial('table', table(value));
        await context.breathe();
      }
      return { table: table(value) };
    },
  }),
});

/** What the next toy.train does in a step, besides counting: tests break the device here. */
export const training: { onStep: (step: number) => void | Promise<void>; deaf: boolean } = {
  onStep: () => undefined,
  deaf: false,
};

/** Computes on the device, three steps of 5 ms; the result tells where its last step was made. */
export const train = defineNode({
  type: 'toy.train',
  version: 1,
  title: 'Train',
  inputs: { a: input('table', 'A', 'Start value.') },
  outputs: { table: output('table', 'Table', 'One row.') },
  params: { rate: quantity('1', { label: 'Rate', help: 'Any.', min: 0, max: 10, default: 1 }) },
  numerics: 'tensor',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  compute: async () => ({
    default: async (
      inputs: { a: TableValue },
      params: { rate: number },
      context: import('../../../src/kit/context').ComputeContext,
    ) => {
      count('toy.train');
      for (let step = 0; step < 3; step++) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        await training.onStep(step);
        if (!training.deaf) await context.breathe();
      }
      count(`toy.train finished on ${context.backend}`);
      return { table: table(numberIn(inputs.a) + params.rate) };
    },
  }),
});

export const fail = defineNode({
  type: 'toy.fail',
  version: 1,
  title: 'Fail',
  inputs: { a: input('table', 'A', 'Ignored.') },
  outputs: { table: output('table', 'Table', 'Never.') },
  params: {},
  numerics: 'exact',
  docs,
  infer: () => ({ ok: true, outputs: { table: tableType } }),
  compute: async () => ({
    default: async () => {
      count('toy.fail');
      throw new DataError({ code: 'toy.failed', message: 'The toy failed.', port: 'a', cure: 'Use another toy.' });
    },
  }),
});

export const catalogue = createCatalogue([constant, add, slow, train, fail]);

export const at = (text: string): NodeId => nodeId(text);

type StepText = readonly [
  id: string,
  type: string,
  params?: PlanStep['params'],
  inputs?: Readonly<Record<string, string>>,
];

/** Steps as [id, type, params, { port: source id }], in topological order; targets are what nothing reads. */
export function planOf(...steps: readonly StepText[]): RunPlan {
  const read = new Set(steps.flatMap(([, , , inputs]) => Object.values(inputs ?? {})));
  return {
    documentHash: 'toy',
    scope: 'toy',
    steps: steps.map(([id, type, params = {}, inputs = {}]) => ({
      node: at(id),
      type,
      version: 1,
      params,
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([port, source]) => [port, [{ node: at(source), port: 'table' }]]),
      ),
    })),
    targets: steps.map(([id]) => at(id)).filter((id) => !read.has(id)),
  };
}

export interface Bench {
  readonly engine: Engine;
  readonly events: RunEvent[];
  /** Events of one type. */
  of<T extends RunEvent['type']>(type: T): Extract<RunEvent, { type: T }>[];
  states(): Record<string, string>;
}

export function bench(
  options: { store?: ArtifactStore; tensors?: TensorRuntime; backend?: 'auto' | 'webgpu' | 'wasm' } = {},
): Bench {
  const events: RunEvent[] = [];
  const store = options.store ?? openMemoryStore({ budget: 1e8 });
  const engine = new Engine({
    catalogue,
    openStore: async () => store,
    pool: createInlinePool({}),
    assets: {
      read: async (path) => {
        throw new DataError({ code: 'data.missing', message: `There is no "${path}".` });
      },
      imported: async () => new Uint8Array(),
    },
    tensors: options.tensors ?? noTensors,
    simulationMode: 'toy',
    emit: (event) => void events.push(event),
    settings: { backend: options.backend ?? 'auto' },
  });
  const of = <T extends RunEvent['type']>(type: T) =>
    events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
  return {
    engine,
    events,
    of,
    states() {
      const states: Record<string, string> = {};
      for (const event of events) {
        if (event.type === 'finished') states[event.node] = event.state;
        else if (event.type === 'failed' || event.type === 'blocked' || event.type === 'cancelled')
          states[event.node as string] = event.type;
      }
      return states;
    },
  };
}
