/**
 * Variability over trials of one stimulus: Fano factor and variance of each unit's spike count, and the correlation of
 * the counts of pairs of units (noise correlation: what is left when the stimulus stays the same).
 *   Fano = var n / mean n (sample variance),   r_ij = Pearson correlation of n_i and n_j over trials
 */
import { integerBelow, Purpose } from '../core/random/draws';

/** Spike counts of one trial, one for each unit read. */
export type TrialCounts = Uint32Array;

export interface CountMoments {
  readonly mean: Float64Array;
  /** n - 1 */
  readonly variance: Float64Array;
}

/** `rows`: which trials, some perhaps several times. */
export function countMoments(trials: readonly TrialCounts[], rows: ArrayLike<number>): CountMoments {
  const units = trials[0]?.length ?? 0;
  const [mean, variance] = [new Float64Array(units), new Float64Array(units)];
  for (let k = 0; k < rows.length; k++) {
    const counts = trials[rows[k] as number] as TrialCounts;
    for (let unit = 0; unit < units; unit++) {
      const count = counts[unit] as number;
      mean[unit] = (mean[unit] as number) + count;
      variance[unit] = (variance[unit] as number) + count * count;
    }
  }
  const n = rows.length;
  for (let unit = 0; unit < units; unit++) {
    const sum = mean[unit] as number;
    mean[unit] = sum / n;
    variance[unit] = ((variance[unit] as number) - (sum * sum) / n) / (n - 1);
  }
  return { mean, variance };
}

/** Mean over units that spike at all of variance over mean; `units` as rows of the moments. NaN without any. */
export function meanFano({ mean, variance }: CountMoments, units?: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  const n = units?.length ?? mean.length;
  for (let k = 0; k < n; k++) {
    const unit = units ? (units[k] as number) : k;
    if (!((mean[unit] as number) > 0)) continue;
    sum += (variance[unit] as number) / (mean[unit] as number);
    count++;
  }
  return sum / count;
}

export interface UnitPairs {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
}

/** Every pair of `unitCount` units if that is at most `limit` pairs, else `limit` drawn at random (repeats allowed). */
export function choosePairs(unitCount: number, limit: number, seed: number): UnitPairs {
  const all = (unitCount * (unitCount - 1)) / 2;
  const n = Math.max(0, Math.min(all, limit));
  const [a, b] = [new Uint32Array(n), new Uint32Array(n)];
  if (all <= limit) {
    let k = 0;
    for (let i = 0; i < unitCount; i++) {
      for (let j = i + 1; j < unitCount; j++) [a[k], b[k++]] = [i, j];
    }
    return { a, b };
  }
  const key = { seed, purpose: Purpose.sample, item: 0 };
  for (let k = 0; k < n; k++) {
    const i = integerBelow(key, 2 * k, unitCount);
    const j = integerBelow(key, 2 * k + 1, unitCount - 1);
    a[k] = i;
    b[k] = j < i ? j : j + 1;
  }
  return { a, b };
}

/** Correlation of each pair over the trials of `rows`; NaN where a unit's count does not vary. */
export function pairCorrelations(
  trials: readonly TrialCounts[],
  { a, b }: UnitPairs,
  rows: ArrayLike<number>,
): Float64Array {
  const n = rows.length;
  const correlations = new Float64Array(a.length);
  for (let pair = 0; pair < a.length; pair++) {
    let [sumX, sumY, xx, yy, xy] = [0, 0, 0, 0, 0];
    for (let k = 0; k < n; k++) {
      const counts = trials[rows[k] as number] as TrialCounts;
      const x = counts[a[pair] as number] as number;
      const y = counts[b[pair] as number] as number;
      sumX += x;
      sumY += y;
      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
    // Times n, so that whole numbers stay whole and no spread is exactly 0.
    const spread = (n * xx - sumX * sumX) * (n * yy - sumY * sumY);
    correlations[pair] = spread > 0 ? (n * xy - sumX * sumY) / Math.sqrt(spread) : Number.NaN;
  }
  return correlations;
}
