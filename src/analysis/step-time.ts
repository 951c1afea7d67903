/**
 * How fast a rate follows a step of its drive.
 *   before  mean rate in the time before the step
 *   after   mean rate once it has settled
 *   t63     end of the first bin whose rate reaches before + (1 - 1/e) (after - before): never early, late by at most a bin
 *   overshoot  (peak - before) / (after - before), the peak being the farthest bin while the rate settles
 * A first-order response with time constant tau has t63 = tau, to the bin above, and an overshoot of 1.
 */
import { meanOf } from './moments';

export interface StepResponse {
  readonly before: number;
  readonly after: number;
  readonly peak: number;
  /** ms after the step; NaN where the rate does not change or never gets there. */
  readonly t63: number;
  readonly overshoot: number;
}

export interface StepWindows {
  /** First bin after the step. */
  readonly onset: number;
  /** Bins before the step that give the rate before it. */
  readonly baseline: number;
  /** Bins after the step that the rate has to settle. */
  readonly settle: number;
  /** ms */
  readonly binWidth: number;
}

const share = 1 - Math.exp(-1);

/** A change below two standard errors of the rate before it, or none at all, counts as none. */
function changes(before: Float64Array, mean: number, after: number): boolean {
  let squares = 0;
  for (const value of before) squares += (value - mean) ** 2;
  const error = before.length > 1 ? Math.sqrt(squares / (before.length - 1) / before.length) : 0;
  return Math.abs(after - mean) > 2 * error;
}

export function stepResponse(rate: Float64Array, { onset, baseline, settle, binWidth }: StepWindows): StepResponse {
  const beforeBins = rate.subarray(Math.max(0, onset - baseline), onset);
  const settling = rate.subarray(onset, onset + settle);
  const before = meanOf(beforeBins);
  const after = meanOf(rate.subarray(onset + settle));
  const rise = after - before;
  const none = { before, after, peak: Number.NaN, t63: Number.NaN, overshoot: Number.NaN };
  if (!(settling.length > 0 && changes(beforeBins, before, after))) return none;
  const sign = Math.sign(rise);
  const peak = sign * settling.reduce((best, value) => Math.max(best, sign * value), Number.NEGATIVE_INFINITY);
  const overshoot = (peak - before) / rise;
  const target = before + share * rise;
  for (let k = onset; k < rate.length; k++) {
    if (sign * ((rate[k] as number) - target) >= 0) {
      return { before, after, peak, t63: (k + 1 - onset) * binWidth, overshoot };
    }
  }
  return { before, after, peak, t63: Number.NaN, overshoot };
}
