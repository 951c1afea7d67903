/**
 * The plain twin of the GPU kernels' fixed-point arithmetic: the update order of reference.ts with every membrane an
 * integer (webgpu-fixed-point.ts). Slow and readable; the kernels, of the GPU and
 * of WASM, must give the same spikes, bit for bit, on any device.
 */
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import type { InputSink, SpikeLog, Stepper } from './stepper';
import { type FixedConstants, fixedConstants, fixedIncrements, fromFixed, scaled, toFixed } from './webgpu-fixed-point';
import type { Wiring } from './wiring';

export class FixedReferenceStepper implements Stepper {
  private readonly constants: NetworkConstants;
  private readonly fixed: FixedConstants;
  private readonly membranes: Int32Array;
  private readonly countdown: Int32Array;
  private readonly lane0: Uint32Array;
  private readonly lane1: Uint32Array;
  /** [slot, unit]: as many slots as the longest delay has steps. */
  private readonly arrivingExc: Uint32Array;
  private readonly arrivingInh: Uint32Array;
  private readonly slotCount: number;
  private increments: Int32Array | null = null;
  private drive: ResolvedDrive | null = null;
  private step = 0;
  private recorded = new Uint32Array(0);
  /** External counts of this step. */
  private readonly external: Uint32Array;

  constructor(
    private readonly params: NetworkParams,
    private readonly wiring: Wiring,
  ) {
    this.constants = deriveConstants(params);
    this.fixed = fixedConstants(params, this.constants, wiring);
    const { unitCount, delaySteps, delayCount } = this.constants;
    this.membranes = new Int32Array(unitCount);
    this.countdown = new Int32Array(unitCount);
    this.external = new Uint32Array(unitCount);
    this.lane0 = new Uint32Array(unitCount);
    this.lane1 = new Uint32Array(unitCount);
    this.slotCount = delaySteps + delayCount - 1;
    this.arrivingExc = new Uint32Array(unitCount * this.slotCount);
    this.arrivingInh = new Uint32Array(unitCount * this.slotCount);
  }

  start(item: number, run: number, drive: ResolvedDrive, recorded = new Uint32Array(0)): void {
    this.step = 0;
    this.recorded = recorded;
    this.countdown.fill(0);
    this.arrivingExc.fill(0);
    this.arrivingInh.fill(0);
    seedLanes(this.params.seedInput, item, run, this.lane0, this.lane1);
    const drawn = new Float32Array(this.membranes.length);
    drawMembrane(this.params.seedInit, item, run, this.constants.threshold, drawn);
    drawn.forEach((v, unit) => {
      this.membranes[unit] = toFixed(v);
    });
    this.setDrive(drive);
  }

  setDrive(drive: ResolvedDrive): void {
    this.drive = drive;
    this.increments = drive.increments && fixedIncrements(drive.increments, this.constants);
  }

  advance(steps: number, log: SpikeLog, inputs?: InputSink): void {
    for (let k = 0; k < steps; k++) this.advanceOne(log, inputs);
  }

  membrane(out: Float32Array): void {
    out.set(Float32Array.from(this.membranes, fromFixed));
  }

  private externalCount(unit: number, { thresholds }: ResolvedDrive): number {
    const { levelCount, levels, homogeneous } = thresholds;
    if (levelCount === 0) return 0;
    const s0 = this.lane0[unit] as number;
    const s1 = (this.lane1[unit] as number) ^ s0;
    this.lane0[unit] = ((s0 << 26) | (s0 >>> 6)) ^ s1 ^ (s1 << 9);
    this.lane1[unit] = (s1 << 13) | (s1 >>> 19);
    const word = Math.imul(s0, 0x9e3779bb);
    let count = 0;
    for (let t = 0; t < levelCount; t++) {
      if (word < (levels[homogeneous ? t : t * this.constants.unitCount + unit] as number)) count++;
    }
    return count;
  }

  private advanceOne(log: SpikeLog, inputs?: InputSink): void {
    const { drive } = this;
    if (!drive) throw new Error('start() comes before advance().');
    const { unitCount, refractorySteps } = this.constants;
    const { decay, weightExc, weightInh, threshold, reset } = this.fixed;
    const slot = (this.step % this.slotCount) * unitCount;
    const first = log.count;
    for (let i = 0; i < unitCount; i++) this.external[i] = this.externalCount(i, drive);
    if (this.recorded.length > 0) inputs?.take(this.recordedArrivals(slot), 1);
    for (let i = 0; i < unitCount; i++) {
      const nInh = this.arrivingInh[slot + i] as number;
      const nExc = (this.arrivingExc[slot + i] as number) + (this.external[i] as number);
      this.arrivingExc[slot + i] = 0;
      this.arrivingInh[slot + i] = 0;
      const countdown = this.countdown[i] as number;
      if (countdown > 0) {
        this.countdown[i] = countdown - 1;
        continue;
      }
      const before = this.membranes[i] as number;
      const kept = before < 0 ? -scaled(-before, decay) : scaled(before, decay);
      let v = (kept + Math.imul(weightExc, nExc) - Math.imul(weightInh, nInh) + (this.increments?.[i] ?? 0)) | 0;
      if (v >= threshold) {
        log.push(i, this.step);
        v = reset;
        this.countdown[i] = refractorySteps;
      }
      this.membranes[i] = v;
    }
    for (let k = first; k < log.count; k++) this.deliver(log.units[k] as number);
    this.step++;
  }

  private recordedArrivals(slot: number): Float32Array {
    const arrivals = new Float32Array(3 * this.recorded.length);
    this.recorded.forEach((unit, k) => {
      arrivals[3 * k] = this.arrivingExc[slot + unit] as number;
      arrivals[3 * k + 1] = this.external[unit] as number;
      arrivals[3 * k + 2] = this.arrivingInh[slot + unit] as number;
    });
    return arrivals;
  }

  private deliver(source: number): void {
    const { unitCount, delaySteps, delayCount } = this.constants;
    const { targets } = this.wiring;
    const start = this.wiring.segmentStart ?? this.wiring.sourceStart;
    const arriving = source < this.params.nExc ? this.arrivingExc : this.arrivingInh;
    for (let d = 0; d < delayCount; d++) {
      const slot = ((this.step + delaySteps + d) % this.slotCount) * unitCount;
      const end = start[source * delayCount + d + 1] as number;
      for (let k = start[source * delayCount + d] as number; k < end; k++) {
        const at = slot + (targets[k] as number);
        arriving[at] = (arriving[at] as number) + 1;
      }
    }
  }
}
