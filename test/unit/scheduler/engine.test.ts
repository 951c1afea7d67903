import { beforeEach, describe, expect, test } from 'vitest';
import { openMemoryStore } from '../../../src/cache/memory-store';
import { runId } from '../../../src/core/ids';
import type { TableValue } from '../../../src/kit/values';
import type { TensorRuntime } from '../../../src/scheduler/tensor-runtime';
import { noTensors } from '../../../src/scheduler/tensor-runtime';
import { at, bench, calls, planOf } from './toy';

beforeEach(() => {
  for (const name of Object.keys(calls)) delete calls[name];
});

const diamond = (value = 1, offset = 0) =>
  planOf(
    ['source', 'toy.constant', { value, note: '', seed: 1 }],
    ['left', 'toy.slow', { steps: 2 }, { a: 'source' }],
    ['right', 'toy.slow', { steps: 3 }, { a: 'source' }],
    ['sum', 'toy.add', { offset }, { a: 'left', b: 'right' }],
  );

async function result(of: ReturnType<typeof bench>, node: string): Promise<number> {
  const key = of.of('planned').at(-1)?.report.steps[node]?.key;
  const value = (await of.engine.value(key as never, 'table')) as TableValue;
  return Number(value.rows[0]?.['value']);
}

describe('a run', () => {
  test('computes each node of a diamond once, with the right answer', async () => {
    const toy = bench();
    expect(await toy.engine.run(runId('1'), diamond())).toBe('succeeded');
    expect(calls).toMatchObject({ 'toy.constant': 1, 'toy.slow': 2, 'toy.add': 1 });
    expect(await result(toy, 'sum')).toBe(1 + 2 + (1 + 3));
    expect(toy.states()).toEqual({ source: 'executed', left: 'executed', right: 'executed', sum: 'executed' });
  });

  test('again executes nothing, in this engine and in a new one on the same store', async () => {
    const store = openMemoryStore({ budget: 1e8 });
    await bench({ store }).engine.run(runId('1'), diamond());
    const later = bench({ store });
    await later.engine.run(runId('2'), diamond());
    expect(calls['toy.constant']).toBe(1);
    expect(later.of('started')).toEqual([]);
    expect(new Set(Object.values(later.states()))).toEqual(new Set(['stored']));
  });

  test('after a parameter went there and back executes nothing', async () => {
    const toy = bench();
    await toy.engine.run(runId('1'), diamond(1));
    await toy.engine.run(runId('2'), diamond(2));
    const before = { ...calls };
    await toy.engine.run(runId('3'), diamond(1));
    expect(calls).toEqual(before);
    expect(await result(toy, 'sum')).toBe(7);
  });

  test('of an edited last node executes exactly that node, and says why', async () => {
    const toy = bench();
    await toy.engine.run(runId('1'), diamond());
    await toy.engine.run(runId('2'), diamond(1, 5));
    expect(
      toy
        .of('started')
        .slice(4)
        .map(({ node }) => node),
    ).toEqual(['sum']);
    expect(toy.of('planned').at(-1)?.report.steps['sum']).toMatchObject({
      action: 'run',
      reason: 'parameter offset (0 to 5) changed',
    });
  });

  test('ignores a parameter that only changes the display', async () => {
    const toy = bench();
    const plan = (note: string) => planOf(['source', 'toy.constant', { value: 1, note, seed: 1 }]);
    await toy.engine.run(runId('1'), plan(''));
    await toy.engine.run(runId('2'), plan('hello'));
    expect(calls['toy.constant']).toBe(1);
  });

  test('goes on in other branches when one fails, and names what it blocked', async () => {
    const toy = bench();
    const plan = planOf(
      ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
      ['bad', 'toy.fail', {}, { a: 'source' }],
      ['after', 'toy.slow', { steps: 1 }, { a: 'bad' }],
      ['good', 'toy.slow', { steps: 1 }, { a: 'source' }],
    );
    expect(await toy.engine.run(runId('1'), plan)).toBe('failed');
    expect(toy.states()).toEqual({ source: 'executed', bad: 'failed', after: 'blocked', good: 'executed' });
    expect(toy.of('failed')[0]?.failure).toMatchObject({
      kind: 'data',
      node: 'bad',
      port: 'a',
      cure: 'Use another toy.',
    });
    expect(toy.of('blocked')).toEqual([expect.objectContaining({ node: 'after', by: 'bad' })]);
  });

  test('tells a node that cannot run, with its problem, and runs the rest', async () => {
    const toy = bench();
    const plan = planOf(
      ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
      ['odd', 'future.node', {}, { a: 'source' }],
    );
    expect(await toy.engine.run(runId('1'), { ...plan, targets: [at('source'), at('odd')] })).toBe('failed');
    expect(toy.states()).toEqual({ source: 'executed', odd: 'failed' });
    expect(toy.of('failed')[0]?.failure.code).toBe('node.unknown-type');
  });
});

test('what kept the store from opening is told once, as a notice', async () => {
  const toy = bench({ store: openMemoryStore({ budget: 1e8, notice: 'This browser offers no storage here.' }) });
  expect((await toy.engine.meters()).storeNotice).toBe('This browser offers no storage here.');
  await toy.engine.run(runId('1'), diamond());
  expect(toy.of('notice').map(({ message }) => message)).toEqual(['This browser offers no storage here.']);
});

describe('cancel', () => {
  test('stops within 250 ms, keeps what was finished and resumes from the checkpoint', async () => {
    const toy = bench();
    const plan = planOf(
      ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
      ['long', 'toy.slow', { steps: 60 }, { a: 'source' }],
    );
    const running = toy.engine.run(runId('1'), plan);
    while ((calls['toy.slow step'] ?? 0) < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    const asked = performance.now();
    await toy.engine.cancel(runId('1'));
    const acknowledged = performance.now() - asked;
    expect(await running).toBe('cancelled');
    expect(performance.now() - asked).toBeLessThan(250);
    expect(acknowledged).toBeLessThan(100);
    expect(toy.states()).toEqual({ source: 'executed', long: 'cancelled' });
    const before = calls['toy.slow step'] ?? 0;

    await toy.engine.run(runId('2'), plan);
    expect(calls['toy.constant']).toBe(1);
    expect(calls['toy.slow step']).toBeLessThanOrEqual(61);
    expect(calls['toy.slow step']).toBeGreaterThan(before);
    expect(await result(toy, 'long')).toBe(61);
  });

  test('a longer run extends a shorter one', async () => {
    const toy = bench();
    const plan = (steps: number) =>
      planOf(
        ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
        ['long', 'toy.slow', { steps }, { a: 'source' }],
      );
    await toy.engine.run(runId('1'), plan(4));
    await toy.engine.run(runId('2'), plan(6));
    expect(calls['toy.slow step']).toBe(6);
    expect(await result(toy, 'long')).toBe(7);
  });
});

describe('events', () => {
  test('progress has an estimate, partial results come in order, at most ten a second', async () => {
    const toy = bench();
    await toy.engine.run(
      runId('1'),
      planOf(
        ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
        ['long', 'toy.slow', { steps: 60 }, { a: 'source' }],
      ),
    );
    const ended = toy.of('ended')[0];
    const progress = toy.of('progress');
    expect(progress.at(-1)).toMatchObject({ done: 60, total: 60, label: 'steps' });
    expect(progress.some(({ eta }) => eta !== null && eta > 0)).toBe(true);
    const partials = toy.of('partial');
    expect(partials.length).toBeGreaterThan(1);
    expect(partials.length).toBeLessThanOrEqual(2 + (ended?.ms ?? 0) / 100);
    expect(partials.map(({ sequence }) => sequence)).toEqual(partials.map((_, i) => i + 1));
  });
});

describe('the tensor backend', () => {
  const runtime = (name: 'webgpu' | 'wasm', lose: { now?: (message: string) => void } = {}): TensorRuntime => ({
    ...noTensors,
    start: async (preference) => ({
      name: preference === 'wasm' ? 'wasm' : name,
      reason: 'test',
      numericMode: preference === 'wasm' ? 'wasm 1' : `${name} 1`,
      onLost: (listener) => {
        lose.now = listener;
        return () => undefined;
      },
    }),
  });

  test('enters the key; on auto a result of an earlier backend still counts, a forced one does not', async () => {
    const store = openMemoryStore({ budget: 1e8 });
    await bench({ store, tensors: runtime('webgpu') }).engine.run(runId('1'), diamond());
    const auto = bench({ store, tensors: runtime('wasm') });
    await auto.engine.run(runId('2'), diamond());
    expect(calls['toy.add']).toBe(1);
    const forced = bench({ store, tensors: runtime('wasm'), backend: 'wasm' });
    await forced.engine.run(runId('3'), diamond());
    expect(calls['toy.add']).toBe(2);
    expect(forced.of('planned')[0]?.report.steps['sum']?.reason).toBe('the backend changed (webgpu 1 to wasm 1)');
  });

  test('a lost device is told, and the next run goes on with WebAssembly', async () => {
    const lose: { now?: (message: string) => void } = {};
    const toy = bench({ tensors: runtime('webgpu', lose) });
    await toy.engine.run(runId('1'), diamond());
    lose.now?.('The WebGPU device was lost (test).');
    expect(toy.of('notice').at(-1)?.message).toContain('WebAssembly');
    await toy.engine.run(runId('2'), diamond(1, 1));
    expect(toy.of('backend').at(-1)?.backend.name).toBe('wasm');
  });
});
