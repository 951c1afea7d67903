/** Columns and cells of the two ends of an interval, under `${name}_low` and `${name}_high`. */
import type { TableColumn } from '../kit/values';
import type { Interval } from './bootstrap';
import { cell, numberColumn } from './table-columns';

export const intervalCells = (name: string, interval: Interval | null): Record<string, number | null> => ({
  [`${name}_low`]: cell(interval?.[0] ?? null),
  [`${name}_high`]: cell(interval?.[1] ?? null),
});

export const intervalColumns = (name: string, label: string, unit?: string): TableColumn[] => [
  numberColumn(`${name}_low`, `${label}, 95 % from`, unit),
  numberColumn(`${name}_high`, `${label}, 95 % to`, unit),
];
