/**
 * One memory of the WASM kernel: lays out a network, or the share of one that a thread owns (state, wiring, spike lists), fills
 * it at the start of an item and hands over spikes and recorded counts after every call. Nothing is allocated while an item
 * runs, except when its drive needs more Poisson levels than any before it or the spike log of the caller grows.
 */
import { loadKernel } from '../load-wasm';
import kernelBytes from './balanced-snn.wasm';
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import * as at from './layout';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { neverThreshold, type ThresholdTable } from './poisson';
import { StateMemory } from './state-memory';
import type { Arithmetic, SpikeLog } from './stepper';
import { type FixedConstants, fixedConstants, fixedIncrements, fromFixed, toFixed } from './webgpu-fixed-point';
import { type Wiring, withoutWeights } from './wiring';

interface KernelExports {
  advance(state: number, steps: number): number;
  advanceGeneral(state: number, steps: number): number;
  advanceWeighted(state: number, steps: number): number;
  advanceWeightedGeneral(state: number, steps: number): number;
  advanceFixed(state: number, steps: number): number;
  advanceFixedGeneral(state: number, steps: number): number;
}

/** A refractory neuron's membrane in fixed point. */
const fixedSilence = -0x80000000;
/** Steps per call: V8 never replaces a running WASM frame by its optimised code, so a call must return soon. */
export const sliceSteps = 100;

/** A branch for a rare level pays when fewer than this many groups of 8 neurons take it. */
const eagerTail = 0.05 / 8;
/** Levels that the kernel compares in any case. */
const minEager = 2;
/** Bytes of targets above which rows come from far away. */
const beyondCaches = 2_000_000;
/** The state block is at the start of the memory. */
const state = 0;

const powerOfTwoAbove = (n: number): number => 2 ** Math.ceil(Math.log2(n + 1));

/** Spikes of a unit that may wait for delivery. */
const waitingOf = ({ delaySteps, delayCount, refractorySteps }: NetworkConstants): number =>
  Math.max(Math.ceil((delaySteps + delayCount - 1) / (refractorySteps + 1)), 1) + 1;

/** Spikes that may wait for delivery, release or the host: the ring must hold them all, and one full step more. */
export function logCapacity(constants: NetworkConstants, unitCount = constants.unitCount): number {
  return powerOfTwoAbove((unitCount + 8) * (waitingOf(constants) + 3));
}

/** The same for spikes that the host fills in, for as many steps at once as the shortest delay has. */
const arrivalCapacity = (constants: NetworkConstants): number =>
  powerOfTwoAbove((constants.unitCount + 8) * 2 * waitingOf(constants));

/** Steps whose spike counts are kept. */
export function stepRingOf({ delaySteps, delayCount, refractorySteps }: NetworkConstants): number {
  return powerOfTwoAbove(Math.max(delaySteps + delayCount - 1, refractorySteps + 1, sliceSteps));
}

/** Consecutive units of a network. */
export interface Share {
  readonly first: number;
  readonly count: number;
}

export interface KernelOptions {
  /** The units simulated here, where that is not all. Targets of `wiring` are then counted from `first`. */
  readonly share?: Share;
  /** Absent: float. */
  readonly arithmetic?: Arithmetic;
}

/** Units that fired in the steps before, step by step, and how many of each step; both rings. */
export interface Arrivals {
  readonly units: Uint32Array;
  readonly mask: number;
  readonly counts: Uint32Array;
  readonly stepMask: number;
}

export class KernelState {
  readonly constants: NetworkConstants;
  readonly share: Share;
  private levelBytes = 0;
  private recordedRoom = 0;
  private drainedSteps = 0;
  private readonly general: boolean;
  private readonly fixed: FixedConstants | null;

  private constructor(
    private readonly params: NetworkParams,
    private readonly memory: StateMemory,
    private readonly kernel: KernelExports,
    wiring: Wiring,
    { share, arithmetic = 'float' }: KernelOptions,
  ) {
    this.constants = deriveConstants(params);
    this.fixed = arithmetic === 'fixed' ? fixedConstants(params, this.constants, wiring) : null;
    this.general = this.constants.delayCount > 1 || this.constants.currents !== null;
    this.share = share ?? { first: 0, count: this.constants.unitCount };
    this.layOut(wiring, share !== undefined);
  }

  static async create(params: NetworkParams, wiring: Wiring, options: KernelOptions = {}): Promise<KernelState> {
    const memory = new StateMemory(at.blockBytes);
    const kernel = await loadKernel<KernelExports>(kernelBytes, memory.memory);
    return new KernelState(params, memory, kernel, wiring, options);
  }

  /** `recorded`: units of this share, counted from its first. */
  start(item: number, run: number, drive: ResolvedDrive, recorded?: Uint32Array): void {
    const { threshold, delayCount, currents, relativeWeights } = this.constants;
    const { first, count } = this.share;
    const memory = this.memory;
    const stepRing = memory.int(at.stepMask) + 1;
    memory.view(Int32Array, at.arriving, this.paddedCount).fill(0);
    memory.view(Int32Array, at.stepCounts, stepRing).fill(0);
    memory.view(Int32Array, at.arrivalCounts, stepRing).fill(0);
    memory.view(Int32Array, at.cursors, delayCount).fill(0);
    if (currents) {
      for (const field of [at.excCurrent, at.inhCurrent]) memory.view(Float32Array, field, this.paddedCount).fill(0);
    }
    if (relativeWeights) {
      for (const field of [at.excArriving, at.inhArriving]) memory.view(Float32Array, field, this.paddedCount).fill(0);
    }
    for (const field of [at.step, at.written, at.delivered, at.released, at.drained, at.fetched])
      memory.setInt(field, 0);
    this.drainedSteps = 0;
    const { seedInput, seedInit } = this.params;
    const lane = (field: number): Uint32Array => memory.view(Uint32Array, field, count);
    seedLanes(seedInput, item, run, lane(at.lane0), lane(at.lane1), first);
    const drawn = new Float32Array(count);
    drawMembrane(seedInit, item, run, threshold, drawn, first);
    // The padding is refractory, and nothing can wake it.
    if (this.fixed) memory.view(Int32Array, at.voltage, this.paddedCount).fill(fixedSilence);
    else memory.view(Float32Array, at.voltage, this.paddedCount).fill(-Infinity);
    if (this.fixed) memory.view(Int32Array, at.voltage, count).set(Int32Array.from(drawn, toFixed));
    else memory.view(Float32Array, at.voltage, count).set(drawn);
    this.record(recorded);
    this.setDrive(drive);
  }

  setDrive({ thresholds, increments }: ResolvedDrive): void {
    this.writeLevels(thresholds);
    this.memory.setInt(at.increments, increments ? this.memory.address(at.increments) : 0);
    const { first, count } = this.share;
    if (!increments) return;
    const own = increments.subarray(first, first + count);
    if (this.fixed) this.memory.view(Int32Array, at.increments, count).set(fixedIncrements(own, this.constants));
    else this.memory.view(Float32Array, at.increments, count).set(own);
  }

  /** Simulates up to `steps` steps, at most sliceSteps; returns how many. */
  advance(steps: number): number {
    return this.kernelFor(this.memory.int(at.recordedCount) > 0)(state, steps);
  }

  /** What arrived at the recorded units in the last call, [step, unit, 3]; valid until the next. */
  recordedInputs(steps: number): Float32Array {
    return this.memory.view(Float32Array, at.recordedInputs, 3 * this.memory.int(at.recordedCount) * steps);
  }

  /** Steps since the start. */
  get step(): number {
    return this.memory.int(at.step);
  }

  /** Membranes of the share's units, mV. */
  membrane(out: Float32Array): void {
    if (this.fixed) {
      this.fixedMembrane(out, this.fixed.reset);
      return;
    }
    const voltage = this.memory.view(Float32Array, at.voltage, this.share.count);
    const { reset } = this.constants;
    for (let i = 0; i < voltage.length; i++) {
      const v = voltage[i] as number;
      out[i] = Number.isFinite(v) ? v : reset;
    }
  }

  /** The rings of a share that its host fills with the spikes of the whole network; valid until the next start or drive. */
  arrivals(): Arrivals {
    const { memory } = this;
    const mask = memory.int(at.arrivalMask);
    const stepMask = memory.int(at.stepMask);
    return {
      units: memory.view(Uint32Array, at.arrivalLog, mask + 1),
      mask,
      counts: memory.view(Uint32Array, at.arrivalCounts, stepMask + 1),
      stepMask,
    };
  }

  private fixedMembrane(out: Float32Array, reset: number): void {
    const membranes = this.memory.view(Int32Array, at.voltage, this.share.count);
    for (let i = 0; i < membranes.length; i++) {
      const v = membranes[i] as number;
      out[i] = fromFixed(v === fixedSilence ? reset : v);
    }
  }

  private kernelFor(recording: boolean): KernelExports['advance'] {
    const { advance, advanceGeneral, advanceWeighted, advanceWeightedGeneral } = this.kernel;
    const general = this.general || recording;
    if (this.fixed) return general ? this.kernel.advanceFixedGeneral : this.kernel.advanceFixed;
    if (this.constants.relativeWeights) return general ? advanceWeightedGeneral : advanceWeighted;
    return general ? advanceGeneral : advance;
  }

  private get paddedCount(): number {
    return Math.ceil(this.share.count / 8) * 8;
  }

  private record(units: Uint32Array = new Uint32Array(0)): void {
    const memory = this.memory;
    if (units.length > this.recordedRoom) {
      this.recordedRoom = units.length;
      memory.allocate(at.recordedUnits, 4 * units.length);
      memory.allocate(at.recordedInputs, 12 * units.length * sliceSteps);
    }
    memory.view(Uint32Array, at.recordedUnits, units.length).set(units);
    memory.setInt(at.recordedCount, units.length);
  }

  /** Copies the spikes since the last call out of the ring; units are counted from the share's first. */
  drain(log: SpikeLog): void {
    const memory = this.memory;
    const written = memory.int(at.written) >>> 0;
    let from = memory.int(at.drained) >>> 0;
    const fresh = (written - from) >>> 0;
    log.reserve(fresh);
    const mask = memory.int(at.logMask);
    const stepMask = memory.int(at.stepMask);
    const ring = memory.view(Uint32Array, at.log, mask + 1);
    const counts = memory.view(Uint32Array, at.stepCounts, stepMask + 1);
    const { units, steps } = log;
    let count = log.count;
    const end = memory.int(at.step);
    for (; this.drainedSteps < end; this.drainedSteps++) {
      for (let n = counts[this.drainedSteps & stepMask] as number; n > 0; n--) {
        units[count] = ring[from++ & mask] as number;
        steps[count++] = this.drainedSteps;
      }
    }
    log.count = count;
    memory.setInt(at.drained, written);
  }

  /** Writes the levels [level, unit], padded, or 8 equal lanes per level where all units share them. */
  private writeLevels({ levelCount, levels, homogeneous, tails }: ThresholdTable): void {
    const { unitCount } = this.constants;
    const { first, count } = this.share;
    const width = homogeneous ? 8 : this.paddedCount;
    // One row more than any unit reaches, since the kernel stops at the first that none does.
    const rows = Math.max(levelCount, minEager) + 1;
    const bytes = 4 * rows * width;
    if (bytes > this.levelBytes) {
      // Rare: the old room is lost, so ask for twice what is needed now.
      this.levelBytes = 2 * bytes;
      this.memory.allocate(at.levels, this.levelBytes);
    }
    const table = this.memory.view(Int32Array, at.levels, rows * width);
    table.fill(neverThreshold);
    for (let t = 0; t < levelCount; t++) {
      if (homogeneous) table.fill(levels[t] as number, t * width, (t + 1) * width);
      else table.set(levels.subarray(t * unitCount + first, t * unitCount + first + count), t * width);
    }
    let eager = minEager;
    while (eager < levelCount && (tails[eager] as number) > eagerTail) eager++;
    this.memory.setInt(at.noisy, levelCount > 0 ? 1 : 0);
    this.memory.setInt(at.eagerLevels, eager);
    this.memory.setInt(at.levelStride, 4 * width);
    this.memory.setInt(at.levelMask, homogeneous ? 0 : -1);
  }

  private layOut(wiring: Wiring, apart: boolean): void {
    const { unitCount, delaySteps, delayCount, refractorySteps } = this.constants;
    const memory = this.memory;
    const padded = this.paddedCount;
    const stepRing = stepRingOf(this.constants);
    for (const field of [at.voltage, at.lane0, at.lane1, at.arriving, at.increments]) {
      memory.allocate(field, 4 * padded);
    }
    memory.allocate(at.cursors, 4 * delayCount);
    memory.allocate(at.sourceStart, 4 * (unitCount + 1));
    memory.view(Uint32Array, at.sourceStart, unitCount + 1).set(wiring.sourceStart);
    if (wiring.segmentStart) {
      memory.allocate(at.segmentStart, wiring.segmentStart.byteLength);
      memory.view(Uint32Array, at.segmentStart, wiring.segmentStart.length).set(wiring.segmentStart);
    } else memory.alias(at.segmentStart, at.sourceStart);
    this.layOutTargets(wiring);
    if (this.constants.relativeWeights) this.layOutWeights(wiring);
    this.layOutLogs(stepRing, apart);
    memory.setInt(at.scrambler, 0x9e3779bb);
    memory.setInt(at.low16, 0xffff);
    memory.setInt(at.paddedCount, padded);
    memory.setInt(at.excCount, this.params.nExc);
    memory.setInt(at.delaySteps, delaySteps);
    memory.setInt(at.delayCount, delayCount);
    memory.setInt(at.releaseSteps, refractorySteps + 1);
    memory.setInt(at.stepMask, stepRing - 1);
    this.writeConstants();
  }

  private layOutTargets({ targets }: Wiring): void {
    const { memory } = this;
    memory.allocate(at.targets, targets.byteLength);
    const wide = targets instanceof Uint32Array;
    if (wide) memory.view(Uint32Array, at.targets, targets.length).set(targets);
    else memory.view(Uint16Array, at.targets, targets.length).set(targets);
    memory.setInt(at.targetShift, wide ? 2 : 1);
    memory.setInt(at.fetchAhead, targets.byteLength > beyondCaches ? 2 : 0x7fffffff);
  }

  private layOutLogs(stepRing: number, apart: boolean): void {
    const { memory, constants } = this;
    const capacity = logCapacity(constants, this.share.count);
    memory.allocate(at.stepCounts, 4 * stepRing);
    memory.allocate(at.log, 4 * capacity);
    memory.setInt(at.logMask, capacity - 1);
    if (apart) {
      const arrivals = arrivalCapacity(constants);
      memory.allocate(at.arrivalCounts, 4 * stepRing);
      memory.allocate(at.arrivalLog, 4 * arrivals);
      memory.setInt(at.arrivalMask, arrivals - 1);
      memory.setInt(at.apart, 1);
      return;
    }
    memory.alias(at.arrivalCounts, at.stepCounts);
    memory.alias(at.arrivalLog, at.log);
    memory.setInt(at.arrivalMask, capacity - 1);
  }

  private layOutWeights({ weights }: Wiring): void {
    if (!weights) throw new Error(withoutWeights);
    const memory = this.memory;
    for (const field of [at.excArriving, at.inhArriving]) memory.allocate(field, 4 * this.paddedCount);
    memory.allocate(at.weights, weights.byteLength);
    memory.view(Float32Array, at.weights, weights.length).set(weights);
  }

  private writeConstants(): void {
    if (this.fixed) {
      this.writeFixedConstants(this.fixed);
      return;
    }
    const { decay, weightExc, weightInh, threshold, reset, currents } = this.constants;
    const memory = this.memory;
    memory.setFloat(at.decay, decay);
    memory.setFloat(at.weightExc, weightExc);
    memory.setFloat(at.weightInh, weightInh);
    memory.setFloat(at.threshold, threshold);
    memory.setFloat(at.reset, reset);
    if (!currents) return;
    for (const field of [at.excCurrent, at.inhCurrent]) memory.allocate(field, 4 * this.paddedCount);
    memory.setInt(at.exponential, 1);
    memory.setFloat(at.excCurrentDecay, currents.exc.decay);
    memory.setFloat(at.excCurrentGain, currents.exc.gain);
    memory.setFloat(at.excCurrentJump, currents.exc.jump);
    memory.setFloat(at.inhCurrentDecay, currents.inh.decay);
    memory.setFloat(at.inhCurrentGain, currents.inh.gain);
    memory.setFloat(at.inhCurrentJump, currents.inh.jump);
  }

  private writeFixedConstants({ decay, weightExc, weightInh, threshold, reset }: FixedConstants): void {
    const { memory } = this;
    memory.setInt(at.decay, decay);
    memory.setInt(at.weightExc, weightExc);
    memory.setInt(at.weightInh, weightInh);
    memory.setInt(at.threshold, threshold);
    memory.setInt(at.reset, reset);
  }
}
