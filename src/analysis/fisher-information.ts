/**
 * Linear Fisher information about a small step ds of a stimulus, from the responses of N units to n0 and n1 trials of its
 * two ends, without the bias of few trials (Kanitscheider, Coen-Cagli, Kohn and Pouget 2015, Measuring Fisher information
 * accurately in correlated neural populations, PLoS Comput. Biol. 11:e1004218; with n0 = n1 = T their equations):
 *   I     = f'^T S^-1 f' (f - N - 1) / f - N (1/n0 + 1/n1) / ds^2          f = n0 + n1 - 2, f' = (m1 - m0) / ds
 *   I_sh  = sum_i (f'_i^2 / s_i^2) (f - 2) / f - N (1/n0 + 1/n1) / ds^2     trials shuffled: no correlations
 * S is the pooled covariance. Both hold for Gaussian responses. The first needs f > N + 1.
 */
import type { Interval } from './bootstrap';
import { dPrimeSquared, twoSamples } from './discriminability';
import type { FeatureMatrix } from './feature-scaling';
import { choleskyOf, gramOf, type Rest, solveRows } from './symmetric';

export interface FisherInformation {
  /** Per squared unit of the step. */
  readonly value: number;
  readonly interval: Interval | null;
}

/** Most units that n0 + n1 trials can carry with an interval: f > N + 3. */
export const mostUnits = (n0: number, n1: number): number => Math.max(0, n0 + n1 - 6);

/**
 * Of the chosen `units`, all of which must vary. Null where the covariance cannot be inverted: too few trials, or units
 * that repeat each other. The interval holds every true value from which the estimate is at most 1.96 standard deviations
 * away under Gaussian noise: the statistic is a scaled noncentral F with N and f - N + 1 degrees of freedom (Hotelling's
 * T^2), whose spread grows with the truth.
 */
export async function linearFisher(
  features: FeatureMatrix,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  units: ArrayLike<number>,
  step: number,
  rest: Rest,
): Promise<FisherInformation | null> {
  const [n0, n1, n] = [first.length, second.length, units.length];
  const freedom = n0 + n1 - 2;
  if (n === 0 || n0 < 2 || n1 < 2 || freedom <= n + 3) return null;
  const zero = responses(features, first, units);
  const one = responses(features, second, units);
  const difference = one.mean.map((mean, j) => mean - (zero.mean[j] as number));
  const centred = new Float64Array((n0 + n1) * n);
  centred.set(zero.centred);
  centred.set(one.centred, n0 * n);
  const covariance = (await gramOf(centred, n0 + n1, n, rest)).map((sum) => sum / freedom);
  // Units differ in size by orders of magnitude: pivots are judged on correlations.
  const sd = Float64Array.from({ length: n }, (_, j) => Math.sqrt(covariance[j * n + j] as number));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      covariance[i * n + j] = (covariance[i * n + j] as number) / ((sd[i] as number) * (sd[j] as number));
    }
  }
  const factor = await choleskyOf(covariance, n, rest);
  if (!factor) return null;
  const standard = difference.map((value, j) => value / (sd[j] as number));
  const solved = Float64Array.from(standard);
  await solveRows(factor, n, solved, 1, rest);
  let distance = 0;
  for (let j = 0; j < n; j++) distance += (solved[j] as number) * (standard[j] as number);
  const inverse = 1 / n0 + 1 / n1;
  const squared = (distance * (freedom - n - 1)) / freedom - n * inverse;
  const spread = (truth: number) => Math.sqrt(varianceOf(truth, n, freedom, inverse));
  const scale = 1 / step ** 2;
  return { value: squared * scale, interval: [endOf(squared, -1, spread) * scale, endOf(squared, 1, spread) * scale] };
}

/** The truth on one side (-1 or 1) of the estimate that lies 1.96 of its own standard deviations from it. */
function endOf(estimate: number, side: -1 | 1, spread: (truth: number) => number): number {
  const excess = (truth: number) => side * (truth - estimate) - 1.96 * spread(truth);
  // Below 0 the spread is that of 0.
  if (side < 0 && excess(0) <= 0) return estimate - 1.96 * spread(0);
  let [near, far] = [estimate, side < 0 ? 0 : Math.max(estimate, 0) + spread(estimate)];
  for (let k = 0; k < 60 && side > 0 && excess(far) < 0; k++) far += far - near + spread(far);
  for (let k = 0; k < 60; k++) {
    const middle = (near + far) / 2;
    if (excess(middle) < 0) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/**
 * Of the unbiased d'^2 whose true value is `squared`. D^2 = d^T S^-1 d makes F = D^2 (f - N + 1) / (f N inverse), a
 * noncentral F with noncentrality squared / inverse, whose variance is known.
 */
function varianceOf(squared: number, n: number, freedom: number, inverse: number): number {
  const d2 = freedom - n + 1;
  const lambda = Math.max(0, squared) / inverse;
  const f = (2 * (d2 / n) ** 2 * ((n + lambda) ** 2 + (n + 2 * lambda) * (d2 - 2))) / ((d2 - 2) ** 2 * (d2 - 4));
  // From F to the estimate: times f N inverse / (f - N + 1), then times (f - N - 1) / f.
  return f * ((n * inverse * (d2 - 2)) / d2) ** 2;
}

function responses(features: FeatureMatrix, trials: ArrayLike<number>, units: ArrayLike<number>) {
  const n = units.length;
  const centred = new Float64Array(trials.length * n);
  const mean = new Float64Array(n);
  for (let t = 0; t < trials.length; t++) {
    const at = (trials[t] as number) * features.width;
    for (let j = 0; j < n; j++) {
      const value = features.data[at + (units[j] as number)] as number;
      centred[t * n + j] = value;
      mean[j] = (mean[j] as number) + value / trials.length;
    }
  }
  for (let k = 0; k < centred.length; k++) centred[k] = (centred[k] as number) - (mean[k % n] as number);
  return { centred, mean };
}

/** Unbiased d'^2 of each unit between two sets of items; `without` leaves some out (for a jackknife). */
export function unitSquares(
  { data, width }: FeatureMatrix,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  without: (item: number) => boolean = () => false,
): Float64Array {
  const items = [...Array.from(first), ...Array.from(second)].map((item, k) => ({
    at: item * width,
    side: without(item) ? null : k < first.length ? (0 as const) : (1 as const),
  }));
  const values = new Float64Array(items.length);
  return Float64Array.from({ length: width }, (_, unit) => {
    for (let k = 0; k < items.length; k++) values[k] = data[(items[k]?.at as number) + unit] as number;
    return dPrimeSquared(twoSamples(values, (k) => items[k]?.side ?? null));
  });
}
