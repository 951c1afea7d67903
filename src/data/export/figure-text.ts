/** A figure's numbers as CSV, one row per point, and its whole description as JSON. */
import { figureRows } from '../../figure/figure-data';
import type { Figure } from '../../kit/figure';
import { type CsvCell, writeCsv } from '../csv';

const header = ['panel', 'mark', 'x', 'y', 'low', 'high', 'value', 'x_axis', 'y_axis', 'value_axis'];

export function figureCsv(figure: Figure): string {
  const rows: CsvCell[][] = [];
  for (const row of figureRows(figure)) {
    const { panel, mark, x, y, low, high, value, xAxis, yAxis, valueAxis } = row;
    rows.push([panel, mark, x, y, low, high, value, xAxis, yAxis, valueAxis]);
  }
  return writeCsv(header, rows);
}

/** Typed arrays become lists; a number that is none becomes null, as in other programs' JSON. */
export function figureJson({ title, caption, panels, columns, width, rowHeight }: Figure): string {
  const plain = (_key: string, entry: unknown): unknown => (entry instanceof Float64Array ? Array.from(entry) : entry);
  return `${JSON.stringify({ title, caption, columns, width, rowHeight, panels }, plain, 1)}\n`;
}
