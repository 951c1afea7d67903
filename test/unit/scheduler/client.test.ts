/** The page's client over a MessageChannel: comlink and the event port are real, the worker runs in this process. */
import * as Comlink from 'comlink';
import { afterEach, describe, expect, test } from 'vitest';
import { openMemoryStore } from '../../../src/cache/memory-store';
import type { ContentKey } from '../../../src/core/ids';
import { createSchedulerClient, KILL_AFTER_MS, type SchedulerClient } from '../../../src/scheduler/client';
import { Engine } from '../../../src/scheduler/engine';
import { createInlinePool } from '../../../src/scheduler/pool/inline-pool';
import type { RunEvent, SchedulerApi, WorkerStart } from '../../../src/scheduler/protocol';
import { noTensors } from '../../../src/scheduler/tensor-runtime';
import { calls, catalogue, planOf } from './toy';

const store = openMemoryStore({ budget: 1e8 });

function healthy({ events }: WorkerStart): SchedulerApi {
  const engine = new Engine({
    catalogue,
    openStore: async () => store,
    pool: createInlinePool({}),
    assets: { read: async () => new Uint8Array(), imported: async () => new Uint8Array() },
    tensors: noTensors,
    simulationMode: 'toy',
    emit: (event: RunEvent) => events.postMessage(event),
  });
  return Comlink.proxy(engine);
}

/** Starts a node and then answers nothing more: a worker stuck in a kernel. */
function stuck(start: WorkerStart): SchedulerApi {
  const api = healthy(start);
  return Comlink.proxy({
    ...Object.fromEntries(
      ['plan', 'preview', 'value', 'meters', 'configure', 'clearStore'].map((name) => [
        name,
        () => new Promise(() => undefined),
      ]),
    ),
    run: (id: never) => {
      start.events.postMessage({ type: 'started', run: id, node: 'long', key: 'k' });
      return new Promise(() => undefined);
    },
    cancel: () => new Promise(() => undefined),
    api,
  }) as unknown as SchedulerApi;
}

const open: SchedulerClient[] = [];
const ports: MessagePort[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
  for (const port of ports.splice(0)) port.close();
});

interface Fixture {
  readonly client: SchedulerClient;
  readonly events: RunEvent[];
  readonly workers: { onerror: ((event: { message: string }) => void) | null; terminated: boolean }[];
}

/** A worker whose script does not load. */
const blocked = null;

function connect(...starts: (((start: WorkerStart) => SchedulerApi) | null)[]): Fixture {
  const workers: Fixture['workers'] = [];
  const client = createSchedulerClient({
    assets: '/data/',
    retryAfter: [5, 10, 20],
    spawn() {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      const start = starts[Math.min(workers.length, starts.length - 1)] ?? null;
      if (start) Comlink.expose({ start }, port2 as unknown as Comlink.Endpoint);
      port1.start();
      const worker: Fixture['workers'][number] = { onerror: null, terminated: false };
      if (!start) setTimeout(() => worker.onerror?.({ message: '' }));
      workers.push(worker);
      return Object.assign(worker, {
        postMessage: port1.postMessage.bind(port1),
        addEventListener: port1.addEventListener.bind(port1),
        removeEventListener: port1.removeEventListener.bind(port1),
        terminate: () => {
          worker.terminated = true;
        },
      }) as unknown as Worker;
    },
  });
  const events: RunEvent[] = [];
  client.onEvent((event) => events.push(event));
  open.push(client);
  return { client, events, workers };
}

const long = (steps: number) =>
  planOf(['source', 'toy.constant', { value: 1, note: '', seed: 1 }], ['long', 'toy.slow', { steps }, { a: 'source' }]);

describe('the client', () => {
  test('runs a plan, tells its events and hands out previews and values', async () => {
    const { client, events } = connect(healthy);
    const { id, done } = client.run(long(2));
    expect(await done).toBe('succeeded');
    const types = events.filter((event) => 'run' in event && event.run === id).map((event) => event.type);
    expect(types[0]).toBe('planned');
    expect(types.at(-1)).toBe('ended');
    const report = await client.plan(long(2));
    expect(report.steps['long']).toMatchObject({ action: 'stored' });
    const key = report.steps['long']?.key as ContentKey;
    expect(await client.preview({ key, port: 'table' })).toMatchObject({
      kind: 'table',
      totalRows: 1,
      rows: [{ value: 3 }],
    });
    expect(await client.value(key, 'table')).toMatchObject({ kind: 'table' });
    expect(await client.preview({ key: 'gone' as ContentKey, port: 'table' })).toBeNull();
    expect((await client.meters()).poolSize).toBe(1);
  });

  test('cancels a run that listens without replacing the worker', async () => {
    const { client, events, workers } = connect(healthy);
    const { id, done } = client.run(long(500));
    await expect.poll(() => events.some((event) => event.type === 'started' && event.node === 'long')).toBe(true);
    const asked = performance.now();
    await client.cancel(id);
    expect(performance.now() - asked).toBeLessThan(250);
    expect(await done).toBe('cancelled');
    expect(workers).toHaveLength(1);
  });

  test('replaces a worker that does not stop within a second; finished results survive', async () => {
    const { client, events, workers } = connect(stuck, healthy);
    const { id, done } = client.run(long(4));
    await expect.poll(() => events.some((event) => event.type === 'started')).toBe(true);
    const asked = performance.now();
    await client.cancel(id);
    const took = performance.now() - asked;
    expect(await done).toBe('cancelled');
    expect(took).toBeGreaterThanOrEqual(KILL_AFTER_MS - 20);
    expect(took).toBeLessThan(KILL_AFTER_MS + 300);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(events.slice(-2)).toMatchObject([
      { type: 'cancelled', node: 'long' },
      { type: 'ended', outcome: 'cancelled' },
    ]);
    const constants = calls['toy.constant'];
    expect(await client.run(long(4)).done).toBe('succeeded');
    expect(calls['toy.constant']).toBe(constants);
  });

  test('a worker that dies fails its run in words and is started again', async () => {
    const { client, events, workers } = connect(stuck, healthy);
    const { done } = client.run(long(4));
    await expect.poll(() => events.some((event) => event.type === 'started')).toBe(true);
    workers[0]?.onerror?.({ message: 'out of memory' });
    expect(await done).toBe('failed');
    expect(events.find((event) => event.type === 'failed')).toMatchObject({
      node: 'long',
      failure: { code: 'worker.died', message: 'The computing thread stopped: out of memory.' },
    });
    expect(await client.run(long(4)).done).toBe('succeeded');
  });

  describe('whose worker does not load', () => {
    test('tries three times more, says so once, and not again by itself', async () => {
      const { client, events, workers } = connect(blocked);
      const health: (string | null)[] = [];
      client.onHealth((failure) => health.push(failure?.message ?? null));
      const { done } = client.run(long(2));
      expect(await done).toBe('failed');
      expect(health).toEqual(['The computing thread could not be started: its script could not be loaded.']);
      await expect(client.meters()).rejects.toThrow('could not be started');
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(workers).toHaveLength(4);
      expect(workers.every(({ terminated }) => terminated)).toBe(true);
      expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
    });

    test('answers what was asked meanwhile once a further try succeeds', async () => {
      const { client, workers } = connect(blocked, blocked, healthy);
      const report = client.plan(long(2));
      expect(await client.run(long(2)).done).toBe('succeeded');
      expect(Object.keys((await report).steps)).toEqual(['source', 'long']);
      expect(workers).toHaveLength(3);
    });

    test('goes on after "Try again"', async () => {
      const { client, workers } = connect(blocked, blocked, blocked, blocked, healthy);
      const health: (string | null)[] = [];
      client.onHealth((failure) => health.push(failure?.code ?? null));
      await expect.poll(() => health).toEqual(['worker.not-started']);
      client.restart();
      client.restart();
      expect(await client.run(long(2)).done).toBe('succeeded');
      expect(health).toEqual(['worker.not-started', null]);
      expect(workers).toHaveLength(5);
    });
  });
});
