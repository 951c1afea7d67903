/** Columns and cells of the tables that analyses hand on. */
import type { TableColumn } from '../kit/values';
import type { Interval } from './bootstrap';

export const numberColumn = (name: string, label: string, unit?: string): TableColumn => ({
  name,
  label,
  type: 'number',
  ...(unit === undefined ? {} : { unit }),
});

export const textColumn = (name: string, label: string): TableColumn => ({ name, label, type: 'text' });

/** A missing number is an empty cell. */
export const cell = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** The two ends under `${name}_low` and `${name}_high`. */
export const intervalCells = (name: string, interval: Interval | null): Record<string, number | null> => ({
  [`${name}_low`]: interval ? cell(interval[0]) : null,
  [`${name}_high`]: interval ? cell(interval[1]) : null,
});

export const intervalColumns = (name: string, label: string, unit?: string): TableColumn[] => [
  numberColumn(`${name}_low`, `${label}, 95 % from`, unit),
  numberColumn(`${name}_high`, `${label}, 95 % to`, unit),
];
