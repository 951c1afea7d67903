/**
 * Synaptic weights that differ: a synapse's weight is its population's (J or g J) times a factor of its own,
 *   factor = exp(logSd z - logSd^2 / 2),   logSd^2 = log(1 + weightSpread^2),   z standard normal,
 * which is log-normal with mean 1 and standard deviation weightSpread. Log-normal is what pairs of cortical neurons show.
 * A factor and not a weight in mV is kept, so that the synapse's current, its recording and theory scale as without it.
 *
 * The factor of the k-th input of a target is drawn at (seedNetwork, synapticWeight, target, k), as its delay is: the graph
 * does not depend on it, nor it on the order in which the network is wired. The same bits everywhere, float32;
 * log-normal.part.as.ts is the WASM form.
 *
 * Source: Song, Sjostrom, Reigl, Nelson & Chklovskii 2005, PLoS Biol 3:e68.
 */
import { fillNormal, Purpose } from '../../core/random/draws';
import { exactExp, exactLog } from '../../core/random/elementary';

export interface RelativeWeights {
  /** Standard deviation of the factor's logarithm. */
  readonly logSd: number;
}

/** Null where all synapses are alike. */
export function relativeWeightsOf(weightSpread = 0): RelativeWeights | null {
  return weightSpread > 0 ? { logSd: Math.sqrt(exactLog(1 + weightSpread * weightSpread)) } : null;
}

/** The factors of a target's inputs in the order in which they are drawn, one for each place of `out`. */
export function drawRelativeWeights(out: Float32Array, seed: number, target: number, { logSd }: RelativeWeights): void {
  fillNormal(out, { seed, purpose: Purpose.synapticWeight, item: target });
  for (let k = 0; k < out.length; k++) out[k] = exactExp(logSd * (out[k] as number) - (logSd * logSd) / 2);
}
