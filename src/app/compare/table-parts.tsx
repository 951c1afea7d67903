/** What tables of a comparison share: heads that sort, intervals, signed numbers, sensible digits. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatNumber } from '../../core/units';
import classes from './Compare.module.css';

export interface Sorting<C extends string> {
  readonly column: C;
  readonly direction: 'up' | 'down';
}

/** Largest first, then smallest first, then as it was. */
export function turn<C extends string>(before: Sorting<C> | null, column: C): Sorting<C> | null {
  if (before?.column !== column) return { column, direction: 'down' };
  return before.direction === 'down' ? { column, direction: 'up' } : null;
}

interface SortHeadProps {
  readonly title: ReactNode;
  readonly label?: string;
  readonly sorting: 'up' | 'down' | null;
  readonly onSort: () => void;
}

export function SortHead({ title, label, sorting, onSort }: SortHeadProps) {
  const Icon = sorting === 'up' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" aria-sort={sorting === null ? 'none' : sorting === 'up' ? 'ascending' : 'descending'}>
      <button type="button" onClick={onSort} {...(label ? { 'aria-label': `Sort by ${label}`, title: label } : {})}>
        {title}
        {sorting && <Icon size={11} aria-hidden />}
      </button>
    </th>
  );
}

/** Enough digits that values close together differ: at least 3. */
export function digitsOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  const spread = Math.max(...finite) - Math.min(...finite);
  const size = Math.max(...finite.map(Math.abs));
  if (!(spread > 0) || !(size > 0)) return 3;
  return Math.min(6, Math.max(3, Math.ceil(Math.log10(size / spread)) + 2));
}

export const signed = (value: number, digits: number): string =>
  `${value > 0 ? '+' : ''}${formatNumber(value, digits)}`.replace('-', '−');

export const range = (interval: readonly [number, number] | null, digits: number): ReactNode =>
  interval && (
    <small className={classes.interval}>
      [{formatNumber(interval[0], digits).replace('-', '−')}, {formatNumber(interval[1], digits).replace('-', '−')}]
    </small>
  );
