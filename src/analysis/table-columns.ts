/** Columns and cells of the tables that analyses hand on. */
import type { TableColumn } from '../kit/values';

export const numberColumn = (name: string, label: string, unit?: string): TableColumn => ({
  name,
  label,
  type: 'number',
  ...(unit === undefined ? {} : { unit }),
});

export const textColumn = (name: string, label: string): TableColumn => ({ name, label, type: 'text' });

/** A number that is not defined is an empty cell. */
export const cell = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
