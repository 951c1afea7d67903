/** Quantities with one value in each result: a row each, the results and the difference as columns. */
import { useState } from 'react';
import type { ComparisonRow } from '../../analysis/compare/comparison';
import { letterOf } from '../../core/letter';
import { formatNumber, withUnit } from '../../core/units';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { digitsOf, range, SortHead, type Sorting, signed, turn } from './table-parts';

/** 'name', the place of a result, or the difference of the second from the first. */
type Column = string;

export function FactsTable({
  rows,
  labels,
}: {
  readonly rows: readonly ComparisonRow[];
  readonly labels: readonly string[];
}) {
  const [sorting, setSorting] = useState<Sorting<Column> | null>(null);
  const head = (column: Column, title: React.ReactNode, label: string) => (
    <SortHead
      key={column}
      title={title}
      label={label}
      sorting={sorting?.column === column ? sorting.direction : null}
      onSort={() => setSorting((before) => turn(before, column))}
    />
  );
  return (
    <table className={classes.numbers}>
      <caption className="sl-visually-hidden">Each quantity in each result; differences are from {labels[0]}.</caption>
      <thead>
        <tr>
          {head('name', 'Quantity', 'Quantity')}
          {labels.map((label, place) => head(`${place}`, <Letter place={place} />, `${letterOf(place)}: ${label}`))}
          {labels.slice(1).map((_, k) => {
            const words = `${letterOf(k + 1)} − ${letterOf(0)}`;
            return head(`-${k + 1}`, words, words);
          })}
        </tr>
      </thead>
      <tbody>
        {sortRows(rows, sorting).map(({ measure, cells }) => {
          const digits = digitsOf(cells.flatMap(({ summary }) => (summary ? [summary.mean] : [])));
          return (
            <tr key={measure.name}>
              <th scope="row">
                {measure.label}
                {measure.unit !== '1' && <small> {measure.unit}</small>}
              </th>
              {cells.map(({ summary }, place) => (
                <td key={letterOf(place)}>
                  {summary ? (
                    <>
                      {formatNumber(summary.mean, Math.max(digits, 4))}
                      {range(summary.interval, 3)}
                    </>
                  ) : (
                    '–'
                  )}
                </td>
              ))}
              {cells.slice(1).map(({ difference }, k) => (
                <td key={letterOf(k + 1)}>{difference ? withUnit(signed(difference.mean, 3), undefined) : '–'}</td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function sortRows(rows: readonly ComparisonRow[], sorting: Sorting<Column> | null): readonly ComparisonRow[] {
  if (!sorting) return rows;
  const { column, direction } = sorting;
  const turnBy = direction === 'up' ? 1 : -1;
  if (column === 'name') return [...rows].sort((a, b) => turnBy * a.measure.label.localeCompare(b.measure.label));
  const place = Math.abs(Number(column));
  const value = ({ cells }: ComparisonRow): number =>
    (column.startsWith('-') ? cells[place]?.difference?.mean : cells[place]?.summary?.mean) ?? Number.NEGATIVE_INFINITY;
  return [...rows].sort((a, b) => turnBy * (value(a) - value(b)));
}
