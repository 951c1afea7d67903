/**
 * How well a population rate follows a drive that moves: R2 of the line rate = a drive + b through all bins of the trial
 * average, and the lag of the largest cross-covariance.
 */
import { lagOfMaximum } from './lag';
import { fitLine, type LineFit, meanOf } from './linear-fit';
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

export interface Tracking {
  /** Hz, before smoothing. */
  readonly meanRate: number;
  /** Hz, smoothed, from `fromBin` on. */
  readonly rate: Float64Array;
  /** From `fromBin` on. */
  readonly drive: Float64Array;
  readonly line: LineFit;
  /** ms; positive where the rate comes after the drive. */
  readonly lag: number;
}

/** `drive` holds `reach` bins, then those of the item, then `reach` more. */
export function track(trials: readonly Uint32Array[], drive: Float64Array, window: TrackingWindow): Tracking {
  const { plan, fromBin, smoothing, reach } = window;
  // Smoothed before the start is cut off, so that the first bins that count know their neighbours.
  const average = averageRate(trials, plan);
  const rate = movingAverage(average, smoothing).subarray(fromBin);
  const seen = drive.subarray(fromBin + reach, plan.bins + reach);
  const lag = lagOfMaximum(rate, drive.subarray(fromBin), reach) * plan.binWidth;
  return { meanRate: meanOf(average.subarray(fromBin)), rate, drive: seen, line: fitLine(seen, rate), lag };
}
