/**
 * The artifact store as the scheduler sees it: results by content key, spikes written while they are made, checkpoints
 * by lineage, and a few small facts. Everything in it can be computed again, so nothing here is ever a reason to stop a
 * run: a store that is absent, full, blocked or damaged answers "not stored" and says why. Opened by memory-store.ts,
 * indexeddb-store.ts (page worker) and file-store.ts (Node). What is worth storing is decided by the scheduler.
 */
import type { JsonValue } from '../core/canonical-json';
import type { ContentKey } from '../core/ids';
import type { Checkpoints, SpikeHeader, SpikeWriter } from '../kit/context';
import type { PortValue } from '../kit/values';

interface ArtifactHead {
  /** Size in the store. */
  readonly bytes: number;
  /** What it cost to compute, ms. */
  readonly ms: number;
  /** Node type that made it. */
  readonly type: string;
  readonly ports: readonly string[];
  /** ms since 1970. */
  readonly created: number;
  readonly used: number;
}

export interface PutOutcome {
  readonly kept: boolean;
  readonly bytes: number;
  /** Why it was not kept, as a sentence for a person. */
  readonly reason?: string;
}

export interface ArtifactStore {
  readonly kind: 'indexeddb' | 'files' | 'memory';

  /** Present and complete, without reading payloads. */
  head(key: ContentKey): Promise<ArtifactHead | null>;

  /**
   * The stored outputs, or those named. Null when one is missing or damaged; damage is announced and the result deleted.
   * Spikes come back as a handle whose payload is checked chunk by chunk as it is read: a damaged chunk makes `read`
   * throw CacheError `cache.corrupt` after deleting the result, so that the next run computes it again.
   */
  get(key: ContentKey, ports?: readonly string[]): Promise<Record<string, PortValue> | null>;

  /** Reads and checks every payload of a result, spikes included. False: it was missing, or damaged and is now deleted. */
  verify(key: ContentKey): Promise<boolean>;

  /** Never throws. Spikes made by this store's own writer for the same key and port are adopted, not copied. */
  put(key: ContentKey, outputs: Readonly<Record<string, PortValue>>, info: ArtifactInfo): Promise<PutOutcome>;

  /** Opens a writer for the spikes of one output port; continues where an interrupted run of the same key stopped. */
  spikeWriter(key: ContentKey, port: string, header: SpikeHeader): Promise<SpikeWriter>;

  checkpoints(lineage: string): Checkpoints;

  /** In use by a live run: never evicted, and spared by `clear`. The scheduler adds and deletes keys. */
  readonly pinned: Set<ContentKey>;

  /** What people hold: never evicted, spared by `clear` and `forget`, also after a restart. */
  held(): Promise<ReadonlySet<ContentKey>>;
  hold(key: ContentKey, on: boolean): Promise<void>;
  /** Deletes these results, except what is held or in use. Throws CacheError if it cannot. */
  forget(keys: readonly ContentKey[]): Promise<void>;

  usage(): Promise<{ readonly bytes: number; readonly budget: number }>;
  /** Evicts at once if the budget shrank. */
  setBudget(bytes: number): Promise<void>;

  /** Small facts by name: the parts of a node's last key ("why did this run"), verdicts of trials. Never throws. */
  readMeta(name: string): Promise<JsonValue | null>;
  writeMeta(name: string, value: JsonValue): Promise<void>;

  /** Deletes every result, checkpoint and fact that no live run is using. Throws CacheError if it cannot. */
  clear(): Promise<void>;
  close(): Promise<void>;

  /** The last thing that went wrong, in words; null while the store works. */
  readonly notice: string | null;
  /** Called with each new notice; returns the way to stop that. */
  onNotice(listener: (message: string) => void): () => void;
}

export interface ArtifactInfo {
  readonly type: string;
  /** What it cost to compute, ms. */
  readonly ms: number;
}
