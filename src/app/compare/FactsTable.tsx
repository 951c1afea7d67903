/** Quantities with one value in each result: a row each, the results and the difference as columns. */
import { useState } from 'react';
import type { ComparisonCell, ComparisonRow } from '../../analysis/compare/comparison';
import { digitsOf, finest, placeOf, writeSigned, writeTo } from '../../analysis/compare/digits';
import { letterOf } from '../../core/letter';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { Bracket, SortHead, type Sorting, turn } from './table-parts';

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
                      {writeTo(summary.mean, placeOf(summary.interval), Math.max(digits, 4))}
                      <Bracket interval={summary.interval} />
                    </>
                  ) : (
                    '–'
                  )}
                </td>
              ))}
              {cells.slice(1).map((cell, k) => (
                <td key={letterOf(k + 1)}>{differenceText(cells[0], cell)}</td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** To the digits of what it is the difference of. */
const differenceText = (first: ComparisonCell | undefined, { summary, difference }: ComparisonCell): string =>
  difference
    ? writeSigned(difference.mean, finest([first?.summary, summary].map((each) => placeOf(each?.interval))))
    : '–';

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
