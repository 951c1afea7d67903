/**
 * The two networks by which simulators are compared, 4,000 leaky integrate-and-fire neurons (3,200 excitatory, 800
 * inhibitory), each pair of neurons connected with probability 0.02, no delay, dt = 0.1 ms:
 *
 *   CUBA  tauMem dV/dt = (El - V) + g_e + g_i                             g in mV; exact integration
 *   COBA  tauMem dV/dt = (El - V) + g_e (E_e - V) + g_i (E_i - V)         g in units of the leak; Euler
 *   both  tauExc dg_e/dt = -g_e, tauInh dg_i/dt = -g_i; a spike adds w_e or w_i; V > theta: spike, V <- V_r for tRef
 *
 * Sources: Vogels and Abbott 2005, J Neurosci 25:10786-10795; Brette et al. 2007, J Comput Neurosci 23:349-398,
 * benchmarks 2 (CUBA) and 1 (COBA). Initial values are those of Brian2's examples of both: V uniform from V_r to theta,
 * in COBA g_e normal (4, 1.5) and g_i normal (20, 12).
 *
 * One step, with V counted from a zero that suits the model and the synaptic variables scaled by what they do in a step:
 *   CUBA  V from El:   V <- a V + (E + I),               E = b_e g_e, b_e = tauExc (a - a_e) / (tauMem - tauExc)
 *   COBA  V from E_e:  V <- V (1 - h - E - I) + (I (E_i - E_e) + h (El - E_e)),    E = h g_e, h = dt / tauMem
 *   both  E <- a_e E, I <- a_i I,  a_x = exp(-dt / tau_x); spikes of the step are added afterwards
 */
import { exactExp } from '../../core/random/elementary';

export type LifModelName = 'cuba' | 'coba';

/** Voltages in mV, times in ms. */
export interface LifParams {
  readonly model: LifModelName;
  readonly nExc: number;
  readonly nInh: number;
  readonly connectionProbability: number;
  readonly dt: number;
  readonly tauMem: number;
  readonly tauExc: number;
  readonly tauInh: number;
  readonly tRef: number;
  readonly vRest: number;
  readonly vThreshold: number;
  readonly vReset: number;
  /** Jump of g_e and g_i per spike: mV in CUBA, leak conductances in COBA. */
  readonly weightExc: number;
  readonly weightInh: number;
  /** COBA only. */
  readonly reversalExc: number;
  readonly reversalInh: number;
  readonly seedNetwork: number;
  readonly seedInit: number;
}

const shared = {
  nExc: 3200,
  nInh: 800,
  connectionProbability: 0.02,
  dt: 0.1,
  tauMem: 20,
  tauExc: 5,
  tauInh: 10,
  tRef: 5,
  vThreshold: -50,
  vReset: -60,
  seedNetwork: 1,
  seedInit: 1,
};

export const cubaParams: LifParams = {
  ...shared,
  model: 'cuba',
  vRest: -49,
  weightExc: 1.62,
  weightInh: -9,
  reversalExc: 0,
  reversalInh: 0,
};

export const cobaParams: LifParams = {
  ...shared,
  model: 'coba',
  vRest: -60,
  weightExc: 0.6,
  weightInh: 6.7,
  reversalExc: 0,
  reversalInh: -80,
};

/**
 * Variables below this count as 0 every 64 steps. From here to the denormal numbers is a factor of 10^18, 41 time constants.
 */
export const tinyVariable = Math.fround(1e-20);

/** What the kernel and its twin compute with: float32 values, V counted from `zero`. */
export interface LifConstants {
  readonly unitCount: number;
  readonly refractorySteps: number;
  readonly keepMembrane: number;
  readonly keepExc: number;
  readonly keepInh: number;
  readonly weightExc: number;
  readonly weightInh: number;
  readonly threshold: number;
  readonly reset: number;
  readonly reversalInh: number;
  readonly leak: number;
  /** Factors from g_e and g_i to the scaled variables E and I. */
  readonly scaleExc: number;
  readonly scaleInh: number;
}

/** Largest network: unit numbers are 16 bits. */
const maxUnits = 65_536;

export function deriveLifConstants(params: LifParams): LifConstants {
  const { model, dt, tauMem, tauExc, tauInh, nExc, nInh } = params;
  if (nExc + nInh > maxUnits) throw new RangeError(`At most ${maxUnits} neurons, got ${nExc + nInh}.`);
  const coba = model === 'coba';
  const decay = exactExp(-dt / tauMem);
  const decayExc = exactExp(-dt / tauExc);
  const decayInh = exactExp(-dt / tauInh);
  const zero = coba ? params.reversalExc : params.vRest;
  const scaleExc = coba ? dt / tauMem : (tauExc * (decay - decayExc)) / (tauMem - tauExc);
  const scaleInh = coba ? dt / tauMem : (tauInh * (decay - decayInh)) / (tauMem - tauInh);
  return {
    unitCount: nExc + nInh,
    refractorySteps: Math.round(params.tRef / dt),
    keepMembrane: Math.fround(coba ? 1 - dt / tauMem : decay),
    keepExc: Math.fround(decayExc),
    keepInh: Math.fround(decayInh),
    weightExc: Math.fround(scaleExc * params.weightExc),
    weightInh: Math.fround(scaleInh * params.weightInh),
    threshold: Math.fround(params.vThreshold - zero),
    reset: Math.fround(params.vReset - zero),
    reversalInh: Math.fround(params.reversalInh - params.reversalExc),
    leak: Math.fround((dt / tauMem) * (params.vRest - zero)),
    scaleExc,
    scaleInh,
  };
}
