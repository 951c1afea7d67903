/** How the cells of a table are written, and which columns fit in a node. Pure. */
import { formatNumber } from '../../core/units';
import { axisTitle } from '../../figure/ticks';
import type { TablePreview } from '../../kit/preview';
import type { TableColumn, TableRow } from '../../kit/values';

type Cells = Pick<TablePreview, 'columns' | 'rows'>;

export const headerText = (column: TableColumn): string => axisTitle(column.label, column.unit ?? '1');

/**
 * Writes numbers of one column. A column with one unit gets the same decimals everywhere, enough for four digits of its
 * largest value, so that numbers line up; a column of mixed quantities (a row per metric) gets four digits each.
 */
export function columnFormat(
  column: TableColumn,
  rows: readonly TableRow[],
): (value: number | string | null | undefined) => string {
  const numbers = rows
    .map((row) => row[column.name])
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  const largest = Math.max(0, ...numbers.map(Math.abs));
  const smallest = Math.min(Infinity, ...numbers.filter((value) => value !== 0).map(Math.abs));
  const aligned =
    column.unit !== undefined &&
    numbers.some((value) => !Number.isInteger(value)) &&
    largest < 1e4 &&
    largest / smallest < 1000;
  const decimals = aligned ? Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(largest)))) : 0;
  return (value) => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'string') return value;
    if (!aligned || !Number.isFinite(value)) return formatNumber(value).replace('-', '−');
    return value
      .toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
      .replace('-', '−');
  };
}

/** A table whose units stand in a column of their own, with the units beside the names instead: "psnr (dB)". */
export function foldUnits({ columns, rows }: Cells): Cells {
  const names = columns[0];
  const hasUnits = columns.some(({ name, type }) => name === 'unit' && type === 'text');
  if (names?.type !== 'text' || names.name === 'unit' || !hasUnits) return { columns, rows };
  return {
    columns: columns.filter(({ name }) => name !== 'unit'),
    rows: rows.map((row) => ({ ...row, [names.name]: axisTitle(String(row[names.name]), String(row['unit'] ?? '1')) })),
  };
}

/** What a statistic is read by: the value, what it must beat, how many it stands for. By the column's name. */
const telling: readonly string[] = ['mean', 'baseline', 'n'];

/**
 * Columns for a narrow box, as many as fit by their text and at least two: names first, then those that tell most, then
 * the others in order.
 */
export function columnsThatFit(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  width: number,
  perCharacter: number,
  padding: number,
): readonly TableColumn[] {
  const rank = ({ name, type }: TableColumn): number => {
    const place = telling.indexOf(name);
    return type === 'text' ? -1 : place < 0 ? telling.length : place;
  };
  const fitting: TableColumn[] = [];
  let used = 0;
  for (const column of columns.toSorted((a, b) => rank(a) - rank(b))) {
    const format = columnFormat(column, rows);
    const longest = Math.max(headerText(column).length, ...rows.map((row) => format(row[column.name]).length));
    used += longest * perCharacter + padding;
    if (used > width && fitting.length >= 2) break;
    fitting.push(column);
  }
  return fitting;
}
