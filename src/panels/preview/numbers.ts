/** The numbers behind a plot as a table, for those who cannot or will not read them from the picture. */
import type { Preview, TablePreview } from '../../kit/preview';
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
export const hasNumbers = (preview: Preview): boolean => ['labels', 'spikes', 'series'].includes(preview.kind);

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
    case 'figure':
      return null;
  }
}
