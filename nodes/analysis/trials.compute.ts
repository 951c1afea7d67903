/** Gathers the counts of each stimulus trial by trial and lets them go once all its trials are seen. */
import { bootstrapInterval, type Interval } from '../../src/analysis/bootstrap';
import { groupByStimulus } from '../../src/analysis/conditions';
import { type ShownStimulus, trialsFigure } from '../../src/analysis/figures/trials-figure';
import { intervalCells, intervalColumns } from '../../src/analysis/interval-columns';
import { meanOf, meanOfKnown } from '../../src/analysis/moments';
import { createPace } from '../../src/analysis/pacing';
import { chooseUnits, countedSeconds, readItems } from '../../src/analysis/read-items';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { planBins } from '../../src/analysis/trial-bins';
import {
  choosePairs,
  countMoments,
  meanFano,
  pairCorrelations,
  type TrialCounts,
} from '../../src/analysis/trial-statistics';
import { DataError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { TableRow, TableValue } from '../../src/kit/values';
import type definition from './trials';

interface Stimulus {
  readonly id: number;
  readonly index: number;
  readonly trials: number;
  readonly counts: TrialCounts[];
  readonly binned: Float64Array;
}

interface Result {
  readonly stimulus: number;
  readonly trials: number;
  readonly rate: number;
  readonly fano: number;
  readonly fanoInterval: Interval | null;
  readonly spiking: number;
  readonly correlation: number;
  readonly correlationInterval: Interval | null;
  readonly pairs: number;
}

const columns: TableValue['columns'] = [
  textColumn('scope', 'Scope'),
  numberColumn('stimulus', 'Stimulus'),
  numberColumn('trials', 'Trials'),
  numberColumn('rate_Hz', 'Rate', 'Hz'),
  numberColumn('fano', 'Fano factor over trials'),
  ...intervalColumns('fano', 'Fano factor'),
  numberColumn('spiking', 'Neurons that spike'),
  numberColumn('noise_correlation', 'Noise correlation'),
  ...intervalColumns('noise_correlation', 'Noise correlation'),
  numberColumn('pairs', 'Pairs'),
];

const rowOf = (scope: string, stimulus: number | null, result: Result): TableRow => ({
  scope,
  stimulus,
  trials: result.trials,
  rate_Hz: result.rate,
  fano: cell(result.fano),
  ...intervalCells('fano', result.fanoInterval),
  spiking: result.spiking,
  noise_correlation: cell(result.correlation),
  ...intervalCells('noise_correlation', result.correlationInterval),
  pairs: result.pairs,
});

/** Mean of the stimuli that have a value; the half widths of their intervals add in squares. */
function pool(values: readonly number[], intervals: readonly (Interval | null)[]): readonly [number, Interval | null] {
  const known = values.flatMap((value, k) => (Number.isNaN(value) ? [] : [{ value, interval: intervals[k] ?? null }]));
  const mean = meanOf(known.map(({ value }) => value));
  let squares = 0;
  for (const { interval } of known) {
    if (!interval) return [mean, null];
    squares += ((interval[1] - interval[0]) / 2) ** 2;
  }
  const reach = Math.sqrt(squares) / known.length;
  return [mean, known.length > 0 ? [mean - reach, mean + reach] : null];
}

function poolResults(results: readonly Result[]): Result {
  const [fano, fanoInterval] = pool(
    results.map((each) => each.fano),
    results.map((each) => each.fanoInterval),
  );
  const [correlation, correlationInterval] = pool(
    results.map((each) => each.correlation),
    results.map((each) => each.correlationInterval),
  );
  return {
    stimulus: Number.NaN,
    trials: results.reduce((sum, each) => sum + each.trials, 0),
    rate: meanOf(results.map((each) => each.rate)),
    fano,
    fanoInterval,
    spiking: Math.max(...results.map((each) => each.spiking)),
    correlation,
    correlationInterval,
    pairs: Math.max(...results.map((each) => each.pairs)),
  };
}

const compute: ComputeOf<typeof definition> = async ({ spikes }, params, context) => {
  const pace = createPace(context);
  const units = chooseUnits(spikes, params.population);
  const seconds = countedSeconds(spikes);
  const plan = planBins(spikes, units, params.binWidth);
  const groups = groupByStimulus(spikes.items).filter(({ positions }) => positions.length > 1);
  if (groups.length === 0) {
    throw new DataError({
      code: 'trials.single',
      message: 'No stimulus has more than one trial.',
      port: 'spikes',
      found: `${spikes.items.ids.length} items without repeats`,
      expected: 'at least two trials of a stimulus',
      cure: 'Raise the number of trials in the encoder.',
    });
  }
  const columnOf = new Int32Array(spikes.unitCount).fill(-1);
  let width = 0;
  for (let unit = 0; unit < spikes.unitCount; unit++) if (units.isChosen[unit] === 1) columnOf[unit] = width++;
  const pairs = choosePairs(width, params.pairs, params.seed);
  const stimulusAt = new Map<number, Stimulus>();
  for (const [index, { value, positions }] of groups.entries()) {
    const binned = new Float64Array(index < params.shown ? plan.bins : 0);
    const stimulus = { id: value, index, trials: positions.length, counts: [], binned };
    for (const position of positions) stimulusAt.set(position, stimulus);
  }
  const results: Result[] = [];
  const shown: ShownStimulus[] = [];

  const finish = async ({ id, index, counts, binned }: Stimulus): Promise<void> => {
    const rows = Uint32Array.from(counts.keys());
    const moments = countMoments(counts, rows);
    const correlations = pairCorrelations(counts, pairs, rows);
    const fano = meanFano(moments);
    const correlation = meanOfKnown(correlations);
    const options = {
      resamples: params.resamples,
      seed: params.seed,
      rest: () => pace(index, groups.length, 'stimuli'),
    };
    // Streams of one seed are few: stimuli beyond them share draws, which their own intervals do not notice.
    const stream = 2 * (index % 2048);
    results[index] = {
      stimulus: id,
      trials: counts.length,
      rate: meanOf(moments.mean) / seconds,
      fano,
      fanoInterval: await bootstrapInterval(
        fano,
        (draw) => meanFano(countMoments(counts, draw(counts.length)), draw(width)),
        { ...options, stream, within: [0, Number.POSITIVE_INFINITY] },
      ),
      spiking: moments.mean.filter((mean) => mean > 0).length,
      correlation,
      correlationInterval: await bootstrapInterval(
        correlation,
        (draw) => meanOfKnown(pairCorrelations(counts, pairs, draw(counts.length)), draw(pairs.a.length)),
        { ...options, stream: stream + 1, within: [-1, 1] },
      ),
      pairs: correlations.filter((value) => !Number.isNaN(value)).length,
    };
    if (index < params.shown) {
      const psth = binned.map((count) => (count * plan.hertz) / counts.length);
      shown[index] = { name: `stimulus ${id}`, psth, ...moments, correlations };
    }
    counts.length = 0;
  };

  await readItems(
    spikes,
    (position) => stimulusAt.has(position),
    (position, who, when) => {
      const stimulus = stimulusAt.get(position) as Stimulus;
      const counts = new Uint32Array(width);
      const { binned } = stimulus;
      for (let k = 0; k < who.length; k++) {
        const column = columnOf[who[k] as number] as number;
        if (column < 0) continue;
        const step = when[k] as number;
        const bin = Math.floor(step / plan.perBin);
        if (bin < binned.length) binned[bin] = (binned[bin] as number) + 1;
        if (step >= spikes.discardSteps) counts[column] = (counts[column] as number) + 1;
      }
      stimulus.counts.push(counts);
      return stimulus.counts.length === stimulus.trials ? finish(stimulus) : undefined;
    },
    pace,
  );
  const rows = results.map((result) => rowOf('stimulus', result.stimulus, result));
  rows.push(rowOf('all', null, poolResults(results)));
  // A held line starts at the left edge of its bin.
  const time = Float64Array.from({ length: plan.bins }, (_, bin) => bin * params.binWidth);
  const most = Math.max(...groups.map(({ positions }) => positions.length));
  return {
    table: { kind: 'table', columns, rows },
    figure: trialsFigure(shown, time, params.binWidth, groups.length, most),
  };
};

export default compute;
