/** What tables of a comparison share: heads that sort, and intervals. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Interval } from '../../analysis/bootstrap';
import { placeOf, writeSigned, writeTo } from '../../analysis/compare/digits';
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

/** An interval in brackets, its ends rounded to its width. */
export function Bracket({
  interval,
  signed = false,
}: {
  readonly interval: Interval | null;
  /** Of a difference. */
  readonly signed?: boolean;
}) {
  if (!interval) return null;
  const write = (end: number) => (signed ? writeSigned : writeTo)(end, placeOf(interval));
  return (
    <small className={classes.interval}>
      [{write(interval[0])}, {write(interval[1])}]
    </small>
  );
}
