/**
 * Says which parameter of a network cannot be simulated, and why. The limits keep every count, step number and address
 * of the kernel inside its 32 bits, and refuse what has no meaning (a reset at threshold fires for ever).
 */
import { ParameterError } from '../../core/errors';
import type { NetworkParams } from './network-params';

export function refuse(param: keyof NetworkParams, found: unknown, expected: string, cure?: string): never {
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

/** As requireRange, where the field is there. */
function requireRangeIfGiven(params: NetworkParams, param: keyof NetworkParams, low: number, high: number): void {
  if (params[param] !== undefined) requireRange(params, param, low, high);
}

function requireOneOf(params: NetworkParams, param: keyof NetworkParams, values: readonly string[]): void {
  const value = params[param];
  if (value !== undefined && !values.includes(value as string)) refuse(param, value, `one of ${values.join(', ')}`);
}

/** Longest delay in steps: the kernel keeps the spikes of that many. */
const maxDelaySteps = 100_000;
/** Most different delays, each of which is a list of its own per neuron. */
const maxDelayCount = 1000;

function checkDelays(params: NetworkParams): void {
  const { delay, delayMax, dt } = params;
  requireRange(params, 'delay', 0, 1000);
  requireRangeIfGiven(params, 'delayMax', 0, 1000);
  if (delay < dt * (1 - 1e-9)) refuse('delay', delay, `at least dt (${dt} ms)`, 'Raise delay or lower dt.');
  if (delayMax !== undefined && delayMax < delay) {
    refuse('delayMax', delayMax, `at least delay (${delay} ms)`, 'Raise delayMax, or leave it out for one delay.');
  }
  const longest = Math.max(delay, delayMax ?? delay);
  if (longest / dt > maxDelaySteps) {
    refuse(delay === longest ? 'delay' : 'delayMax', longest, `at most ${maxDelaySteps} steps of dt`, 'Raise dt.');
  }
  if ((longest - delay) / dt > maxDelayCount - 1) {
    refuse('delayMax', longest, `at most ${maxDelayCount} different delays`, 'Narrow the range or raise dt.');
  }
}

/** Throws ParameterError at the first parameter that cannot be simulated. */
export function checkNetworkParams(params: NetworkParams): void {
  requireRange(params, 'nExc', 0, 1_000_000, true);
  requireRange(params, 'nInh', 0, 1_000_000, true);
  if (params.nExc + params.nInh < 1) refuse('nExc', params.nExc, 'at least one neuron in all');
  requireRange(params, 'connectionProbability', 0, 1);
  requireOneOf(params, 'connectivity', ['fixed-in-degree', 'bernoulli']);
  requireRange(params, 'inhExcRatio', 0, 1000);
  requireRange(params, 'jExc', 1e-6, 1000);
  requireRangeIfGiven(params, 'weightSpread', 0, 10);
  requireOneOf(params, 'weightScaling', ['fixed', '1/sqrtK', '1/K']);
  requireRangeIfGiven(params, 'referenceInDegree', 1, 1_000_000);
  requireOneOf(params, 'externalKind', ['poisson', 'constant']);
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
  checkDelays(params);
  requireOneOf(params, 'synapse', ['delta', 'exponential']);
  requireRangeIfGiven(params, 'tauSynExc', 0.01, 1000);
  requireRangeIfGiven(params, 'tauSynInh', 0.01, 1000);
  requireRange(params, 'duration', 0, 10_000_000);
  // Steps are counted in 32 bits.
  if (params.duration / params.dt > 2 ** 31) refuse('duration', params.duration, 'at most 2^31 steps', 'Raise dt.');
  for (const seed of ['seedNetwork', 'seedInput', 'seedInit'] as const) requireRange(params, seed, 0, 0xffffffff, true);
}
