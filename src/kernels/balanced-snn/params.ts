/**
 * Parameters of the balanced spiking network and the numbers that follow from them. Defaults are the image encoder of
 * science note 1.6 (balanced_small on a 32 x 32 lattice). Circuits, plasticity and timed events are not here: they
 * will be optional fields, absent meaning off.
 *
 * Membrane (voltages relative to rest), delta synapses, exact propagator for a step dt:
 *   V <- V exp(-dt/tauMem) + jExc (nExc_in + k_ext) - inhExcRatio jExc nInh_in
 * External rate per synapse that just reaches threshold: nuThr = thetaRef / (jExc C_E tauMem), thetaRef = 20 mV always,
 * so that raising vThreshold does not silently raise the drive with it.
 *
 * Source: Brunel 2000, J Comput Neurosci 8:183-208, model A.
 */
import { ParameterError } from '../../core/errors';
import { exactExp } from '../../core/random/elementary';

type Connectivity = 'fixed-in-degree' | 'bernoulli';

export interface NetworkParams {
  readonly nExc: number;
  readonly nInh: number;
  /** epsilon: the fraction of each population that projects to a neuron, 0..1. */
  readonly connectionProbability: number;
  /** fixed-in-degree: every neuron has exactly C_E and C_I inputs. bernoulli: each pair is connected independently. */
  readonly connectivity: Connectivity;
  /** fixed-in-degree only: a source may connect to a neuron more than once. */
  readonly multapses: boolean;
  /** g: inhibitory over excitatory synaptic efficacy. */
  readonly inhExcRatio: number;
  /** J: excitatory efficacy, mV. */
  readonly jExc: number;
  /** mV above rest. */
  readonly vThreshold: number;
  /** mV relative to rest. */
  readonly vReset: number;
  /** ms. */
  readonly tauMem: number;
  /** ms. */
  readonly tRef: number;
  /** ms, at least dt. */
  readonly delay: number;
  /** ms. */
  readonly dt: number;
  /** ms per item. */
  readonly duration: number;
  readonly seedNetwork: number;
  readonly seedInput: number;
  readonly seedInit: number;
}

/** mV; the threshold in nuThr, whatever vThreshold is. */
const thetaRef = 20;

/** Largest mean external count per step: beyond it the inverse distribution takes hundreds of comparisons a step. */
export const maxExternalCount = 200;

export const defaultNetworkParams: NetworkParams = {
  nExc: 1024,
  nInh: 256,
  connectionProbability: 0.1,
  connectivity: 'fixed-in-degree',
  multapses: false,
  inhExcRatio: 5,
  jExc: 0.4,
  vThreshold: 20,
  vReset: 10,
  tauMem: 20,
  tRef: 2,
  delay: 1.5,
  dt: 0.1,
  duration: 250,
  seedNetwork: 1,
  seedInput: 1,
  seedInit: 1,
};

/** What both the kernel and its twin compute with. Voltages and weights are exact float32 values. */
export interface NetworkConstants {
  readonly unitCount: number;
  /** C_E and C_I (the mean in-degree where connectivity is bernoulli). */
  readonly excInDegree: number;
  readonly inhInDegree: number;
  readonly stepCount: number;
  readonly delaySteps: number;
  readonly refractorySteps: number;
  /** exp(-dt/tauMem). */
  readonly decay: number;
  /** J and g J, mV. */
  readonly weightExc: number;
  readonly weightInh: number;
  readonly threshold: number;
  readonly reset: number;
  /** Mean external spikes per neuron and step at eta = 1: nuThr C_E dt. */
  readonly externalCountPerEta: number;
  /** nuThr per external synapse, Hz; Infinity where C_E is 0. */
  readonly thresholdRate: number;
}

/** Rounds to the nearest integer, halves to the even one: 2.5 -> 2, 102.4 -> 102. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

function refuse(param: keyof NetworkParams, found: unknown, expected: string, cure?: string): never {
  throw new ParameterError({
    code: 'parameter.range',
    message: `${param} is ${String(found)}, expected ${expected}.`,
    param,
    found: String(found),
    expected,
    cure,
  });
}

function requireRange(
  params: NetworkParams,
  param: keyof NetworkParams,
  low: number,
  high: number,
  whole = false,
): void {
  const value = params[param];
  if (typeof value !== 'number' || !(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
    refuse(param, value, `${whole ? 'a whole number' : 'a number'} from ${low} to ${high}`);
  }
}

/** Throws ParameterError at the first parameter that cannot be simulated. */
function checkNetworkParams(params: NetworkParams): void {
  requireRange(params, 'nExc', 0, 1_000_000, true);
  requireRange(params, 'nInh', 0, 1_000_000, true);
  if (params.nExc + params.nInh < 1) refuse('nExc', params.nExc, 'at least one neuron in all');
  requireRange(params, 'connectionProbability', 0, 1);
  requireRange(params, 'inhExcRatio', 0, 1000);
  requireRange(params, 'jExc', 1e-6, 1000);
  requireRange(params, 'vThreshold', -1000, 1000);
  requireRange(params, 'vReset', -1000, 1000);
  if (params.vReset >= params.vThreshold) {
    refuse(
      'vReset',
      params.vReset,
      `below vThreshold (${params.vThreshold} mV)`,
      'A reset at threshold fires for ever.',
    );
  }
  requireRange(params, 'dt', 0.001, 10);
  requireRange(params, 'tauMem', 0.01, 10_000);
  requireRange(params, 'tRef', 0, 1000);
  requireRange(params, 'delay', 0, 1000);
  if (params.delay < params.dt * (1 - 1e-9)) {
    refuse('delay', params.delay, `at least dt (${params.dt} ms)`, 'Raise delay or lower dt.');
  }
  requireRange(params, 'duration', 0, 10_000_000);
  for (const seed of ['seedNetwork', 'seedInput', 'seedInit'] as const) requireRange(params, seed, 0, 0xffffffff, true);
}

/** In-degree from one population: epsilon n, at most the n - 1 other neurons unless repeats are allowed. */
function inDegree(params: NetworkParams, n: number): number {
  const wanted = roundHalfToEven(params.connectionProbability * n);
  const most = params.multapses && params.connectivity === 'fixed-in-degree' && n > 1 ? n : Math.max(0, n - 1);
  return Math.min(wanted, most);
}

/** Checks `params` and derives the constants. Throws ParameterError. */
export function deriveConstants(params: NetworkParams): NetworkConstants {
  checkNetworkParams(params);
  const excInDegree = inDegree(params, params.nExc);
  const inhInDegree = inDegree(params, params.nInh);
  // The kernel counts a step's excitatory and inhibitory arrivals in the two halves of one 32-bit word.
  if (params.connectionProbability * Math.max(params.nExc, params.nInh) > 50_000) {
    refuse('connectionProbability', params.connectionProbability, 'at most 50,000 inputs per neuron');
  }
  return {
    unitCount: params.nExc + params.nInh,
    excInDegree,
    inhInDegree,
    stepCount: Math.round(params.duration / params.dt),
    delaySteps: Math.max(1, Math.round(params.delay / params.dt)),
    refractorySteps: Math.round(params.tRef / params.dt),
    decay: Math.fround(exactExp(-params.dt / params.tauMem)),
    weightExc: Math.fround(params.jExc),
    weightInh: Math.fround(params.inhExcRatio * params.jExc),
    threshold: Math.fround(params.vThreshold),
    reset: Math.fround(params.vReset),
    externalCountPerEta: (thetaRef * params.dt) / (params.jExc * params.tauMem),
    thresholdRate: (1000 * thetaRef) / (params.jExc * excInDegree * params.tauMem),
  };
}
