/**
 * The plain twin of the balanced network: the update of science note 1.1 step by step, with a ring of separate
 * excitatory and inhibitory counts and a refractory countdown. Slow and readable, it is what the tests trust; the kernel
 * must give the same spikes, bit for bit, so every voltage is rounded to float32 at the same places (Math.fround).
 *
 * Every 64 steps, before anything else, membranes and currents that are too small to matter become 0 (settling.ts).
 * For every neuron i at every step:
 *   1. nE, nI <- counts that arrive now;  the slot is cleared
 *   2. nE <- nE + Poisson(nu_ext_i C_E dt)
 *   3. delta synapses:        input <- J nE - gJ nI
 *      exponential synapses:  input <- P_E I_E - P_I I_I, then I_E <- a_E I_E + (J / tauSynExc) nE, I_I likewise
 *      (+ constant input)
 *   4. if refractory: countdown <- countdown - 1, the input is lost, next neuron
 *   5. V <- V a + input
 *   6. if V >= threshold: spike, V <- reset, countdown <- round(tRef / dt)
 *   7. after all neurons: each spike adds 1 to nE or nI of its targets, a synapse's delay / dt steps ahead
 *
 * Where weights differ, a spike adds its synapse's relative weight instead, and nE and nI are float32. Their rounding
 * depends on the order of additions, which is: spikes from the earliest to the latest, within a step by source, and within
 * a source's row as the row stands; external spikes last.
 */
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { settled, settleSteps } from './settling';
import type { InputSink, SpikeLog, Stepper } from './stepper';
import { type Wiring, withoutWeights } from './wiring';

const f32 = Math.fround;

export class ReferenceStepper implements Stepper {
  private readonly constants: NetworkConstants;
  private readonly voltage: Float32Array;
  private readonly countdown: Int32Array;
  private readonly lane0: Uint32Array;
  private readonly lane1: Uint32Array;
  private readonly excCurrent: Float32Array;
  private readonly inhCurrent: Float32Array;
  /** [slot, unit]: as many slots as the longest delay has steps. */
  private readonly arrivingExc: Uint32Array | Float32Array;
  private readonly arrivingInh: Uint32Array | Float32Array;
  private readonly slotCount: number;
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
    if (this.constants.relativeWeights && !wiring.weights) throw new Error(withoutWeights);
    const { unitCount, delaySteps, delayCount, relativeWeights } = this.constants;
    this.voltage = new Float32Array(unitCount);
    this.countdown = new Int32Array(unitCount);
    this.lane0 = new Uint32Array(unitCount);
    this.lane1 = new Uint32Array(unitCount);
    this.excCurrent = new Float32Array(unitCount);
    this.inhCurrent = new Float32Array(unitCount);
    this.external = new Uint32Array(unitCount);
    this.slotCount = delaySteps + delayCount - 1;
    const Arrivals = relativeWeights ? Float32Array : Uint32Array;
    this.arrivingExc = new Arrivals(unitCount * this.slotCount);
    this.arrivingInh = new Arrivals(unitCount * this.slotCount);
  }

  start(item: number, run: number, drive: ResolvedDrive, recorded = new Uint32Array(0)): void {
    this.step = 0;
    this.drive = drive;
    this.recorded = recorded;
    for (const state of [this.countdown, this.arrivingExc, this.arrivingInh, this.excCurrent, this.inhCurrent]) {
      state.fill(0);
    }
    seedLanes(this.params.seedInput, item, run, this.lane0, this.lane1);
    drawMembrane(this.params.seedInit, item, run, this.constants.threshold, this.voltage);
  }

  setDrive(drive: ResolvedDrive): void {
    this.drive = drive;
  }

  advance(steps: number, log: SpikeLog, inputs?: InputSink): void {
    for (let k = 0; k < steps; k++) this.advanceOne(log, inputs);
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

  /** What neuron `i` would add to its membrane now, given the counts that arrive. */
  private input(i: number, nExc: number, nInh: number): number {
    const { weightExc, weightInh, currents } = this.constants;
    if (!currents) return f32(f32(weightExc * nExc) - f32(weightInh * nInh));
    const { exc, inh } = currents;
    const iExc = this.excCurrent[i] as number;
    const iInh = this.inhCurrent[i] as number;
    this.excCurrent[i] = f32(exc.decay * iExc) + f32(exc.jump * nExc);
    this.inhCurrent[i] = f32(inh.decay * iInh) + f32(inh.jump * nInh);
    return f32(f32(exc.gain * iExc) - f32(inh.gain * iInh));
  }

  private settle(): void {
    const isSmall = (value: number | undefined) => Math.abs(value as number) < settled;
    for (let i = 0; i < this.voltage.length; i++) {
      if (this.countdown[i] === 0 && isSmall(this.voltage[i])) this.voltage[i] = 0;
      if (isSmall(this.excCurrent[i])) this.excCurrent[i] = 0;
      if (isSmall(this.inhCurrent[i])) this.inhCurrent[i] = 0;
    }
  }

  private advanceOne(log: SpikeLog, inputs?: InputSink): void {
    const drive = this.drive;
    if (!drive) throw new Error('start() comes before advance().');
    const { unitCount, refractorySteps, decay, threshold, reset } = this.constants;
    const slot = (this.step % this.slotCount) * unitCount;
    const first = log.count;
    if (this.step % settleSteps === 0) this.settle();
    for (let i = 0; i < unitCount; i++) this.external[i] = this.externalCount(i, drive);
    if (this.recorded.length > 0) inputs?.take(this.recordedArrivals(slot), 1);
    for (let i = 0; i < unitCount; i++) {
      const nInh = this.arrivingInh[slot + i] as number;
      const nExc = f32((this.arrivingExc[slot + i] as number) + (this.external[i] as number));
      this.arrivingExc[slot + i] = 0;
      this.arrivingInh[slot + i] = 0;
      let input = this.input(i, nExc, nInh);
      const countdown = this.countdown[i] as number;
      if (countdown > 0) {
        this.countdown[i] = countdown - 1;
        continue;
      }
      if (drive.increments) input = f32(input + (drive.increments[i] as number));
      let v = f32(f32((this.voltage[i] as number) * decay) + input);
      if (v >= threshold) {
        log.push(i, this.step);
        v = reset;
        this.countdown[i] = refractorySteps;
      }
      this.voltage[i] = v;
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
    const { delayCount } = this.constants;
    const { targets, weights } = this.wiring;
    const start = this.wiring.segmentStart ?? this.wiring.sourceStart;
    const arriving = source < this.params.nExc ? this.arrivingExc : this.arrivingInh;
    for (let d = 0; d < delayCount; d++) {
      const slot = ((this.step + this.constants.delaySteps + d) % this.slotCount) * this.constants.unitCount;
      const end = start[source * delayCount + d + 1] as number;
      for (let k = start[source * delayCount + d] as number; k < end; k++) {
        const at = slot + (targets[k] as number);
        arriving[at] = (arriving[at] as number) + (weights ? (weights[k] as number) : 1);
      }
    }
  }
}
