/**
 * How far an estimate would vary with another sample of the same size: 95 % standard intervals by bootstrap,
 *   estimate -+ 1.96 s,   s = standard deviation of the estimate over resamples drawn with replacement.
 * (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 6 and 13.) The standard interval, not the
 * percentile one, because R2 of a noisy mean falls in every resample: repeated trials average less noise away, and the
 * percentiles would leave the estimate itself out.
 */
import { integerBelow, Purpose } from '../core/random/draws';
import { sampleSd } from './moments';

export type Interval = readonly [number, number];

export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
  /** Statistics of one node that draw apart: 0, 1, 2, ... below 4096. */
  readonly stream?: number;
  /** Ends that the statistic cannot pass, such as 1 for R2. */
  readonly within?: Interval;
  /** Awaited between resamples. */
  readonly rest?: () => Promise<void> | undefined;
}

/** Draws `count` positions of 0 .. count - 1 with replacement. */
export type Draw = (count: number) => Uint32Array;

/** Resamples of all streams of one seed stay apart below this. */
const maxResamples = 1 << 20;

/**
 * Null where there is no interval: no resamples, a statistic that is no number in more than half of them, or never more
 * than one thing to draw from, which says nothing of how another would differ.
 */
export async function bootstrapInterval(
  estimate: number,
  statistic: (draw: Draw) => number,
  { resamples, seed, stream = 0, within, rest }: BootstrapOptions,
): Promise<Interval | null> {
  if (resamples < 2 || Number.isNaN(estimate)) return null;
  const values: number[] = [];
  let most = 0;
  for (let b = 0; b < resamples; b++) {
    const key = { seed, purpose: Purpose.bootstrap, item: stream * maxResamples + b };
    let index = 0;
    const value = statistic((count) => {
      most = Math.max(most, count);
      const rows = new Uint32Array(count);
      for (let i = 0; i < count; i++) rows[i] = integerBelow(key, index++, count);
      return rows;
    });
    if (Number.isFinite(value)) values.push(value);
    await rest?.();
  }
  if (most < 2 || values.length < 2 || values.length * 2 < resamples) return null;
  const reach = 1.96 * sampleSd(values);
  const [low, high] = [estimate - reach, estimate + reach];
  return within ? [Math.max(low, within[0]), Math.min(high, within[1])] : [low, high];
}

/** Mean of `values` at drawn positions: the statistic of most intervals. */
export function resampledMean(values: ArrayLike<number>, draw: Draw): number {
  const rows = draw(values.length);
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += values[rows[i] as number] as number;
  return sum / rows.length;
}
