/**
 * The narrow waist under the library: named tables with array keys, and transactions over them. Kept by IndexedDB
 * (database.ts) or, where there is none, by memory (memory-tables.ts).
 */
import type { JsonValue } from '../core/canonical-json';
import type { AssetHead, LogEntry, RestorePoint, RunRecord } from './library';

export interface StoredDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly created: number;
  readonly updated: number;
  /** Log entries up to this one are contained in `text`. */
  readonly through: number;
  /** Absent in what was written before there were folders. */
  readonly folder?: string;
  readonly discarded?: number | null;
}

/** What each table holds; keys in brackets. */
export interface TableValues {
  /** [id] */
  documents: StoredDocument;
  /** [document id, sequence] */
  log: LogEntry;
  /** [document id, time, id] */
  points: RestorePoint;
  /** [point id] to the key in `points` */
  pointKeys: TableKey;
  /** [document id, start, id] */
  runs: RunRecord;
  /** [run id] to the key in `runs` */
  runKeys: TableKey;
  /** [hash] */
  assets: AssetHead;
  /** [hash, position] */
  assetChunks: Uint8Array;
  /** [name]; ["pinned-run", run id] holds the id. */
  settings: JsonValue;
}
export type TableName = keyof TableValues;
export type TableKey = (string | number)[];
export const tableNames = [
  'documents',
  'log',
  'points',
  'pointKeys',
  'runs',
  'runKeys',
  'assets',
  'assetChunks',
  'settings',
] as const satisfies readonly TableName[];

/** Only the transaction's own promises may be awaited inside it, or it ends early. */
export interface Transaction {
  get<T extends TableName>(table: T, key: TableKey): Promise<TableValues[T] | undefined>;
  put<T extends TableName>(table: T, key: TableKey, value: TableValues[T]): Promise<unknown>;
  delete(table: TableName, key: TableKey): Promise<unknown>;
  /** Values in key order: all, or those whose key begins with `first`. */
  list<T extends TableName>(table: T, first?: string): Promise<TableValues[T][]>;
  /** The last key that begins with `first`. */
  lastKey(table: TableName, first: string): Promise<TableKey | undefined>;
  /** Deletes what has a key beginning with `first`; with `below`, only where the second part is less. */
  deleteAll(table: TableName, first: string, below?: number): Promise<unknown>;
}

export interface Tables {
  readonly kind: 'indexeddb' | 'memory';
  /** All or nothing. Transactions on the same tables run in the order of their calls. */
  read<T>(tables: readonly TableName[], task: (transaction: Transaction) => Promise<T>): Promise<T>;
  write<T>(tables: readonly TableName[], task: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): void;
}
