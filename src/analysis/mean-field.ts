/**
 * Mean-field theory of a network of E and I neurons with the same inputs (Brunel 2000, model A): the rate that the
 * network gives itself. With rates per ms, C_E and C_I inputs of weight J_E and J_I, and the external drive eta:
 *
 *   mu      = tauMem (J_E C_E nu - J_I C_I nu) + eta thetaRef
 *   sigma^2 = tauMem (J_E^2 (C_E nu + externalRate eta) + J_I^2 C_I nu)
 *   nu      = Siegert(mu, sigma)
 * Where recurrent weights differ, J_E and J_I are their means and J^2 (1 + weightSpread^2), their mean squares, enter
 * sigma^2. That neurons then also differ in their mean input is left out: the rate is off by up to 6 % (balanced_small and
 * balanced_5k, spreads up to 1).
 *
 * Where there are several solutions, the lowest at which Siegert(nu) - nu falls through 0 is taken: the stable state that
 * a network reaches from rest. N. Brunel (2000), J. Comput. Neurosci. 8:183-208, equations 21 and 26 to 28.
 *
 * With exponential currents the noise is coloured; threshold and reset then move up by sigma (alpha / 2)
 * sqrt(tauSyn / tauMem), alpha = sqrt(2) |zeta(1/2)|: first order in sqrt(tauSyn / tauMem). N. Fourcaud and N. Brunel
 * (2002), Neural Comput. 14:2057-2110.
 */
import type { SpikingNetwork } from '../kit/values';
import { siegertRate } from './siegert';

export interface NetworkState {
  /** Hz. */
  readonly rate: number;
  /** Mean input and Brunel's noise amplitude, mV. */
  readonly mu: number;
  readonly sigma: number;
  /** (mean U - vThreshold) / sd U of the membrane U without threshold; null without noise. */
  readonly margin: number | null;
}

const alpha = Math.SQRT2 * 1.4603545088095868;

/** Variance of the input by population and the mean of the synaptic time constants, weighted with it. */
function noiseOf(network: SpikingNetwork, eta: number, rate: number): { sigma: number; tauSyn: number } {
  const { tauMem, weightExc, weightInh, excInDegree, inhInDegree } = network;
  // E[w^2] / E[w]^2; external spikes all have the mean weight.
  const square = 1 + (network.weightSpread ?? 0) ** 2;
  const exc = weightExc ** 2 * (square * excInDegree * rate + network.externalRate * eta);
  const inh = weightInh ** 2 * square * inhInDegree * rate;
  const total = exc + inh;
  const coloured = network.synapse === 'exponential' && total > 0;
  return {
    sigma: Math.sqrt((tauMem * total) / 1000),
    tauSyn: coloured ? (network.tauSynExc * exc + network.tauSynInh * inh) / total : 0,
  };
}

/** Input and drive margin of a neuron while all fire at `rate` Hz under the external drive `eta`. */
export function networkInput(network: SpikingNetwork, eta: number, rate: number): Omit<NetworkState, 'rate'> {
  const { tauMem, weightExc, weightInh, excInDegree, inhInDegree, thetaRef, vThreshold } = network;
  const mu = (tauMem * (weightExc * excInDegree - weightInh * inhInDegree) * rate) / 1000 + eta * thetaRef;
  const { sigma, tauSyn } = noiseOf(network, eta, rate);
  // A filter of tauSyn before the membrane takes tauSyn / (tauMem + tauSyn) of the variance away.
  const sd = sigma / Math.sqrt(2 * (1 + tauSyn / tauMem));
  return { mu, sigma, margin: sd > 0 ? (mu - vThreshold) / sd : null };
}

/** The rate of a neuron whose inputs all fire at `rate`, Hz. */
function answer(network: SpikingNetwork, eta: number, rate: number): number {
  const { mu, sigma } = networkInput(network, eta, rate);
  const shift = (sigma * alpha * Math.sqrt(noiseOf(network, eta, rate).tauSyn / network.tauMem)) / 2;
  return siegertRate(mu - shift, sigma, network);
}

/** Hz. Above it a network without a refractory time is taken to run away. */
const highest = 1e5;
/** Factor between rates at which a change of sign is looked for: 24 a decade. */
const stride = 10 ** (1 / 24);

/** The self-consistent state at the external drive `eta`; null where the rate grows without bound. */
export function networkState(network: SpikingNetwork, eta: number): NetworkState | null {
  const excess = (rate: number) => answer(network, eta, rate) - rate;
  const most = Math.min(highest, network.tRef > 0 ? 1000 / network.tRef : highest);
  let low = 0;
  let high = 1e-4;
  while (excess(high) > 0) {
    if (high >= most) return null;
    low = high;
    high = Math.min(most, high * stride);
  }
  const rate = fallThroughZero(excess, low, high);
  return { rate, ...networkInput(network, eta, rate) };
}

/** Root of f between a (f >= 0) and b (f <= 0): regula falsi, Illinois variant. */
function fallThroughZero(f: (x: number) => number, a: number, b: number): number {
  let [low, high, atLow, atHigh] = [a, b, f(a), f(b)];
  if (atLow <= 0) return low;
  let side = 0;
  for (let round = 0; round < 200 && high - low > 1e-12 * high; round++) {
    const x = (low * atHigh - high * atLow) / (atHigh - atLow);
    const y = f(x);
    if (y === 0) return x;
    if (y > 0) {
      [low, atLow] = [x, y];
      if (side === 1) atHigh /= 2;
      side = 1;
    } else {
      [high, atHigh] = [x, y];
      if (side === -1) atLow /= 2;
      side = -1;
    }
  }
  return (low + high) / 2;
}

/**
 * Rate of the balanced state of a large network, Hz: mean input and threshold cancel, so that the rate is linear in the
 * drive. 0 below threshold; null where inhibition does not dominate and there is no such state.
 *   nu = (eta thetaRef - vThreshold) / (tauMem (J_I C_I - J_E C_E))
 */
export function balancedRate(network: SpikingNetwork, eta: number): number | null {
  const { tauMem, weightExc, weightInh, excInDegree, inhInDegree, thetaRef, vThreshold } = network;
  const slope = tauMem * (weightInh * inhInDegree - weightExc * excInDegree);
  return slope > 0 ? Math.max(0, (1000 * (eta * thetaRef - vThreshold)) / slope) : null;
}

/** Hz per unit of eta of `balancedRate`: thetaRef / (tauMem (J_I C_I - J_E C_E)). */
export function balancedGain(network: SpikingNetwork): number | null {
  const { tauMem, weightExc, weightInh, excInDegree, inhInDegree, thetaRef } = network;
  const slope = tauMem * (weightInh * inhInDegree - weightExc * excInDegree);
  return slope > 0 ? (1000 * thetaRef) / slope : null;
}

export type Regime = 'silent' | 'fluctuation-driven' | 'between' | 'mean-driven' | 'runaway';

/**
 * What drives the spikes: below 0.5 Hz the network is silent; up to a margin of 1 fluctuations reach the threshold, above
 * 2 the mean input alone does, and neurons fire regularly. Null (no bounded rate) is runaway.
 */
export function regimeOf(state: NetworkState | null): Regime {
  if (!state) return 'runaway';
  if (state.rate < 0.5) return 'silent';
  if (state.margin === null || state.margin > 2) return 'mean-driven';
  return state.margin > 1 ? 'between' : 'fluctuation-driven';
}
