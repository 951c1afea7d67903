/** Joins the two conditions, resamples their differences, and writes down difference, tests, verdict and replicates. */
import { pairedFigure } from '../../src/analysis/figures/paired-figure';
import { meanOf, sampleSd } from '../../src/analysis/moments';
import { createPace } from '../../src/analysis/pacing';
import {
  differencesOf,
  equivalenceP,
  itemMeans,
  meanDifference,
  percentileInterval,
  resampledDifferences,
  shareItems,
} from '../../src/analysis/paired-bootstrap';
import { type Joined, joinPairs, placeRows, requireColumn } from '../../src/analysis/paired-table';
import { type SignedRank, signedRankTest } from '../../src/analysis/signed-rank';
import { studentPoint } from '../../src/analysis/student';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { DataError, ParameterError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { TableRow, TableValue } from '../../src/kit/values';
import type definition from './test';

type Compute = ComputeOf<typeof definition>;
type Params = Parameters<Compute>[1];
type Interval = readonly [number, number];

/** The rows that take part. */
function rowsOf(tables: readonly TableValue[], { whereColumn, whereValue }: Params): ReturnType<typeof placeRows> {
  const rows = placeRows(tables);
  return whereColumn === '' ? rows : rows.filter(({ row }) => String(row[whereColumn] ?? '') === whereValue);
}

function join(first: readonly TableValue[], second: readonly TableValue[], params: Params): Joined {
  if (first.length === 0) {
    throw new DataError({
      code: 'stats.no-table',
      message: 'No table is wired to the first input.',
      port: 'first',
      cure: 'Wire the table of the first condition.',
    });
  }
  const tables = [...first, ...second];
  requireColumn(tables, params.value, 'value');
  requireColumn(tables, params.on, 'on');
  if (params.replicate !== '') requireColumn(tables, params.replicate, 'replicate');
  if (params.whereColumn !== '') requireColumn(tables, params.whereColumn, 'whereColumn');
  if (second.length > 0) return joinPairs(rowsOf(first, params), rowsOf(second, params), params);
  requireColumn(tables, params.group, 'group');
  const rows = rowsOf(first, params);
  const of = (group: string, param: string) => {
    const found = rows.filter(({ row }) => String(row[params.group] ?? '') === group);
    if (found.length > 0) return found;
    const known = [...new Set(rows.map(({ row }) => String(row[params.group] ?? '')))];
    throw new ParameterError({
      code: 'stats.no-group',
      message: `No row has "${params.group}" = "${group}".`,
      param,
      found: known.slice(0, 12).join(', ') || 'no rows',
      cure: 'Name a value of the group column.',
    });
  };
  return joinPairs(of(params.firstGroup, 'firstGroup'), of(params.secondGroup, 'secondGroup'), params);
}

function chooseShared(joined: Joined, items: Params['items']): boolean {
  const possible = shareItems(joined.replicates);
  if (items !== 'shared' || possible) return items !== 'own' && possible;
  throw new ParameterError({
    code: 'stats.not-shared',
    message: 'The replicates do not hold the same items.',
    param: 'items',
    cure: 'Let each replicate draw its own items.',
  });
}

const columnsOf = (unit: string | undefined): TableValue['columns'] => [
  textColumn('quantity', 'Quantity'),
  textColumn('replicate', 'Replicate'),
  numberColumn('value', 'Value', unit),
  numberColumn('low', 'From', unit),
  numberColumn('high', 'To', unit),
  numberColumn('p', 'p'),
  numberColumn('n', 'Pairs'),
  numberColumn('replicates', 'Replicates'),
  textColumn('note', 'Note'),
];

const row = (quantity: string, rest: TableRow): TableRow => ({
  quantity,
  replicate: null,
  value: null,
  low: null,
  high: null,
  p: null,
  n: null,
  replicates: null,
  note: null,
  ...rest,
});

const ends = (interval: Interval | null): TableRow => ({
  low: interval ? interval[0] : null,
  high: interval ? interval[1] : null,
});

const rankRow = (quantity: string, test: SignedRank, over: string): TableRow =>
  row(quantity, {
    value: test.n > 0 ? Math.min(test.positive, test.negative) : null,
    p: cell(test.p),
    n: test.n,
    note:
      test.n === 0
        ? 'No difference is other than 0.'
        : `W+ = ${test.positive}, over ${over}, ${test.exact ? 'exact' : 'normal'}.`,
  });

/** The interval that takes each replicate's mean as one measurement: honest with few of them. */
function studentInterval(means: readonly number[]): Interval | null {
  const n = means.length;
  if (n < 2) return null;
  const [mean, reach] = [meanOf(means), (studentPoint(n - 1) * sampleSd(means)) / Math.sqrt(n)];
  return [mean - reach, mean + reach];
}

/** What may be said. Equivalence by the 90 % interval, difference by the 95 % one. */
function verdictOf(wide: Interval | null, narrow: Interval | null, margin: number): string {
  if (!wide || !narrow) return 'none';
  const different = wide[0] > 0 ? 'first higher' : wide[1] < 0 ? 'second higher' : null;
  const equivalent = narrow[0] > -margin && narrow[1] < margin;
  if (equivalent) return different ? `equivalent (${different})` : 'equivalent';
  return different ?? 'undecided';
}

const compute: Compute = async ({ first, second }, params, context) => {
  const joined = join(first, second, params);
  const { replicates, unpaired, missing } = joined;
  const pairs = replicates.reduce((sum, each) => sum + each.pairs.length, 0);
  if (pairs === 0) {
    throw new DataError({
      code: 'stats.no-pairs',
      message: 'No row of the first condition has a partner in the second.',
      param: 'on',
      found: `${unpaired} rows without a partner, ${missing} pairs without a value`,
      cure: 'Name the column that both tables share, and wire tables of the same items.',
    });
  }
  if (unpaired > 0) context.notice(`${unpaired} rows have no partner and are left out.`);
  if (missing > 0) context.notice(`${missing} pairs lack a finite value and are left out.`);
  const few = replicates.length > 1 && replicates.length < 6;
  if (few) {
    context.notice(
      `${replicates.length} replicates are few: the bootstrap interval is too narrow, go by the t interval over replicates.`,
    );
  }
  const pace = createPace(context);
  const shared = chooseShared(joined, params.items);
  let done = 0;
  const sorted = await resampledDifferences(replicates, {
    resamples: params.resamples,
    seed: params.seed,
    shared,
    rest: () => pace(++done, params.resamples, 'resamples'),
  });
  const wide = percentileInterval(sorted, 0.95);
  const narrow = percentileInterval(sorted, 0.9);
  const own = replicates.map((replicate, index) => {
    const differences = differencesOf(replicate);
    const mean = meanOf(differences);
    const reach = (1.96 * sampleSd(differences)) / Math.sqrt(differences.length);
    const interval: Interval | null = Number.isNaN(reach) ? null : [mean - reach, mean + reach];
    return { name: replicate.name || `${index + 1}`, mean, interval, n: differences.length };
  });
  const difference = meanDifference(replicates);
  const verdict = `${verdictOf(wide, narrow, params.margin)}${few ? ', few replicates' : ''}`;
  const items = itemMeans(replicates);
  const unit = first[0]?.columns.find(({ name }) => name === params.value)?.unit;
  const why =
    sorted.length > 0 ? null : params.resamples < 2 ? 'No resamples were asked for.' : 'One pair has no interval.';
  const sampling =
    replicates.length === 1
      ? 'Items drawn; nothing is said about other networks.'
      : `Replicates, then ${shared ? 'shared' : 'their own'} items drawn.`;
  const side = (of: 'first' | 'second') =>
    row(`mean ${of}`, {
      value: meanOf(replicates.map((each) => meanOf(each.pairs.map((pair) => pair[of])))),
      n: pairs,
      replicates: replicates.length,
    });
  const table: TableValue = {
    kind: 'table',
    columns: columnsOf(unit),
    rows: [
      side('first'),
      side('second'),
      row('difference', {
        value: difference,
        ...ends(wide),
        n: pairs,
        replicates: replicates.length,
        note: why ?? `95 %. ${sampling}`,
      }),
      row('equivalence', {
        value: params.margin,
        ...ends(narrow),
        p: cell(equivalenceP(sorted, params.margin)),
        n: pairs,
        replicates: replicates.length,
        note: why ?? `Margin, and the 90 % interval of the difference.`,
      }),
      row('difference, t over replicates', {
        value: difference,
        ...ends(studentInterval(own.map(({ mean }) => mean))),
        n: pairs,
        replicates: replicates.length,
        note: replicates.length > 1 ? '95 %. Each replicate is one measurement.' : 'One replicate has no spread.',
      }),
      rankRow('signed rank, replicates', signedRankTest(own.map(({ mean }) => mean)), 'replicates'),
      rankRow('signed rank, items', signedRankTest(items), 'items'),
      row('verdict', { n: pairs, replicates: replicates.length, note: verdict }),
      ...own.map(({ name, mean, interval, n }) =>
        row('replicate', {
          replicate: name,
          value: mean,
          ...ends(interval),
          n,
          note: interval ? '95 % over items.' : 'One pair has no interval.',
        }),
      ),
    ],
  };
  const figure = pairedFigure({
    value: params.whereValue || params.value,
    unit: unit ?? '1',
    replicates: own,
    overall: { mean: difference, wide, narrow },
    items,
    margin: params.margin,
    verdict,
    resamples: sorted.length,
  });
  return { table, figure };
};

export default compute;
