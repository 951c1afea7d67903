/** Averages rates by drive, fits lines, and hands on tables and figure. */
import { type LinearityState, linearityFigure } from '../../src/analysis/figures/linearity-figure';
import { gridRates } from '../../src/analysis/grid-rates';
import { intervalCells, intervalColumns } from '../../src/analysis/interval-columns';
import { meanOf, sampleSd } from '../../src/analysis/moments';
import { createPace } from '../../src/analysis/pacing';
import { chooseUnits } from '../../src/analysis/read-items';
import { stateNames } from '../../src/analysis/state-names';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import {
  fitTransfer,
  heightAt,
  resampledOf,
  type TransferPoint,
  transferInterval,
} from '../../src/analysis/transfer-curve';
import { DataError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Curve, SeriesValue, TableRow, TableValue } from '../../src/kit/values';
import type definition from './linearity';

/** The curve of a mean-field theory that is a rate: named so, or else the first one in Hz. */
function rateCurve(series: SeriesValue | undefined): Curve | undefined {
  if (!series) return undefined;
  const curve =
    series.curves.find(({ labels }) => labels?.['quantity'] === 'rate') ??
    series.curves.find(({ unit }) => unit === 'Hz');
  if (curve) return curve;
  throw new DataError({
    code: 'linearity.theory',
    message: 'The theory holds no rate.',
    port: 'theory',
    found: series.curves.map(({ name, unit }) => `${name} (${unit})`).join(', ') || 'no curves',
    expected: 'a curve in Hz against eta',
    cure: 'Wire the series of the mean-field theory.',
  });
}

function requireGrid(points: readonly TransferPoint[]): void {
  if (points.length > 0) return;
  throw new DataError({
    code: 'linearity.no-constant-items',
    message: 'None of the items has a constant drive.',
    port: 'spikes',
    cure: 'Drive the network with a grid of constants.',
  });
}

const joinGraphs = (graphs: readonly TransferPoint[][]): TransferPoint[] => {
  const all = new Map<string, { eta: number; rates: number[] }>();
  for (const { eta, rates } of graphs.flat()) {
    const known = all.get(eta.toPrecision(9));
    if (known) known.rates.push(...rates);
    else all.set(eta.toPrecision(9), { eta, rates: [...rates] });
  }
  return [...all.values()].sort((a, b) => a.eta - b.eta);
};

function rateTable(states: readonly LinearityState[]): TableValue {
  const rows = states.flatMap(({ points, theory }, state): TableRow[] => {
    const means = points.map(({ rates }) => meanOf(rates));
    const largest = Math.max(...means);
    return points.map(({ eta, rates }, k) => ({
      state,
      eta,
      rate_Hz: means[k] as number,
      sd_Hz: cell(sampleSd(rates)),
      n: rates.length,
      normalised: largest > 0 ? (means[k] as number) / largest : null,
      theory_rate_Hz: theory ? cell(heightAt(theory, eta)) : null,
    }));
  });
  return {
    kind: 'table',
    columns: [
      numberColumn('state', 'State'),
      numberColumn('eta', 'External input η'),
      numberColumn('rate_Hz', 'Rate', 'Hz'),
      numberColumn('sd_Hz', 'SD over trials', 'Hz'),
      numberColumn('n', 'Trials'),
      numberColumn('normalised', 'Rate / largest rate'),
      numberColumn('theory_rate_Hz', 'Predicted rate', 'Hz'),
    ],
    rows,
  };
}

const fitColumns: TableValue['columns'] = [
  numberColumn('state', 'State'),
  textColumn('name', 'Name'),
  numberColumn('slope_Hz', 'Slope', 'Hz'),
  numberColumn('intercept_Hz', 'Intercept', 'Hz'),
  numberColumn('r2', 'R²'),
  ...intervalColumns('r2', 'R²'),
  numberColumn('r2_all', 'R², all points'),
  numberColumn('r2_above_1', 'R², η ≥ 1'),
  numberColumn('r2_active', 'R², active points'),
  ...intervalColumns('r2_active', 'R², active points'),
  numberColumn('n', 'Points of the line'),
  numberColumn('n_active', 'Active points'),
  textColumn('resampled', 'Resampled'),
];

const compute: ComputeOf<typeof definition> = async ({ spikes, theory }, params, context) => {
  const pace = createPace(context);
  const curves: TransferPoint[][] = [];
  for (const each of spikes) {
    const points = await gridRates(each, chooseUnits(each, params.population), pace);
    requireGrid(points);
    curves.push(points);
  }
  const joined = params.wires === 'graphs' && curves.length > 0 ? [joinGraphs(curves)] : curves;
  const names = stateNames(spikes);
  const states = joined.map((points, state): LinearityState => {
    const name = joined.length > 1 ? (names[state] as string) : '';
    return { name, points, fit: fitTransfer(points, params), theory: rateCurve(theory[state]) };
  });
  const rows: TableRow[] = [];
  for (const [state, { points, fit }] of states.entries()) {
    const options = {
      resamples: params.resamples,
      seed: params.seed,
      within: [0, 1] as const,
      rest: () => pace(state, states.length, 'states'),
    };
    const r2 = await transferInterval(points, params, ({ line }) => line.r2, { ...options, stream: 2 * state });
    const active = await transferInterval(points, params, ({ r2Active }) => r2Active, {
      ...options,
      stream: 2 * state + 1,
    });
    rows.push({
      state,
      name: names[state] as string,
      slope_Hz: cell(fit.line.slope),
      intercept_Hz: cell(fit.line.intercept),
      r2: cell(fit.line.r2),
      ...intervalCells('r2', r2),
      r2_all: cell(fit.r2All),
      r2_above_1: cell(fit.r2Above),
      r2_active: cell(fit.r2Active),
      ...intervalCells('r2_active', active),
      n: fit.line.n,
      n_active: fit.activePoints,
      resampled: resampledOf(points),
    });
  }
  return {
    table: rateTable(states),
    fit: { kind: 'table', columns: fitColumns, rows },
    figure: linearityFigure(states, params),
  };
};

export default compute;
