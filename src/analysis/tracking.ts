/**
 * How well a population rate follows a drive that moves: R2 of the line rate = a drive + b through all bins of the trial
 * average, and the lag of the largest cross-covariance.
 */
import { lagOfMaximum } from './lag';
import { movingAverage } from './smoothing';
import { averageRate, type BinPlan } from './trial-bins';

export interface TrackingWindow {
  readonly plan: BinPlan;
  /** First bin that counts. */
  readonly fromBin: number;
  /** Bins of the moving average. */
  readonly smoothing: number;
  /** Bins of the drive before and after the item, for lags up to this. */
  readonly reach: number;
}

/**
 * Hz, averaged over trials and smoothed, from `fromBin` on. Smoothed before the start is cut off, so that the first bins
 * that count know their neighbours.
 */
export function smoothRate(trials: readonly Uint32Array[], { plan, smoothing, fromBin }: TrackingWindow): Float64Array {
  return movingAverage(averageRate(trials, plan), smoothing).subarray(fromBin);
}

/** The bins of `held` (which has `reach` more at either end of the item) that the rate is compared with. */
export const seenDrive = (held: Float64Array, { plan, fromBin, reach }: TrackingWindow): Float64Array =>
  held.subarray(fromBin + reach, plan.bins + reach);

/** ms; positive where the rate comes after the drive. */
export const trackingLag = (rate: Float64Array, held: Float64Array, { plan, fromBin, reach }: TrackingWindow): number =>
  lagOfMaximum(rate, held.subarray(fromBin), reach) * plan.binWidth;
