/**
 * By how much a response follows what drives it: the lag L at which the cross-covariance
 *   c(L) = sum_t (response(t) - mean) drive(t - L)
 * is largest, among whole bins up to a limit; positive where the response comes later. The drive is taken at its own
 * times, known outside the window too, so that an oscillation finds its lag without a bias from the ends.
 *
 * What no correlation can tell: on a straight ramp a lag is an offset, and the answer is drawn to 0 by as much as the
 * ramp fills the window.
 */
import { meanOf } from './linear-fit';

/**
 * `drive` has `reach` bins more than `response` at either end. NaN where either side is constant. Of equal maxima the
 * one nearest to 0 counts.
 */
export function lagOfMaximum(response: ArrayLike<number>, drive: ArrayLike<number>, reach: number): number {
  const n = response.length;
  if (drive.length !== n + 2 * reach) throw new RangeError(`The drive has ${drive.length} bins for ${n} and ${reach}.`);
  const mean = meanOf(response);
  const centred = Float64Array.from(response, (value) => value - mean);
  const size = centred.reduce((sum, value) => sum + Math.abs(value), 0);
  let [best, bestAt, worst] = [Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY];
  for (let step = 0; step <= 2 * reach; step++) {
    // 0, 1, -1, 2, -2, ...: a later lag must be better, not equal.
    const lag = step % 2 === 1 ? (step + 1) / 2 : -step / 2;
    let sum = 0;
    for (let t = 0; t < n; t++) sum += (centred[t] as number) * (drive[t - lag + reach] as number);
    if (sum > best + 1e-12 * size) [best, bestAt] = [sum, lag];
    worst = Math.min(worst, sum);
  }
  return best - worst > 1e-12 * size ? bestAt + 0 : Number.NaN;
}
