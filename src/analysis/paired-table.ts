/** Pairs of numbers from two sets of tables: rows joined by a column, within replicates. */
import { DataError, ParameterError } from '../core/errors';
import type { TableRow, TableValue } from '../kit/values';

export interface Pair {
  readonly key: string;
  readonly first: number;
  readonly second: number;
}
export interface Replicate {
  readonly name: string;
  /** In the order of the first table. */
  readonly pairs: readonly Pair[];
}

export interface Joined {
  readonly replicates: readonly Replicate[];
  /** Rows without a partner, and pairs in which a value is missing or infinite. */
  readonly unpaired: number;
  readonly missing: number;
}

export interface JoinOptions {
  readonly value: string;
  readonly on: string;
  /** Column that names the replicate; '' takes each table as one. */
  readonly replicate: string;
}

/** A row with the replicate that its table stands for. */
interface Placed {
  readonly row: TableRow;
  readonly table: number;
}

/** Throws ParameterError where a table lacks the column `name`. */
export function requireColumn(tables: readonly TableValue[], name: string, param: string): void {
  const lacking = tables.find(({ columns }) => !columns.some((column) => column.name === name));
  if (!lacking) return;
  throw new ParameterError({
    code: 'stats.column',
    message: `A table has no column "${name}".`,
    param,
    found: lacking.columns.map((column) => column.name).join(', ') || 'no columns',
    cure: 'Name one of its columns.',
  });
}

export const placeRows = (tables: readonly TableValue[]): Placed[] =>
  tables.flatMap(({ rows }, table) => rows.map((row) => ({ row, table })));

const keyOf = ({ row, table }: Placed, { on, replicate }: JoinOptions): readonly [string, string] => [
  replicate === '' ? `${table + 1}` : String(row[replicate] ?? ''),
  String(row[on] ?? ''),
];

export function joinPairs(first: readonly Placed[], second: readonly Placed[], options: JoinOptions): Joined {
  const others = byKey(second, options, 'second');
  byKey(first, options, 'first');
  const replicates = new Map<string, Pair[]>();
  let [matched, missing] = [0, 0];
  for (const placed of first) {
    const [replicate, key] = keyOf(placed, options);
    const other = others.get(replicate)?.get(key);
    if (!other) continue;
    matched++;
    const [a, b] = [placed.row[options.value], other[options.value]];
    if (!isNumber(a) || !isNumber(b)) {
      missing++;
      continue;
    }
    const pairs = replicates.get(replicate);
    const pair = { key, first: a, second: b };
    if (pairs) pairs.push(pair);
    else replicates.set(replicate, [pair]);
  }
  const unpaired = first.length + second.length - 2 * matched;
  return { replicates: [...replicates].map(([name, pairs]) => ({ name, pairs })), unpaired, missing };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function byKey(rows: readonly Placed[], options: JoinOptions, side: string): Map<string, Map<string, TableRow>> {
  const all = new Map<string, Map<string, TableRow>>();
  for (const placed of rows) {
    const [replicate, key] = keyOf(placed, options);
    const known = all.get(replicate) ?? new Map<string, TableRow>();
    all.set(replicate, known);
    if (known.has(key)) {
      throw new DataError({
        code: 'stats.duplicate',
        message: `In the ${side} tables two rows of replicate "${replicate}" have the same "${options.on}".`,
        param: 'replicate',
        found: `${options.on} = ${key} twice`,
        expected: 'one row for each item of a replicate',
        cure: 'Name the column that tells the replicates apart, or one that is unique to each row.',
      });
    }
    known.set(key, placed.row);
  }
  return all;
}
