/** A store whose bytes go bad: a run says "stored" only for what it has read, and computes the rest in the same run. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createArtifactStore } from '../../../src/cache/artifact-store';
import { createMemoryBacking } from '../../../src/cache/memory-backing';
import { MemoryTier } from '../../../src/cache/memory-tier';
import { type ContentKey, runId } from '../../../src/core/ids';
import { isReadable, isStored } from '../../../src/scheduler/results';
import { damage, key, poissonItem, spikeHeader } from '../cache/support';
import { type Bench, bench, calls, planOf } from './toy';

beforeEach(() => {
  for (const name of Object.keys(calls)) delete calls[name];
});

const chain = (offset = 0) =>
  planOf(
    ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
    ['long', 'toy.slow', { steps: 2 }, { a: 'source' }],
    ['sum', 'toy.add', { offset }, { a: 'long', b: 'source' }],
  );

const keyOf = (of: Bench, node: string) => of.of('planned').at(-1)?.report.steps[node]?.key as ContentKey;

describe('with every stored byte damaged', () => {
  const setUp = async () => {
    const backing = createMemoryBacking();
    const open = () => createArtifactStore({ ...backing, close: async () => {} }, { budget: 1e8 });
    await bench({ store: open() }).engine.run(runId('1'), chain());
    return { backing, open };
  };

  test('a run computes again what is wanted, in one run, and the result can be had', async () => {
    const { backing, open } = await setUp();
    expect(await damage(backing)).toBeGreaterThan(2);
    const later = bench({ store: open() });
    expect(await later.engine.run(runId('2'), chain())).toBe('succeeded');
    expect(later.states()).toEqual({ source: 'executed', long: 'executed', sum: 'executed' });
    expect(await later.engine.value(keyOf(later, 'sum'), 'table')).toMatchObject({ rows: [{ value: 4 }] });
    expect(later.of('notice').map(({ message }) => message)).toContainEqual(expect.stringContaining('damaged'));
    expect(later.of('ended')).toHaveLength(1);
  });

  test('a stored input that cannot be read is computed again, and each node is told as executed once', async () => {
    const { backing, open } = await setUp();
    await damage(backing);
    const later = bench({ store: open() });
    expect(await later.engine.run(runId('2'), chain(5))).toBe('succeeded');
    expect(later.states()).toEqual({ source: 'executed', long: 'executed', sum: 'executed' });
    const executed = later.of('finished').filter(({ state }) => state === 'executed');
    expect(executed.map(({ node }) => node).sort()).toEqual(['long', 'source', 'sum']);
    expect(await later.engine.value(keyOf(later, 'sum'), 'table')).toMatchObject({ rows: [{ value: 9 }] });
  });

  test('planning alone reads nothing, so that an edit is answered at once', async () => {
    const { backing, open } = await setUp();
    await damage(backing);
    const report = await bench({ store: open() }).engine.plan(chain());
    expect(report.steps['sum']?.action).toBe('stored');
  });
});

describe('spikes', () => {
  const ports = ['spikes'];
  const name = key('spikes');
  const write = async (store: ReturnType<typeof createArtifactStore>) => {
    const writer = await store.spikeWriter(name, 'spikes', spikeHeader(2, 50));
    for (let item = 0; item < 2; item++) {
      const { units, steps } = poissonItem(50, 2500, 400, item);
      await writer.add(units, steps);
    }
    const spikes = await writer.finish();
    await store.put(name, { spikes }, { type: 'toy.spikes', ms: 1 });
    return spikes;
  };

  test('held as a handle are as good as their chunks', async () => {
    const backing = createMemoryBacking();
    const store = createArtifactStore(backing, { budget: 1e8 });
    const memory = new MemoryTier(1e8);
    memory.set(name, 'spikes', await write(store));
    expect(await isReadable(name, ports, { memory, store })).toBe(true);
    await damage(backing);
    expect(await isStored(name, ports, { memory, store })).toBe(true);
    expect(await isReadable(name, ports, { memory, store })).toBe(false);
    expect(await isStored(name, ports, { memory, store })).toBe(false);
  });

  test('that the store could not take are read from memory', async () => {
    const store = createArtifactStore(createMemoryBacking(), { budget: 10 });
    const memory = new MemoryTier(1e8);
    memory.set(name, 'spikes', await write(store));
    expect(await store.head(name)).toBeNull();
    expect(await isReadable(name, ports, { memory, store })).toBe(true);
  });
});
