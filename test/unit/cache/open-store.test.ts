/** Opening a store where it can, and cannot, be opened. */
import 'fake-indexeddb/auto';
import { chmod, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFileStore } from '../../../src/cache/file-store';
import { ARTIFACT_DB_NAME } from '../../../src/cache/indexeddb-schema';
import { openIndexedDbStore } from '../../../src/cache/indexeddb-store';
import { openMemoryStore } from '../../../src/cache/memory-store';
import type { ArtifactStore } from '../../../src/cache/store';
import { CacheError } from '../../../src/core/errors';
import { key, values } from './support';

const info = { type: 'test.node', ms: 10 };
const { labels } = values as { labels: (typeof values)[string] };

/** The run goes on: what is put can be got. */
async function works(store: ArtifactStore) {
  expect(await store.put(key('works'), { labels }, info)).toMatchObject({ kept: true });
  expect(await store.get(key('works'))).toStrictEqual({ labels });
}

describe('the IndexedDB store', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('opens, and finds again what it stored', async () => {
    const store = await openIndexedDbStore({ budget: 1e9 });
    expect([store.kind, store.notice]).toEqual(['indexeddb', null]);
    await works(store);
    await store.close();
    const next = await openIndexedDbStore({ budget: 1e9 });
    expect(await next.get(key('works'))).toStrictEqual({ labels });
  });

  it('works in memory where the browser offers none', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = await openIndexedDbStore({ budget: 1e9 });
    expect(store.kind).toBe('memory');
    expect(store.notice).toBe('This browser offers no storage here. Results last until this tab is closed.');
    await works(store);
  });

  it('works in memory where the browser refuses', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
    });
    const store = await openIndexedDbStore({ budget: 1e9 });
    expect(store.kind).toBe('memory');
    expect(store.notice).toContain('could not be opened (A mutation operation was attempted)');
    await works(store);
  });

  it('does not wait for ever behind a tab that blocks the upgrade', async () => {
    const old = await openDB(ARTIFACT_DB_NAME, 1);
    const store = await openIndexedDbStore({ budget: 1e9, version: 2, patience: 50 });
    expect(store.kind).toBe('memory');
    expect(store.notice).toMatch(/older Spikeloom keeps the store from opening/);
    await works(store);
    old.close();
    // The late connection was closed again: it blocks no third version.
    const third = await openIndexedDbStore({ budget: 1e9, version: 3, patience: 1000 });
    expect(third.kind).toBe('indexeddb');
  });

  it('leaves data of a newer version alone', async () => {
    (await openDB(ARTIFACT_DB_NAME, 7)).close();
    const store = await openIndexedDbStore({ budget: 1e9 });
    expect(store.kind).toBe('memory');
    expect(store.notice).toMatch(/written by a newer Spikeloom/);
    await works(store);
  });

  it('makes way for a newer version and goes on without storing', async () => {
    const store = await openIndexedDbStore({ budget: 1e9 });
    const notices: string[] = [];
    store.onNotice((message) => notices.push(message));
    await works(store);
    (await openDB(ARTIFACT_DB_NAME, 2)).close();
    expect(notices[0]).toMatch(/newer Spikeloom in another tab has taken over the store/);
    expect(await store.put(key('a'), { labels }, info)).toMatchObject({ kept: false });
    expect(await store.get(key('works'))).toBeNull();
    expect(await store.head(key('works'))).toBeNull();
    expect(await store.readMeta('x')).toBeNull();
    await store.writeMeta('x', 1);
    expect(await store.checkpoints('line').latest(3)).toBeNull();
    await store.checkpoints('line').save(3, { numbers: {}, arrays: {} });
    expect((await store.usage()).budget).toBe(1e9);
    await expect(store.clear()).rejects.toThrow(CacheError);
  });

  it('opens a connection that the browser ended again', async () => {
    const store = await openIndexedDbStore({ budget: 1e9 });
    await works(store);
    const { transaction } = IDBDatabase.prototype;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (this: IDBDatabase) {
      this.close();
      return transaction.call(this, 'records');
    });
    expect(await store.get(key('works'))).toStrictEqual({ labels });
    expect(store.notice).toBeNull();
  });

  it('takes only QuotaExceededError as a reason to evict', async () => {
    const store = await openIndexedDbStore({ budget: 1e9 });
    await store.put(key('old'), { images: values['images'] as (typeof values)[string] }, info);
    const put = IDBObjectStore.prototype.put;
    let failing = 1;
    let error = new DOMException('0.5 GB of 0.5 GB used', 'QuotaExceededError');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, name) {
      if (this.name === 'blobs' && failing-- > 0) throw error;
      return put.call(this, value, name);
    });
    expect(await store.put(key('a'), { labels }, info)).toMatchObject({ kept: true });
    expect(await store.head(key('old'))).toBeNull();

    failing = 2;
    const outcome = await store.put(key('b'), { labels }, info);
    expect(outcome).toMatchObject({ kept: false });
    expect(outcome.reason).toBe(
      "The browser's storage is full (0.5 GB of 0.5 GB used). The run goes on; this result will be lost on reload. Free space or lower the budget in Settings.",
    );

    await store.put(key('c'), { labels }, info);
    [failing, error] = [1, new DOMException('broken', 'UnknownError')];
    expect(await store.put(key('d'), { labels }, info)).toMatchObject({
      kept: false,
      reason: expect.stringContaining('broken'),
    });
    expect(await store.head(key('c'))).not.toBeNull();
  });
});

describe('the file store', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'spikeloom-open-'));
  });
  afterEach(async () => {
    await chmod(directory, 0o700);
    await rm(directory, { recursive: true });
  });

  it('makes its directory, and finds again what it stored', async () => {
    const place = join(directory, 'deep', 'cache');
    const store = await openFileStore({ directory: place, budget: 1e9 });
    expect([store.kind, store.notice]).toEqual(['files', null]);
    await works(store);
    const next = await openFileStore({ directory: place, budget: 1e9 });
    expect(await next.get(key('works'))).toStrictEqual({ labels });
    for (const folder of ['records', 'blobs', 'meta']) {
      expect((await readdir(join(place, folder))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  });

  it('works in memory when the directory is a file', async () => {
    await writeFile(join(directory, 'file'), '');
    const store = await openFileStore({ directory: join(directory, 'file'), budget: 1e9 });
    expect(store.kind).toBe('memory');
    expect(store.notice).toMatch(/cache directory cannot be used/);
    await works(store);
  });

  it('leaves a newer format alone', async () => {
    await writeFile(join(directory, 'store.json'), '{"format": 9}');
    const store = await openFileStore({ directory, budget: 1e9 });
    expect(store.kind).toBe('memory');
    expect(store.notice).toMatch(/has format 9/);
    expect(await readdir(directory)).toEqual(['store.json']);
  });

  it('takes a record that was cut short for none', async () => {
    const store = await openFileStore({ directory, budget: 1e9 });
    await works(store);
    const [name] = await readdir(join(directory, 'records'));
    await writeFile(join(directory, 'records', name ?? ''), '{"id": "resu');
    expect(await store.head(key('works'))).toBeNull();
    await works(store);
  });

  it('removes the drafts of a killed process', async () => {
    await (await openFileStore({ directory, budget: 1e9 })).close();
    for (const name of ['old.1-0.tmp', 'new.1-0.tmp']) await writeFile(join(directory, 'blobs', name), 'x');
    await utimes(join(directory, 'blobs', 'old.1-0.tmp'), 1000, 1000);
    await openFileStore({ directory, budget: 1e9 });
    expect(await readdir(join(directory, 'blobs'))).toEqual(['new.1-0.tmp']);
  });
});

it('the memory store needs nothing', async () => {
  const store = openMemoryStore({ budget: 1e9 });
  expect([store.kind, store.notice]).toEqual(['memory', null]);
  await works(store);
});
