/** The same rules for every kind of storage. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArtifactStore, type OpenedStore } from '../../../src/cache/artifact-store';
import { type Backing, StoreFullError } from '../../../src/cache/backing';
import { CacheError } from '../../../src/core/errors';
import type { CheckpointState } from '../../../src/kit/context';
import type { ImagesValue, PortValue, SpikesValue } from '../../../src/kit/values';
import { damage, eventsOf, itemTable, key, type Place, places, poissonItem, spikeHeader, values } from './support';

const info = { type: 'test.node', ms: 1000 };
const images = (bytes: number, seed = 1): ImagesValue => ({
  kind: 'images',
  shape: [1, 1, bytes / 4, 1],
  data: Float32Array.from({ length: bytes / 4 }, (_, i) => (i % 997) * seed),
  items: itemTable(1),
});
const state = (value: number): CheckpointState => ({
  numbers: { step: value, loss: Number.NaN },
  arrays: {
    weights: Float32Array.of(value, -0),
    moments: new Float64Array(1000).fill(value),
    order: Int32Array.of(3, 1),
  },
});

describe.each(['memory', 'indexeddb', 'files'] as const)('artifact store on %s', (kind) => {
  let place: Place;
  let now: number;
  const opened: OpenedStore[] = [];
  beforeEach(async () => {
    place = await places[kind]();
    now = 1_800_000_000_000;
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await place.remove();
  });

  async function openStore(budget = 1e9, wrap: (backing: Backing) => Backing = (backing) => backing) {
    const backing = await place.open();
    const store = createArtifactStore(wrap(backing), { budget, clock: () => now });
    opened.push(store);
    const notices: string[] = [];
    store.onNotice((message) => notices.push(message));
    return { store, backing, notices };
  }
  /** After every write that was begun: a new budget waits its turn behind them. */
  const settled = () => Promise.all(opened.map((store) => store.setBudget(1e9)));
  /** Ten items of 1,000 spikes. */
  const events = Array.from({ length: 10 }, (_, k) => poissonItem(1280, 2500, 1000, k));
  const plain = events.map(({ units, steps }) => ({ units: [...units], steps: [...steps] }));
  /** Writes items `from` to `to`, slowly: every other item ends a chunk. */
  async function write(writer: Awaited<ReturnType<OpenedStore['spikeWriter']>>, from: number, to: number) {
    for (const { units, steps } of events.slice(from, to)) {
      now += 2600;
      await writer.add(units, steps);
    }
  }

  it('says what it is', async () => {
    const { store } = await openStore();
    expect(store.kind).toBe(kind);
    expect(store.notice).toBeNull();
  });

  it('gives back every kind of value, bit for bit, also to a second store', async () => {
    const { store, notices } = await openStore();
    const outcome = await store.put(key('a'), values, info);
    expect(outcome).toMatchObject({ kept: true });
    const { store: other } = await openStore();
    const found = await other.get(key('a'));
    expect(Object.keys(found ?? {}).sort()).toEqual(Object.keys(values).sort());
    expect(found).toStrictEqual(values);
    expect(notices).toEqual([]);
  });

  it('answers head without payloads, and reads single ports', async () => {
    const { store, backing } = await openStore();
    expect(await store.head(key('a'))).toBeNull();
    expect(await store.get(key('a'))).toBeNull();
    await store.put(key('a'), values, { type: 'source.images', ms: 12 });
    expect(await store.head(key('a'))).toMatchObject({ type: 'source.images', ms: 12, created: now, used: now });
    expect([...((await store.head(key('a')))?.ports ?? [])].sort()).toEqual(Object.keys(values).sort());
    expect(Object.keys((await store.get(key('a'), ['labels'])) ?? {})).toEqual(['labels']);
    expect(await store.get(key('a'), ['labels', 'absent'])).toBeNull();
    now += 60_000;
    await store.get(key('a'));
    expect((await store.head(key('a')))?.used).toBe(now);
    await backing.deleteBlobs((await backing.listBlobs()).slice(0, 1));
    expect(await store.head(key('a'))).toBeNull();
  });

  it('cuts large payloads into chunks of at most 16 MiB', async () => {
    const { store, backing } = await openStore();
    const large = images(36e6);
    expect(await store.put(key('a'), { images: large, labels: values['labels'] as PortValue }, info)).toMatchObject({
      kept: true,
    });
    const blobs = await Promise.all((await backing.listBlobs()).map((id) => backing.getBlob(id)));
    expect(blobs.map((blob) => blob?.byteLength ?? 0).filter((bytes) => bytes > 1e6)).toHaveLength(3);
    expect(Math.max(...blobs.map((blob) => blob?.byteLength ?? 0))).toBe(16 * 1024 * 1024);
    const found = (await store.get(key('a'), ['images']))?.['images'] as ImagesValue;
    expect(Buffer.compare(Buffer.from(found.data.buffer), Buffer.from(large.data.buffer))).toBe(0);
  });

  it('treats damage as a miss, says so and deletes it', async () => {
    const { store, backing, notices } = await openStore();
    await store.put(key('a'), { images: values['images'] as PortValue }, info);
    await store.put(key('b'), { labels: values['labels'] as PortValue }, info);
    expect(await damage(backing, 3000)).toBe(1);
    expect(await store.get(key('a'))).toBeNull();
    expect(notices).toEqual([expect.stringContaining('test.node was damaged and has been removed')]);
    expect(store.notice).toBe(notices[0]);
    expect(await store.head(key('a'))).toBeNull();
    expect(await backing.listBlobs()).toHaveLength(1);
    expect(await store.get(key('b'))).not.toBeNull();
    expect(await store.put(key('a'), { images: values['images'] as PortValue }, info)).toMatchObject({ kept: true });
    expect(await store.get(key('a'))).toStrictEqual({ images: values['images'] });
  });

  it('evicts by size, age and cost, never what is pinned', async () => {
    const { store } = await openStore(1_000_000);
    await store.put(key('dear'), { images: images(300_000) }, { type: 'x', ms: 60_000 });
    await store.put(key('cheap'), { images: images(300_000) }, { type: 'x', ms: 10 });
    await store.put(key('pinned'), { images: images(300_000) }, { type: 'x', ms: 1 });
    store.pinned.add(key('pinned'));
    now += 100_000;
    expect(await store.put(key('new'), { images: images(300_000) }, info)).toMatchObject({ kept: true });
    expect(await store.head(key('cheap'))).toBeNull();
    expect(await store.head(key('dear'))).not.toBeNull();
    expect(await store.head(key('pinned'))).not.toBeNull();
    const { bytes, budget } = await store.usage();
    expect(bytes).toBeGreaterThan(900_000);
    expect(bytes).toBeLessThanOrEqual(budget);

    await store.setBudget(350_000);
    expect(await store.head(key('pinned'))).not.toBeNull();
    expect((await store.usage()).bytes).toBeLessThan(350_000);
    expect(await store.put(key('more'), { images: images(300_000) }, info)).toMatchObject({
      kept: false,
      reason: expect.stringContaining('taken by results that this run is using'),
    });
    expect(await store.put(key('huge'), { images: images(400_000) }, info)).toMatchObject({
      kept: false,
      reason: expect.stringContaining("store's budget is 350 kB"),
    });
    expect(await store.head(key('pinned'))).not.toBeNull();
  });

  it('evicts and tries again when the storage is full, then goes on without', async () => {
    let room = 1_000_000;
    const { store, notices } = await openStore(1e9, (backing) => {
      const sizes = new Map<string, number>();
      return Object.assign(Object.create(backing) as Backing, {
        kind: backing.kind,
        async putBlob(id: string, bytes: Uint8Array) {
          if (bytes.byteLength > room) throw new StoreFullError('quota exceeded');
          await backing.putBlob(id, bytes);
          sizes.set(id, bytes.byteLength);
          room -= bytes.byteLength;
        },
        async deleteBlobs(ids: readonly string[]) {
          await backing.deleteBlobs(ids);
          for (const id of ids) room += sizes.get(id) ?? 0;
        },
      });
    });
    await store.put(key('old'), { images: images(700_000) }, info);
    now += 1000;
    expect(await store.put(key('new'), { images: images(600_000) }, info)).toMatchObject({ kept: true });
    expect(await store.head(key('old'))).toBeNull();
    expect(notices).toEqual([]);
    const outcome = await store.put(key('too much'), { images: images(1_200_000) }, info);
    expect(outcome.kept).toBe(false);
    expect(outcome.reason).toMatch(/full \(quota exceeded\)\. The run goes on; this result will be lost on reload\./);
    expect(notices).toEqual([outcome.reason]);
  });

  it('holds what people hold: not evicted, cleared or forgotten, also by another store and after a restart', async () => {
    const { store } = await openStore(1_500_000);
    const put = (name: string, size = 400_000) => store.put(key(name), { images: images(size) }, info);
    await put('held');
    await store.hold(key('held'), true);
    now += 100_000;
    await put('other');
    await put('third');
    // The held one is the oldest, and would be the first to go.
    await put('fourth', 600_000);
    expect(await store.head(key('held'))).not.toBeNull();
    expect(await store.head(key('other'))).toBeNull();

    const { store: again } = await openStore(1_500_000);
    expect([...(await again.held())]).toEqual([key('held')]);
    await again.forget([key('held'), key('third'), key('never stored')]);
    expect(await again.head(key('third'))).toBeNull();
    await again.clear();
    expect(await again.head(key('held'))).not.toBeNull();
    expect(await again.head(key('fourth'))).toBeNull();
    expect([...(await again.held())]).toEqual([key('held')]);

    await again.hold(key('held'), false);
    await store.forget([key('held')]);
    expect(await store.head(key('held'))).toBeNull();
  });

  it('reports other failures without evicting', async () => {
    const { store, backing } = await openStore(1e9, (inner) =>
      Object.assign(Object.create(inner) as Backing, {
        kind: inner.kind,
        putBlob: async (id: string, bytes: Uint8Array) => {
          if (bytes.byteLength > 100_000) throw new Error('disk on fire');
          await inner.putBlob(id, bytes);
        },
      }),
    );
    await store.put(key('small'), { labels: values['labels'] as PortValue }, info);
    const before = (await backing.listBlobs()).length;
    const outcome = await store.put(key('a'), { labels: values['labels'] as PortValue, images: images(200_000) }, info);
    expect(outcome).toMatchObject({ kept: false, reason: expect.stringContaining('disk on fire') });
    expect(await store.head(key('small'))).not.toBeNull();
    expect(await backing.listBlobs()).toHaveLength(before);
  });

  it('never throws from put, whatever it is given', async () => {
    const { store } = await openStore();
    const strange = { kind: 'table', columns: [], rows: [() => 1] } as unknown as PortValue;
    expect(await store.put(key('a'), { strange }, info)).toMatchObject({ kept: false, bytes: 0 });
  });

  describe('spikes', () => {
    it('stores them while they are written and adopts them into the result', async () => {
      const { store, backing } = await openStore();
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      expect(writer.finishedItems).toBe(0);
      await write(writer, 0, 10);
      const value = await writer.finish();
      expect(value.chunks).toHaveLength(5);
      expect(value.spikeCount).toBe(plain.reduce((sum, { units }) => sum + units.length, 0));
      expect(await eventsOf(value)).toEqual(plain);
      const blobs = new Set(await backing.listBlobs());
      expect(blobs.size).toBe(6);
      expect(await store.head(key('a'))).toBeNull();
      await store.put(key('a'), { spikes: value, labels: values['labels'] as PortValue }, info);
      // One new payload each for labels and for the header; that of the unfinished set is gone.
      const after = await backing.listBlobs();
      expect(after).toHaveLength(7);
      expect(after.filter((id) => blobs.has(id))).toHaveLength(5);
      expect(await backing.listRecords()).toHaveLength(1);
      expect(await eventsOf(value)).toEqual(plain);

      const { store: other } = await openStore();
      const found = (await other.get(key('a')))?.['spikes'] as SpikesValue;
      const { read: _, ...rest } = found;
      const { read: __, ...expected } = value;
      expect(rest).toStrictEqual(expected);
      expect(await eventsOf(found)).toEqual(plain);
      expect(await other.verify(key('a'))).toBe(true);
    });

    it('continues a half-written set behind its last chunk', async () => {
      const { store } = await openStore();
      await write(await store.spikeWriter(key('a'), 'spikes', spikeHeader(10)), 0, 7);
      await settled();

      const { store: next } = await openStore();
      const writer = await next.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      expect(writer.finishedItems).toBe(6);
      await write(writer, 6, 10);
      const value = await writer.finish();
      expect(await eventsOf(value)).toEqual(plain);
      expect(await next.put(key('a'), { spikes: value }, info)).toMatchObject({ kept: true });
      expect(await eventsOf((await next.get(key('a')))?.['spikes'] as SpikesValue)).toEqual(plain);
    });

    it('starts anew when the header differs, and drops a damaged end', async () => {
      const { store, backing } = await openStore();
      await write(await store.spikeWriter(key('a'), 'spikes', spikeHeader(10)), 0, 8);
      await settled();
      const chunks = (await backing.listRecords())[0]?.ports['spikes']?.chunks ?? [];
      expect(chunks).toHaveLength(4);
      await backing.putBlob(chunks[2]?.blobs[0]?.id ?? '', new Uint8Array(10));
      expect((await store.spikeWriter(key('a'), 'spikes', spikeHeader(10))).finishedItems).toBe(4);
      expect(await backing.listBlobs()).toHaveLength(3);
      expect((await store.spikeWriter(key('a'), 'spikes', spikeHeader(11))).finishedItems).toBe(0);
      expect(await backing.listBlobs()).toHaveLength(0);
    });

    it('lets two writers of one key finish, each right', async () => {
      const first = await openStore();
      const second = await openStore();
      const a = await first.store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(a, 0, 4);
      await settled();
      const b = await second.store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      expect(b.finishedItems).toBe(4);
      await write(a, 4, 8);
      await write(b, 4, 10);
      await write(a, 8, 10);
      const [valueA, valueB] = [await a.finish(), await b.finish()];
      expect(await eventsOf(valueA)).toEqual(plain);
      expect(await eventsOf(valueB)).toEqual(plain);
      expect(await first.store.put(key('a'), { spikes: valueA }, info)).toMatchObject({ kept: true });
      expect(await second.store.put(key('a'), { spikes: valueB }, info)).toMatchObject({ kept: true });
      expect(await eventsOf(valueA)).toEqual(plain);
      expect(await eventsOf(valueB)).toEqual(plain);
      const { store } = await openStore();
      expect(await eventsOf((await store.get(key('a')))?.['spikes'] as SpikesValue)).toEqual(plain);
    });

    it('keeps them in memory when the store has no room, and reads from there', async () => {
      const { store, notices } = await openStore(4000);
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(writer, 0, 10);
      const value = await writer.finish();
      expect(await eventsOf(value)).toEqual(plain);
      const outcome = await store.put(key('a'), { spikes: value }, info);
      expect(outcome.kept).toBe(false);
      expect(outcome.reason).toBeTruthy();
      expect(notices.length).toBeLessThanOrEqual(1);
      await store.setBudget(1e9);
      expect(await store.put(key('a'), { spikes: value }, info)).toMatchObject({ kept: true });
      expect(await eventsOf((await store.get(key('a')))?.['spikes'] as SpikesValue)).toEqual(plain);
    });

    it('refuses a damaged chunk when it is read, and the result is gone', async () => {
      const { store, backing, notices } = await openStore();
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(writer, 0, 10);
      await store.put(key('a'), { spikes: await writer.finish() }, info);
      const found = (await store.get(key('a')))?.['spikes'] as SpikesValue;
      await damage(backing, 2000);
      const failure = await found.read(1).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CacheError);
      expect((failure as CacheError).details).toMatchObject({ code: 'cache.corrupt', port: 'spikes' });
      expect(await store.head(key('a'))).toBeNull();
      expect(notices).toHaveLength(1);
    });

    it('finds damage beforehand when asked to verify', async () => {
      const { store, backing } = await openStore();
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(writer, 0, 10);
      await store.put(key('a'), { spikes: await writer.finish() }, info);
      expect(await store.verify(key('a'))).toBe(true);
      await damage(backing, 2000);
      expect(await store.verify(key('a'))).toBe(false);
      expect(await store.head(key('a'))).toBeNull();
      expect(await backing.listBlobs()).toHaveLength(0);
    });

    it('copies spikes that belong to another key or to no store', async () => {
      const { store } = await openStore();
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(writer, 0, 10);
      const value = await writer.finish();
      await store.put(key('a'), { spikes: value }, info);
      await store.put(key('b'), { passed: value }, info);
      const foreign: SpikesValue = { ...value };
      await store.put(key('c'), { spikes: foreign }, info);
      await store.clear();
      expect(await store.get(key('a'))).toBeNull();
      await store.put(key('b'), { passed: foreign }, info).then((outcome) => expect(outcome.kept).toBe(false));
    });

    it('copies stay when the original goes', async () => {
      const { store, backing } = await openStore();
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(writer, 0, 10);
      const value = await writer.finish();
      await store.put(key('a'), { spikes: value }, info);
      await store.put(key('b'), { passed: value }, info);
      await store.put(key('c'), { passed: { ...value } }, info);
      store.pinned.add(key('b')).add(key('c'));
      await store.clear();
      expect(await backing.listRecords()).toHaveLength(2);
      for (const name of ['b', 'c']) {
        expect(await eventsOf((await store.get(key(name)))?.['passed'] as SpikesValue)).toEqual(plain);
      }
    });

    it('does not promise what another store has evicted', async () => {
      const { store } = await openStore();
      const { store: other } = await openStore();
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(10));
      await write(writer, 0, 10);
      const value = await writer.finish();
      // A set that grew within the last minute may belong to a live run elsewhere.
      await other.setBudget(0);
      expect(await eventsOf(value)).toEqual(plain);
      now += 61_000;
      await other.setBudget(0);
      const outcome = await store.put(key('a'), { spikes: value }, info);
      expect(outcome).toMatchObject({ kept: false, reason: expect.stringContaining('evicted by another run') });
      expect(await store.head(key('a'))).toBeNull();
      await expect(value.read(0)).rejects.toThrow(CacheError);
    });

    it('handles no items, and items without spikes', async () => {
      const { store } = await openStore();
      const none = await (await store.spikeWriter(key('a'), 'spikes', spikeHeader(0))).finish();
      await store.put(key('a'), { spikes: none }, info);
      expect((await store.get(key('a')))?.['spikes']).toMatchObject({ chunks: [], spikeCount: 0 });
      const writer = await store.spikeWriter(key('b'), 'spikes', spikeHeader(2));
      await writer.add([], []);
      await writer.add([], []);
      await store.put(key('b'), { spikes: await writer.finish() }, info);
      const silent = (await store.get(key('b')))?.['spikes'] as SpikesValue;
      expect(await eventsOf(silent)).toEqual([
        { units: [], steps: [] },
        { units: [], steps: [] },
      ]);
    });

    it('sweeps sets older than a week, and blobs that no record names', async () => {
      const { store, backing } = await openStore();
      await write(await store.spikeWriter(key('a'), 'spikes', spikeHeader(10)), 0, 4);
      await settled();
      await backing.putBlob(`${now.toString(36)}-killed-0`, new Uint8Array(10));
      await store.put(key('b'), { labels: values['labels'] as PortValue }, info);
      now += 2 * 3600 * 1000;
      await store.sweep();
      expect(await backing.listBlobs()).toHaveLength(4);
      now += 7 * 24 * 3600 * 1000;
      await store.sweep();
      expect(await backing.listRecords()).toHaveLength(1);
      expect(await backing.listBlobs()).toHaveLength(1);
      expect(await store.get(key('b'))).not.toBeNull();
    });
  });

  it('finds the checkpoint with the largest extent not above the one asked for', async () => {
    const { store, backing, notices } = await openStore();
    const line = store.checkpoints('lineage');
    expect(await line.latest(100)).toBeNull();
    for (const extent of [4, 1, 20, 0.5]) await line.save(extent, state(extent));
    await store.checkpoints('other').save(10, state(10));
    expect(await line.latest(19)).toStrictEqual({ extent: 4, state: state(4) });
    expect((await line.latest(20))?.extent).toBe(20);
    expect((await line.latest(0.7))?.extent).toBe(0.5);
    expect(await line.latest(0.4)).toBeNull();
    await line.save(4, state(44));
    expect((await line.latest(5))?.state.numbers['step']).toBe(44);
    const { store: next } = await openStore();
    expect((await next.checkpoints('lineage').latest(1000))?.extent).toBe(20);
    // A damaged one is passed over.
    const top = (await backing.listRecords()).find((record) => record.extent === 20);
    await backing.putBlob(top?.ports['state']?.blobs[0]?.id ?? '', new Uint8Array(3));
    expect((await store.checkpoints('lineage').latest(1000))?.extent).toBe(4);
    expect(notices).toHaveLength(1);
  });

  it('thins the checkpoints of a run to the last three and the powers of two', async () => {
    const { store, backing } = await openStore();
    const line = store.checkpoints('lineage');
    for (let epoch = 1; epoch <= 300; epoch++) await line.save(epoch, state(epoch));
    const extents = async () => (await backing.listRecords()).map(({ extent }) => extent ?? 0).sort((a, b) => a - b);
    expect(await extents()).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 298, 299, 300]);
    expect(await backing.listBlobs()).toHaveLength(12);
    const { bytes } = await store.usage();
    expect(bytes).toBe((await backing.listRecords()).reduce((sum, record) => sum + record.bytes, 0));

    // Another run goes on from the end of the first, which stays; a shorter one starts at a power of two.
    const next = store.checkpoints('lineage');
    expect((await next.latest(400))?.extent).toBe(300);
    for (let epoch = 301; epoch <= 310; epoch++) await next.save(epoch, state(epoch));
    expect((await extents()).slice(-6)).toEqual([298, 299, 300, 308, 309, 310]);
    expect(await next.latest(305)).toStrictEqual({ extent: 300, state: state(300) });
    expect(await next.latest(200)).toStrictEqual({ extent: 128, state: state(128) });
  });

  it('remembers small facts until it is cleared', async () => {
    const { store } = await openStore();
    const name = 'parts/node “1” of document/../x';
    expect(await store.readMeta(name)).toBeNull();
    await store.writeMeta(name, { g: 5, list: [1, null, 'x'] });
    const { store: other } = await openStore();
    expect(await other.readMeta(name)).toEqual({ g: 5, list: [1, null, 'x'] });
    await store.put(key('a'), { labels: values['labels'] as PortValue }, info);
    store.pinned.add(key('a'));
    await store.put(key('b'), { labels: values['labels'] as PortValue }, info);
    await store.clear();
    expect(await store.readMeta(name)).toBeNull();
    expect(await store.head(key('b'))).toBeNull();
    expect(await store.head(key('a'))).not.toBeNull();
  });

  it('keeps the first of two equal results, so that readers of its spikes go on', async () => {
    const { store, backing } = await openStore();
    await store.put(key('a'), { labels: values['labels'] as PortValue }, info);
    const blobs = await backing.listBlobs();
    const { store: other } = await openStore();
    expect(await other.put(key('a'), { labels: values['labels'] as PortValue }, info)).toMatchObject({ kept: true });
    expect(await backing.listBlobs()).toEqual(blobs);
    // One that has lost a payload is replaced.
    await backing.deleteBlobs(blobs);
    await other.put(key('a'), { labels: values['labels'] as PortValue }, info);
    expect(await store.get(key('a'))).toStrictEqual({ labels: values['labels'] });
  });
});
