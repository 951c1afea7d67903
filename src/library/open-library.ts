/** Opens the page's library, in memory if the browser offers no storage; then the notice says that work ends with the tab. */
import type { JsonValue } from '../core/canonical-json';
import { CacheError } from '../core/errors';
import { serveAssets } from './asset-exchange';
import { createAssets } from './assets';
import { createClaims } from './claims';
import { type DatabaseOptions, openDatabase } from './database';
import { createDocuments, createLog, createPoints, createRecover } from './documents';
import type { Library } from './library';
import { createMemoryTables } from './memory-tables';
import { createRuns } from './runs';
import type { Tables } from './tables';

export async function openLibrary(options: Omit<DatabaseOptions, 'onLost'> = {}): Promise<Library> {
  let notice: string | null = null;
  const listeners = new Set<(message: string) => void>();
  const announce = (message: string) => {
    if (message === notice) return;
    notice = message;
    for (const listener of listeners) listener(message);
  };

  let tables: Tables;
  try {
    tables = announcing(await openDatabase({ ...options, onLost: announce }), announce);
  } catch (error) {
    tables = createMemoryTables();
    notice = `${(error as Error).message} Your work lasts until this tab is closed: save it to a file to keep it.`;
  }
  const assets = createAssets(tables);
  const stopServing = tables.kind === 'memory' ? serveAssets(assets.read) : () => {};
  const claims = createClaims();

  return {
    kind: tables.kind,
    get notice() {
      return notice;
    },
    onNotice(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    documents: createDocuments(tables),
    log: createLog(tables),
    recover: createRecover(tables),
    points: createPoints(tables),
    runs: createRuns(tables),
    assets,
    settings: {
      get: (name) =>
        tables.read(['settings'], async (transaction) => (await transaction.get('settings', [name])) ?? null),
      async set(name: string, value: JsonValue) {
        await tables.write(['settings'], (transaction) => transaction.put('settings', [name], value));
      },
    },
    claim: claims.claim,
    claimLater: claims.claimLater,
    release: claims.release,
    async requestPersistence() {
      return (await globalThis.navigator?.storage?.persist?.().catch(() => false)) ?? false;
    },
    close() {
      claims.releaseAll();
      stopServing();
      tables.close();
    },
  };
}

/** Refusals that the caller asked for. */
const expected: readonly string[] = ['library.run-exists', 'library.run-pinned'];

/** Failed writes are announced as well as thrown, because not every caller waits for its writes. */
function announcing(tables: Tables, announce: (message: string) => void): Tables {
  return {
    ...tables,
    write: (names, task) =>
      tables.write(names, task).catch((error: unknown) => {
        if (error instanceof CacheError && !expected.includes(error.details.code)) {
          announce([error.details.message, error.details.cure].filter(Boolean).join(' '));
        }
        throw error;
      }),
  };
}
