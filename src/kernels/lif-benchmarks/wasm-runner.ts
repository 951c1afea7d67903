/**
 * Host of the benchmark kernels: lays out one memory for a network, fills it at the start of a trial and drains the
 * spikes after every slice. Nothing is allocated while a trial runs, except when the spike log grows.
 */
import { SpikeLog } from '../balanced-snn/stepper';
import { loadKernel } from '../load-wasm';
import { drawLifState } from './initial-state';
import * as at from './layout';
import kernelBytes from './lif-benchmarks.wasm';
import { deriveLifConstants, type LifConstants, type LifParams, tinyVariable } from './models';
import type { LifWiring } from './wiring';

interface KernelExports {
  advanceCuba(state: number, steps: number): void;
  advanceCoba(state: number, steps: number): void;
}

/** Steps per call: V8 never replaces a running WASM frame by its optimised code, so a call must return soon. */
const sliceSteps = 100;
const pageBytes = 65_536;
const stateAddress = 0;
const powerOfTwoAbove = (n: number): number => 2 ** Math.ceil(Math.log2(n + 1));
const align = (n: number): number => Math.ceil(n / 64) * 64;

export class LifRunner {
  readonly log = new SpikeLog(false);
  readonly constants: LifConstants;
  private readonly paddedCount: number;
  private readonly ring: Uint16Array;
  private readonly counts: Uint32Array;
  private readonly ints: Int32Array;
  private readonly floats: Float32Array;
  private readonly addresses = new Map<number, number>();
  private top = at.blockBytes;
  private readonly advanceKernel: (state: number, steps: number) => void;

  private constructor(
    private readonly params: LifParams,
    private readonly memory: WebAssembly.Memory,
    kernel: KernelExports,
    wiring: LifWiring,
  ) {
    const constants = deriveLifConstants(params);
    const { unitCount, refractorySteps } = constants;
    this.constants = constants;
    this.paddedCount = Math.ceil(unitCount / 8) * 8;
    this.advanceKernel = params.model === 'cuba' ? kernel.advanceCuba : kernel.advanceCoba;
    // A unit fires at most once in refractorySteps + 1 steps; spikes wait for the host, a slice, and for their release.
    const logLength = powerOfTwoAbove(unitCount * (Math.ceil(sliceSteps / (refractorySteps + 1)) + 2));
    const stepLength = powerOfTwoAbove(Math.max(sliceSteps, refractorySteps + 1));
    for (const array of [at.voltage, at.exc, at.inh]) this.place(array, 4 * this.paddedCount);
    this.place(at.sourceStart, wiring.sourceStart.byteLength);
    this.place(at.targets, wiring.targets.byteLength);
    this.place(at.stepCounts, 4 * stepLength);
    this.place(at.log, 2 * logLength);
    const missing = this.top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));

    const { buffer } = memory;
    this.ints = new Int32Array(buffer, stateAddress, at.blockBytes / 4);
    this.floats = new Float32Array(buffer, stateAddress, at.blockBytes / 4);
    this.ring = new Uint16Array(buffer, this.address(at.log), logLength);
    this.counts = new Uint32Array(buffer, this.address(at.stepCounts), stepLength);
    new Uint32Array(buffer, this.address(at.sourceStart), wiring.sourceStart.length).set(wiring.sourceStart);
    new Uint16Array(buffer, this.address(at.targets), wiring.targets.length).set(wiring.targets);
    for (const [field, address] of this.addresses) this.ints[field / 4] = address;
    const whole: [number, number][] = [
      [at.paddedCount, this.paddedCount],
      [at.excCount, params.nExc],
      [at.releaseSteps, refractorySteps + 1],
      [at.logMask, logLength - 1],
      [at.stepMask, stepLength - 1],
    ];
    for (const [field, value] of whole) this.ints[field / 4] = value;
    const real: [number, number][] = [
      [at.keepMembrane, constants.keepMembrane],
      [at.keepExc, constants.keepExc],
      [at.keepInh, constants.keepInh],
      [at.weightExc, constants.weightExc],
      [at.weightInh, constants.weightInh],
      [at.threshold, constants.threshold],
      [at.reset, constants.reset],
      [at.reversalInh, constants.reversalInh],
      [at.leak, constants.leak],
      [at.tiny, tinyVariable],
    ];
    for (const [field, value] of real) this.floats[field / 4] = value;
  }

  static async create(params: LifParams, wiring: LifWiring): Promise<LifRunner> {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    return new LifRunner(params, memory, await loadKernel<KernelExports>(kernelBytes, memory), wiring);
  }

  /** Sets the state to the start of a trial and forgets the spikes of the last one. */
  start(trial: number): void {
    const { unitCount } = this.constants;
    this.log.clear();
    this.counts.fill(0);
    for (const field of [at.step, at.written, at.released]) this.ints[field / 4] = 0;
    const voltage = this.array(at.voltage);
    const exc = this.array(at.exc);
    const inh = this.array(at.inh);
    voltage.fill(Number.NaN); // the padding, which nothing can wake
    exc.fill(0);
    inh.fill(0);
    const units = (array: Float32Array): Float32Array => array.subarray(0, unitCount);
    drawLifState(this.params, this.constants, trial, units(voltage), units(exc), units(inh));
  }

  /** Simulates `steps` more steps; their spikes are then in `log`. */
  advance(steps: number): void {
    for (let left = steps; left > 0; left -= sliceSteps) {
      const from = this.int(at.step);
      const written = this.int(at.written);
      this.advanceKernel(stateAddress, Math.min(left, sliceSteps));
      this.drain(from, written);
    }
  }

  private drain(fromStep: number, fromSpike: number): void {
    const { log, ring, counts } = this;
    log.reserve((this.int(at.written) - fromSpike) >>> 0);
    const { units, steps } = log;
    const end = this.int(at.step);
    let { count } = log;
    let next = fromSpike;
    for (let step = fromStep; step < end; step++) {
      for (let n = counts[step & (counts.length - 1)] as number; n > 0; n--) {
        units[count] = ring[next++ & (ring.length - 1)] as number;
        steps[count++] = step;
      }
    }
    log.count = count;
  }

  private place(field: number, bytes: number): void {
    this.addresses.set(field, this.top);
    this.top = align(this.top + bytes);
  }

  private address(field: number): number {
    return this.addresses.get(field) as number;
  }

  private array(field: number): Float32Array {
    return new Float32Array(this.memory.buffer, this.address(field), this.paddedCount);
  }

  private int(field: number): number {
    return this.ints[field / 4] as number;
  }
}
