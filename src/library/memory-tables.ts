/** The library's tables in memory: for private windows, where work lasts as long as the tab. */
import type { TableKey, TableName, Tables, TableValues, Transaction } from './tables';

interface Row {
  readonly key: TableKey;
  readonly value: unknown;
}

function compare(a: TableKey, b: TableKey): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string | number, b[i] as string | number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

export function createMemoryTables(): Tables {
  const tables = new Map<TableName, Map<string, Row>>();
  const rowsOf = (table: TableName) => {
    const rows = tables.get(table) ?? new Map<string, Row>();
    tables.set(table, rows);
    return rows;
  };
  const sorted = (table: TableName, first?: string) =>
    [...rowsOf(table).values()]
      .filter(({ key }) => first === undefined || key[0] === first)
      .sort((a, b) => compare(a.key, b.key));

  const transaction: Transaction = {
    get: async <T extends TableName>(table: T, key: TableKey) =>
      rowsOf(table).get(JSON.stringify(key))?.value as TableValues[T] | undefined,
    // A copy, as a database would keep: the caller may go on with its own.
    put: async (table, key, value) => rowsOf(table).set(JSON.stringify(key), { key, value: structuredClone(value) }),
    delete: async (table, key) => rowsOf(table).delete(JSON.stringify(key)),
    list: async <T extends TableName>(table: T, first?: string) =>
      sorted(table, first).map(({ value }) => value as TableValues[T]),
    lastKey: async (table, first) => sorted(table, first).at(-1)?.key,
    async deleteAll(table, first, below = Number.POSITIVE_INFINITY) {
      for (const { key } of sorted(table, first)) {
        if (key.length < 2 || (key[1] as number) < below) rowsOf(table).delete(JSON.stringify(key));
      }
    },
  };

  let queue: Promise<unknown> = Promise.resolve();
  function run<T>(task: (transaction: Transaction) => Promise<T>): Promise<T> {
    const result = queue.then(() => task(transaction));
    queue = result.catch(() => {});
    return result;
  }
  return { kind: 'memory', read: (_, task) => run(task), write: (_, task) => run(task), close: () => tables.clear() };
}
