/**
 * Exponential-current synapses: dI/dt = -I/tauSyn + J/tauSyn sum_k delta(t - t_k), so that J is the charge of a spike, as
 * with delta synapses: each spike moves the membrane by J in all. Exact for a step dt, with the old I:
 *   V <- a V + P I,   I <- a_s I + (J / tauSyn) n
 *   a = exp(-dt/tauMem), a_s = exp(-dt/tauSyn), P = (a - a_s) / (1/tauSyn - 1/tauMem)
 *
 * Source: Rotter & Diesmann 1999, Biol Cybern 81:381-402 (exact integration).
 */
import { exactExp } from '../../core/random/elementary';

/** One population's current, as float32 values. */
export interface SynapticCurrent {
  /** a_s. */
  readonly decay: number;
  /** P, ms: what the membrane takes from the current in a step. */
  readonly gain: number;
  /** J / tauSyn, mV per ms. */
  readonly jump: number;
}

/** P as dt a (1 - exp(-x)) / x with x = dt (1/tauSyn - 1/tauMem): by its series where x is small, and dt a where it is 0. */
function membraneGain(tauSyn: number, tauMem: number, dt: number): number {
  const x = dt * (1 / tauSyn - 1 / tauMem);
  const a = exactExp(-dt / tauMem);
  if (Math.abs(x) < 1e-3) return dt * a * (1 - x / 2 + (x * x) / 6 - (x * x * x) / 24);
  return (dt * (a - exactExp(-dt / tauSyn))) / x;
}

/** `weight` in mV, times in ms. */
export function deriveCurrent(tauSyn: number, tauMem: number, dt: number, weight: number): SynapticCurrent {
  return {
    decay: Math.fround(exactExp(-dt / tauSyn)),
    gain: Math.fround(membraneGain(tauSyn, tauMem, dt)),
    jump: Math.fround(weight / tauSyn),
  };
}
