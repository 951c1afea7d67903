/** Rows of a table as they are read: filtered by words, sorted by a column. Pure. */
import type { TableColumn, TableRow } from '../../kit/values';

export interface Sorting {
  readonly column: string;
  readonly down: boolean;
}

type Cell = TableRow[string] | undefined;

/** Numbers before texts, missing values last whatever the direction. */
function compare(a: Cell, b: Cell, down: boolean): number {
  const missing = (cell: Cell): boolean => cell === null || cell === undefined || Number.isNaN(cell);
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  const order =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : typeof a === 'string' && typeof b === 'string'
        ? a.localeCompare(b, 'en', { numeric: true })
        : typeof a === 'number'
          ? -1
          : 1;
  return down ? -order : order;
}

/** Every word must occur in some cell. */
export function readRows(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  filter: string,
  sorting: Sorting | null,
): readonly TableRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept =
    words.length === 0
      ? rows
      : rows.filter((row) => {
          const text = columns
            .map(({ name }) => String(row[name] ?? ''))
            .join('\n')
            .toLowerCase();
          return words.every((word) => text.includes(word));
        });
  return sorting ? kept.toSorted((a, b) => compare(a[sorting.column], b[sorting.column], sorting.down)) : kept;
}
