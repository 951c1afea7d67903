/** Every measure of several results beside each other: statistics of each, and its difference from the first. */
import type { TableColumn, TableRow, TableValue } from '../../kit/values';
import { cell, numberColumn, textColumn } from '../table-columns';
import type { Measure } from './measure';
import { differenceOf, type SampleDifference, type SampleSummary, summariseSample } from './sample';

export interface Compared {
  readonly label: string;
  readonly measures: readonly Measure[];
}

export interface ComparisonCell {
  /** Null where this result lacks the measure. */
  readonly summary: SampleSummary | null;
  /** From the first result; null for itself, and where either lacks the measure. */
  readonly difference: SampleDifference | null;
}
export interface ComparisonRow {
  readonly measure: Pick<Measure, 'name' | 'label' | 'unit' | 'better' | 'of' | 'sampled'>;
  /** By result. */
  readonly cells: readonly ComparisonCell[];
}

export function compareResults(results: readonly Compared[]): ComparisonRow[] {
  const names = [...new Set(results.flatMap(({ measures }) => measures.map(({ name }) => name)))];
  return names.flatMap((name): ComparisonRow[] => {
    const found = results.map(({ measures }) => measures.find((measure) => measure.name === name));
    const known = found.find((measure) => measure !== undefined);
    if (!known) return [];
    const [first] = found;
    return [
      {
        measure: known,
        cells: found.map((measure, k) => ({
          summary: measure ? summaryOf(measure) : null,
          difference: k > 0 && first && measure ? fairDifference(first, measure) : null,
        })),
      },
    ];
  });
}

function summaryOf(measure: Measure): SampleSummary {
  const summary = summariseSample(measure.values);
  return measure.sampled ? summary : { ...summary, interval: measure.interval ?? null };
}

export function fairDifference(first: Measure, second: Measure): SampleDifference | null {
  const difference = differenceOf(first, second);
  return difference && !(first.sampled && second.sampled) ? { ...difference, interval: null } : difference;
}

/** The better of the results by their means, and how sure that is. */
export const columns: readonly TableColumn[] = [
  textColumn('measure', 'Measure'),
  textColumn('unit', 'Unit'),
  textColumn('result', 'Result'),
  numberColumn('n', 'n'),
  numberColumn('mean', 'Mean'),
  numberColumn('mean_low', 'Mean, 95 % from'),
  numberColumn('mean_high', 'Mean, 95 % to'),
  numberColumn('median', 'Median'),
  numberColumn('min', 'Min'),
  numberColumn('max', 'Max'),
  numberColumn('sd', 'SD'),
  numberColumn('infinite', 'Infinite'),
  numberColumn('difference', 'Difference from the first'),
  numberColumn('difference_low', 'Difference, 95 % from'),
  numberColumn('difference_high', 'Difference, 95 % to'),
  numberColumn('pairs', 'Pairs'),
];

export function comparisonTable(rows: readonly ComparisonRow[], labels: readonly string[]): TableValue {
  return {
    kind: 'table',
    columns,
    rows: rows.flatMap(({ measure, cells }) =>
      cells.flatMap(({ summary, difference }, k): TableRow[] =>
        summary === null
          ? []
          : [
              {
                measure: measure.label,
                unit: measure.unit,
                result: labels[k] ?? `Input ${k + 1}`,
                n: summary.n,
                mean: cell(summary.mean),
                mean_low: cell(summary.interval?.[0] ?? null),
                mean_high: cell(summary.interval?.[1] ?? null),
                median: cell(summary.median),
                min: cell(summary.min),
                max: cell(summary.max),
                sd: cell(summary.sd),
                infinite: summary.infinite,
                difference: cell(difference?.mean ?? null),
                difference_low: cell(difference?.interval?.[0] ?? null),
                difference_high: cell(difference?.interval?.[1] ?? null),
                pairs: difference?.paired ? difference.n : null,
              },
            ],
      ),
    ),
  };
}
