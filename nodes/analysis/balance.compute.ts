/** Gathers the five values with their intervals and judges them. */
import { type BalanceTest, isClear, passes, verdictOf } from '../../src/analysis/balance';
import { type BootstrapOptions, bootstrapInterval, type Interval, resampledMean } from '../../src/analysis/bootstrap';
import { shapeOf } from '../../src/analysis/conditions';
import { balanceFigure } from '../../src/analysis/figures/balance-figure';
import { etaColumn, gridRates } from '../../src/analysis/grid-rates';
import { intervalCells, intervalColumns } from '../../src/analysis/interval-columns';
import { networkInput } from '../../src/analysis/mean-field';
import { meanOf } from '../../src/analysis/moments';
import { currentsByItem } from '../../src/analysis/neuron-currents';
import { createPace } from '../../src/analysis/pacing';
import { chooseUnits, countedSeconds, readItems } from '../../src/analysis/read-items';
import { meanInputsOf, membranesOf, networkMargin, networkRatio } from '../../src/analysis/recorded-neurons';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { fitTransfer, resampledOf, transferInterval } from '../../src/analysis/transfer-curve';
import { UnitActivity } from '../../src/analysis/unit-activity';
import { DataError } from '../../src/core/errors';
import { formatNumber } from '../../src/core/units';
import type { ComputeOf } from '../../src/kit/define-node';
import type { SpikesValue, SpikingNetwork, TableRow, TableValue } from '../../src/kit/values';
import type definition from './balance';

/** Positions of the items held at `eta`. Throws where there are none. */
function itemsAt(spikes: SpikesValue, eta: number): ReadonlySet<number> {
  const column = etaColumn(spikes);
  const found = new Set<number>();
  column.forEach((value, position) => {
    if (Math.abs(value - eta) < 1e-6 && shapeOf(spikes.items, position) === 'constant') found.add(position);
  });
  if (found.size > 0) return found;
  throw new DataError({
    code: 'balance.no-drive',
    message: `No item has the constant drive ${formatNumber(eta)}.`,
    port: 'spikes',
    param: 'eta',
    found:
      [...new Set(column)]
        .slice(0, 20)
        .map((value) => formatNumber(value))
        .join(', ') || 'no items',
    cure: 'Put it into the grid of drives, or read another one.',
  });
}

function networkOf(spikes: SpikesValue): SpikingNetwork {
  if (spikes.network) return spikes.network;
  throw new DataError({
    code: 'balance.no-network',
    message: 'The spikes do not say which network made them, so its threshold and inputs are unknown.',
    port: 'spikes',
    cure: 'Wire the spikes of a balanced network.',
  });
}

interface Ramp {
  readonly r2: number;
  readonly interval: Interval | null;
  readonly count: number;
}

/** The ramp that is tracked worst. */
function worstRamp(tracking: TableValue): Ramp {
  const rows = tracking.rows.filter(({ shape }) => shape === 'ramp');
  if (rows.length === 0) {
    throw new DataError({
      code: 'balance.no-ramp',
      message: 'The tracking table holds no ramp.',
      port: 'tracking',
      found: [...new Set(tracking.rows.map(({ shape }) => String(shape)))].join(', ') || 'no rows',
      cure: 'Put a ramp among the drives and wire the table of a tracking node.',
    });
  }
  const read = (row: TableRow, name: string) => (typeof row[name] === 'number' ? row[name] : Number.NaN);
  const [worst] = rows.toSorted((a, b) => (read(a, 'r2') || 0) - (read(b, 'r2') || 0)) as [TableRow];
  const [low, high] = [read(worst, 'r2_low'), read(worst, 'r2_high')];
  return { r2: read(worst, 'r2'), interval: low <= high ? [low, high] : null, count: rows.length };
}

const columns: TableValue['columns'] = [
  textColumn('test', 'Test'),
  textColumn('name', 'Name'),
  textColumn('measure', 'Measure'),
  numberColumn('value', 'Value'),
  ...intervalColumns('value', 'Value'),
  textColumn('unit', 'Unit'),
  textColumn('relation', 'Must be'),
  numberColumn('bound', 'Bound'),
  textColumn('result', 'Result'),
  textColumn('clear', 'Clear'),
  textColumn('resampled', 'Resampled'),
];

const words = { true: 'yes', false: 'no', null: null } as const;

const rowOf = (test: BalanceTest): TableRow => ({
  test: test.id,
  name: test.name,
  measure: test.measure,
  value: cell(test.value),
  ...intervalCells('value', test.interval),
  unit: test.unit,
  relation: test.relation,
  bound: test.bound,
  result: passes(test) ? 'pass' : 'fail',
  clear: words[`${isClear(test)}`],
  resampled: test.resampled,
});

const reported = (measure: string, value: number, interval: Interval | null, unit: string, resampled: string) => ({
  test: null,
  name: null,
  measure,
  value: cell(value),
  ...intervalCells('value', interval),
  unit,
  relation: null,
  bound: null,
  result: 'reported',
  clear: null,
  resampled,
});

const compute: ComputeOf<typeof definition> = async ({ spikes, currents, tracking, step }, params, context) => {
  const pace = createPace(context);
  const units = chooseUnits(spikes, 'all');
  const seconds = countedSeconds(spikes);
  const network = networkOf(spikes);
  const fromRates = params.marginFrom === 'rates';
  const ramp = worstRamp(tracking);
  const atEta = itemsAt(spikes, params.eta);
  const points = await gridRates(spikes, units, pace);
  const activity = new UnitActivity(spikes);
  await readItems(
    spikes,
    (position) => atEta.has(position),
    (_, who, when) => activity.add(who, when),
    pace,
  );

  const ids = new Set(Array.from(atEta, (position) => spikes.items.ids[position] as number));
  const recordings = currentsByItem(currents, spikes.discardSteps * spikes.dt).filter(({ item }) => ids.has(item));
  const membranes = membranesOf(recordings);
  if (membranes.means.length === 0 && !fromRates) {
    throw new DataError({
      code: 'balance.no-membranes',
      message: `No free membrane was recorded at the drive ${formatNumber(params.eta)}.`,
      port: 'currents',
      found: `${currents.curves.length} curves of other quantities, items or times`,
      cure: 'Put the constant drive first, so that its item is recorded, and record neurons.',
    });
  }

  const options = (stream: number, within?: Interval): BootstrapOptions => ({
    resamples: params.resamples,
    seed: params.seed,
    stream,
    rest: () => pace(stream, 6, 'intervals'),
    ...(within ? { within } : {}),
  });
  const rates = activity.rates(units.isChosen, seconds);
  const cvs = activity.cvs(units.isChosen);
  const range = { etaFrom: 0, minRate: params.activeRate };
  const [rate, cv] = [meanOf(rates), meanOf(cvs)];
  const recorded = `${membranes.means.length} neurons`;
  const marginAt = (hertz: number) => networkInput(network, params.eta, hertz).margin ?? Number.NaN;
  const predicted = {
    measure: '(mean U − θ) / SD of U, from the rate',
    value: marginAt(rate),
    interval: await bootstrapInterval(marginAt(rate), (draw) => marginAt(resampledMean(rates, draw)), options(2)),
    resampled: 'neurons',
  };
  const measuredMargin = networkMargin(membranes, network.vThreshold);
  const measured = {
    measure: '(mean U − θ) / SD of U, free membranes',
    value: measuredMargin,
    interval: await bootstrapInterval(
      measuredMargin,
      (draw) => networkMargin(membranes, network.vThreshold, draw),
      options(5),
    ),
    resampled: recorded,
  };
  const [judged, other] = fromRates ? [predicted, measured] : [measured, predicted];
  const inputs = meanInputsOf(recordings);
  const ratio = networkRatio(inputs);
  const readR2 = ({ r2Active }: { readonly r2Active: number }) => r2Active;
  const tests: BalanceTest[] = [
    {
      id: 'a',
      name: 'response',
      measure: `rate at η = ${formatNumber(params.eta)}`,
      unit: 'Hz',
      value: rate,
      interval: await bootstrapInterval(rate, (draw) => resampledMean(rates, draw), options(0)),
      relation: 'at least',
      bound: params.minRate,
      resampled: 'neurons',
    },
    {
      id: 'b',
      name: 'linearity',
      measure: 'R² of the line',
      unit: '1',
      value: fitTransfer(points, range).r2Active,
      interval: await transferInterval(points, range, readR2, options(1, [0, 1])),
      relation: 'at least',
      bound: params.minR2,
      resampled: resampledOf(points) === 'trials' ? 'trials' : 'grid points',
    },
    {
      id: 'c',
      name: 'drive margin',
      ...judged,
      unit: '1',
      relation: 'at most',
      bound: params.maxMargin,
    },
    {
      id: 'd',
      name: 'irregularity',
      measure: 'CV of intervals',
      unit: '1',
      value: cv,
      interval: await bootstrapInterval(cv, (draw) => resampledMean(cvs, draw), options(3)),
      relation: 'at least',
      bound: params.minCv,
      resampled: 'neurons',
    },
    {
      id: 'e',
      name: 'tracking',
      measure: ramp.count > 1 ? `R² of the worst of ${ramp.count} ramps` : 'R² of the ramp',
      unit: '1',
      value: ramp.r2,
      interval: ramp.interval,
      relation: 'at least',
      bound: params.minRampR2,
      resampled: ramp.interval ? 'trials' : 'none',
    },
  ];
  const ratioInterval = await bootstrapInterval(ratio, (draw) => networkRatio(inputs, draw), options(4));
  const rows = [
    ...tests.map(rowOf),
    reported(other.measure, other.value, other.interval, '1', other.resampled),
    reported('input ratio |I|/E', ratio, ratioInterval, '1', recorded),
  ];
  const t63 = step?.rows[0];
  if (typeof t63?.['t63_ms'] === 'number') {
    const [low, high] = [t63['t63_ms_low'], t63['t63_ms_high']];
    const interval = typeof low === 'number' && typeof high === 'number' ? ([low, high] as const) : null;
    rows.push(reported('t63 of the step', t63['t63_ms'], interval, 'ms', interval ? 'trials' : 'none'));
  }
  const verdict = verdictOf(tests);
  rows.push({
    test: 'verdict',
    name: 'balanced',
    measure: `${tests.filter(passes).length} of ${tests.length} tests passed`,
    value: null,
    ...intervalCells('value', null),
    unit: null,
    relation: null,
    bound: null,
    result: verdict,
    clear: null,
    resampled: null,
  });
  return { table: { kind: 'table', columns, rows }, figure: balanceFigure(tests) };
};

export default compute;
