/**
 * Host of the WASM kernel: lays out one memory for a network (state, wiring, spike log), fills it at the start of an item
 * and drains the spikes after every call. Nothing is allocated while an item runs, except when its drive needs more
 * Poisson levels than any before it or the spike log of the caller grows.
 */
import { loadKernel } from '../load-wasm';
import kernelBytes from './balanced-snn.wasm';
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import * as at from './layout';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { neverThreshold, type ThresholdTable } from './poisson';
import type { SpikeLog, Stepper } from './stepper';
import type { Wiring } from './wiring';

interface KernelExports {
  advance(state: number, steps: number): number;
}

/** Steps per call: V8 never replaces a running WASM frame by its optimised code, so a call must return soon. */
export const sliceSteps = 100;

/** A branch for a rare level pays when fewer than this many groups of 8 neurons take it. */
const eagerTail = 0.05 / 8;
/** Levels that the kernel compares in any case. */
const minEager = 2;

const pageBytes = 65_536;
const powerOfTwoAbove = (n: number): number => 2 ** Math.ceil(Math.log2(n + 1));
const align = (n: number): number => Math.ceil(n / 64) * 64;

/** Spikes that may wait for delivery, release or the host: the ring must hold them all, and one full step more. */
function logCapacity({ unitCount, delaySteps, refractorySteps }: NetworkConstants): number {
  const waiting = Math.max(Math.ceil(delaySteps / (refractorySteps + 1)), 1) + 1;
  return powerOfTwoAbove((unitCount + 8) * (waiting + 3));
}

export class WasmStepper implements Stepper {
  private readonly state = 0;
  private readonly fields: Map<number, number> = new Map();
  private top = at.blockBytes;
  private levelBytes = 0;
  private drainedSteps = 0;

  private constructor(
    private readonly params: NetworkParams,
    private readonly constants: NetworkConstants,
    private readonly memory: WebAssembly.Memory,
    private readonly kernel: KernelExports,
  ) {}

  static async create(params: NetworkParams, wiring: Wiring): Promise<WasmStepper> {
    const constants = deriveConstants(params);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    const kernel = await loadKernel<KernelExports>(kernelBytes, memory);
    const stepper = new WasmStepper(params, constants, memory, kernel);
    stepper.layOut(wiring);
    return stepper;
  }

  start(item: number, run: number, drive: ResolvedDrive): void {
    const { unitCount, threshold } = this.constants;
    const stepRing = this.int(at.stepMask) + 1;
    this.view(Int32Array, at.arriving, this.paddedCount).fill(0);
    this.view(Int32Array, at.stepCounts, stepRing).fill(0);
    for (const field of [at.step, at.written, at.delivered, at.released, at.drained]) this.setInt(field, 0);
    this.drainedSteps = 0;
    seedLanes(
      this.params.seedInput,
      item,
      run,
      this.view(Uint32Array, at.lane0, unitCount),
      this.view(Uint32Array, at.lane1, unitCount),
    );
    const voltage = this.view(Float32Array, at.voltage, this.paddedCount);
    voltage.fill(-Infinity); // the padding, which nothing can wake
    drawMembrane(this.params.seedInit, item, run, threshold, voltage.subarray(0, unitCount));
    this.setDrive(drive);
  }

  setDrive({ thresholds, increments }: ResolvedDrive): void {
    this.writeLevels(thresholds);
    this.setInt(at.increments, increments ? (this.fields.get(at.increments) as number) : 0);
    if (increments) this.floats(this.fields.get(at.increments) as number, increments.length).set(increments);
  }

  advance(steps: number, log: SpikeLog): void {
    for (let left = steps; left > 0; ) {
      const done = this.kernel.advance(this.state, Math.min(left, sliceSteps));
      this.drain(log);
      left -= done;
    }
  }

  membrane(out: Float32Array): void {
    const voltage = this.view(Float32Array, at.voltage, out.length);
    for (let i = 0; i < out.length; i++) {
      const v = voltage[i] as number;
      out[i] = Number.isFinite(v) ? v : this.constants.reset;
    }
  }

  private get paddedCount(): number {
    return Math.ceil(this.constants.unitCount / 8) * 8;
  }

  /** Copies the spikes since the last call out of the ring. */
  private drain(log: SpikeLog): void {
    const written = this.int(at.written) >>> 0;
    let from = this.int(at.drained) >>> 0;
    const fresh = (written - from) >>> 0;
    log.reserve(fresh);
    const mask = this.int(at.logMask);
    const stepMask = this.int(at.stepMask);
    const ring = this.view(Uint32Array, at.log, mask + 1);
    const counts = this.view(Uint32Array, at.stepCounts, stepMask + 1);
    const { units, steps } = log;
    let count = log.count;
    const end = this.int(at.step);
    for (; this.drainedSteps < end; this.drainedSteps++) {
      for (let n = counts[this.drainedSteps & stepMask] as number; n > 0; n--) {
        units[count] = ring[from++ & mask] as number;
        steps[count++] = this.drainedSteps;
      }
    }
    log.count = count;
    this.setInt(at.drained, written);
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
      this.allocate(at.levels, this.levelBytes);
    }
    const table = this.view(Int32Array, at.levels, rows * width);
    table.fill(neverThreshold);
    for (let t = 0; t < levelCount; t++) {
      if (homogeneous) table.fill(levels[t] as number, t * width, (t + 1) * width);
      else table.set(levels.subarray(t * unitCount, (t + 1) * unitCount), t * width);
    }
    let eager = minEager;
    while (eager < levelCount && (tails[eager] as number) > eagerTail) eager++;
    this.setInt(at.noisy, levelCount > 0 ? 1 : 0);
    this.setInt(at.eagerLevels, eager);
    this.setInt(at.levelStride, 4 * width);
    this.setInt(at.levelMask, homogeneous ? 0 : -1);
  }

  private layOut(wiring: Wiring): void {
    const { unitCount, delaySteps, refractorySteps, decay, weightExc, weightInh, threshold, reset } = this.constants;
    const padded = this.paddedCount;
    const capacity = logCapacity(this.constants);
    const stepRing = powerOfTwoAbove(Math.max(delaySteps, refractorySteps + 1, sliceSteps));
    for (const field of [at.voltage, at.lane0, at.lane1, at.arriving, at.increments]) this.allocate(field, 4 * padded);
    this.allocate(at.sourceStart, 4 * (unitCount + 1));
    this.allocate(at.stepCounts, 4 * stepRing);
    this.allocate(at.log, 4 * capacity);
    this.allocate(at.targets, wiring.targets.byteLength);
    this.view(Uint32Array, at.sourceStart, unitCount + 1).set(wiring.sourceStart);
    const wide = wiring.targets instanceof Uint32Array;
    if (wide) this.view(Uint32Array, at.targets, wiring.targets.length).set(wiring.targets);
    else this.view(Uint16Array, at.targets, wiring.targets.length).set(wiring.targets);
    this.setInt(at.scrambler, 0x9e3779bb);
    this.setInt(at.low16, 0xffff);
    this.setInt(at.paddedCount, padded);
    this.setInt(at.excCount, this.params.nExc);
    this.setInt(at.delaySteps, delaySteps);
    this.setInt(at.releaseSteps, refractorySteps + 1);
    this.setInt(at.targetShift, wide ? 2 : 1);
    this.setInt(at.logMask, capacity - 1);
    this.setInt(at.stepMask, stepRing - 1);
    this.setFloat(at.decay, decay);
    this.setFloat(at.weightExc, weightExc);
    this.setFloat(at.weightInh, weightInh);
    this.setFloat(at.threshold, threshold);
    this.setFloat(at.reset, reset);
  }

  /** Reserves `bytes` at the top of the memory and points `field` at them. */
  private allocate(field: number, bytes: number): void {
    const address = this.top;
    this.top = align(address + bytes);
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    this.fields.set(field, address);
    this.setInt(field, address);
  }

  private view<T>(kind: new (buffer: ArrayBuffer, offset: number, length: number) => T, field: number, n: number): T {
    return new kind(this.memory.buffer as ArrayBuffer, this.fields.get(field) as number, n);
  }

  private floats(address: number, n: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, n);
  }

  private int(field: number): number {
    return new Int32Array(this.memory.buffer, this.state + field, 1)[0] as number;
  }

  private setInt(field: number, value: number): void {
    new Int32Array(this.memory.buffer, this.state + field, 1)[0] = value;
  }

  private setFloat(field: number, value: number): void {
    this.floats(this.state + field, 1)[0] = value;
  }
}
