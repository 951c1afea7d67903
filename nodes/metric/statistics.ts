/** Summary of a sample of scores: mean, spread, order statistics and a bootstrap interval of the mean. */
import { integerBelow, Purpose } from '../../src/core/random/draws';

/** Linear interpolation between order statistics (NumPy's default); NaN for none. */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
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
 * 95 % percentile interval of the mean of the finite values, from `resamples` draws with replacement. Resample b takes
 * draws (b, 0), (b, 1), ..., so that scores of the same images share their resamples. NaN for none.
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  resamples: number,
  seed: number,
): readonly [number, number] {
  const finite = Float64Array.from(values).filter(Number.isFinite);
  const n = finite.length;
  if (n === 0 || resamples === 0) return [Number.NaN, Number.NaN];
  const means = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    const key = { seed, purpose: Purpose.bootstrap, item: b };
    let sum = 0;
    for (let i = 0; i < n; i++) sum += finite[integerBelow(key, i, n)] as number;
    means[b] = sum / n;
  }
  means.sort();
  return [quantile(means, 0.025), quantile(means, 0.975)];
}
