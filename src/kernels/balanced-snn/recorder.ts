/**
 * Input currents and membranes of chosen neurons, once per millisecond, worked out from the counts that arrive at them.
 * Arithmetic is float64 from counts that all simulators share, so recordings are as repeatable as spikes.
 *
 * - excitatory (recurrent), external, inhibitory (a positive number): the input as R I in mV, filtered by a causal 5 ms
 *   exponential of unit gain. R I is tauMem / dt times what the input adds to the membrane in a step: J n with delta
 *   synapses; tauMem times the current's mean over the step, I tauSyn (1 - exp(-dt/tauSyn)) / dt, with exponential ones.
 * - membrane: V, the reset value while refractory. freeMembrane: U, which gets all that input and has neither threshold,
 *   nor reset, nor refractory time.
 * - meanMembrane: mean of V over all neurons. membraneVariance: mean over all neurons of the variance of V over the counted
 *   samples; their ratio is the synchrony of Golomb & Rinzel 1994, Physica D 72:259-282.
 *
 * Sample s is the state at s samplePeriod ms, after round(s samplePeriod / dt) steps.
 */
import { exactExp } from '../../core/random/elementary';
import type { ResolvedDrive } from './drive';
import { defaultTauSyn, type NetworkConstants, type NetworkParams } from './params';
import type { InputSink } from './stepper';

/** ms. */
const filterTime = 5;
/** mV, or mV per ms. Less is 0 in every sample, and is made so: subnormal numbers are slow to compute with. */
const settled = 1e-100;

/** ms from one sample to the next. */
export const samplePeriodOf = (dt: number): number => Math.max(1, dt);

/** The step before which a sample is taken. */
export const stepOfSample = (sample: number, dt: number): number => Math.round((sample * samplePeriodOf(dt)) / dt);

export interface Recording {
  readonly units: Uint32Array<ArrayBuffer>;
  /** ms: 1, or dt where that is longer. */
  readonly samplePeriod: number;
  readonly sampleCount: number;
  /** mV, [neuron, sample]. */
  readonly excitatory: Float32Array<ArrayBuffer>;
  readonly external: Float32Array<ArrayBuffer>;
  readonly inhibitory: Float32Array<ArrayBuffer>;
  readonly membrane: Float32Array<ArrayBuffer>;
  readonly freeMembrane: Float32Array<ArrayBuffer>;
  /** mV, [sample]. */
  readonly meanMembrane: Float32Array<ArrayBuffer>;
  /** mV^2; 0 where fewer than two samples are counted. */
  readonly membraneVariance: number;
}

/** The arrays of a recording, to be moved between threads. */
export const recordingBuffers = (recording: Recording): ArrayBuffer[] => [
  recording.units.buffer,
  recording.excitatory.buffer,
  recording.external.buffer,
  recording.inhibitory.buffer,
  recording.membrane.buffer,
  recording.freeMembrane.buffer,
  recording.meanMembrane.buffer,
];

/** One kind of input to the recorded neurons: its current and its filtered form, [neuron]. */
class Input {
  readonly current: Float64Array;
  readonly filtered: Float64Array;
  readonly samples: Float32Array<ArrayBuffer>;
  constructor(neurons: number, samples: number) {
    this.current = new Float64Array(neurons);
    this.filtered = new Float64Array(neurons);
    this.samples = new Float32Array(neurons * samples);
  }
}

/** Records one item. */
export class Recorder implements InputSink {
  readonly samplePeriod: number;
  readonly sampleCount: number;
  private readonly dt: number;
  private readonly tauMem: number;
  private readonly filterDecay: number;
  /** A current's mean over a step, over its value at the start of it. */
  private readonly excStepMean: number;
  private readonly inhStepMean: number;
  private readonly exc: Input;
  private readonly ext: Input;
  private readonly inh: Input;
  private readonly free: Float64Array;
  private readonly membrane: Float32Array<ArrayBuffer>;
  private readonly freeMembrane: Float32Array<ArrayBuffer>;
  private readonly meanMembrane: Float32Array<ArrayBuffer>;
  private readonly voltage: Float32Array;
  private readonly sum: Float64Array;
  private readonly sumOfSquares: Float64Array;
  private counted = 0;
  private sampled = 0;
  private increments: Float32Array | null = null;

  /** `discardSteps` at the start are recorded, but not counted in the variance. */
  constructor(
    private readonly constants: NetworkConstants,
    params: NetworkParams,
    private readonly units: Uint32Array,
    private readonly discardSteps: number,
  ) {
    const { unitCount, stepCount } = constants;
    const bad = units.find((unit) => unit >= unitCount);
    if (bad !== undefined) throw new RangeError(`Neuron ${bad} cannot be recorded: there are ${unitCount}.`);
    this.dt = params.dt;
    this.tauMem = params.tauMem;
    this.samplePeriod = samplePeriodOf(params.dt);
    let samples = 0;
    while (this.stepOf(samples) < stepCount) samples++;
    this.sampleCount = samples;
    this.filterDecay = exactExp(-params.dt / filterTime);
    const stepMean = (tauSyn: number) => (tauSyn * (1 - exactExp(-params.dt / tauSyn))) / params.dt;
    this.excStepMean = stepMean(params.tauSynExc ?? defaultTauSyn);
    this.inhStepMean = stepMean(params.tauSynInh ?? defaultTauSyn);
    this.exc = new Input(units.length, samples);
    this.ext = new Input(units.length, samples);
    this.inh = new Input(units.length, samples);
    this.free = new Float64Array(units.length);
    this.membrane = new Float32Array(units.length * samples);
    this.freeMembrane = new Float32Array(units.length * samples);
    this.meanMembrane = new Float32Array(samples);
    this.voltage = new Float32Array(unitCount);
    this.sum = new Float64Array(unitCount);
    this.sumOfSquares = new Float64Array(unitCount);
  }

  setDrive({ increments }: Pick<ResolvedDrive, 'increments'>): void {
    this.increments = increments;
  }

  /** The step at which `sample` is due next; Infinity after the last. */
  get nextSample(): number {
    return this.sampled < this.sampleCount ? this.stepOf(this.sampled) : Number.POSITIVE_INFINITY;
  }

  take(arrivals: Float32Array, steps: number): void {
    const n = this.units.length;
    for (let k = 0; k < steps; k++) {
      for (let i = 0; i < n; i++) {
        const at = 3 * (k * n + i);
        this.advance(i, arrivals[at] as number, arrivals[at + 1] as number, arrivals[at + 2] as number);
      }
    }
  }

  /** Takes a sample; `read` writes the membranes of all neurons. */
  sample(read: (out: Float32Array) => void): void {
    const { voltage, units, sampleCount: width, sampled: s } = this;
    read(voltage);
    if (s === 0)
      units.forEach((unit, i) => {
        this.free[i] = voltage[unit] as number;
      });
    units.forEach((unit, i) => {
      const at = i * width + s;
      for (const input of [this.exc, this.ext, this.inh]) input.samples[at] = input.filtered[i] as number;
      this.membrane[at] = voltage[unit] as number;
      this.freeMembrane[at] = this.free[i] as number;
    });
    this.countMembranes(s, this.stepOf(s) >= this.discardSteps);
    this.sampled++;
    this.settle();
  }

  finish(): Recording {
    const { sum, sumOfSquares, counted } = this;
    let variance = 0;
    if (counted > 1) {
      for (let i = 0; i < sum.length; i++) {
        const mean = (sum[i] as number) / counted;
        variance += Math.max(0, (sumOfSquares[i] as number) / counted - mean * mean);
      }
    }
    return {
      units: Uint32Array.from(this.units),
      samplePeriod: this.samplePeriod,
      sampleCount: this.sampleCount,
      excitatory: this.exc.samples,
      external: this.ext.samples,
      inhibitory: this.inh.samples,
      membrane: this.membrane,
      freeMembrane: this.freeMembrane,
      meanMembrane: this.meanMembrane,
      membraneVariance: variance / sum.length,
    };
  }

  private stepOf(sample: number): number {
    return stepOfSample(sample, this.dt);
  }

  /** Lets a step pass for neuron `i` of the recorded ones. */
  private advance(i: number, nExc: number, nExt: number, nInh: number): void {
    const { weightExc, weightInh, decay, currents } = this.constants;
    const constant = this.increments ? (this.increments[this.units[i] as number] as number) : 0;
    const { exc, ext, inh } = this;
    let step: number;
    if (currents) {
      const e = exc.current[i] as number;
      const x = ext.current[i] as number;
      const h = inh.current[i] as number;
      step = currents.exc.gain * (e + x) - currents.inh.gain * h + constant;
      exc.current[i] = currents.exc.decay * e + currents.exc.jump * nExc;
      ext.current[i] = currents.exc.decay * x + currents.exc.jump * nExt;
      inh.current[i] = currents.inh.decay * h + currents.inh.jump * nInh;
      this.filter(exc, i, this.excStepMean * (exc.current[i] as number));
      this.filter(ext, i, this.excStepMean * (ext.current[i] as number) + constant / this.dt);
      this.filter(inh, i, this.inhStepMean * (inh.current[i] as number));
    } else {
      step = weightExc * (nExc + nExt) - weightInh * nInh + constant;
      this.filter(exc, i, (weightExc * nExc) / this.dt);
      this.filter(ext, i, (weightExc * nExt + constant) / this.dt);
      this.filter(inh, i, (weightInh * nInh) / this.dt);
    }
    this.free[i] = (this.free[i] as number) * decay + step;
  }

  private settle(): void {
    const inputs = [this.exc, this.ext, this.inh];
    for (const values of [this.free, ...inputs.flatMap(({ current, filtered }) => [current, filtered])]) {
      for (let i = 0; i < values.length; i++) if (Math.abs(values[i] as number) < settled) values[i] = 0;
    }
  }

  /** `perMs`: what the input adds to the membrane, mV per ms. */
  private filter({ filtered }: Input, i: number, perMs: number): void {
    const a = this.filterDecay;
    filtered[i] = a * (filtered[i] as number) + (1 - a) * this.tauMem * perMs;
  }

  private countMembranes(sample: number, counts: boolean): void {
    const { voltage, sum, sumOfSquares } = this;
    let total = 0;
    for (let i = 0; i < voltage.length; i++) total += voltage[i] as number;
    this.meanMembrane[sample] = total / voltage.length;
    if (!counts) return;
    this.counted++;
    for (let i = 0; i < voltage.length; i++) {
      const v = voltage[i] as number;
      sum[i] = (sum[i] as number) + v;
      sumOfSquares[i] = (sumOfSquares[i] as number) + v * v;
    }
  }
}
