/**
 * Stationary rate of a population against its external drive, and how straight that curve is: R2 of lines through all
 * points, through those above threshold (eta >= 1), and through those where the network is active. The last one judges
 * balance, because the ideal rate max(0, eta - 1) is itself bent at eta = 1.
 *
 * Intervals: trials of each point are drawn again where every point has several, else the points themselves.
 */
import { type BootstrapOptions, bootstrapInterval, type Draw, type Interval } from './bootstrap';
import { fitLineWhere, type LineFit } from './linear-fit';
import { meanOf } from './moments';

export interface TransferPoint {
  readonly eta: number;
  /** Hz, one per trial. */
  readonly rates: readonly number[];
}

export interface TransferFit {
  readonly line: LineFit;
  readonly r2All: number;
  readonly r2Above: number;
  readonly r2Active: number;
  /** Points with at least the smallest rate. */
  readonly activePoints: number;
}

export interface FitRange {
  readonly etaFrom: number;
  /** Hz */
  readonly minRate: number;
}

/** Drive at which the mean external input reaches the threshold theta_ref. */
const etaThreshold = 1;
/** Grids of decimal fractions: 0.1 * 10 is below 1. */
const rounding = 1e-9;

export function fitTransfer(points: readonly TransferPoint[], range: FitRange): TransferFit {
  return fitMeans(
    points.map(({ eta }) => eta),
    points.map(({ rates }) => meanOf(rates)),
    range,
  );
}

function fitMeans(etas: readonly number[], means: readonly number[], { etaFrom, minRate }: FitRange): TransferFit {
  const active = fitLineWhere(etas, means, (_, rate) => rate >= minRate);
  return {
    line: fitLineWhere(etas, means, (eta) => eta >= etaFrom - rounding),
    r2All: fitLineWhere(etas, means, () => true).r2,
    r2Above: fitLineWhere(etas, means, (eta) => eta >= etaThreshold - rounding).r2,
    // Two points always lie on a line: they say nothing.
    r2Active: active.n > 2 ? active.r2 : Number.NaN,
    activePoints: active.n,
  };
}

export type Resampled = 'trials' | 'points';
export const resampledOf = (points: readonly TransferPoint[]): Resampled =>
  points.every(({ rates }) => rates.length > 1) ? 'trials' : 'points';

/** 95 % interval of one number of the fit. */
export function transferInterval(
  points: readonly TransferPoint[],
  range: FitRange,
  read: (fit: TransferFit) => number,
  options: BootstrapOptions,
): Promise<Interval | null> {
  const means = points.map(({ rates }) => meanOf(rates));
  const etas = points.map(({ eta }) => eta);
  const again =
    resampledOf(points) === 'trials'
      ? (draw: Draw) =>
          fitMeans(
            etas,
            points.map(({ rates }) => meanOf(Array.from(draw(rates.length), (row) => rates[row] as number))),
            range,
          )
      : (draw: Draw) => {
          const rows = Array.from(draw(points.length));
          return fitMeans(
            rows.map((row) => etas[row] as number),
            rows.map((row) => means[row] as number),
            range,
          );
        };
  return bootstrapInterval(read(fitTransfer(points, range)), (draw) => read(again(draw)), options);
}

/** Height of a curve at `x` by straight lines between its points (in order of x); NaN outside them. */
export function heightAt(curve: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }, x: number): number {
  const n = curve.x.length;
  for (let k = 0; k < n; k++) {
    const here = curve.x[k] as number;
    if (Math.abs(here - x) <= rounding) return curve.y[k] as number;
    if (here < x || k === 0) continue;
    const last = curve.x[k - 1] as number;
    if (last > x) return Number.NaN;
    const part = (x - last) / (here - last);
    return (1 - part) * (curve.y[k - 1] as number) + part * (curve.y[k] as number);
  }
  return Number.NaN;
}
