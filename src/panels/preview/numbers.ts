/** The numbers behind a plot as a table, for those who cannot or will not read them from the picture. */
import { figureRows } from '../../figure/figure-data';
import type { FigurePreview, Preview, TablePreview } from '../../kit/preview';
import type { TableRow } from '../../kit/values';
import { alignCurves } from './series-data';

const limit = 500;

const table = (columns: TablePreview['columns'], rows: readonly TableRow[]): TablePreview => ({
  kind: 'table',
  columns,
  rows: rows.slice(0, limit),
  totalRows: rows.length,
});

/** Kinds that `numbersOf` has a table for. */
export const hasNumbers = (preview: Preview): boolean =>
  ['labels', 'spikes', 'series', 'figure'].includes(preview.kind);

/** Columns that no mark fills are left out; a column has one unit where all panels agree. */
function figureTable(figure: FigurePreview): TablePreview {
  const rows: TableRow[] = [];
  let total = 0;
  for (const row of figureRows(figure)) if (total++ < limit) rows.push({ ...row });
  const shared = (name: 'xAxis' | 'yAxis' | 'valueAxis', other: string): string => {
    const titles = new Set(rows.map((row) => row[name]).filter(Boolean));
    return titles.size === 1 ? String([...titles][0]) : other;
  };
  const columns: TablePreview['columns'] = [
    { name: 'panel', label: 'Panel', type: 'text' },
    { name: 'mark', label: 'Mark', type: 'text' },
    { name: 'x', label: shared('xAxis', 'x'), type: 'number' },
    { name: 'y', label: shared('yAxis', 'y'), type: 'number' },
    { name: 'low', label: 'low', type: 'number' },
    { name: 'high', label: 'high', type: 'number' },
    { name: 'value', label: shared('valueAxis', 'value'), type: 'number' },
  ];
  const filled = columns.filter(({ name }) => rows.some((row) => row[name] !== null));
  const several = figure.panels.length > 1 ? filled : filled.filter(({ name }) => name !== 'panel');
  return { kind: 'table', columns: several, rows, totalRows: total };
}

/** Null for kinds that are a table or a picture themselves. */
export function numbersOf(preview: Preview): TablePreview | null {
  switch (preview.kind) {
    case 'labels':
      return table(
        [
          { name: 'class', label: 'Class', type: 'text' },
          { name: 'count', label: 'Items', type: 'number' },
        ],
        preview.classes.map(({ name, count }) => ({ class: name, count })),
      );
    case 'spikes':
      return table(
        [
          { name: 'population', label: 'Population', type: 'text' },
          { name: 'neurons', label: 'Neurons', type: 'number' },
          { name: 'rate', label: 'Mean rate', unit: 'Hz', type: 'number' },
        ],
        preview.populations.map(({ name, count }, index) => ({
          population: name,
          neurons: count,
          rate: preview.rates[index] ?? null,
        })),
      );
    case 'series': {
      const { x, y } = alignCurves(preview.curves);
      return table(
        [
          { name: 'x', label: preview.xLabel, unit: preview.xUnit, type: 'number' },
          ...preview.curves.map((curve, index) => ({
            name: `y${index}`,
            label: curve.name,
            unit: curve.unit,
            type: 'number' as const,
          })),
        ],
        x.map((value, row) => ({
          x: value,
          ...Object.fromEntries(y.map((column, index) => [`y${index}`, column[row] ?? null])),
        })),
      );
    }
    case 'images':
    case 'matrix':
    case 'model':
    case 'table':
      return null;
    case 'figure':
      return figureTable(preview);
  }
}
