/**
 * The numbers that follow from a network's parameters, shared by the kernel, its plain twin and theory.
 *
 * Membrane (voltages relative to rest), delta synapses, exact propagator for a step dt:
 *   V <- V exp(-dt/tauMem) + J (nExc_in + k_ext) - inhExcRatio J nInh_in
 * External rate per synapse that just reaches threshold: nuThr = thetaRef / (J C_E tauMem), thetaRef = 20 mV always,
 * so that raising vThreshold does not silently raise the drive with it.
 * J is jExc, or with weightScaling jExc sqrt(referenceInDegree / C_E) or jExc referenceInDegree / C_E: the first keeps
 * the fluctuations of the input when C_E changes, the second its mean.
 *
 * Sources: Brunel 2000, J Comput Neurosci 8:183-208, model A; van Vreeswijk & Sompolinsky 1998, Neural Comput 10:1321-1371
 * (weights of 1/sqrt K).
 */
import { exactExp } from '../../core/random/elementary';
import { roundHalfToEven } from '../../core/round';
import { checkNetworkParams, refuse } from './check-params';
import type { NetworkParams } from './network-params';
import { type RelativeWeights, relativeWeightsOf } from './relative-weights';
import { deriveCurrent, type SynapticCurrent } from './synapse';

export { defaultNetworkParams, type NetworkParams } from './network-params';

/** mV; the threshold in nuThr, whatever vThreshold is. */
export const thetaRef = 20;

/** Largest mean external count per step: beyond it the inverse distribution takes hundreds of comparisons a step. */
export const maxExternalCount = 200;

/** Their targets fill the 4 GiB that WASM memory can have. */
const maxSynapses = 2 ** 30;

/** What both the kernel and its twin compute with. Voltages and weights are exact float32 values. */
export interface NetworkConstants {
  readonly unitCount: number;
  /** C_E and C_I (the mean in-degree where connectivity is bernoulli). */
  readonly excInDegree: number;
  readonly inhInDegree: number;
  readonly stepCount: number;
  /** Steps of the shortest delay, and how many different delays there are: that one, one step more, ... */
  readonly delaySteps: number;
  readonly delayCount: number;
  readonly refractorySteps: number;
  /** exp(-dt/tauMem). */
  readonly decay: number;
  /** J (scaled) before it was rounded to float32, mV. */
  readonly efficacy: number;
  /** J and g J, mV. */
  readonly weightExc: number;
  readonly weightInh: number;
  /** Each synapse's weight over its population's; null where all are 1. */
  readonly relativeWeights: RelativeWeights | null;
  readonly threshold: number;
  readonly reset: number;
  /** Mean external spikes per neuron and step at eta = 1: nuThr C_E dt. */
  readonly externalCountPerEta: number;
  /** mV added per step at eta = 1 where the external input is constant; 0 where it is Poisson. */
  readonly externalIncrementPerEta: number;
  /** nuThr per external synapse, Hz; Infinity where C_E is 0. */
  readonly thresholdRate: number;
  /** The currents of exponential synapses; null where synapses are delta. */
  readonly currents: { readonly exc: SynapticCurrent; readonly inh: SynapticCurrent } | null;
}

/** In-degree from one population: epsilon n, at most the n - 1 other neurons unless repeats are allowed. */
function inDegree(params: NetworkParams, n: number): number {
  const wanted = roundHalfToEven(params.connectionProbability * n);
  const most = params.multapses && params.connectivity === 'fixed-in-degree' && n > 1 ? n : Math.max(0, n - 1);
  return Math.min(wanted, most);
}

/** J, mV. */
function scaledWeight(params: NetworkParams, excInDegree: number): number {
  const { jExc, weightScaling = 'fixed', referenceInDegree = 100 } = params;
  if (weightScaling === 'fixed') return jExc;
  if (excInDegree === 0) {
    refuse(
      'weightScaling',
      weightScaling,
      'fixed where no neuron has excitatory inputs',
      'Raise connectionProbability or nExc, or set weightScaling to fixed.',
    );
  }
  const ratio = referenceInDegree / excInDegree;
  return jExc * (weightScaling === '1/K' ? ratio : Math.sqrt(ratio));
}

/** Checks `params` and derives the constants. Throws ParameterError. */
export function deriveConstants(params: NetworkParams): NetworkConstants {
  checkNetworkParams(params);
  const { dt, delay, delayMax = delay, tauMem, inhExcRatio } = params;
  const excInDegree = inDegree(params, params.nExc);
  const inhInDegree = inDegree(params, params.nInh);
  // The kernel counts a step's excitatory and inhibitory arrivals in the two halves of one 32-bit word.
  if (params.connectionProbability * Math.max(params.nExc, params.nInh) > 50_000) {
    refuse('connectionProbability', params.connectionProbability, 'at most 50,000 inputs per neuron');
  }
  // A weight takes as much room as the wider kind of target.
  const most = params.weightSpread ? maxSynapses / 2 : maxSynapses;
  if ((params.nExc + params.nInh) * (excInDegree + inhInDegree) > most) {
    refuse(
      'connectionProbability',
      params.connectionProbability,
      `at most ${most.toLocaleString('en')} synapses in all`,
      'Lower connectionProbability or the number of neurons.',
    );
  }
  const efficacy = scaledWeight(params, excInDegree);
  const delaySteps = Math.max(1, Math.round(delay / dt));
  const externalCountPerEta = (thetaRef * dt) / (efficacy * tauMem);
  return {
    unitCount: params.nExc + params.nInh,
    excInDegree,
    inhInDegree,
    stepCount: Math.round(params.duration / dt),
    delaySteps,
    delayCount: Math.max(0, Math.round(delayMax / dt) - delaySteps) + 1,
    refractorySteps: Math.round(params.tRef / dt),
    decay: Math.fround(exactExp(-dt / tauMem)),
    efficacy,
    weightExc: Math.fround(efficacy),
    weightInh: Math.fround(inhExcRatio * efficacy),
    relativeWeights: relativeWeightsOf(params.weightSpread),
    threshold: Math.fround(params.vThreshold),
    reset: Math.fround(params.vReset),
    externalCountPerEta,
    externalIncrementPerEta: params.externalKind === 'constant' ? efficacy * externalCountPerEta : 0,
    thresholdRate: (1000 * thetaRef) / (efficacy * excInDegree * tauMem),
    currents:
      params.synapse === 'exponential'
        ? {
            exc: deriveCurrent(params.tauSynExc ?? defaultTauSyn, tauMem, dt, efficacy),
            inh: deriveCurrent(params.tauSynInh ?? defaultTauSyn, tauMem, dt, inhExcRatio * efficacy),
          }
        : null,
  };
}

/** ms. */
export const defaultTauSyn = 5;
