/** Summary of a sample of scores: mean, spread, order statistics and bootstrap intervals of the mean. */
import { integerBelow, Purpose } from '../../src/core/random/draws';

/** Linear interpolation between order statistics (NumPy's default); NaN for none. */
function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const at = fraction * (n - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low] as number, sorted[Math.min(n - 1, low + 1)] as number];
  // Equal ones apart, because the difference of two infinities is no number.
  return at === low || a === b ? a : a + (at - low) * (b - a);
}

export interface Summary {
  readonly mean: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Sample standard deviation, n - 1; NaN for fewer than two. */
  readonly sd: number;
  /** How many were infinite: left out of mean and sd, unless all were. */
  readonly infinite: number;
}

export function summarise(values: ArrayLike<number>): Summary {
  const sorted = Float64Array.from(values).sort();
  const finite = sorted.filter(Number.isFinite);
  const mean =
    finite.length > 0 ? finite.reduce((sum, value) => sum + value, 0) / finite.length : quantile(sorted, 0.5);
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    median: quantile(sorted, 0.5),
    min: quantile(sorted, 0),
    max: quantile(sorted, 1),
    sd: finite.length > 1 ? Math.sqrt(squares / (finite.length - 1)) : Number.NaN,
    infinite: sorted.length - finite.length,
  };
}

/**
 * 95 % percentile intervals of the means of the finite values of several columns of one length, from `resamples` draws
 * of rows with replacement. Resample b takes draws (b, 0), (b, 1), ...; `rest` is awaited after each. NaN for none.
 */
export async function bootstrapIntervals(
  columns: readonly Float64Array[],
  resamples: number,
  seed: number,
  rest: () => Promise<void> | undefined,
): Promise<(readonly [number, number])[]> {
  const n = columns[0]?.length ?? 0;
  const means = columns.map(() => new Float64Array(n === 0 ? 0 : resamples));
  const rows = new Uint32Array(n);
  for (let b = 0; b < resamples && n > 0; b++) {
    const key = { seed, purpose: Purpose.bootstrap, item: b };
    for (let i = 0; i < n; i++) rows[i] = integerBelow(key, i, n);
    columns.forEach((values, c) => {
      (means[c] as Float64Array)[b] = meanOfFinite(values, rows);
    });
    await rest();
  }
  return means.map((all) => {
    const sorted = all.filter(Number.isFinite).sort();
    return [quantile(sorted, 0.025), quantile(sorted, 0.975)] as const;
  });
}

function meanOfFinite(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i] as number] as number;
    if (value === Infinity) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
