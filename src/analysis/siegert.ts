/**
 * Firing rate of a leaky integrate-and-fire neuron: under a constant input (the f-I curve) and under Gaussian white noise
 * (Siegert 1951, Ricciardi 1977), voltages in mV above rest and times in ms, rates in Hz.
 *
 *   constant   1 / f  = tRef + tauMem ln((mu - vReset) / (mu - vThreshold)),  mu > vThreshold
 *   noisy      1 / nu = tRef + tauMem sqrt(pi) int_a^b exp(u^2) (1 + erf u) du
 *              a = (vReset - mu) / sigma,  b = (vThreshold - mu) / sigma
 *
 * sigma is Brunel's: sigma^2 = tauMem sum J^2 rate, so that the free membrane has the variance sigma^2 / 2.
 * N. Brunel (2000), J. Comput. Neurosci. 8:183-208, equation 21.
 */
import { erfcx } from './erfcx';
import { gaussLegendre, integrate } from './gauss-legendre';

export interface LifNeuron {
  readonly vThreshold: number;
  readonly vReset: number;
  readonly tauMem: number;
  readonly tRef: number;
}

/** ms from the reset to the threshold under the constant input `mu`, mV; Infinity when it never gets there. */
function timeToThreshold(mu: number, { vThreshold, vReset, tauMem }: LifNeuron): number {
  return mu > vThreshold ? tauMem * Math.log1p((vThreshold - vReset) / (mu - vThreshold)) : Infinity;
}

/** Rate under a constant input of `mu` mV, Hz. */
export function lifRate(mu: number, neuron: LifNeuron): number {
  return 1000 / (neuron.tRef + timeToThreshold(mu, neuron));
}

/** The same where spikes fall on a grid of steps of `dt` ms: what an exact simulation gives, to the last spike. */
export function lifRateOnGrid(mu: number, neuron: LifNeuron, dt: number): number {
  const steps = Math.max(1, Math.ceil(timeToThreshold(mu, neuron) / dt));
  return 1000 / (dt * (Math.round(neuron.tRef / dt) + steps));
}

const rule = gaussLegendre(16);
/** exp(u^2) overflows beyond it; a rate there would be below 1e-290 Hz. */
const silentAt = 26;

/** exp(u^2) (1 + erf u) du from a to b. */
function siegertIntegral(a: number, b: number): number {
  const f = (u: number) => erfcx(-u);
  let sum = 0;
  // Above 0 the integrand grows as exp(u^2): short pieces from the top down, until the rest no longer counts.
  for (let top = b; top > Math.max(a, 0); ) {
    const bottom = Math.max(a, 0, top - 0.5);
    sum += integrate(f, bottom, top, rule);
    if (bottom * (b - bottom) > 20) return sum;
    top = bottom;
  }
  // Below 0 it falls as 1 / |u|: pieces that double in length.
  for (let top = Math.min(b, 0); top > a; ) {
    const bottom = Math.max(a, top - Math.max(1, -top));
    sum += integrate(f, bottom, top, rule);
    top = bottom;
  }
  return sum;
}

/** Rate under white noise of mean `mu` and amplitude `sigma` (Brunel's), mV; in Hz. Without noise, the f-I curve. */
export function siegertRate(mu: number, sigma: number, neuron: LifNeuron): number {
  if (!(sigma > 0)) return lifRate(mu, neuron);
  const a = (neuron.vReset - mu) / sigma;
  const b = (neuron.vThreshold - mu) / sigma;
  if (b > silentAt) return 0;
  return 1000 / (neuron.tRef + neuron.tauMem * Math.sqrt(Math.PI) * siegertIntegral(a, b));
}
