/** Tables, curves and item tables as CSV; tables also as JSON with their units. */
import type { ItemTable } from '../../kit/item-table';
import { splits } from '../../kit/item-table';
import type { SeriesValue, TableValue } from '../../kit/values';
import { type CsvCell, writeCsv } from '../csv';
import type { ExportedFile } from './exported-file';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** JSON has no infinities; they are written as Python and JavaScript both read them from text: "Infinity". */
const jsonCell = (value: CsvCell): CsvCell =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

export function exportTable(name: string, { columns, rows }: TableValue): ExportedFile[] {
  const names = columns.map((column) => column.name);
  const cells = rows.map((row) => names.map((column) => row[column] ?? null));
  const records = cells.map((row) => Object.fromEntries(names.map((column, i) => [column, jsonCell(row[i] ?? null)])));
  return [
    { path: `${name}.csv`, bytes: bytesOf(writeCsv(names, cells)) },
    { path: `${name}.json`, bytes: bytesOf(`${JSON.stringify({ columns, rows: records }, null, 2)}\n`) },
  ];
}

/** Long form: one row per point, since curves need not share their x. */
export function exportSeries(name: string, series: SeriesValue): ExportedFile[] {
  const rows: CsvCell[][] = [];
  for (const curve of series.curves) {
    for (let i = 0; i < curve.x.length; i++) {
      rows.push([curve.name, curve.x[i] as number, curve.y[i] as number, curve.unit]);
    }
  }
  const header = [
    'curve',
    series.xUnit === '1' ? series.xLabel : `${series.xLabel} (${series.xUnit})`,
    'value',
    'unit',
  ];
  return [{ path: `${name}.csv`, bytes: bytesOf(writeCsv(header, rows)) }];
}

/** One row per item, in the order of the array's item axis: id, split and conditions. */
export function itemsCsv(items: ItemTable): Uint8Array {
  const names = Object.keys(items.columns);
  const rows = Array.from(items.ids, (id, i): CsvCell[] => [
    id,
    splits[items.split[i] as number] ?? null,
    ...names.map((name) => items.columns[name]?.[i] ?? null),
  ]);
  return bytesOf(writeCsv(['item', 'split', ...names], rows));
}
