/**
 * By how much a response follows what drives it: the lag L at which the cross-covariance
 *   c(L) = sum_t (response(t) - mean) drive(t - L)
 * is largest, among whole bins up to a limit and then between them by the parabola through the largest and its neighbours;
 * positive where the response comes later. The drive is taken at its own
 * times, known outside the window too, so that the lag of an oscillation is hardly biased by the ends.
 *
 * What no correlation can tell: on a straight ramp a lag is an offset, and the answer is drawn to 0 by as much as the
 * ramp fills the window.
 */
import { meanOf } from './linear-fit';

/**
 * In bins. `drive` has `reach` bins more than `response` at either end. NaN where either side is constant. Of equal maxima
 * the one nearest to 0 counts.
 */
export function lagOfMaximum(response: ArrayLike<number>, drive: ArrayLike<number>, reach: number): number {
  const n = response.length;
  if (drive.length !== n + 2 * reach) throw new RangeError(`The drive has ${drive.length} bins for ${n} and ${reach}.`);
  const mean = meanOf(response);
  const centred = Float64Array.from(response, (value) => value - mean);
  const covariance = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += (centred[t] as number) * (drive[t + 2 * reach - k] as number);
    return sum;
  });
  const rounding = 1e-12 * centred.reduce((sum, value) => sum + Math.abs(value), 0);
  let at = reach;
  for (let distance = 1; distance <= reach; distance++) {
    for (const k of [reach + distance, reach - distance]) {
      if ((covariance[k] as number) > (covariance[at] as number) + rounding) at = k;
    }
  }
  const best = covariance[at] as number;
  if (!(best - covariance.reduce((least, value) => Math.min(least, value)) > rounding)) return Number.NaN;
  const [left, right] = [covariance[at - 1], covariance[at + 1]];
  if (left === undefined || right === undefined) return at - reach;
  const bend = left - 2 * best + right;
  return at - reach + (bend < 0 ? (left - right) / (2 * bend) : 0);
}
