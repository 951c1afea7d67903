/**
 * How well two conditions are told apart.
 *   d' = (m1 - m0) / sqrt((v0 + v1) / 2)                                     one number per item
 *   d'^2 = ((m1 - m0)^2 / s^2) (f - 2) / f - 1/n0 - 1/n1,  f = n0 + n1 - 2    one unit, without bias
 * s^2 pooled sample variance. The second is the one-unit case of the bias correction of Kanitscheider et al. (2015); it
 * holds for Gaussian responses and is negative half of the time for a unit that tells nothing.
 */

/** Sample moments of one unit (or one projection) in two conditions. */
export interface TwoSamples {
  readonly n0: number;
  readonly n1: number;
  readonly mean0: number;
  readonly mean1: number;
  /** n - 1. */
  readonly variance0: number;
  readonly variance1: number;
}

/** Of the values at which `side` is 0 and 1; others are left out. */
export function twoSamples(values: ArrayLike<number>, side: (k: number) => 0 | 1 | null): TwoSamples {
  const [n, sum] = [
    [0, 0],
    [0, 0],
  ] as [[number, number], [number, number]];
  for (let k = 0; k < values.length; k++) {
    const s = side(k);
    if (s === null) continue;
    n[s]++;
    sum[s] += values[k] as number;
  }
  const [mean0, mean1] = [sum[0] / n[0], sum[1] / n[1]];
  let [squares0, squares1] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const s = side(k);
    if (s === 0) squares0 += ((values[k] as number) - mean0) ** 2;
    if (s === 1) squares1 += ((values[k] as number) - mean1) ** 2;
  }
  return { n0: n[0], n1: n[1], mean0, mean1, variance0: squares0 / (n[0] - 1), variance1: squares1 / (n[1] - 1) };
}

/** Signed; NaN where a side has fewer than two values or nothing varies. */
export function dPrime({ n0, n1, mean0, mean1, variance0, variance1 }: TwoSamples): number {
  const variance = (variance0 + variance1) / 2;
  return n0 > 1 && n1 > 1 && variance > 0 ? (mean1 - mean0) / Math.sqrt(variance) : Number.NaN;
}

/** Unbiased d'^2 of one unit; NaN with fewer than 5 values in all, fewer than two on a side, or without variance. */
export function dPrimeSquared({ n0, n1, mean0, mean1, variance0, variance1 }: TwoSamples): number {
  const freedom = n0 + n1 - 2;
  const pooled = ((n0 - 1) * variance0 + (n1 - 1) * variance1) / freedom;
  if (n0 < 2 || n1 < 2 || freedom < 3 || !(pooled > 0)) return Number.NaN;
  return (((mean1 - mean0) ** 2 / pooled) * (freedom - 2)) / freedom - 1 / n0 - 1 / n1;
}

/** sqrt of the mean of unbiased squares, 0 where that is negative; NaN for none. */
export function rootMeanSquare(squares: ArrayLike<number>): number {
  let [sum, n] = [0, 0];
  for (let k = 0; k < squares.length; k++) {
    const value = squares[k] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return n > 0 ? Math.sqrt(Math.max(0, sum / n)) : Number.NaN;
}
