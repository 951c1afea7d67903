/**
 * The library's IndexedDB database: tables, version, upgrades, transactions. The page writes it; a worker opens it to read
 * imported files. Nothing of the page itself is used here.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { CacheError } from '../core/errors';
import { TimeLimitError, withTimeLimit } from '../core/time-limit';
import { type TableKey, type TableName, type Tables, type TableValues, type Transaction, tableNames } from './tables';

type LibrarySchema = DBSchema & { [T in TableName]: { key: TableKey; value: TableValues[T] } };
type LibraryDatabase = IDBPDatabase<LibrarySchema>;

export const LIBRARY_DB_NAME = 'spikeloom-library';
const LIBRARY_DB_VERSION = 1;

export interface DatabaseOptions {
  readonly name?: string;
  /** Only tests name another version. */
  readonly version?: number;
  /** How long another tab may hold up an upgrade, ms. */
  readonly patience?: number;
  /** A newer version in another tab has taken the database over; every later use fails. */
  readonly onLost?: (reason: string) => void;
}

/** From any older version to this one. Nothing here may lose a document: later steps add or convert. */
function upgrade(database: LibraryDatabase, oldVersion: number): void {
  if (oldVersion < 1) for (const table of tableNames) database.createObjectStore(table);
}

/** Throws CacheError with a sentence for the page. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Tables> {
  const { name = LIBRARY_DB_NAME, version = LIBRARY_DB_VERSION, patience = 4000, onLost } = options;
  if (typeof indexedDB === 'undefined') throw unavailable('This browser offers no storage here.');
  let database: LibraryDatabase | null = null;
  let lost: string | null = null;
  const connect = () =>
    openDB<LibrarySchema>(name, version, {
      upgrade,
      blocking() {
        lost = 'A newer Spikeloom in another tab has taken over the library. Reload to go on.';
        database?.close();
        onLost?.(lost);
      },
      terminated() {
        // Safari ends connections in the background; the next use opens another.
        database = null;
      },
    });
  try {
    database = await withTimeLimit(connect(), patience, (late) => late.close());
  } catch (error) {
    throw unavailable(reasonFor(error), error);
  }

  async function run<T>(
    mode: IDBTransactionMode,
    names: readonly TableName[],
    task: (transaction: Transaction) => Promise<T>,
  ) {
    if (lost) throw unavailable(lost);
    // No await before the transaction begins while there is a connection: calls keep their order.
    const connection = database ?? (await connect());
    database = connection;
    try {
      const open = connection.transaction(names, mode);
      // A transaction that fails rejects `done` as well; one report is enough.
      open.done.catch(() => {});
      const result = await task(overIndexedDb(open as unknown as OpenTransaction)).catch((error) => {
        abort(open);
        throw error;
      });
      await open.done;
      return result;
    } catch (error) {
      if (error instanceof CacheError) throw error;
      throw failed(error);
    }
  }
  return {
    kind: 'indexeddb',
    read: (tables, task) => run('readonly', tables, task),
    write: (tables, task) => run('readwrite', tables, task),
    close() {
      lost = 'The library is closed.';
      database?.close();
    },
  };
}

/** All or nothing, also when the task itself failed. A transaction that has ended by then refuses, which is as good. */
function abort(open: { abort(): void }): void {
  try {
    open.abort();
  } catch {}
}

/** Stores of one transaction by name, without idb's per-store types, which a generic table name cannot select. */
interface OpenTransaction {
  objectStore(table: TableName): {
    get(key: TableKey): Promise<unknown>;
    put(value: unknown, key: TableKey): Promise<unknown>;
    delete(key: TableKey | IDBKeyRange): Promise<unknown>;
    getAll(range?: IDBKeyRange): Promise<unknown[]>;
    openKeyCursor(range: IDBKeyRange, direction: 'prev'): Promise<{ readonly key: unknown } | null>;
  };
}

/** All keys that begin with `first`: an array sorts behind every number and text. */
const under = (first: string): IDBKeyRange => IDBKeyRange.bound([first], [first, []]);

function overIndexedDb(open: OpenTransaction): Transaction {
  return {
    get: <T extends TableName>(table: T, key: TableKey) =>
      open.objectStore(table).get(key) as Promise<TableValues[T] | undefined>,
    put: (table, key, value) => open.objectStore(table).put(value, key),
    delete: (table, key) => open.objectStore(table).delete(key),
    list: <T extends TableName>(table: T, first?: string) =>
      open.objectStore(table).getAll(first === undefined ? undefined : under(first)) as Promise<TableValues[T][]>,
    async lastKey(table, first) {
      const cursor = await open.objectStore(table).openKeyCursor(under(first), 'prev');
      return cursor?.key as TableKey | undefined;
    },
    deleteAll: (table, first, below) =>
      open
        .objectStore(table)
        .delete(below === undefined ? under(first) : IDBKeyRange.bound([first], [first, below], false, true)),
  };
}

const unavailable = (message: string, cause?: unknown): CacheError =>
  new CacheError({ code: 'library.unavailable', message }, { cause });

function failed(cause: unknown): CacheError {
  const { name, message } = cause as DOMException;
  if (name === 'QuotaExceededError') {
    const cure = 'Free space, lower the store budget in Settings or save the pipeline to a file.';
    return new CacheError({ code: 'library.full', message: "The browser's storage is full.", cure }, { cause });
  }
  return new CacheError(
    { code: 'library.failed', message: `The library could not be used (${message || name}).` },
    { cause },
  );
}

function reasonFor(error: unknown): string {
  if (error instanceof TimeLimitError)
    return 'Another tab with an older Spikeloom keeps the library from opening. Close it and reload.';
  const { name, message } = error as DOMException;
  if (name === 'VersionError') return 'The library was written by a newer Spikeloom. Reload to get that version.';
  return `The browser's storage could not be opened (${message || name}).`;
}
