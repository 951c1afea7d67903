/**
 * Opens the worker's artifact store. Whatever keeps IndexedDB from opening (a private window, a blocked upgrade, data of
 * a newer version) gives a store in memory and a notice: a slower next visit, never a failure.
 */
import { openDB } from 'idb';
import { TimeLimitError, withTimeLimit } from '../core/time-limit';
import { createArtifactStore, type OpenedStore } from './artifact-store';
import { IndexedDbBacking } from './indexeddb-backing';
import { ARTIFACT_DB_NAME, ARTIFACT_DB_VERSION, type ArtifactSchema, upgradeArtifacts } from './indexeddb-schema';
import { openMemoryStore } from './memory-store';
import type { CoreOptions } from './store-core';

export interface IndexedDbOptions extends CoreOptions {
  readonly name?: string;
  /** Only tests name another version. */
  readonly version?: number;
  /** How long another tab may hold up an upgrade, ms. */
  readonly patience?: number;
}

const LASTS = 'Results last until this tab is closed.';

export async function openIndexedDbStore(options: IndexedDbOptions): Promise<OpenedStore> {
  const { name = ARTIFACT_DB_NAME, version = ARTIFACT_DB_VERSION, patience = 4000 } = options;
  if (typeof indexedDB === 'undefined') {
    return openMemoryStore({ ...options, notice: `This browser offers no storage here. ${LASTS}` });
  }
  let backing: IndexedDbBacking | null = null;
  let store: OpenedStore | null = null;
  const connect = () =>
    openDB<ArtifactSchema>(name, version, {
      upgrade: upgradeArtifacts,
      blocked() {
        // Nothing to do but wait: the other tab is told to let go, and patience is limited below.
      },
      blocking() {
        const reason = 'A newer Spikeloom in another tab has taken over the store.';
        backing?.giveUp(reason);
        store?.announce(`${reason} ${LASTS} Reload to use it again.`);
      },
      terminated: () => backing?.terminated(),
    });
  try {
    const database = await withTimeLimit(connect(), patience, (database) => database.close());
    backing = new IndexedDbBacking(database, connect);
    store = createArtifactStore(backing, options);
    void store.sweep().catch(() => {});
    return store;
  } catch (error) {
    return openMemoryStore({ ...options, notice: `${reasonFor(error)} ${LASTS}` });
  }
}

function reasonFor(error: unknown): string {
  if (error instanceof TimeLimitError)
    return 'Another tab with an older Spikeloom keeps the store from opening. Close it and reload.';
  const { name, message } = error as DOMException;
  if (name === 'VersionError') return 'The store was written by a newer Spikeloom. Reload to get that version.';
  return `The browser's storage could not be opened (${message || name}).`;
}
