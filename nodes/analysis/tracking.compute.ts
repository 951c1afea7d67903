/** Bins the trials of each moving drive, fits rate to drive and finds the lag. */
import { type BootstrapOptions, bootstrapInterval, type Draw } from '../../src/analysis/bootstrap';
import { type TrackedItem, trackingFigure, trackingTitle } from '../../src/analysis/figures/tracking-figure';
import { binnedMeans } from '../../src/analysis/held-curve';
import { intervalCells, intervalColumns } from '../../src/analysis/interval-columns';
import { fitLine } from '../../src/analysis/linear-fit';
import { meanOf } from '../../src/analysis/moments';
import { movingItems } from '../../src/analysis/moving-items';
import { createPace } from '../../src/analysis/pacing';
import { chooseUnits } from '../../src/analysis/read-items';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { fittedBins, seenDrive, smoothRate, type TrackingWindow, trackingLag } from '../../src/analysis/tracking';
import { averageRate, binTrials, planBins } from '../../src/analysis/trial-bins';
import { ParameterError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Curve, TableRow, TableValue } from '../../src/kit/values';
import type definition from './tracking';

const columns: TableValue['columns'] = [
  numberColumn('item', 'Drive'),
  textColumn('shape', 'Shape'),
  numberColumn('trials', 'Trials'),
  numberColumn('r2', 'R²'),
  ...intervalColumns('r2', 'R²'),
  numberColumn('lag_ms', 'Lag', 'ms'),
  ...intervalColumns('lag_ms', 'Lag', 'ms'),
  numberColumn('slope_Hz', 'Slope', 'Hz'),
  numberColumn('intercept_Hz', 'Intercept', 'Hz'),
  numberColumn('rate_Hz', 'Mean rate', 'Hz'),
  numberColumn('from_ms', 'Fitted from', 'ms'),
  numberColumn('to_ms', 'Fitted to', 'ms'),
];

const compute: ComputeOf<typeof definition> = async ({ spikes, drive }, params, context) => {
  const pace = createPace(context);
  const moving = movingItems(spikes, drive, ['step', 'ramp', 'sine']);
  const units = chooseUnits(spikes, params.population);
  const plan = planBins(spikes, units, params.binWidth);
  const fromBin = Math.round(params.from / params.binWidth);
  if (plan.bins - fromBin < 2) {
    throw new ParameterError({
      code: 'tracking.from',
      message: 'Nothing of the items is left to look at.',
      param: 'from',
      found: `${params.from} ms`,
      expected: `less than ${plan.bins * params.binWidth} ms`,
      cure: 'Start earlier.',
    });
  }
  const window: TrackingWindow = {
    plan,
    fromBin,
    smoothing: Math.round(params.smoothing / params.binWidth),
    reach: Math.round(params.maxLag / params.binWidth),
  };
  const wanted = new Set(moving.flatMap(({ trials }) => trials));
  const counts = await binTrials(spikes, units, (position) => (wanted.has(position) ? plan : undefined), pace);
  const time = Float64Array.from({ length: plan.bins - fromBin }, (_, k) => (fromBin + k + 0.5) * params.binWidth);
  const rows: TableRow[] = [];
  const curves: Curve[] = [];
  const tracked: TrackedItem[] = [];
  for (const [index, { item, shape, drive: curve, trials }] of moving.entries()) {
    const own = trials.map((position) => counts.get(position) as Uint32Array);
    const start = -window.reach * params.binWidth;
    const held = binnedMeans(curve, start, params.binWidth, plan.bins + 2 * window.reach);
    const seen = seenDrive(held, window);
    const rate = smoothRate(own, window);
    const fitted = fittedBins(shape, curve, window);
    const [firstBin, endBin] = fitted;
    const lineThrough = (values: Float64Array) =>
      fitLine(
        seen.subarray(firstBin - fromBin, endBin - fromBin),
        values.subarray(firstBin - fromBin, endBin - fromBin),
      );
    const line = lineThrough(rate);
    const lag = trackingLag(shape, rate, held, fitted, window);
    const options: BootstrapOptions = {
      resamples: own.length > 1 ? params.resamples : 0,
      seed: params.seed,
      rest: () => pace(index, moving.length, 'drives'),
    };
    const again = (draw: Draw) => {
      const rows = draw(own.length);
      return smoothRate(
        Array.from(rows, (row) => own[row] as Uint32Array),
        window,
      );
    };
    const r2Interval = await bootstrapInterval(line.r2, (draw) => lineThrough(again(draw)).r2, {
      ...options,
      stream: 2 * index,
      within: [0, 1],
    });
    // On a straight ramp the estimate is drawn to 0 in every resample: an interval would claim to know it exactly.
    const lagInterval =
      shape === 'ramp'
        ? null
        : await bootstrapInterval(lag, (draw) => trackingLag(shape, again(draw), held, fitted, window), {
            ...options,
            stream: 2 * index + 1,
          });
    rows.push({
      item,
      shape,
      trials: own.length,
      r2: cell(line.r2),
      ...intervalCells('r2', r2Interval),
      lag_ms: cell(lag),
      ...intervalCells('lag_ms', lagInterval),
      slope_Hz: cell(line.slope),
      intercept_Hz: cell(line.intercept),
      rate_Hz: cell(meanOf(averageRate(own, plan).subarray(firstBin, endBin))),
      from_ms: firstBin * params.binWidth,
      to_ms: endBin * params.binWidth,
    });
    const scaled = Number.isFinite(line.slope) ? seen.map((value) => line.slope * value + line.intercept) : undefined;
    const labels = { item, shape };
    curves.push({
      name: `rate, ${shape} ${item}`,
      unit: 'Hz',
      x: time,
      y: rate,
      labels: { ...labels, quantity: 'rate' },
    });
    if (scaled) {
      const name = `drive scaled, ${shape} ${item}`;
      curves.push({ name, unit: 'Hz', x: time, y: scaled, labels: { ...labels, quantity: 'scaled drive' } });
    }
    tracked.push({ title: trackingTitle(shape, line.r2, lag), time, rate, scaledDrive: scaled });
  }
  const trials = Math.max(...moving.map((each) => each.trials.length));
  return {
    table: { kind: 'table', columns, rows },
    series: { kind: 'series', xLabel: 'time', xUnit: 'ms', curves },
    figure: trackingFigure(tracked, params.smoothing, trials),
  };
};

export default compute;
