/**
 * The states of Brunel (2000) told apart by what single neurons and the population do:
 *
 *   silent    rate below the smallest rate
 *   SR, AR    regular spike trains (small CV): synchronous or asynchronous
 *   SI fast, SI slow   irregular trains, synchronous: the population rate oscillates, above or below a frequency
 *   AI        irregular trains, asynchronous: the population rate is steady
 *
 * Synchrony is the coefficient of variation of the population rate in 1 ms bins, less what independent Poisson neurons
 * would show by chance, so that it does not depend on the number of neurons:
 *   s = sqrt(max(0, var n - mean n)) / mean n,   n = spikes of the population in a bin
 */
import { meanOf, varianceOf } from './moments';

export const regimes = ['silent', 'SR', 'AR', 'AI', 'SI slow', 'SI fast'] as const;
export type Regime = (typeof regimes)[number];

export interface RegimeBounds {
  /** Hz: silent below. */
  readonly minRate: number;
  /** Regular below this CV of inter-spike intervals. */
  readonly regularCv: number;
  /** Synchronous from this synchrony on. */
  readonly synchrony: number;
  /** Hz: fast from this frequency on. */
  readonly fastFrom: number;
}

export interface RegimeMeasures {
  /** Hz */
  readonly rate: number;
  /** NaN where no neuron has enough intervals. */
  readonly cv: number;
  readonly synchrony: number;
  /** Hz, of the largest power of the population rate. */
  readonly frequency: number;
}

/** Too few intervals for a CV means that neurons hardly fire: irregular, as far as can be seen. */
export function classify({ rate, cv, synchrony, frequency }: RegimeMeasures, bounds: RegimeBounds): Regime {
  if (!(rate >= bounds.minRate)) return 'silent';
  const synchronous = synchrony >= bounds.synchrony;
  if (cv < bounds.regularCv) return synchronous ? 'SR' : 'AR';
  if (!synchronous) return 'AI';
  return frequency >= bounds.fastFrom ? 'SI fast' : 'SI slow';
}

/** NaN for a population that never fires. */
export function rateSynchrony(counts: ArrayLike<number>): number {
  const mean = meanOf(counts);
  if (!(mean > 0)) return Number.NaN;
  return Math.sqrt(Math.max(0, varianceOf(counts) - mean)) / mean;
}
