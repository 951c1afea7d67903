/**
 * The numbers: for every measure the statistics of each result and its difference from the first, sortable by any column.
 * Where results are single values rather than samples, one row for each quantity with the results as columns.
 */
import { useState } from 'react';
import type { ComparisonRow } from '../../analysis/compare/comparison';
import { digitsOf, placeOf, writeSigned, writeTo } from '../../analysis/compare/digits';
import { letterOf } from '../../core/letter';
import { formatNumber } from '../../core/units';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { FactsTable } from './FactsTable';
import { Bracket, SortHead, type Sorting, turn } from './table-parts';

interface Props {
  readonly rows: readonly ComparisonRow[];
  readonly labels: readonly string[];
}

export function StatisticsTable({ rows, labels }: Props) {
  const single = rows.filter(({ cells }) => cells.every(({ summary }) => (summary?.n ?? 0) <= 1));
  const samples = rows.filter((row) => !single.includes(row));
  if (rows.length === 0) return <p className={classes.nothing}>There is nothing to measure here.</p>;
  return (
    <>
      {single.length > 0 && <FactsTable rows={single} labels={labels} />}
      {samples.length > 0 && <SamplesTable rows={samples} labels={labels} />}
      <p className={classes.note}>
        In brackets: 95 % intervals. Differences are from {letterOf(0)}, paired by item where both hold it.
      </p>
    </>
  );
}

type Column = 'result' | 'mean' | 'median' | 'min' | 'n' | 'difference';
const columns: readonly (readonly [Column, string])[] = [
  ['result', 'Result'],
  ['mean', 'Mean'],
  ['median', 'Median'],
  ['min', 'Range'],
  ['n', 'n'],
  ['difference', 'Difference'],
];

function SamplesTable({ rows, labels }: Props) {
  const [sorting, setSorting] = useState<Sorting<Column> | null>(null);
  return (
    <table className={classes.numbers}>
      <caption className="sl-visually-hidden">Statistics of each result; differences are from {labels[0]}.</caption>
      <thead>
        <tr>
          {columns.map(([column, title]) => (
            <SortHead
              key={column}
              title={title}
              sorting={sorting?.column === column ? sorting.direction : null}
              onSort={() => setSorting((before) => turn(before, column))}
            />
          ))}
        </tr>
      </thead>
      {rows.map((row) => (
        <Measured key={row.measure.name} row={row} labels={labels} sorting={sorting} />
      ))}
    </table>
  );
}

function Measured({
  row: { measure, cells },
  labels,
  sorting,
}: {
  readonly row: ComparisonRow;
  readonly labels: readonly string[];
  readonly sorting: Sorting<Column> | null;
}) {
  const digits = digitsOf(cells.flatMap(({ summary }) => (summary ? [summary.mean] : [])));
  const places = sortPlaces(cells, sorting);
  const arrow =
    measure.better === 'higher' ? ', higher is better' : measure.better === 'lower' ? ', lower is better' : '';
  return (
    <tbody>
      <tr className={classes.group}>
        <th colSpan={columns.length} scope="rowgroup">
          {measure.label}
          {measure.unit !== '1' && ` (${measure.unit})`}
          <small>
            {measure.of}
            {arrow}
          </small>
        </th>
      </tr>
      {places.map((place) => {
        const { summary, difference } = cells[place] ?? { summary: null, difference: null };
        if (!summary || summary.n === 0) return null;
        const ofMean = placeOf(summary.interval);
        return (
          <tr key={place}>
            <th scope="row" title={labels[place]}>
              <Letter place={place} />
            </th>
            <td>
              <b>{writeTo(summary.mean, ofMean, digits)}</b>
              <Bracket interval={summary.interval} />
            </td>
            <td>{writeTo(summary.median, ofMean, digits)}</td>
            <td>
              {writeTo(summary.min, null)} … {writeTo(summary.max, null)}
            </td>
            <td title={summary.infinite > 0 ? `${summary.infinite} infinite, left out of the mean` : undefined}>
              {formatNumber(summary.n, 7)}
              {summary.infinite > 0 && ` (${summary.infinite} ∞)`}
            </td>
            <td>
              {difference ? (
                <>
                  <b>{writeSigned(difference.mean, placeOf(difference.interval))}</b>
                  <Bracket interval={difference.interval} signed />
                  {!difference.paired && <small> not paired</small>}
                </>
              ) : (
                <span className={classes.dim}>{place === 0 ? `from ${letterOf(0)}` : ''}</span>
              )}
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}

function sortPlaces(cells: ComparisonRow['cells'], sorting: Sorting<Column> | null): readonly number[] {
  const places = cells.map((_, place) => place);
  if (!sorting) return places;
  const { column, direction } = sorting;
  const value = (place: number): number => {
    const cell = cells[place];
    if (column === 'result') return place;
    if (column === 'difference') return cell?.difference?.mean ?? 0;
    return cell?.summary?.[column] ?? Number.NaN;
  };
  return places.sort((a, b) => (direction === 'up' ? 1 : -1) * (value(a) - value(b)));
}
