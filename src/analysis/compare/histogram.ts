/** Histograms over common bins, as densities, so that arrays of different length lie over each other. */

export interface Histogram {
  /** Centres of the bins. */
  readonly x: Float64Array;
  readonly width: number;
  /** By array: share of its values per unit of x; sums to 1 with the width. */
  readonly density: readonly Float64Array[];
}

/** Null where there is nothing to count. Values beyond `reach` standard deviations of all fall into the outer bins. */
export function histograms(arrays: readonly ArrayLike<number>[], bins = 60, reach = 5): Histogram | null {
  let [n, sum, squares, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i] as number;
      if (!Number.isFinite(value)) continue;
      n++;
      sum += value;
      squares += value ** 2;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (n === 0) return null;
  const mean = sum / n;
  const sd = Math.sqrt(Math.max(0, squares / n - mean ** 2));
  let [low, high] = [Math.max(min, mean - reach * sd), Math.min(max, mean + reach * sd)];
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
