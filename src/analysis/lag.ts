/**
 * By how much a response follows what drives it: the lag L, positive where the response comes later, at which
 *   c(L) = sum_t (response(t) - mean) (drive(t - L) - mean)
 * is largest, among whole bins up to a limit and then between them by the parabola through the largest and its neighbours.
 * The drive is taken at its own times, known outside the window too.
 *
 *   correlation  c(L) over the spread of the shifted drive: true for a drive that turns, an oscillation or a step
 *   covariance   c(L) itself: for a straight ramp, where every shift correlates alike. No correlation can tell a lag from
 *                an offset there; the covariance is largest near 0 whatever the lag, and says so in that way
 */
import { peakAround } from './correlation';
import { meanOf } from './moments';

/**
 * In bins. `drive` has `reach` bins more than `response` at either end. NaN where either side is constant. Of equal maxima
 * the one nearest to 0 counts.
 */
export function lagOfMaximum(
  response: ArrayLike<number>,
  drive: ArrayLike<number>,
  reach: number,
  measure: 'correlation' | 'covariance' = 'correlation',
): number {
  const n = response.length;
  if (drive.length !== n + 2 * reach) throw new RangeError(`The drive has ${drive.length} bins for ${n} and ${reach}.`);
  const mean = meanOf(response);
  const centred = Float64Array.from(response, (value) => value - mean);
  const scores = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
    let [product, sum, squares] = [0, 0, 0];
    for (let t = 0; t < n; t++) {
      const value = drive[t + 2 * reach - k] as number;
      product += (centred[t] as number) * value;
      sum += value;
      squares += value * value;
    }
    if (measure === 'covariance') return product;
    const spread = squares - (sum * sum) / n;
    return spread > 1e-12 * squares ? product / Math.sqrt(spread) : 0;
  });
  const rounding = 1e-12 * centred.reduce((sum, value) => sum + Math.abs(value), 0);
  const at = peakAround(scores, rounding);
  const best = scores[at] as number;
  if (!(best - scores.reduce((least, value) => Math.min(least, value)) > rounding)) return Number.NaN;
  const [left, right] = [scores[at - 1], scores[at + 1]];
  if (left === undefined || right === undefined) return at - reach;
  const bend = left - 2 * best + right;
  return at - reach + (bend < 0 ? (left - right) / (2 * bend) : 0);
}
