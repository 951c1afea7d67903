/** The database of the worker's artifact store: stores, version and upgrades. The page never opens it. */
import type { DBSchema, IDBPDatabase } from 'idb';
import type { JsonValue } from '../core/canonical-json';
import type { StoredRecord } from './backing';

export interface ArtifactSchema extends DBSchema {
  records: { key: string; value: StoredRecord };
  blobs: { key: string; value: Uint8Array };
  meta: { key: string; value: JsonValue };
}

export const ARTIFACT_DB_NAME = 'spikeloom-artifacts';
export const ARTIFACT_DB_VERSION = 1;

/** Every step from any older version; results of an unreadable older layout may simply be deleted here. */
export function upgradeArtifacts(database: IDBPDatabase<ArtifactSchema>, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('records');
    database.createObjectStore('blobs');
    database.createObjectStore('meta');
  }
}
