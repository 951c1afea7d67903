/**
 * The plain twin of the balanced network: the update of science note 1.1 step by step, with a ring of separate
 * excitatory and inhibitory counts and a refractory countdown. Slow and readable, it is what the tests trust; the kernel
 * must give the same spikes, bit for bit, so every voltage is rounded to float32 at the same places (Math.fround).
 *
 * For every neuron i at every step:
 *   1. nE, nI <- counts that arrive now;  the slot is cleared
 *   2. nE <- nE + Poisson(nu_ext_i C_E dt)
 *   3. if refractory: countdown <- countdown - 1, the input is lost, next neuron
 *   4. V <- V a + (J nE - gJ nI (+ mu (1 - a)))
 *   5. if V >= threshold: spike, V <- reset, countdown <- round(tRef / dt)
 *   6. after all neurons: each spike adds 1 to nE or nI of its targets, delay / dt steps ahead
 */
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import type { SpikeLog, Stepper } from './stepper';
import type { Wiring } from './wiring';

const f32 = Math.fround;

export class ReferenceStepper implements Stepper {
  private readonly constants: NetworkConstants;
  private readonly voltage: Float32Array;
  private readonly countdown: Int32Array;
  private readonly lane0: Uint32Array;
  private readonly lane1: Uint32Array;
  /** [slot, unit]. */
  private readonly arrivingExc: Uint32Array;
  private readonly arrivingInh: Uint32Array;
  private drive: ResolvedDrive | null = null;
  private step = 0;

  constructor(
    private readonly params: NetworkParams,
    private readonly wiring: Wiring,
  ) {
    this.constants = deriveConstants(params);
    const { unitCount, delaySteps } = this.constants;
    this.voltage = new Float32Array(unitCount);
    this.countdown = new Int32Array(unitCount);
    this.lane0 = new Uint32Array(unitCount);
    this.lane1 = new Uint32Array(unitCount);
    this.arrivingExc = new Uint32Array(unitCount * delaySteps);
    this.arrivingInh = new Uint32Array(unitCount * delaySteps);
  }

  start(item: number, run: number, drive: ResolvedDrive): void {
    this.step = 0;
    this.drive = drive;
    this.countdown.fill(0);
    this.arrivingExc.fill(0);
    this.arrivingInh.fill(0);
    seedLanes(this.params.seedInput, item, run, this.lane0, this.lane1);
    drawMembrane(this.params.seedInit, item, run, this.constants.threshold, this.voltage);
  }

  setDrive(drive: ResolvedDrive): void {
    this.drive = drive;
  }

  advance(steps: number, log: SpikeLog): void {
    for (let k = 0; k < steps; k++) this.advanceOne(log);
  }

  membrane(out: Float32Array): void {
    out.set(this.voltage);
  }

  /** One word of unit's xoroshiro64* lane, as a signed integer. */
  private nextWord(unit: number): number {
    const s0 = this.lane0[unit] as number;
    const s1 = (this.lane1[unit] as number) ^ s0;
    this.lane0[unit] = ((s0 << 26) | (s0 >>> 6)) ^ s1 ^ (s1 << 9);
    this.lane1[unit] = (s1 << 13) | (s1 >>> 19);
    return Math.imul(s0, 0x9e3779bb);
  }

  private externalCount(unit: number, drive: ResolvedDrive): number {
    const { levelCount, levels, homogeneous } = drive.thresholds;
    if (levelCount === 0) return 0;
    const word = this.nextWord(unit);
    let count = 0;
    for (let t = 0; t < levelCount; t++) {
      if (word < (levels[homogeneous ? t : t * this.constants.unitCount + unit] as number)) count++;
    }
    return count;
  }

  private advanceOne(log: SpikeLog): void {
    const drive = this.drive;
    if (!drive) throw new Error('start() comes before advance().');
    const { unitCount, delaySteps, refractorySteps, decay, weightExc, weightInh, threshold, reset } = this.constants;
    const slot = (this.step % delaySteps) * unitCount;
    const first = log.count;
    for (let i = 0; i < unitCount; i++) {
      const nInh = this.arrivingInh[slot + i] as number;
      const nExc = (this.arrivingExc[slot + i] as number) + this.externalCount(i, drive);
      this.arrivingExc[slot + i] = 0;
      this.arrivingInh[slot + i] = 0;
      const countdown = this.countdown[i] as number;
      if (countdown > 0) {
        this.countdown[i] = countdown - 1;
        continue;
      }
      let input = f32(f32(weightExc * nExc) - f32(weightInh * nInh));
      if (drive.increments) input = f32(input + (drive.increments[i] as number));
      let v = f32(f32((this.voltage[i] as number) * decay) + input);
      if (v >= threshold) {
        log.push(i, this.step);
        v = reset;
        this.countdown[i] = refractorySteps;
      }
      this.voltage[i] = v;
    }
    for (let k = first; k < log.count; k++) this.deliver(log.units[k] as number, slot);
    this.step++;
  }

  /** The slot that was just read is the one that is read again `delaySteps` later. */
  private deliver(source: number, slot: number): void {
    const { sourceStart, targets } = this.wiring;
    const arriving = source < this.params.nExc ? this.arrivingExc : this.arrivingInh;
    const end = sourceStart[source + 1] as number;
    for (let k = sourceStart[source] as number; k < end; k++) {
      const at = slot + (targets[k] as number);
      arriving[at] = (arriving[at] as number) + 1;
    }
  }
}
