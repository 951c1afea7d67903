/**
 * What results, spike sets and checkpoints share: budget, eviction, chunks with checksums, and the one place where
 * storage errors become sentences. Writes are serialised per store; several stores may work on the same storage.
 */
import type { ContentKey } from '../core/ids';
import { formatBytes } from '../core/units';
import { type Backing, type BlobRef, blobsOf, type StoredRecord, StoreFullError } from './backing';
import { loadChecksum } from './checksum';
import { chooseEvictions } from './eviction';
import { cutPayload, PayloadReader } from './payload';

/** A stored payload that is missing or fails its checksum. */
export class DamagedError extends Error {}

const WEEK_MS = 7 * 24 * 3600 * 1000;
/** A blob that no record names may belong to a write in progress; after this time it is a leftover. */
const ORPHAN_MS = 3600 * 1000;
/** Other stores on the same storage change its size; recount this often. */
const RECOUNT_MS = 30_000;
/** A spike set that grew this recently may belong to a live run of another store, whose pins are not known here. */
const WRITING_MS = 60_000;
/** The fact that names what people hold. */
const HELD = 'held';
/** Uses closer together than this are not written down. */
const TOUCH_MS = 10_000;

export interface CoreOptions {
  readonly budget: number;
  readonly clock?: () => number;
  /** A notice that holds from the start. */
  readonly notice?: string;
}

export class StoreCore {
  readonly pinned = new Set<ContentKey>();
  /** As last read: kept beside the results, since other stores on the same storage change it too. */
  private held: ReadonlySet<string> = new Set();
  readonly clock: () => number;
  budget: number;
  notice: string | null = null;
  private readonly listeners = new Set<(message: string) => void>();
  private queue: Promise<unknown> = Promise.resolve();
  private counted = { bytes: 0, at: Number.NEGATIVE_INFINITY };
  private blobCount = 0;
  private readonly instance = Math.random().toString(36).slice(2, 10);

  constructor(
    public backing: Backing,
    options: CoreOptions,
  ) {
    this.budget = options.budget;
    this.clock = options.clock ?? Date.now;
    this.notice = options.notice ?? null;
  }

  announce(message: string): void {
    if (message === this.notice) return;
    this.notice = message;
    for (const listener of this.listeners) listener(message);
  }

  onNotice(listener: (message: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Unique among all stores; begins with the time, by which leftovers are told from writes in progress. */
  nonce(): string {
    return `${this.clock().toString(36)}-${this.instance}-${(this.blobCount++).toString(36)}`;
  }

  /** Runs `task` after all tasks before it. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task, task);
    this.queue = result.catch(() => {});
    return result;
  }

  /**
   * Makes room, then writes, evicting and trying once more if the storage is full. Results of `owner` itself stay.
   * Resolves to why it failed, or null.
   */
  save(bytes: number, write: () => Promise<void>, owner?: string): Promise<string | null> {
    return this.exclusive(async () => {
      try {
        const refusal = await this.makeRoom(bytes, owner);
        if (refusal) return refusal;
        try {
          await write();
        } catch (error) {
          if (!(error instanceof StoreFullError)) throw error;
          const total = await this.count();
          if ((await this.evict(Math.max(bytes, total * 0.1), owner)) === 0) throw error;
          await write();
        }
        this.counted.bytes += bytes;
        return null;
      } catch (error) {
        const reason = this.describe(error);
        this.announce(reason);
        return reason;
      }
    });
  }

  private describe(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof StoreFullError)) {
      return `The store could not be written (${message}). The run goes on; this result will be lost on reload.`;
    }
    const place = this.backing.kind === 'files' ? 'disk is full' : "browser's storage is full";
    const cure =
      this.backing.kind === 'files'
        ? 'Free space or name another cache directory.'
        : 'Free space or lower the budget in Settings.';
    return `The ${place} (${message}). The run goes on; this result will be lost on reload. ${cure}`;
  }

  private async makeRoom(bytes: number, owner?: string): Promise<string | null> {
    const budget = formatBytes(this.budget);
    if (bytes > this.budget) {
      return `This result takes ${formatBytes(bytes)} and the store's budget is ${budget}. It is kept until the end of the session.`;
    }
    if ((await this.count()) + bytes <= this.budget) return null;
    // Another store may have freed some: count afresh before anything is deleted.
    const excess = (await this.count(true)) + bytes - this.budget;
    if (excess <= 0) return null;
    if ((await this.evict(excess, owner, true)) >= excess) return null;
    return `The store's budget of ${budget} is taken by results that this run is using or that you hold. This one is kept until the end of the session.`;
  }

  /** Frees at least `needed` bytes if it can; with `allOrNothing` deletes nothing when it cannot. */
  private async evict(needed: number, owner?: string, allOrNothing = false): Promise<number> {
    await this.readHeld();
    const records = await this.backing.listRecords();
    const exempt = (record: StoredRecord) =>
      record.owner === owner ||
      this.isPinned(record) ||
      (record.role === 'unfinished' && this.clock() - record.used < WRITING_MS);
    const chosen = chooseEvictions(records, needed, this.clock(), exempt);
    if (allOrNothing && chosen.freed < needed) return 0;
    for (const record of chosen.evict) await this.drop(record);
    return chosen.freed;
  }

  isPinned(record: StoredRecord): boolean {
    if (record.role === 'checkpoint') return false;
    return this.pinned.has(record.owner as ContentKey) || this.held.has(record.owner);
  }

  async readHeld(): Promise<ReadonlySet<string>> {
    const list = await this.backing.readMeta(HELD);
    this.held = new Set(Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : []);
    return this.held;
  }

  async hold(key: string, on: boolean): Promise<void> {
    const held = new Set(await this.readHeld());
    if (on) held.add(key);
    else held.delete(key);
    this.held = held;
    await this.backing.writeMeta(HELD, [...held]);
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.readHeld();
    for (const key of keys) {
      const record = await this.backing.readRecord(resultId(key));
      if (record && !this.isPinned(record)) await this.drop(record);
    }
  }

  /** Bytes in the store, at most half a minute old. */
  async count(fresh = false): Promise<number> {
    if (fresh || this.clock() - this.counted.at > RECOUNT_MS) {
      const records = await this.backing.listRecords();
      this.counted = { bytes: records.reduce((sum, record) => sum + record.bytes, 0), at: this.clock() };
    }
    return this.counted.bytes;
  }

  async shrinkToBudget(): Promise<void> {
    const excess = (await this.count(true)) - this.budget;
    if (excess > 0) await this.evict(excess);
  }

  /** Cuts, checks and writes a payload. Leaves nothing behind if it fails. */
  async writeBlobs(parts: readonly Uint8Array[]): Promise<BlobRef[]> {
    const checksum = await loadChecksum();
    const written: BlobRef[] = [];
    try {
      for (const chunk of cutPayload(parts)) {
        const blob = { id: this.nonce(), bytes: chunk.byteLength, sum: checksum(chunk) };
        await this.backing.putBlob(blob.id, chunk);
        written.push(blob);
      }
    } catch (error) {
      await this.deleteBlobs(written);
      throw error;
    }
    return written;
  }

  /** Cleaning up after a failure: that it fails as well is not worth a second message; the sweep will find them. */
  async deleteBlobs(blobs: readonly BlobRef[]): Promise<void> {
    await this.backing.deleteBlobs(blobs.map((blob) => blob.id)).catch(() => {});
  }

  /** Throws DamagedError. */
  async readBlob(blob: BlobRef): Promise<Uint8Array> {
    const bytes = await this.backing.getBlob(blob.id);
    if (!bytes || bytes.byteLength !== blob.bytes) throw new DamagedError('A stored chunk is missing or cut short.');
    const checksum = await loadChecksum();
    if (checksum(bytes) !== blob.sum) throw new DamagedError('A stored chunk fails its checksum.');
    return bytes;
  }

  /** Every blob is there; their bytes are checked when they are read. */
  isComplete(record: Pick<StoredRecord, 'ports'>): Promise<boolean> {
    return this.backing.hasBlobs(blobsOf(record).map((blob) => blob.id));
  }

  /** The bytes of a payload that fits in memory as one piece. */
  async readAll(blobs: readonly BlobRef[]): Promise<Uint8Array> {
    if (blobs.length === 1) return this.readBlob(blobs[0] as BlobRef);
    const bytes = new Uint8Array(blobs.reduce((sum, blob) => sum + blob.bytes, 0));
    await this.reader(blobs).fill(bytes);
    return bytes;
  }

  reader(blobs: readonly BlobRef[]): PayloadReader {
    return new PayloadReader(blobs.length, (index) => this.readBlob(blobs[index] as BlobRef));
  }

  /** Deletes a record, unless it was replaced since it was read, and the blobs that only it names. */
  async drop(record: StoredRecord): Promise<void> {
    let gone = false;
    await this.backing.updateRecord(record.id, (current) => {
      gone = current?.nonce === record.nonce;
      return gone ? null : undefined;
    });
    if (!gone) return;
    this.counted.bytes -= record.bytes;
    // A kill between storing a result and forgetting its unfinished spikes leaves two records on the same blobs.
    const twin = record.role === 'unfinished' ? await this.backing.readRecord(resultId(record.owner)) : null;
    await this.deleteUnshared(record, twin);
  }

  /** Deletes the blobs of `old` that `kept` does not name. */
  async deleteUnshared(old: StoredRecord, kept: StoredRecord | null): Promise<void> {
    const shared = new Set(kept ? blobsOf(kept).map((blob) => blob.id) : []);
    await this.deleteBlobs(blobsOf(old).filter((blob) => !shared.has(blob.id)));
  }

  /** Writes a record in the place of any other of its id. Its blobs are already written. */
  async replace(record: StoredRecord): Promise<void> {
    let old: StoredRecord | null = null;
    try {
      await this.backing.updateRecord(record.id, (current) => {
        old = current;
        return record;
      });
    } catch (error) {
      await this.deleteBlobs(blobsOf(record));
      throw error;
    }
    if (old) await this.deleteUnshared(old, record);
  }

  announceReadFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.announce(`The store could not be read (${message}). What it held will be computed again.`);
  }

  async touch(record: StoredRecord): Promise<void> {
    const now = this.clock();
    if (now - record.used > TOUCH_MS) await this.backing.touchRecord(record.id, now);
  }

  async clear(): Promise<void> {
    const held = await this.readHeld();
    for (const record of await this.backing.listRecords()) if (!this.isPinned(record)) await this.drop(record);
    await this.backing.clearMeta();
    if (held.size > 0) await this.backing.writeMeta(HELD, [...held]);
    await this.count(true);
  }

  /** Deletes what killed runs left behind: spike sets a week old, and blobs without a record. */
  sweep(): Promise<void> {
    return this.exclusive(async () => {
      const now = this.clock();
      const blobs = await this.backing.listBlobs();
      const records = await this.backing.listRecords();
      for (const record of records) {
        if (record.role === 'unfinished' && now - record.used > WEEK_MS) await this.drop(record);
      }
      const named = new Set(records.flatMap((record) => blobsOf(record).map((blob) => blob.id)));
      const isOrphan = (id: string) =>
        !named.has(id) && now - Number.parseInt(id.split('-')[0] as string, 36) > ORPHAN_MS;
      await this.backing.deleteBlobs(blobs.filter(isOrphan));
    });
  }
}

export const resultId = (key: string): string => `result.${key}`;
