/** The same rules with a database and without. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CacheError, DataError } from '../../../src/core/errors';
import { hashBytes } from '../../../src/core/hash';
import { readAsset } from '../../../src/library/asset-reader';
import { LIBRARY_DB_NAME } from '../../../src/library/database';
import { HISTORY_KEPT } from '../../../src/library/documents';
import type { Library, NamedBytes, RunRecord } from '../../../src/library/library';
import { openLibrary } from '../../../src/library/open-library';

const file = (name: string, bytes: Uint8Array<ArrayBuffer>): NamedBytes =>
  Object.assign(new Blob([bytes], { type: 'image/png' }), { name });
const run = (id: string, documentId: string, started: number): RunRecord => ({
  id,
  documentId,
  documentHash: 'hash',
  started,
  ms: 1200,
  outcome: 'succeeded',
  backend: { name: 'wasm' },
  seeds: { 'encoder.seedNetwork': 1 },
  nodes: { encoder: { state: 'executed', ms: 900 } },
  metrics: { 'quality.summary': [{ metric: 'psnr', mean: 20.3 }] },
  versions: { spikeloom: '0.1.0' },
});

const opened: Library[] = [];
async function open(options = {}): Promise<Library> {
  const library = await openLibrary(options);
  opened.push(library);
  return library;
}
afterEach(() => {
  for (const library of opened.splice(0)) library.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe.each(['indexeddb', 'memory'] as const)('library on %s', (kind) => {
  let library: Library;
  beforeEach(async () => {
    if (kind === 'memory') vi.stubGlobal('indexedDB', undefined);
    else globalThis.indexedDB = new IDBFactory();
    library = await open();
  });

  it('says what it is', () => {
    expect(library.kind).toBe(kind);
    if (kind === 'memory') expect(library.notice).toMatch(/offers no storage here.*until this tab is closed/);
    else expect(library.notice).toBeNull();
  });

  it('lists, opens, saves and removes documents', async () => {
    expect(await library.documents.list()).toEqual([]);
    expect(await library.documents.open('a')).toBeNull();
    const first = await library.documents.save({ id: 'a', title: 'One', text: '{"v":1}' });
    await library.documents.save({ id: 'b', title: 'Two', text: '{}' });
    await new Promise((resolve) => setTimeout(resolve, 3));
    await library.log.append('a', { op: 'x' });
    expect((await library.documents.list()).map(({ id }) => id)).toEqual(['a', 'b']);
    const again = await library.documents.save({ id: 'a', title: 'Uno', text: '{"v":2}' });
    expect(again.created).toBe(first.created);
    expect(await library.documents.open('a')).toEqual({ ...again, text: '{"v":2}' });
    await library.points.add({ documentId: 'a', label: 'x', text: '{}', automatic: false });
    await library.documents.remove('a');
    expect((await library.documents.list()).map(({ id }) => id)).toEqual(['b']);
    expect(await library.recover('a')).toBeNull();
    expect(await library.points.list('a')).toEqual([]);
  });

  it('keeps folders, and a deleted document until it is brought back or thirty days have passed', async () => {
    await library.documents.save({ id: 'a', title: 'One', text: '{}' });
    await library.documents.save({ id: 'b', title: 'Two', text: '{}' });
    await library.points.add({ documentId: 'a', label: 'x', text: '{}', automatic: false });
    await library.documents.move('a', 'Study/Balanced');
    // A later snapshot leaves it where it is.
    expect(await library.documents.save({ id: 'a', title: 'One', text: '{}' })).toMatchObject({
      folder: 'Study/Balanced',
    });
    await library.documents.discard('a');
    expect((await library.documents.list()).map(({ id }) => id)).toEqual(['b']);
    expect((await library.documents.listDiscarded()).map(({ id }) => id)).toEqual(['a']);
    await library.documents.bringBack('a');
    expect(await library.points.list('a')).toHaveLength(1);
    expect((await library.documents.list()).find(({ id }) => id === 'a')).toMatchObject({ folder: 'Study/Balanced' });
    await library.documents.discard('a');
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31 * 24 * 3600 * 1000);
    expect(await library.documents.listDiscarded()).toEqual([]);
    expect(await library.documents.open('a')).toBeNull();
    expect(await library.points.list('a')).toEqual([]);
  });

  it('keeps pinned runs and deletes others', async () => {
    await library.runs.add(run('r1', 'a', 1));
    await library.runs.add(run('r2', 'a', 2));
    await library.runs.setPinned('r1', true);
    expect([...(await library.runs.pinned())]).toEqual(['r1']);
    await expect(library.runs.remove('r1')).rejects.toThrow('A pinned run is not deleted.');
    expect(library.notice).toBe(kind === 'memory' ? library.notice : null);
    await library.runs.remove('r2');
    await library.runs.setPinned('r1', false);
    expect((await library.runs.list()).map(({ id }) => id)).toEqual(['r1']);
    await library.runs.remove('r1');
    expect(await library.runs.list()).toEqual([]);
    expect(await library.runs.open('r1')).toBeNull();
    expect(await library.settings.get('pinned-run')).toBeNull();
  });

  it('recovers snapshot, history and what came after', async () => {
    await library.documents.save({ id: 'a', title: 'One', text: 'zero' });
    const sequences = await Promise.all([1, 2, 3].map((n) => library.log.append('a', { n })));
    expect(sequences).toEqual([1, 2, 3]);
    await library.log.append('b', { other: true });
    expect(await library.recover('a')).toMatchObject({
      text: 'zero',
      history: [],
      pending: [{ entry: { n: 1 } }, { entry: { n: 2 } }, { entry: { n: 3 } }],
    });
    await library.documents.save({ id: 'a', title: 'One', text: 'two' }, 2);
    expect(await library.recover('a')).toMatchObject({
      text: 'two',
      history: [{ sequence: 1 }, { sequence: 2 }],
      pending: [{ sequence: 3, entry: { n: 3 } }],
    });
    // An older mark never takes back a newer one; no mark means all.
    await library.documents.save({ id: 'a', title: 'One', text: 'three' });
    await library.documents.save({ id: 'a', title: 'One', text: 'three' }, 1);
    expect(await library.recover('a')).toMatchObject({ text: 'three', pending: [] });
    expect(await library.log.append('a', { n: 4 })).toBe(4);
  });

  it('keeps the last entries before a snapshot for undo, and never uses a number twice', async () => {
    await library.documents.save({ id: 'a', title: 'One', text: '' });
    for (let n = 1; n <= HISTORY_KEPT + 30; n++) await library.log.append('a', n);
    await library.documents.save({ id: 'a', title: 'One', text: '' }, HISTORY_KEPT + 20);
    const recovery = await library.recover('a');
    expect(recovery?.history).toHaveLength(HISTORY_KEPT);
    expect(recovery?.history.at(-1)?.sequence).toBe(HISTORY_KEPT + 20);
    expect(recovery?.pending.map(({ entry }) => entry)).toEqual([221, 222, 223, 224, 225, 226, 227, 228, 229, 230]);
  });

  it('keeps restore points, at most fifty, without repeats', async () => {
    const point = (text: string, automatic = true) =>
      library.points.add({ documentId: 'a', label: 'after a run', text, automatic });
    const first = await point('v0', false);
    expect(await point('v0')).toEqual(first);
    for (let n = 1; n <= 60; n++) await point(`v${n}`);
    const list = await library.points.list('a');
    expect(list).toHaveLength(50);
    expect(list[0]).not.toHaveProperty('text');
    expect(await library.points.open(list[0]?.id ?? '')).toMatchObject({ text: 'v60', automatic: true });
    expect(list.at(-1)?.id).toBe(first.id);
    await library.points.remove(first.id);
    expect(await library.points.open(first.id)).toBeNull();
    expect(await library.points.list('a')).toHaveLength(49);
  });

  it('records runs once and for all', async () => {
    await library.runs.add(run('r1', 'a', 10));
    await library.runs.add(run('r2', 'b', 20));
    await library.runs.add(run('r3', 'a', 30));
    await expect(library.runs.add(run('r1', 'a', 40))).rejects.toThrow(CacheError);
    expect(await library.runs.open('r1')).toEqual(run('r1', 'a', 10));
    expect((await library.runs.list()).map(({ id }) => id)).toEqual(['r3', 'r2', 'r1']);
    expect((await library.runs.list('a')).map(({ id }) => id)).toEqual(['r3', 'r1']);
    expect((await library.runs.list('a', 1)).map(({ id }) => id)).toEqual(['r3']);
    await library.documents.remove('a');
    expect(await library.runs.open('r1')).not.toBeNull();
  });

  it('keeps imported files once, in chunks, for the worker as well', async () => {
    const bytes = new Uint8Array(17_000_000);
    for (let i = 0; i < bytes.length; i += 1009) bytes[i] = i % 251;
    const hash = await hashBytes(bytes);
    expect(await library.assets.put(file('one.png', bytes))).toEqual({ name: 'one.png', hash, bytes: 17_000_000 });
    expect(await library.assets.put(file('two.png', bytes))).toEqual({ name: 'two.png', hash, bytes: 17_000_000 });
    expect(await library.assets.list()).toEqual([
      expect.objectContaining({ name: 'one.png', type: 'image/png', hash }),
    ]);
    const stored = await library.assets.read(hash);
    expect(Buffer.compare(Buffer.from(stored ?? []), Buffer.from(bytes))).toBe(0);
    const read = await readAsset(hash, 'one.png');
    expect(Buffer.compare(Buffer.from(read), Buffer.from(bytes))).toBe(0);
    await library.assets.remove(hash);
    expect(await library.assets.read(hash)).toBeNull();
    const failure = await readAsset(hash, 'one.png').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DataError);
    expect((failure as DataError).details).toMatchObject({
      code: 'data.not-imported',
      cure: expect.stringContaining('Drop the file'),
    });
  });

  it('keeps an empty file', async () => {
    const { hash } = await library.assets.put(file('empty.csv', new Uint8Array(0)));
    expect(await library.assets.read(hash)).toEqual(new Uint8Array(0));
  });

  it('keeps settings', async () => {
    expect(await library.settings.get('theme')).toBeNull();
    const value = { theme: 'dark' };
    await library.settings.set('theme', value);
    value.theme = 'light';
    expect(await library.settings.get('theme')).toEqual({ theme: 'dark' });
  });

  it('asks for persistence where that is known', async () => {
    expect(await library.requestPersistence()).toBe(false);
    vi.stubGlobal('navigator', { storage: { persist: async () => true } });
    expect(await library.requestPersistence()).toBe(true);
  });
});

describe('library database', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });
  const corrupt = async (hash: string) => {
    const database = await openDB(LIBRARY_DB_NAME);
    const chunk = (await database.get('assetChunks', [hash, 0])) as Uint8Array;
    chunk[1] = (chunk[1] as number) ^ 4;
    await database.put('assetChunks', chunk, [hash, 0]);
    database.close();
  };

  it('has every committed command after the tab was killed', async () => {
    const killed = await open();
    await killed.documents.save({ id: 'a', title: 'One', text: 'zero' });
    for (let n = 0; n < 20; n++) await killed.log.append('a', { n });
    const next = await open();
    expect((await next.recover('a'))?.pending.map(({ entry }) => (entry as { n: number }).n)).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
  });

  it('never gives damaged bytes for a file', async () => {
    const library = await open();
    const { hash } = await library.assets.put(file('a.npy', Uint8Array.of(1, 2, 3)));
    await corrupt(hash);
    expect(await library.assets.read(hash)).toBeNull();
  });

  it('goes on in memory when another tab blocks the upgrade, or has a newer version', async () => {
    const old = await openDB(LIBRARY_DB_NAME, 1);
    const blocked = await open({ version: 2, patience: 50 });
    expect(blocked.kind).toBe('memory');
    expect(blocked.notice).toMatch(/older Spikeloom.*Close it/);
    await blocked.documents.save({ id: 'a', title: 'One', text: '' });
    expect(await blocked.documents.list()).toHaveLength(1);
    old.close();
    (await openDB(LIBRARY_DB_NAME, 9)).close();
    const older = await open();
    expect(older.kind).toBe('memory');
    expect(older.notice).toMatch(/newer Spikeloom.*Reload/);
  });

  it('makes way for a newer version in another tab, and says so', async () => {
    const library = await open();
    const notices: string[] = [];
    library.onNotice((message) => notices.push(message));
    (await openDB(LIBRARY_DB_NAME, 2)).close();
    expect(notices).toEqual([expect.stringContaining('newer Spikeloom in another tab')]);
    await expect(library.log.append('a', 1)).rejects.toThrow(CacheError);
  });

  it('says that the storage is full and what to do, and loses nothing that was there', async () => {
    const library = await open();
    await library.documents.save({ id: 'a', title: 'One', text: 'kept' });
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === 'documents') throw new DOMException('no space', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    await library.log.append('a', 1);
    const failure = await library.documents
      .save({ id: 'a', title: 'One', text: 'lost' })
      .catch((error: unknown) => error);
    expect((failure as CacheError).details).toMatchObject({
      code: 'library.full',
      cure: expect.stringContaining('save the pipeline to a file'),
    });
    expect(library.notice).toMatch(/storage is full/);
    expect(await library.recover('a')).toMatchObject({ text: 'kept', pending: [{ entry: 1 }] });
  });
});
