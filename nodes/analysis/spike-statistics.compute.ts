/** Reads the spikes once, item by item; everything in tables and figure follows from sums over neurons and items. */
import { constantEta, groupByDrive } from '../../src/analysis/conditions';
import {
  cvBin,
  cvBins,
  type ShownItem,
  spikeStatisticsFigure,
} from '../../src/analysis/figures/spike-statistics-figure';
import { IntervalHistogram } from '../../src/analysis/isi';
import { currentsByItem } from '../../src/analysis/neuron-currents';
import { createPace } from '../../src/analysis/pacing';
import { countedSeconds, firstFrom, readItems } from '../../src/analysis/read-items';
import { poolSummaries, type SpikeSummary, summariseItem } from '../../src/analysis/spike-summary';
import { conditionTable, populationTable, withAll } from '../../src/analysis/statistics-tables';
import { driveMargins, theoryRates } from '../../src/analysis/theory-rates';
import { UnitMismatchError } from '../../src/core/errors';
import { stepsPerBin } from '../../src/core/time-steps';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Curve, Population, SeriesValue, SpikesValue } from '../../src/kit/values';
import type definition from './spike-statistics';
import { refuseWindows, type StatisticsParams } from './spike-statistics';

function requireWindows(params: StatisticsParams, dt: number): void {
  const refused = refuseWindows(params, dt);
  if (!refused) return;
  const { code, reason: message, param, cure } = refused;
  throw new UnitMismatchError({ code, message, param, cure });
}

/** Position of the item shown: the last one where there are fewer. */
function shownPosition({ items }: SpikesValue, { itemShown }: StatisticsParams, context: ComputeContext): number {
  const count = items.ids.length;
  if (itemShown >= count && count > 0)
    context.notice(`Item ${itemShown} is beyond the last one, ${count - 1}, which is shown.`);
  return Math.min(itemShown, count - 1);
}

/** Positions of the items under the same drive as the one shown; all where items have none. */
function pooledWith({ items }: SpikesValue, shown: number): ReadonlySet<number> {
  const condition = groupByDrive(items).find(({ positions }) => positions.includes(shown));
  return new Set(condition?.positions ?? Array.from(items.ids, (_, position) => position));
}

/** Intervals and CVs of one population over the items of one condition. */
interface Distribution {
  readonly population: Population;
  readonly intervals: IntervalHistogram;
  readonly cvs: Float64Array;
}

function addCvs({ population: { start, count }, cvs }: Distribution, cv: Float64Array): void {
  for (let unit = start; unit < start + count; unit++) {
    const value = cv[unit] as number;
    if (Number.isNaN(value)) continue;
    const bin = Math.min(cvBins - 1, Math.floor(value / cvBin));
    cvs[bin] = (cvs[bin] as number) + 1;
  }
}

function densityOf(distributions: readonly Distribution[], binSteps: number, dt: number): SeriesValue {
  const width = binSteps * dt;
  const curves = distributions.map(({ population, intervals }): Curve => {
    const bins = intervals.binsTo();
    const x = Float64Array.from({ length: bins }, (_, bin) => (bin + 0.5) * width);
    const y = x.map((_, bin) => (intervals.counts[bin] as number) / (intervals.n * width));
    return { name: population.name, unit: '1/ms', x, y, labels: { population: population.name, quantity: 'density' } };
  });
  return { kind: 'series', xLabel: 'interval', xUnit: 'ms', curves };
}

const compute: ComputeOf<typeof definition> = async ({ spikes, currents }, params, context) => {
  const seconds = countedSeconds(spikes);
  requireWindows(params, spikes.dt);
  const { dt, unitCount, discardSteps: from, stepCount: to } = spikes;
  const steps = (width: number) => stepsPerBin(width, dt) as number;
  const populations = withAll(spikes);
  const binSteps = steps(params.binWidth);
  const options = {
    populations,
    unitCount,
    seconds,
    from,
    to,
    minIntervals: params.minIntervals,
    windowSteps: steps(params.fanoWindow),
  };
  const shownAt = shownPosition(spikes, params, context);
  const pooled = pooledWith(spikes, shownAt);
  const etas = constantEta(spikes.items);
  const distributions = populations.map(
    (population): Distribution => ({
      population,
      intervals: new IntervalHistogram(binSteps, to - from),
      cvs: new Float64Array(cvBins),
    }),
  );
  const summaries: (readonly SpikeSummary[])[] = [];
  let shown: ShownItem | null = null;
  const visit = (position: number, who: Uint32Array, when: Uint32Array) => {
    const first = firstFrom(when, from);
    const [units, at] = [who.subarray(first), when.subarray(first)];
    const isPooled = pooled.has(position);
    const onInterval = (unit: number, interval: number) => {
      for (const { population, intervals } of distributions) {
        if (unit >= population.start && unit < population.start + population.count) intervals.add(interval);
      }
    };
    const summary = summariseItem(units, at, options, isPooled ? onInterval : undefined);
    summaries.push(summary.populations);
    if (isPooled) for (const distribution of distributions) addCvs(distribution, summary.cv);
    if (position !== shownAt) return;
    const [id, eta] = [spikes.items.ids[position] as number, etas[position] ?? null];
    shown = { id, eta, units: units.slice(), steps: at.slice() };
  };
  await readItems(spikes, () => true, visit, createPace(context));
  const recorded = currents ? currentsByItem(currents, from * dt) : [];
  if (currents && recorded.length === 0) context.notice('The series wired as currents holds no recorded currents.');
  const byId = new Map(recorded.map((item) => [item.item, item]));
  const rates = summaries.map((item) => poolSummaries(item.slice(-1)).rate);
  const collected = {
    spikes,
    populations,
    summaries,
    theory: theoryRates(spikes),
    margins: driveMargins(spikes, rates),
    currents: byId,
  };
  const parts = distributions.slice(0, -1);
  const all = distributions.at(-1) as Distribution;
  return {
    table: populationTable(collected),
    byCondition: conditionTable(collected),
    isi: densityOf(distributions, binSteps, dt),
    figure: spikeStatisticsFigure({
      spikes,
      shown,
      binSteps,
      neuronsShown: params.neuronsShown,
      timeShown: params.timeShown,
      rateBinSteps: steps(params.rateBin),
      intervals: all.intervals,
      cvs: (parts.length > 0 ? parts : [all]).map(({ population, cvs }) => ({ population, counts: cvs })),
      pooledItems: pooled.size,
    }),
  };
};

export default compute;
