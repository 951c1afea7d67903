/** Histograms over common bins, as densities, so that arrays of different length lie over each other. */
import { quantile } from './sample';

export interface Histogram {
  /** Centres of the bins. */
  readonly x: Float64Array;
  readonly width: number;
  /** By array: share of its values per unit of x; sums to 1 with the width. */
  readonly density: readonly Float64Array[];
}

/** Beyond these shares of all values a histogram does not reach: a few far ones would press the others into one bin. */
const tails = [0.001, 0.999] as const;
/** Fewer values than this are shown whole. */
const wholeBelow = 1000;
/** Enough values to place the tails. */
const looked = 20_000;

/** Null where there is nothing to count. Values beyond the ends fall into the outer bins. */
export function histograms(arrays: readonly ArrayLike<number>[], bins = 60): Histogram | null {
  const count = arrays.reduce((sum, { length }) => sum + length, 0);
  const step = Math.max(1, Math.ceil(count / looked));
  const sample: number[] = [];
  for (const array of arrays)
    for (let i = 0; i < array.length; i += step) if (Number.isFinite(array[i])) sample.push(array[i] as number);
  if (sample.length === 0) return null;
  const sorted = Float64Array.from(sample).sort();
  const [from, to] = count < wholeBelow ? [0, 1] : tails;
  let [low, high] = [quantile(sorted, from), quantile(sorted, to)];
  if (!(high > low)) [low, high] = [low - 0.5, high + 0.5];
  const width = (high - low) / bins;
  const density = arrays.map((array) => {
    const counts = new Float64Array(bins);
    let counted = 0;
    for (let i = 0; i < array.length; i++) {
      const value = array[i] as number;
      if (!Number.isFinite(value)) continue;
      counted++;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)));
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counted === 0 ? counts : counts.map((count) => count / (counted * width));
  });
  return { x: Float64Array.from({ length: bins }, (_, k) => low + (k + 0.5) * width), width, density };
}

/** Few bins for few values: Rice's rule and half as much again. */
export const binsFor = (count: number): number => Math.min(40, Math.max(8, Math.round(3 * Math.cbrt(count))));
