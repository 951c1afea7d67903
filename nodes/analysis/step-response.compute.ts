/** Aligns bins to each step, averages trials, and measures the response. */
import { bootstrapInterval, type Draw } from '../../src/analysis/bootstrap';
import { type SteppedItem, stepFigure } from '../../src/analysis/figures/step-figure';
import { lastChange } from '../../src/analysis/held-curve';
import { intervalCells, intervalColumns } from '../../src/analysis/interval-columns';
import { type MovingItem, movingItems } from '../../src/analysis/moving-items';
import { createPace } from '../../src/analysis/pacing';
import { chooseUnits } from '../../src/analysis/read-items';
import { type StepWindows, stepResponse } from '../../src/analysis/step-time';
import { cell, numberColumn } from '../../src/analysis/table-columns';
import { averageRate, type BinPlan, binTrials, planBins } from '../../src/analysis/trial-bins';
import { ParameterError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Curve, TableRow, TableValue } from '../../src/kit/values';
import type definition from './step-response';

interface Step extends MovingItem {
  readonly from: number;
  readonly to: number;
  readonly plan: BinPlan;
  readonly windows: StepWindows;
}

const columns: TableValue['columns'] = [
  numberColumn('item', 'Drive'),
  numberColumn('from', 'Drive before'),
  numberColumn('to', 'Drive after'),
  numberColumn('at_ms', 'Step at', 'ms'),
  numberColumn('trials', 'Trials'),
  numberColumn('before_Hz', 'Rate before', 'Hz'),
  numberColumn('after_Hz', 'Rate after', 'Hz'),
  numberColumn('peak_Hz', 'Peak', 'Hz'),
  numberColumn('t63_ms', 't63', 'ms'),
  ...intervalColumns('t63_ms', 't63', 'ms'),
  numberColumn('overshoot', 'Overshoot'),
  ...intervalColumns('overshoot', 'Overshoot'),
];

const tooShort = (param: string, found: string, expected: string, cure: string): ParameterError =>
  new ParameterError({
    code: 'step.window',
    message: 'The items hold too little time around the step.',
    param,
    found,
    expected,
    cure,
  });

const compute: ComputeOf<typeof definition> = async ({ spikes, drive }, params, context) => {
  const pace = createPace(context);
  const units = chooseUnits(spikes, params.population);
  const { binWidth } = params;
  const steps = movingItems(spikes, drive, ['step']).map((item): Step => {
    const change = lastChange(item.drive);
    const duration = spikes.stepCount * spikes.dt;
    const at = change?.at ?? 0;
    if (!change || at < binWidth || at >= duration) {
      const cure = 'Put the step inside the simulated time, with time before it.';
      throw tooShort('baseline', change ? `a step at ${at} ms` : 'no step', `one within ${duration} ms`, cure);
    }
    const onsetStep = Math.round(at / spikes.dt);
    const whole = planBins(spikes, units, binWidth);
    const plan = planBins(spikes, units, binWidth, onsetStep % whole.perBin);
    const windows: StepWindows = {
      onset: Math.floor(onsetStep / plan.perBin),
      baseline: Math.max(1, Math.round(params.baseline / binWidth)),
      settle: Math.max(1, Math.round(params.settle / binWidth)),
      binWidth,
    };
    if (windows.onset + windows.settle >= plan.bins) {
      const expected = `less than the ${duration - at} ms after the step`;
      throw tooShort('settle', `${params.settle} ms`, expected, 'Simulate longer, or give it less time.');
    }
    return { ...item, from: change.from, to: change.to, plan, windows };
  });
  const planOf = new Map(steps.flatMap(({ trials, plan }) => trials.map((position) => [position, plan] as const)));
  const counts = await binTrials(spikes, units, (position) => planOf.get(position), pace);
  const rows: TableRow[] = [];
  const curves: Curve[] = [];
  const stepped: SteppedItem[] = [];
  for (const [index, { item, from, to, trials, plan, windows }] of steps.entries()) {
    const own = trials.map((position) => counts.get(position) as Uint32Array);
    const rate = averageRate(own, plan);
    const response = stepResponse(rate, windows);
    const again = (draw: Draw) =>
      stepResponse(
        averageRate(
          Array.from(draw(own.length), (row) => own[row] as Uint32Array),
          plan,
        ),
        windows,
      );
    const options = {
      resamples: own.length > 1 ? params.resamples : 0,
      seed: params.seed,
      rest: () => pace(index, steps.length, 'steps'),
    };
    const t63 = await bootstrapInterval(response.t63, (draw) => again(draw).t63, {
      ...options,
      stream: 2 * index,
      within: [0, Number.POSITIVE_INFINITY],
    });
    const overshoot = await bootstrapInterval(response.overshoot, (draw) => again(draw).overshoot, {
      ...options,
      stream: 2 * index + 1,
    });
    rows.push({
      item,
      from,
      to,
      at_ms: windows.onset * binWidth + plan.firstStep * spikes.dt,
      trials: own.length,
      before_Hz: cell(response.before),
      after_Hz: cell(response.after),
      peak_Hz: cell(response.peak),
      t63_ms: cell(response.t63),
      ...intervalCells('t63_ms', t63),
      overshoot: cell(response.overshoot),
      ...intervalCells('overshoot', overshoot),
    });
    const time = Float64Array.from({ length: plan.bins }, (_, bin) => (bin - windows.onset + 0.5) * binWidth);
    curves.push({ name: `rate, step ${item}`, unit: 'Hz', x: time, y: rate, labels: { item, quantity: 'rate' } });
    stepped.push({ from, to, trials: own.length, time, rate, response });
  }
  return {
    table: { kind: 'table', columns, rows },
    series: { kind: 'series', xLabel: 'time from the step', xUnit: 'ms', curves },
    figure: stepFigure(stepped, binWidth),
  };
};

export default compute;
