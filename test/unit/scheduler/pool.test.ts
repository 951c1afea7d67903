/** The pool over real message channels: threads are served in this process, as they would be in their own. */
import { describe, expect, test } from 'vitest';
import { NodeComputeError, RunCancelled } from '../../../src/core/errors';
import type { PoolTask } from '../../../src/kit/pool';
import { createInlinePool } from '../../../src/scheduler/pool/inline-pool';
import type { FromThread, Thread, ToThread } from '../../../src/scheduler/pool/messages';
import { serveTasks, type TaskRegistry } from '../../../src/scheduler/pool/serve';
import { ThreadPool } from '../../../src/scheduler/pool/thread-pool';

const square: PoolTask<{ offset: number }, number, number> = {
  async setup({ offset }) {
    return {
      async run(item, shouldStop) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (item === 13) throw new NodeComputeError({ code: 'toy.thirteen', message: 'Thirteen is refused.' });
        return shouldStop() ? -1 : item * item + offset;
      },
    };
  },
};
/** Reports 1, 2, ... item, then gives the item. */
const counting: PoolTask<null, number, number, Uint8Array<ArrayBuffer>> = {
  async setup() {
    return {
      async run(item, _shouldStop, report) {
        for (let k = 1; k <= item; k++) {
          const part = Uint8Array.of(k);
          report?.(part, [part.buffer]);
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        return report ? item : -1;
      },
    };
  },
};
const tasks = {
  square: async () => ({ default: square }),
  counting: async () => ({ default: counting }),
} as unknown as TaskRegistry;

interface Spawned {
  readonly spawn: () => Thread;
  readonly deaths: ((reason: string) => void)[];
  count: number;
}

function threads(): Spawned {
  const spawned: Spawned = {
    deaths: [],
    count: 0,
    spawn() {
      spawned.count++;
      const { port1, port2 } = new MessageChannel();
      const handle = serveTasks(tasks, (message) => port2.postMessage(message));
      port2.onmessage = (event: MessageEvent<ToThread>) => handle(event.data);
      return {
        post: (message) => port1.postMessage(message),
        listen: (onMessage, onDeath) => {
          port1.onmessage = (event: MessageEvent<FromThread>) => onMessage(event.data);
          spawned.deaths.push(onDeath);
        },
        terminate: () => {
          port1.close();
          port2.close();
        },
      };
    },
  };
  return spawned;
}

const numbers = Array.from({ length: 12 }, (_, i) => i);
const run = async (
  pool: { map: ThreadPool['map'] },
  items: readonly number[],
  signal = new AbortController().signal,
) => {
  const results: number[] = [];
  await pool.map<{ offset: number }, number, number>('square', { offset: 1 }, items, {
    signal,
    onResult: (index, result) => {
      results[index] = result;
    },
  });
  return results;
};

describe.each([1, 3])('a pool of %i', (size) => {
  test('gives every item its result, whatever the order', async () => {
    const spawned = threads();
    const pool = new ThreadPool(size, spawned.spawn);
    expect(await run(pool, numbers)).toEqual(numbers.map((n) => n * n + 1));
    expect(await run(pool, [5])).toEqual([26]);
    expect(spawned.count).toBe(size);
    pool.terminate();
  });

  test('stops soon after a cancel and can work again', async () => {
    const pool = new ThreadPool(size, threads().spawn);
    const abort = new AbortController();
    const running = run(
      pool,
      Array.from({ length: 1000 }, (_, i) => i + 100),
      abort.signal,
    );
    setTimeout(() => abort.abort(), 20);
    const begun = performance.now();
    await expect(running).rejects.toBeInstanceOf(RunCancelled);
    expect(performance.now() - begun).toBeLessThan(250);
    expect(await run(pool, [2])).toEqual([5]);
    pool.terminate();
  });

  test('fails with the words of the item that failed', async () => {
    const pool = new ThreadPool(size, threads().spawn);
    await expect(run(pool, [1, 13, 2])).rejects.toMatchObject({ details: { code: 'toy.thirteen' } });
    pool.terminate();
  });
});

test('a thread that dies fails the job and is replaced', async () => {
  const spawned = threads();
  const pool = new ThreadPool(1, spawned.spawn);
  const running = run(pool, numbers);
  await new Promise((resolve) => setTimeout(resolve, 5));
  spawned.deaths[0]?.('out of memory');
  await expect(running).rejects.toMatchObject({ details: { code: 'pool.thread-died' } });
  expect(await run(pool, [3])).toEqual([10]);
  expect(spawned.count).toBe(2);
  pool.terminate();
});

describe.each([
  ['one thread', () => new ThreadPool(1, threads().spawn)],
  ['three threads', () => new ThreadPool(3, threads().spawn)],
  ['no thread', () => createInlinePool(tasks)],
])('a pool of %s', (_, create) => {
  test('hands partial results over in order, each before the result of its item', async () => {
    const pool = create();
    const parts: number[][] = [[], [], [], []];
    const done = new Set<number>();
    await pool.map<null, number, number, Uint8Array>('counting', null, [3, 0, 5, 2], {
      signal: new AbortController().signal,
      onResult: (index) => void done.add(index),
      onPartial(index, part) {
        expect(done.has(index)).toBe(false);
        parts[index]?.push(part[0] as number);
      },
    });
    expect(parts).toEqual([[1, 2, 3], [], [1, 2, 3, 4, 5], [1, 2]]);
    if (pool instanceof ThreadPool) pool.terminate();
  });

  test('spares a task the work where nobody looks, and ends a job whose listener fails', async () => {
    const pool = create();
    const { signal } = new AbortController();
    const results: number[] = [];
    await pool.map<null, number, number>('counting', null, [2, 3], {
      signal,
      onResult: (_index, result) => void results.push(result),
    });
    expect(results).toEqual([-1, -1]);
    const failing = pool.map('counting', null, [2], {
      signal,
      onResult: () => undefined,
      onPartial() {
        throw new Error('The view is gone.');
      },
    });
    await expect(failing).rejects.toThrow('The view is gone.');
    if (pool instanceof ThreadPool) pool.terminate();
  });
});

test('an unknown task and no items', async () => {
  const pool = new ThreadPool(1, threads().spawn);
  await expect(
    pool.map('nothing', {}, [1], { signal: new AbortController().signal, onResult: () => undefined }),
  ).rejects.toThrow('The pool knows no task "nothing".');
  expect(await run(pool, [])).toEqual([]);
  pool.terminate();
});

test('the inline pool gives the same results and the same cancel', async () => {
  const pool = createInlinePool(tasks);
  expect(await run(pool, numbers)).toEqual(numbers.map((n) => n * n + 1));
  const abort = new AbortController();
  const running = run(
    pool,
    Array.from({ length: 1000 }, (_, i) => i + 100),
    abort.signal,
  );
  setTimeout(() => abort.abort(), 20);
  await expect(running).rejects.toBeInstanceOf(RunCancelled);
});
