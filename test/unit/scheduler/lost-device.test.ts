/** The GPU device is lost while a run computes on it: what was made there never counts, and what is told is true. */
import { beforeEach, describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/ids';
import { noTensors, type TensorRuntime } from '../../../src/scheduler/tensor-runtime';
import { bench, calls, planOf, training } from './toy';

let lose: (message?: string) => void;
let starts: string[];

beforeEach(() => {
  for (const name of Object.keys(calls)) delete calls[name];
  training.onStep = () => undefined;
  training.deaf = false;
  starts = [];
});

/** WebGPU where it is asked for or chosen, and a way to lose it. */
const runtime: TensorRuntime = {
  ...noTensors,
  start: async (preference, lost) => {
    const name = preference === 'wasm' ? 'wasm' : 'webgpu';
    starts.push(name);
    const listeners = new Set<(message: string) => void>();
    if (name === 'webgpu')
      lose = (message = 'The WebGPU device was lost (test).') => {
        for (const listener of listeners) listener(message);
      };
    return {
      name,
      reason: lost ?? 'test',
      numericMode: `${name} 1`,
      onLost: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  },
};

const plan = planOf(
  ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
  ['first', 'toy.train', { rate: 1 }, { a: 'source' }],
  ['second', 'toy.train', { rate: 2 }, { a: 'source' }],
  ['sum', 'toy.add', { offset: 0 }, { a: 'first', b: 'second' }],
);
const everything = { source: 'executed', first: 'executed', second: 'executed', sum: 'executed' };
const loseOnce = (step: number) => {
  let done = false;
  training.onStep = (now) => {
    if (done || now !== step) return;
    done = true;
    lose();
  };
};

describe('on auto', () => {
  test('the node in flight stops and the run goes on with WebAssembly, told once and truly', async () => {
    const toy = bench({ tensors: runtime });
    loseOnce(1);
    expect(await toy.engine.run(runId('1'), plan)).toBe('succeeded');
    expect(starts).toEqual(['webgpu', 'wasm']);
    expect(toy.states()).toEqual(everything);
    expect(calls).toMatchObject({ 'toy.constant': 1, 'toy.train': 3, 'toy.train finished on wasm': 2 });
    expect(calls['toy.train finished on webgpu']).toBeUndefined();
    expect(toy.of('failed')).toEqual([]);
    expect(toy.of('cancelled')).toEqual([]);
    expect(toy.of('ended')).toHaveLength(1);
    expect(toy.of('notice')).toEqual([
      expect.objectContaining({
        title: 'The graphics device was lost',
        message: expect.stringContaining('Going on with WebAssembly'),
        sticky: true,
      }),
    ]);
  });

  test('each node is told as executed once, so that counts are right', async () => {
    const toy = bench({ tensors: runtime });
    let steps = 0;
    // In the second tensor node: the first has been made on the GPU and stays.
    training.onStep = () => {
      if (++steps === 5) lose();
    };
    expect(await toy.engine.run(runId('1'), plan)).toBe('succeeded');
    const finished = toy.of('finished').map(({ node, state }) => `${node} ${state}`);
    expect(finished.sort()).toEqual(['first executed', 'second executed', 'source executed', 'sum executed']);
    expect(calls).toMatchObject({ 'toy.train finished on webgpu': 1, 'toy.train finished on wasm': 1 });
  });

  test('a failure that the loss caused is not told, though the news comes later', async () => {
    const toy = bench({ tensors: runtime });
    let broken = false;
    training.onStep = () => {
      if (broken) return;
      broken = true;
      setTimeout(lose, 60);
      throw new Error('A valid external Instance reference no longer exists.');
    };
    expect(await toy.engine.run(runId('1'), plan)).toBe('succeeded');
    expect(toy.states()).toEqual(everything);
    expect(toy.of('failed')).toEqual([]);
    // Nothing was begun on the broken device while the news was awaited.
    expect(calls['toy.train finished on webgpu']).toBeUndefined();
  });

  test('a failure without a loss is one', async () => {
    const toy = bench({ tensors: runtime });
    training.onStep = () => {
      throw new Error('Broken by itself.');
    };
    expect(await toy.engine.run(runId('1'), plan)).toBe('failed');
    expect(toy.states()).toEqual({ source: 'executed', first: 'failed', second: 'failed', sum: 'blocked' });
    expect(starts).toEqual(['webgpu']);
  });

  test('a node that ends before it hears of the loss is computed again: its last part was made elsewhere', async () => {
    const toy = bench({ tensors: runtime });
    training.deaf = true;
    loseOnce(2);
    expect(await toy.engine.run(runId('1'), plan)).toBe('succeeded');
    const numeric = toy.of('finished').map(({ node, key }) => [node, key]);
    const planned = toy.of('planned');
    expect(planned).toHaveLength(2);
    expect(Object.fromEntries(numeric)['first']).toBe(planned[1]?.report.steps['first']?.key);
    expect(planned[0]?.report.steps['first']?.key).not.toBe(planned[1]?.report.steps['first']?.key);
    const again = bench({ tensors: runtime, backend: 'webgpu' });
    expect((await again.engine.plan(plan)).steps['first']?.action).toBe('run');
  });

  test('a cancel during the wait for news ends the run at once', async () => {
    const toy = bench({ tensors: runtime });
    let asked = 0;
    training.onStep = () => {
      setTimeout(() => {
        asked = performance.now();
        void toy.engine.cancel(runId('1'));
      }, 20);
      throw new Error('Broken.');
    };
    expect(await toy.engine.run(runId('1'), plan)).toBe('cancelled');
    expect(performance.now() - asked).toBeLessThan(250);
  });
});

describe('with WebGPU forced', () => {
  test('the run fails in words that are true, and the next one starts the device again', async () => {
    const toy = bench({ tensors: runtime, backend: 'webgpu' });
    loseOnce(1);
    expect(await toy.engine.run(runId('1'), plan)).toBe('failed');
    expect(toy.states()).toEqual({ source: 'executed', first: 'failed', second: 'failed', sum: 'blocked' });
    expect(toy.of('failed')[0]?.failure).toMatchObject({ kind: 'backend', code: 'backend.lost' });
    const [notice] = toy.of('notice');
    expect(notice?.message).toContain('the next run starts it again');
    expect(notice?.message).not.toContain('Going on');
    expect(calls['toy.train finished on webgpu']).toBeUndefined();

    expect(await toy.engine.run(runId('2'), plan)).toBe('succeeded');
    expect(starts).toEqual(['webgpu', 'webgpu']);
    expect(calls['toy.train finished on webgpu']).toBe(2);
  });
});

test('a backend chosen during a run counts from the next run on', async () => {
  const toy = bench({ tensors: runtime });
  let asked = false;
  training.onStep = async () => {
    if (asked) return;
    asked = true;
    await toy.engine.configure({ backend: 'wasm' });
    await toy.engine.plan(plan);
  };
  expect(await toy.engine.run(runId('1'), plan)).toBe('succeeded');
  expect(starts).toEqual(['webgpu']);
  await toy.engine.plan(plan);
  expect(starts).toEqual(['webgpu', 'wasm']);
});
