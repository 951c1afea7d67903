/**
 * Records and blobs in IndexedDB. A connection that the browser ends (Safari does, in the background) is opened again at
 * the next use; one that a newer Spikeloom in another tab asks for is given up for good.
 */
import type { IDBPDatabase } from 'idb';
import { type Backing, StoreFullError } from './backing';
import type { ArtifactSchema } from './indexeddb-schema';

export type ArtifactDatabase = IDBPDatabase<ArtifactSchema>;

const isNamed = (error: unknown, name: string): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === name;

export class IndexedDbBacking implements Backing {
  readonly kind = 'indexeddb';
  private gone: string | null = null;

  constructor(
    private database: ArtifactDatabase | null,
    private readonly reopen: () => Promise<ArtifactDatabase>,
  ) {}

  /** The browser ended the connection. */
  terminated(): void {
    this.database = null;
  }

  /** Ends the connection for good. */
  giveUp(reason: string): void {
    this.gone = reason;
    this.database?.close();
    this.database = null;
  }

  private async use<T>(task: (database: ArtifactDatabase) => Promise<T>): Promise<T> {
    if (this.gone) throw new Error(this.gone);
    this.database ??= await this.reopen();
    try {
      return await task(this.database);
    } catch (error) {
      // Only this error means "evict"; every other is reported as it is.
      if (isNamed(error, 'QuotaExceededError')) throw new StoreFullError((error as Error).message || 'quota exceeded');
      if (!isNamed(error, 'InvalidStateError') || this.gone) throw error;
      this.database = await this.reopen();
      return task(this.database);
    }
  }

  readRecord: Backing['readRecord'] = (id) => this.use(async (database) => (await database.get('records', id)) ?? null);

  listRecords: Backing['listRecords'] = () => this.use((database) => database.getAll('records'));

  updateRecord: Backing['updateRecord'] = (id, change) =>
    this.use(async (database) => {
      const transaction = database.transaction('records', 'readwrite');
      const { store } = transaction;
      const next = change((await store.get(id)) ?? null);
      await Promise.all([next ? store.put(next, id) : next === null ? store.delete(id) : undefined, transaction.done]);
    });

  touchRecord: Backing['touchRecord'] = (id, used) => this.updateRecord(id, (record) => record && { ...record, used });

  putBlob: Backing['putBlob'] = (id, bytes) =>
    this.use(async (database) => {
      await database.put('blobs', bytes, id);
    });

  getBlob: Backing['getBlob'] = (id) => this.use(async (database) => (await database.get('blobs', id)) ?? null);

  hasBlobs: Backing['hasBlobs'] = (ids) =>
    this.use(async (database) => {
      const { store } = database.transaction('blobs');
      const found = await Promise.all(ids.map((id) => store.getKey(id)));
      return found.every((id) => id !== undefined);
    });

  deleteBlobs: Backing['deleteBlobs'] = (ids) =>
    this.use(async (database) => {
      if (ids.length === 0) return;
      const transaction = database.transaction('blobs', 'readwrite');
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
    });

  listBlobs: Backing['listBlobs'] = () => this.use((database) => database.getAllKeys('blobs'));

  readMeta: Backing['readMeta'] = (name) => this.use(async (database) => (await database.get('meta', name)) ?? null);

  writeMeta: Backing['writeMeta'] = (name, value) =>
    this.use(async (database) => {
      await database.put('meta', value, name);
    });

  clearMeta: Backing['clearMeta'] = () => this.use((database) => database.clear('meta'));

  async close(): Promise<void> {
    this.giveUp('The store is closed.');
  }
}
