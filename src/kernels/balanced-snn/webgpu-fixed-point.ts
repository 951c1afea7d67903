/**
 * The balanced network in integers: membranes as 32-bit multiples of 2^-16 mV, so that a GPU gives the same spikes as
 * a CPU whatever its floating point does.
 *
 *   V <- round(V A / 2^32) + wExc nExc - wInh nInh (+ increment),   A = round(2^32 exp(-dt/tauMem))
 *
 * The product is rounded to nearest with halves away from 0, the same on both sides of rest. A's own rounding changes the time
 * constant by at most 2^-33 / (a dt/tauMem), 2.4e-8 of it at dt/tauMem = 0.005 (float32's decay: 6e-6). A membrane within 2^-17 / (1 - a) mV of rest
 * (0.0015 mV there) stays where it is.
 *
 * Sums wrap at 32 bits; `fixedConstants` refuses networks whose membrane could leave the range of +-32,768 mV.
 */
import { ParameterError } from '../../core/errors';
import { exactExp } from '../../core/random/elementary';
import { maxExternalCount, type NetworkConstants, type NetworkParams } from './params';
import type { Wiring } from './wiring';

const unitsPerMillivolt = 65_536;
const mostMillivolt = 32_768;
/** Of which a constant current may take this much, mu = R I in mV. */
const mostCurrent = 8192;
/** Largest relative error of the time constant. */
const tolerance = 1e-4;

export interface FixedConstants {
  /** A, an unsigned word. */
  readonly decay: number;
  /** Multiples of 2^-16 mV. */
  readonly weightExc: number;
  readonly weightInh: number;
  readonly threshold: number;
  readonly reset: number;
}

export const toFixed = (millivolt: number): number => Math.round(millivolt * unitsPerMillivolt);
export const fromFixed = (value: number): number => value / unitsPerMillivolt;

/** The high word of the product of two unsigned words, rounded at its half; built from 16-bit halves as in WGSL. */
export function scaled(x: number, y: number): number {
  const xl = x & 0xffff;
  const xh = x >>> 16;
  const yl = y & 0xffff;
  const yh = y >>> 16;
  const lh = Math.imul(xl, yh) >>> 0;
  const hl = Math.imul(xh, yl) >>> 0;
  const middle = (Math.imul(xl, yl) >>> 16) + (lh & 0xffff) + (hl & 0xffff);
  return (Math.imul(xh, yh) + (lh >>> 16) + (hl >>> 16) + (middle >>> 16) + ((middle >>> 15) & 1)) >>> 0;
}

/** Relative error of the time constant that decays by `word` / 2^32 a step. */
export function timeConstantError(params: Pick<NetworkParams, 'dt' | 'tauMem'>, word: number): number {
  const effective = -params.dt / Math.log(word / 0x100000000);
  return Math.abs(effective / params.tauMem - 1);
}

function decayWord(params: NetworkParams): number {
  const word = Math.round(exactExp(-params.dt / params.tauMem) * 0x100000000);
  // Below 2^-20 nothing of a membrane is left after a step, so that its time constant cannot be told.
  if (word >= 4096 && (word > 0xffffffff || timeConstantError(params, word) > tolerance)) {
    throw new ParameterError({
      code: 'fixed-point.tau',
      message: 'The membrane decays too slowly per step for fixed-point arithmetic.',
      param: 'tauMem',
      found: `dt / tauMem = ${(params.dt / params.tauMem).toExponential(1)}`,
      expected: 'a time constant that is right to 0.01 %',
      cure: 'Raise dt, lower tauMem, or use float arithmetic.',
    });
  }
  return word;
}

/** Most inputs that one neuron has from the sources `first` to `last` - 1. */
function mostInputs({ unitCount, sourceStart, targets }: Wiring, first: number, last: number): number {
  const inputs = new Uint32Array(unitCount);
  const end = sourceStart[last] as number;
  for (let k = sourceStart[first] as number; k < end; k++) {
    const target = targets[k] as number;
    inputs[target] = (inputs[target] as number) + 1;
  }
  return inputs.reduce((most, count) => Math.max(most, count), 0);
}

/** A potential that no membrane of the network can pass either way without a constant current, mV. */
function reach(params: NetworkParams, constants: NetworkConstants, wiring: Wiring): number {
  const { unitCount, weightExc, weightInh, threshold, reset, refractorySteps } = constants;
  const excInputs = mostInputs(wiring, 0, wiring.nExc);
  const inhInputs = mostInputs(wiring, wiring.nExc, unitCount);
  // A source fires at most every refractorySteps + 1 steps, and what it gave decays in between.
  const keptBetween = Math.exp((-(refractorySteps + 1) * params.dt) / params.tauMem);
  const lowest = (weightInh * inhInputs) / (1 - keptBetween) + Math.abs(reset) + Math.abs(threshold);
  // A word above every level of the largest allowed Poisson mean is rarer than 2^-32: twice the mean and 40 more.
  const highest = Math.abs(threshold) + weightExc * (excInputs + 2 * maxExternalCount + 40);
  return Math.max(lowest, highest);
}

/** Throws ParameterError for a network that has no fixed-point form: those that whyNotOnGpu refuses, too. */
export function requireFixedPoint({ synapse = 'delta', weightSpread = 0 }: NetworkParams): void {
  const found =
    synapse !== 'delta'
      ? (['synapse', synapse, 'delta'] as const)
      : weightSpread > 0
        ? (['weightSpread', String(weightSpread), '0'] as const)
        : null;
  if (!found) return;
  throw new ParameterError({
    code: 'fixed-point.network',
    message: `Fixed-point arithmetic has no ${found[0]} = ${found[1]}.`,
    param: found[0],
    found: found[1],
    expected: found[2],
    cure: 'Use float arithmetic, or this network without it.',
  });
}

/** The constants as integers. Throws ParameterError where integers cannot carry this network. */
export function fixedConstants(params: NetworkParams, constants: NetworkConstants, wiring: Wiring): FixedConstants {
  const found = reach(params, constants, wiring);
  if (found >= mostMillivolt - mostCurrent) {
    throw new ParameterError({
      code: 'fixed-point.range',
      message: `A membrane of this network could reach ${found.toFixed(0)} mV, beyond fixed-point arithmetic.`,
      param: 'jExc',
      found: `${found.toFixed(0)} mV`,
      expected: `below ${mostMillivolt - mostCurrent} mV`,
      cure: 'Lower jExc or inhExcRatio, or use float arithmetic.',
    });
  }
  return {
    decay: decayWord(params),
    weightExc: toFixed(constants.weightExc),
    weightInh: toFixed(constants.weightInh),
    threshold: toFixed(constants.threshold),
    reset: toFixed(constants.reset),
  };
}

/** The increments of a constant current as integers. Throws ParameterError where they are too strong. */
export function fixedIncrements(increments: Float32Array, { decay }: NetworkConstants): Int32Array {
  const strongest = increments.reduce((most, increment) => Math.max(most, Math.abs(increment)), 0) / (1 - decay);
  if (!(strongest <= mostCurrent)) {
    throw new ParameterError({
      code: 'fixed-point.current',
      message: `A constant current of ${strongest.toFixed(0)} mV is beyond fixed-point arithmetic.`,
      param: 'externalDrive',
      found: `${strongest.toFixed(0)} mV`,
      expected: `at most ${mostCurrent} mV`,
      cure: 'Lower the current, or use float arithmetic.',
    });
  }
  return Int32Array.from(increments, toFixed);
}
