/**
 * Information about images if they and what is decoded of them were jointly Gaussian, from the correlations r_k between
 * true and decoded scores of their principal components (which are uncorrelated, so that their information adds):
 *   I = -1/2 sum_k log2(1 - r_k^2).
 * Of held-out items, so a lower bound as far as the scores are Gaussian. r^2 is adjusted for the number of items,
 * 1 - (1 - r^2)(n - 1)/(n - 2), and a component that is decoded with r <= 0, or below what n items give by chance, adds
 * nothing.
 */
import { exactLog } from '../core/random/elementary';

/** Correlation of signals already centred; over all positions, or over the given ones. NaN where one does not vary. */
export function centredCorrelation(a: ArrayLike<number>, b: ArrayLike<number>, rows?: ArrayLike<number>): number {
  let [cross, squaresA, squaresB] = [0, 0, 0];
  const n = rows?.length ?? a.length;
  for (let k = 0; k < n; k++) {
    const i = rows ? (rows[k] as number) : k;
    const [x, y] = [a[i] as number, b[i] as number];
    cross += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const scale = Math.sqrt(squaresA * squaresB);
  return scale > 0 ? Math.max(-1, Math.min(1, cross / scale)) : Number.NaN;
}

/** Bits of one component. Infinite for r = 1. */
export function gaussianBits(r: number, n: number): number {
  if (!(r > 0) || n < 3) return 0;
  const unexplained = ((1 - r * r) * (n - 1)) / (n - 2);
  return unexplained >= 1 ? 0 : (-0.5 * exactLog(unexplained)) / Math.LN2;
}

export const gaussianBound = (correlations: readonly number[], n: number): number =>
  correlations.reduce((sum, r) => sum + gaussianBits(r, n), 0);
