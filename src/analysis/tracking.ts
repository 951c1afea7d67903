/**
 * How well a population rate follows a drive that moves: R2 of the line rate = a drive + b through the bins of the trial
 * average, and the lag of the largest cross-covariance. Of a ramp only the bins count in which the drive moves: the
 * rests before and after it would only tell whether two rates differ.
 */
import type { Curve } from '../kit/values';
import type { DriveShape } from './conditions';
import { movingSpan } from './held-curve';
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

/** ms; positive where the rate comes after the drive. `rate` and `held` as above, over the bins of the line. */
export function trackingLag(
  shape: DriveShape,
  rate: Float64Array,
  held: Float64Array,
  [first, end]: readonly [number, number],
  { plan, fromBin, reach }: TrackingWindow,
): number {
  const response = rate.subarray(first - fromBin, end - fromBin);
  const drive = held.subarray(first, end + 2 * reach);
  return lagOfMaximum(response, drive, reach, shape === 'ramp' ? 'covariance' : 'correlation') * plan.binWidth;
}

/** Bins of the item that the line is fitted to: from the first one to before the last one. */
export function fittedBins(
  shape: DriveShape,
  drive: Pick<Curve, 'x' | 'y'>,
  { plan, fromBin }: TrackingWindow,
): readonly [number, number] {
  const span = shape === 'ramp' ? movingSpan(drive) : null;
  if (!span) return [fromBin, plan.bins];
  // A bin in which the drive moves for a part of its time counts.
  const bin = (time: number) => Math.min(plan.bins, Math.max(fromBin, time / plan.binWidth));
  return [Math.floor(bin(span[0]) + 1e-9), Math.ceil(bin(span[1]) - 1e-9)];
}
