/**
 * Host of the WASM kernel: lays out one memory for a network (state, wiring, spike log), fills it at the start of an item
 * and drains spikes and recorded counts after every call. Nothing is allocated while an item runs, except when its drive
 * needs more Poisson levels than any before it or the spike log of the caller grows.
 */
import { loadKernel } from '../load-wasm';
import kernelBytes from './balanced-snn.wasm';
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import * as at from './layout';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { neverThreshold, type ThresholdTable } from './poisson';
import { StateMemory } from './state-memory';
import type { InputSink, SpikeLog, Stepper } from './stepper';
import { type Wiring, withoutWeights } from './wiring';

interface KernelExports {
  advance(state: number, steps: number): number;
  advanceGeneral(state: number, steps: number): number;
  advanceWeighted(state: number, steps: number): number;
  advanceWeightedGeneral(state: number, steps: number): number;
}

/** Steps per call: V8 never replaces a running WASM frame by its optimised code, so a call must return soon. */
export const sliceSteps = 100;

/** A branch for a rare level pays when fewer than this many groups of 8 neurons take it. */
const eagerTail = 0.05 / 8;
/** Levels that the kernel compares in any case. */
const minEager = 2;
/** The state block is at the start of the memory. */
const state = 0;

const powerOfTwoAbove = (n: number): number => 2 ** Math.ceil(Math.log2(n + 1));

/** Spikes that may wait for delivery, release or the host: the ring must hold them all, and one full step more. */
export function logCapacity({ unitCount, delaySteps, delayCount, refractorySteps }: NetworkConstants): number {
  const waiting = Math.max(Math.ceil((delaySteps + delayCount - 1) / (refractorySteps + 1)), 1) + 1;
  return powerOfTwoAbove((unitCount + 8) * (waiting + 3));
}

/** Steps whose spike counts are kept. */
function stepRingOf({ delaySteps, delayCount, refractorySteps }: NetworkConstants): number {
  return powerOfTwoAbove(Math.max(delaySteps + delayCount - 1, refractorySteps + 1, sliceSteps));
}

export class WasmStepper implements Stepper {
  private levelBytes = 0;
  private recordedRoom = 0;
  private drainedSteps = 0;
  private readonly general: boolean;

  private constructor(
    private readonly params: NetworkParams,
    private readonly constants: NetworkConstants,
    private readonly memory: StateMemory,
    private readonly kernel: KernelExports,
  ) {
    this.general = constants.delayCount > 1 || constants.currents !== null;
  }

  static async create(params: NetworkParams, wiring: Wiring): Promise<WasmStepper> {
    const constants = deriveConstants(params);
    const memory = new StateMemory(at.blockBytes);
    const kernel = await loadKernel<KernelExports>(kernelBytes, memory.memory);
    const stepper = new WasmStepper(params, constants, memory, kernel);
    stepper.layOut(wiring);
    return stepper;
  }

  start(item: number, run: number, drive: ResolvedDrive, recorded?: Uint32Array): void {
    const { unitCount, threshold, delayCount, currents, relativeWeights } = this.constants;
    const memory = this.memory;
    const stepRing = memory.int(at.stepMask) + 1;
    memory.view(Int32Array, at.arriving, this.paddedCount).fill(0);
    memory.view(Int32Array, at.stepCounts, stepRing).fill(0);
    memory.view(Int32Array, at.cursors, delayCount).fill(0);
    if (currents) {
      for (const field of [at.excCurrent, at.inhCurrent]) memory.view(Float32Array, field, this.paddedCount).fill(0);
    }
    if (relativeWeights) {
      for (const field of [at.excArriving, at.inhArriving]) memory.view(Float32Array, field, this.paddedCount).fill(0);
    }
    for (const field of [at.step, at.written, at.delivered, at.released, at.drained]) memory.setInt(field, 0);
    this.drainedSteps = 0;
    seedLanes(
      this.params.seedInput,
      item,
      run,
      memory.view(Uint32Array, at.lane0, unitCount),
      memory.view(Uint32Array, at.lane1, unitCount),
    );
    const voltage = memory.view(Float32Array, at.voltage, this.paddedCount);
    voltage.fill(-Infinity); // the padding, which nothing can wake
    drawMembrane(this.params.seedInit, item, run, threshold, voltage.subarray(0, unitCount));
    this.record(recorded);
    this.setDrive(drive);
  }

  setDrive({ thresholds, increments }: ResolvedDrive): void {
    this.writeLevels(thresholds);
    this.memory.setInt(at.increments, increments ? this.memory.address(at.increments) : 0);
    if (increments) this.memory.view(Float32Array, at.increments, increments.length).set(increments);
  }

  advance(steps: number, log: SpikeLog, inputs?: InputSink): void {
    const recorded = this.memory.int(at.recordedCount);
    const advance = this.kernelFor(recorded > 0);
    for (let left = steps; left > 0; ) {
      const slice = Math.min(left, sliceSteps);
      const done = advance(state, slice);
      this.drain(log);
      if (recorded > 0) inputs?.take(this.memory.view(Float32Array, at.recordedInputs, 3 * recorded * done), done);
      left -= done;
    }
  }

  membrane(out: Float32Array): void {
    const voltage = this.memory.view(Float32Array, at.voltage, out.length);
    const { reset } = this.constants;
    for (let i = 0; i < out.length; i++) {
      const v = voltage[i] as number;
      out[i] = Number.isFinite(v) ? v : reset;
    }
  }

  private kernelFor(recording: boolean): KernelExports['advance'] {
    const { advance, advanceGeneral, advanceWeighted, advanceWeightedGeneral } = this.kernel;
    const general = this.general || recording;
    if (this.constants.relativeWeights) return general ? advanceWeightedGeneral : advanceWeighted;
    return general ? advanceGeneral : advance;
  }

  private get paddedCount(): number {
    return Math.ceil(this.constants.unitCount / 8) * 8;
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

  /** Copies the spikes since the last call out of the ring. */
  private drain(log: SpikeLog): void {
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
      else table.set(levels.subarray(t * unitCount, (t + 1) * unitCount), t * width);
    }
    let eager = minEager;
    while (eager < levelCount && (tails[eager] as number) > eagerTail) eager++;
    this.memory.setInt(at.noisy, levelCount > 0 ? 1 : 0);
    this.memory.setInt(at.eagerLevels, eager);
    this.memory.setInt(at.levelStride, 4 * width);
    this.memory.setInt(at.levelMask, homogeneous ? 0 : -1);
  }

  private layOut(wiring: Wiring): void {
    const { unitCount, delaySteps, delayCount, refractorySteps } = this.constants;
    const memory = this.memory;
    const padded = this.paddedCount;
    const capacity = logCapacity(this.constants);
    const stepRing = stepRingOf(this.constants);
    for (const field of [at.voltage, at.lane0, at.lane1, at.arriving, at.increments]) {
      memory.allocate(field, 4 * padded);
    }
    memory.allocate(at.sourceStart, 4 * (unitCount + 1));
    memory.allocate(at.cursors, 4 * delayCount);
    memory.allocate(at.stepCounts, 4 * stepRing);
    memory.allocate(at.log, 4 * capacity);
    memory.allocate(at.targets, wiring.targets.byteLength);
    memory.view(Uint32Array, at.sourceStart, unitCount + 1).set(wiring.sourceStart);
    if (wiring.segmentStart) {
      memory.allocate(at.segmentStart, wiring.segmentStart.byteLength);
      memory.view(Uint32Array, at.segmentStart, wiring.segmentStart.length).set(wiring.segmentStart);
    } else memory.alias(at.segmentStart, at.sourceStart);
    const wide = wiring.targets instanceof Uint32Array;
    if (wide) memory.view(Uint32Array, at.targets, wiring.targets.length).set(wiring.targets);
    else memory.view(Uint16Array, at.targets, wiring.targets.length).set(wiring.targets);
    if (this.constants.relativeWeights) this.layOutWeights(wiring);
    memory.setInt(at.scrambler, 0x9e3779bb);
    memory.setInt(at.low16, 0xffff);
    memory.setInt(at.paddedCount, padded);
    memory.setInt(at.excCount, this.params.nExc);
    memory.setInt(at.delaySteps, delaySteps);
    memory.setInt(at.delayCount, delayCount);
    memory.setInt(at.releaseSteps, refractorySteps + 1);
    memory.setInt(at.targetShift, wide ? 2 : 1);
    memory.setInt(at.logMask, capacity - 1);
    memory.setInt(at.stepMask, stepRing - 1);
    this.writeConstants();
  }

  private layOutWeights({ weights }: Wiring): void {
    if (!weights) throw new Error(withoutWeights);
    const memory = this.memory;
    for (const field of [at.excArriving, at.inhArriving]) memory.allocate(field, 4 * this.paddedCount);
    memory.allocate(at.weights, weights.byteLength);
    memory.view(Float32Array, at.weights, weights.length).set(weights);
  }

  private writeConstants(): void {
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
}
