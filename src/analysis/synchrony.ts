/**
 * Synchrony of a population: how much of the fluctuation of its membranes is shared.
 *
 *   chi = sqrt( var_t(mean_i V_i) / mean_i var_t(V_i) )
 *
 * 1 when all move as one, about 1 / sqrt(N) when they are independent; asynchronous states stay below 0.3.
 * D. Golomb and J. Rinzel (1994), Physica D 72:259-282.
 */
import { varianceOf } from './moments';

/** `meanMembrane`: mean V over neurons at each time counted; `meanVariance`: mean over neurons of var_t V. NaN if still. */
export function synchrony(meanMembrane: ArrayLike<number>, meanVariance: number): number {
  return meanVariance > 0 ? Math.sqrt(varianceOf(meanMembrane) / meanVariance) : Number.NaN;
}
