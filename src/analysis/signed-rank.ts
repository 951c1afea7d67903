/**
 * Wilcoxon's signed-rank test of paired differences: is their distribution symmetric about 0? W+ is the sum of the ranks
 * of |d| over positive d; zeros are left out and equal |d| share the mean of their ranks (Wilcoxon 1945, Biometrics Bull.
 * 1:80-83; Hollander, Wolfe and Chicken 2014, Nonparametric Statistical Methods, section 3.1).
 *
 * Up to 25 differences all 2^n signs are counted, ties included. Above that W+ is taken as normal,
 *   mean n(n + 1)/4,  variance n(n + 1)(2n + 1)/24 - sum (t^3 - t)/48 over groups of t equal |d|,
 * with a continuity correction of 1/2.
 */
import { exactExp } from '../core/random/elementary';
import { erfcx } from './erfcx';

const maxExact = 25;

export interface SignedRank {
  /** Differences that are not 0. */
  readonly n: number;
  readonly positive: number;
  readonly negative: number;
  /** Two-sided; NaN for none. */
  readonly p: number;
  readonly exact: boolean;
}

export function signedRankTest(differences: ArrayLike<number>): SignedRank {
  const kept = Array.from(differences).filter((value) => value !== 0 && Number.isFinite(value));
  kept.sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = kept.length;
  const ranks = new Float64Array(n);
  let ties = 0;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && Math.abs(kept[to] as number) === Math.abs(kept[from] as number)) to++;
    ranks.fill((from + 1 + to) / 2, from, to);
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const positive = ranks.reduce((sum, rank, k) => sum + ((kept[k] as number) > 0 ? rank : 0), 0);
  const negative = (n * (n + 1)) / 2 - positive;
  const exact = n <= maxExact;
  const p = n === 0 ? Number.NaN : exact ? exactP(ranks, positive) : normalP(n, positive, ties);
  return { n, positive, negative, p, exact };
}

/** Counts signs by twice their sum of ranks, a whole number even with shared ranks. */
function exactP(ranks: Float64Array, positive: number): number {
  const n = ranks.length;
  const total = n * (n + 1);
  const ways = new Float64Array(total + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    for (let sum = total; sum >= step; sum--) ways[sum] = (ways[sum] as number) + (ways[sum - step] as number);
  }
  const observed = Math.round(2 * Math.min(positive, total / 2 - positive));
  let tail = 0;
  for (let sum = 0; sum <= observed; sum++) tail += ways[sum] as number;
  return Math.min(1, (2 * tail) / 2 ** n);
}

function normalP(n: number, positive: number, ties: number): number {
  const mean = (n * (n + 1)) / 4;
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  const z = Math.max(0, Math.abs(positive - mean) - 0.5) / sd;
  // 2 (1 - Phi(z)) = erfc(z / sqrt 2).
  return Math.min(1, exactExp((-z * z) / 2) * erfcx(z / Math.SQRT2));
}
