/**
 * The narrow waist under the artifact store: records (small, JSON) and blobs (bytes), kept by memory, IndexedDB or files.
 * A backing knows nothing of values, checksums or budgets. Records name the blobs they own; a blob that no record names
 * is the leftover of a killed write.
 */
import type { JsonValue } from '../core/canonical-json';
import type { ArtifactStore } from './store';

export interface BlobRef {
  readonly id: string;
  readonly bytes: number;
  /** xxHash64 of the bytes, 16 hexadecimal digits. */
  readonly sum: string;
}

export interface StoredChunk {
  readonly firstItem: number;
  readonly itemCount: number;
  readonly spikeCount: number;
  readonly blobs: readonly BlobRef[];
}

export interface StoredPort {
  /** The payload starts with this many bytes of text (value-codec.ts); its arrays follow. */
  readonly textBytes: number;
  readonly blobs: readonly BlobRef[];
  /** For spikes: the packed events, beside the payload. */
  readonly chunks?: readonly StoredChunk[];
}

export interface StoredRecord {
  readonly id: string;
  /** result: outputs of a key. unfinished: spikes of a key, still being written. checkpoint: state of a lineage. */
  readonly role: 'result' | 'unfinished' | 'checkpoint';
  /** The content key, or the lineage of a checkpoint. */
  readonly owner: string;
  /** New with every write of the record, so that a reader can tell a replaced record from a damaged one. */
  readonly nonce: string;
  readonly type: string;
  /** What it cost to compute, ms. */
  readonly ms: number;
  readonly bytes: number;
  /** ms since 1970. */
  readonly created: number;
  readonly used: number;
  readonly ports: Readonly<Record<string, StoredPort>>;
  /** unfinished: who may append. Another writer of the same key takes over by changing it. */
  readonly writer?: string;
  /** checkpoint: how far it reaches. */
  readonly extent?: number;
}

export interface Backing {
  readonly kind: ArtifactStore['kind'];
  readRecord(id: string): Promise<StoredRecord | null>;
  listRecords(): Promise<StoredRecord[]>;
  /** Read, decide, write; `undefined` leaves things as they are, `null` deletes. Atomic within one process. */
  updateRecord(id: string, change: RecordChange): Promise<void>;
  touchRecord(id: string, used: number): Promise<void>;
  /** Throws StoreFullError when there is no space. */
  putBlob(id: string, bytes: Uint8Array): Promise<void>;
  getBlob(id: string): Promise<Uint8Array | null>;
  hasBlobs(ids: readonly string[]): Promise<boolean>;
  deleteBlobs(ids: readonly string[]): Promise<void>;
  listBlobs(): Promise<string[]>;
  readMeta(name: string): Promise<JsonValue | null>;
  writeMeta(name: string, value: JsonValue): Promise<void>;
  clearMeta(): Promise<void>;
  close(): Promise<void>;
}
type RecordChange = (current: StoredRecord | null) => StoredRecord | null | undefined;

/** There is no space left: the one failure that means "evict and try again". */
export class StoreFullError extends Error {}

export const blobsOf = (record: Pick<StoredRecord, 'ports'>): BlobRef[] =>
  Object.values(record.ports).flatMap((port) => [
    ...port.blobs,
    ...(port.chunks ?? []).flatMap((chunk) => chunk.blobs),
  ]);

/** What the record itself takes, roughly; keeps many tiny results from being free. */
const RECORD_BYTES = 512;
export const sizeOfPorts = (ports: StoredRecord['ports']): number =>
  blobsOf({ ports }).reduce((sum, blob) => sum + blob.bytes, RECORD_BYTES);
