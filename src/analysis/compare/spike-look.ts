/**
 * All that a comparison of spikes needs, from one pass over the chunks: the rate of every item and population, and the
 * population rate over time, mean and standard deviation over items. Counted after the part left out at the start.
 */
import type { SpikeLook } from '../../kit/spike-look';
import type { SpikesValue } from '../../kit/values';
import { readItems } from '../read-items';
import type { Rest } from '../symmetric';
import type { Measure } from './measure';

/** Bins over the whole item: enough for a curve as wide as a screen. */
const bins = 120;

export async function lookAtSpikes(spikes: SpikesValue, rest: Rest): Promise<SpikeLook> {
  const { populations, stepCount, discardSteps, dt, items } = spikes;
  const count = items.ids.length;
  const binCount = Math.max(1, Math.min(bins, stepCount));
  const populationOf = new Int32Array(spikes.unitCount).fill(-1);
  populations.forEach(({ start, count: units }, p) => {
    populationOf.fill(p, start, start + units);
  });
  const rates = populations.map(() => new Float64Array(count));
  const sums = populations.map(() => new Float64Array(binCount));
  const squares = populations.map(() => new Float64Array(binCount));
  const own = populations.map(() => new Float64Array(binCount));
  const visit = (item: number, units: Uint32Array, steps: Uint32Array): void => {
    for (const bin of own) bin.fill(0);
    for (let e = 0; e < units.length; e++) {
      const p = populationOf[units[e] as number] as number;
      if (p < 0) continue;
      const step = steps[e] as number;
      if (step >= discardSteps) (rates[p] as Float64Array)[item] = (rates[p]?.[item] ?? 0) + 1;
      const bin = Math.floor((step * binCount) / stepCount);
      (own[p] as Float64Array)[bin] = (own[p]?.[bin] ?? 0) + 1;
    }
    own.forEach((inBin, p) => {
      for (let bin = 0; bin < binCount; bin++) {
        const value = inBin[bin] as number;
        (sums[p] as Float64Array)[bin] = (sums[p]?.[bin] ?? 0) + value;
        (squares[p] as Float64Array)[bin] = (squares[p]?.[bin] ?? 0) + value ** 2;
      }
    });
  };
  await readItems(spikes, () => true, visit, rest);
  const counted = ((stepCount - discardSteps) * dt) / 1000;
  // A bin holds whole steps: those whose floor(step * bins / steps) it is.
  const edge = (bin: number): number => Math.ceil((bin * stepCount) / binCount);
  const perHz = populations.map(({ count: units }) =>
    Float64Array.from({ length: binCount }, (_, bin) => (units * (edge(bin + 1) - edge(bin)) * dt) / 1000),
  );
  const mean = sums.map((sum, p) => sum.map((value, bin) => value / count / (perHz[p]?.[bin] || 1)));
  return {
    ids: items.ids,
    populations,
    rates: rates.map((values, p) => values.map((value) => value / ((populations[p]?.count || 1) * (counted || 1)))),
    time: Float64Array.from({ length: binCount }, (_, bin) => ((edge(bin) + edge(bin + 1)) / 2) * dt),
    mean,
    sd: squares.map((sum, p) =>
      sum.map((value, bin) => {
        const average = (sums[p]?.[bin] ?? 0) / count;
        const variance = count > 1 ? Math.max(0, (value - count * average ** 2) / (count - 1)) : 0;
        return Math.sqrt(variance) / (perHz[p]?.[bin] || 1);
      }),
    ),
  };
}

export const spikeMeasures = ({ populations, rates, ids }: SpikeLook): Measure[] =>
  populations.map(({ name }, p) => ({
    name: `rate ${name}`,
    label: populations.length > 1 ? `${name.charAt(0).toUpperCase()}${name.slice(1)} rate` : 'Rate',
    unit: 'Hz',
    better: null,
    values: rates[p] ?? new Float64Array(0),
    keys: ids,
    of: 'items',
    sampled: true,
  }));
