/** Rows of the run log and which of them a filter lets through. Pure. */

export type LogSeverity = 'info' | 'good' | 'warning' | 'error';

export interface LogRow {
  readonly id: number | string;
  /** ms since the epoch. */
  readonly at: number;
  readonly level: LogSeverity;
  /** Node id, or null for the run itself. */
  readonly node: string | null;
  readonly message: string;
}

export type LogFilter = 'all' | 'problems';

/** Rows that hold every word of `query` in their node's name or text; `problems` keeps warnings and errors. */
export function filterRows(
  rows: readonly LogRow[],
  filter: LogFilter,
  query: string,
  nameOf: (node: string) => string,
): readonly LogRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter === 'problems' && row.level !== 'warning' && row.level !== 'error') return false;
    const text = `${row.node === null ? '' : `${row.node} ${nameOf(row.node)}`} ${row.message}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Local time of day, "14:03:27". */
export const clockTime = (at: number): string => new Date(at).toLocaleTimeString('en-GB', { hour12: false });
