/**
 * The balanced network in plain JavaScript, for where WebAssembly or its SIMD is missing: the spikes of reference.ts, bit for
 * bit, by the means of the WASM kernel (balanced-snn.as.ts says why each is allowed): spike lists instead of a ring of inputs,
 * arrivals of both kinds in one word, refractory neurons at V = -infinity. Delta synapses of one delay, alike in weight.
 */
import type { ResolvedDrive } from './drive';
import { drawMembrane, seedLanes } from './initial-state';
import { logCapacity, stepRingOf } from './kernel-state';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { PoissonGuide } from './poisson-guide';
import { settled, settleSteps } from './settling';
import type { InputSink, SpikeLog, Stepper } from './stepper';
import type { Wiring } from './wiring';

const f32 = Math.fround;
const excitatoryArrival = 1;
const inhibitoryArrival = 0x10000;

/** Up to 63 excitatory and 15 inhibitory arrivals: their inputs stand in a table. */
const commonArrivals = 0x000f003f;

/** Reads a target of every cache line of a row's first kilobyte; the sum is there so that no compiler leaves the reading out. */
function fetch({ sourceStart, targets }: Wiring, source: number): number {
  let sum = 0;
  let k = sourceStart[source] as number;
  for (const end = Math.min(sourceStart[source + 1] as number, k + 512); k < end; k += 32) {
    sum = (sum + (targets[k] as number)) | 0;
  }
  return sum;
}

/** Adds `by` to the arrivals of the targets from..end. */
function deliver(targets: Wiring['targets'], from: number, end: number, arriving: Int32Array, by: number): void {
  let k = from;
  for (const last = end - 3; k < last; k += 4) {
    const a = targets[k] as number;
    const b = targets[k + 1] as number;
    const c = targets[k + 2] as number;
    const d = targets[k + 3] as number;
    arriving[a] = ((arriving[a] as number) + by) | 0;
    arriving[b] = ((arriving[b] as number) + by) | 0;
    arriving[c] = ((arriving[c] as number) + by) | 0;
    arriving[d] = ((arriving[d] as number) + by) | 0;
  }
  for (; k < end; k++) {
    const a = targets[k] as number;
    arriving[a] = ((arriving[a] as number) + by) | 0;
  }
}

export class PlainStepper implements Stepper {
  private readonly constants: NetworkConstants;
  /** float32 values; computed with in float64 and rounded after every operation. */
  private readonly voltage: Float64Array;
  private readonly lane0: Int32Array;
  private readonly lane1: Int32Array;
  private readonly arriving: Int32Array;
  /** Input of e excitatory and h inhibitory arrivals at e + 64 h. */
  private readonly commonInputs: Float64Array;
  /** Spikes in a ring, and how many of each step in another. */
  private readonly ring: Uint32Array;
  private readonly stepCounts: Uint32Array;
  private step = 0;
  private written = 0;
  private delivered = 0;
  private released = 0;
  /** Of the last row that was fetched. */
  fetched = 0;
  private guide: PoissonGuide | null = null;
  private increments: Float32Array | null = null;
  private recorded = new Uint32Array(0);

  constructor(
    private readonly params: NetworkParams,
    private readonly wiring: Wiring,
  ) {
    this.constants = deriveConstants(params);
    const { unitCount } = this.constants;
    this.voltage = new Float64Array(unitCount);
    this.lane0 = new Int32Array(unitCount);
    this.lane1 = new Int32Array(unitCount);
    this.arriving = new Int32Array(unitCount);
    const { weightExc, weightInh } = this.constants;
    this.commonInputs = Float64Array.from({ length: 1024 }, (_, k) =>
      f32(f32(weightExc * (k & 63)) - f32(weightInh * (k >> 6))),
    );
    this.ring = new Uint32Array(logCapacity(this.constants));
    this.stepCounts = new Uint32Array(stepRingOf(this.constants));
  }

  /** Whether this simulates the network, with the constants that follow from its parameters. */
  static suits({ currents, delayCount, relativeWeights }: NetworkConstants): boolean {
    return currents === null && delayCount === 1 && relativeWeights === null;
  }

  start(item: number, run: number, drive: ResolvedDrive, recorded = new Uint32Array(0)): void {
    const { seedInput, seedInit } = this.params;
    this.step = 0;
    this.written = 0;
    this.delivered = 0;
    this.released = 0;
    this.recorded = recorded;
    this.arriving.fill(0);
    this.stepCounts.fill(0);
    seedLanes(seedInput, item, run, new Uint32Array(this.lane0.buffer), new Uint32Array(this.lane1.buffer));
    const drawn = new Float32Array(this.voltage.length);
    drawMembrane(seedInit, item, run, this.constants.threshold, drawn);
    this.voltage.set(drawn);
    this.setDrive(drive);
  }

  setDrive({ thresholds, increments }: ResolvedDrive): void {
    this.guide = thresholds.levelCount > 0 ? new PoissonGuide(thresholds, this.constants.unitCount) : null;
    this.increments = increments;
  }

  advance(steps: number, log: SpikeLog, inputs?: InputSink): void {
    for (let k = 0; k < steps; k++) this.advanceOne(log, inputs);
  }

  membrane(out: Float32Array): void {
    const { reset } = this.constants;
    this.voltage.forEach((v, i) => {
      out[i] = Number.isFinite(v) ? v : reset;
    });
  }

  private advanceOne(log: SpikeLog, inputs?: InputSink): void {
    this.deliverSpikes();
    if (this.recorded.length > 0) inputs?.take(this.recordedArrivals(), 1);
    this.release();
    if ((this.step & (settleSteps - 1)) === 0) this.settle();
    const before = this.written;
    this.update(log);
    this.stepCounts[this.step & (this.stepCounts.length - 1)] = this.written - before;
    this.step++;
  }

  private deliverSpikes(): void {
    const { ring, stepCounts, arriving } = this;
    const { sourceStart, targets } = this.wiring;
    const { nExc } = this.params;
    const mask = ring.length - 1;
    let n = stepCounts[(this.step - this.constants.delaySteps) & (stepCounts.length - 1)] as number;
    for (; n > 0; n--) {
      const source = ring[this.delivered++ & mask] as number;
      const by = source < nExc ? excitatoryArrival : inhibitoryArrival;
      // The row of the spike after next is on its way from memory meanwhile.
      if (n > 2) this.fetched = fetch(this.wiring, ring[(this.delivered + 1) & mask] as number);
      deliver(targets, sourceStart[source] as number, sourceStart[source + 1] as number, arriving, by);
    }
  }

  /** Neurons whose refractory time is over go on from the reset value. */
  private release(): void {
    const { ring, stepCounts, voltage } = this;
    const { refractorySteps, reset } = this.constants;
    let n = stepCounts[(this.step - refractorySteps - 1) & (stepCounts.length - 1)] as number;
    for (; n > 0; n--) voltage[ring[this.released++ & (ring.length - 1)] as number] = reset;
  }

  private settle(): void {
    const { voltage } = this;
    for (let i = 0; i < voltage.length; i++) if (Math.abs(voltage[i] as number) < settled) voltage[i] = 0;
  }

  private update(log: SpikeLog): void {
    const { voltage, lane0, lane1, arriving, ring, guide, increments, step, commonInputs } = this;
    const { decay, weightExc, weightInh, threshold } = this.constants;
    const mask = ring.length - 1;
    // The half of a word has room for both kinds of excitatory arrivals.
    guide?.addCounts(lane0, lane1, arriving);
    const n = voltage.length;
    for (let i = 0; i < n; i++) {
      const arrived = arriving[i] as number;
      arriving[i] = 0;
      let input =
        (arrived & ~commonArrivals) === 0
          ? (commonInputs[(arrived & 0x3f) | (arrived >>> 10)] as number)
          : f32(f32(weightExc * (arrived & 0xffff)) - f32(weightInh * (arrived >>> 16)));
      if (increments !== null) input = f32(input + (increments[i] as number));
      const v = f32(f32((voltage[i] as number) * decay) + input);
      if (v >= threshold) {
        log.push(i, step);
        ring[this.written++ & mask] = i;
        voltage[i] = Number.NEGATIVE_INFINITY;
      } else voltage[i] = v;
    }
  }

  /** What arrives now at the recorded units; the noise stands still. */
  private recordedArrivals(): Float32Array {
    const arrivals = new Float32Array(3 * this.recorded.length);
    this.recorded.forEach((unit, k) => {
      const arrived = this.arriving[unit] as number;
      arrivals[3 * k] = arrived & 0xffff;
      arrivals[3 * k + 1] = this.guide ? this.guide.count(this.lane0[unit] as number, unit) : 0;
      arrivals[3 * k + 2] = arrived >>> 16;
    });
    return arrivals;
  }
}
