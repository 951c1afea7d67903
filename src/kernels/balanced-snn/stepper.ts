/**
 * What the WASM kernel and its plain twin have in common: both advance one item by steps and append the same spikes.
 */
import type { ResolvedDrive } from './drive';

/**
 * How membranes are kept: as float32 (reference.ts), or as integers of 2^-16 mV (webgpu-fixed-reference.ts), which are the
 * same on every processor, graphics included.
 */
export type Arithmetic = 'float' | 'fixed';

/** Spikes of consecutive steps, in step order and within a step by unit. Grows; `clear` keeps the room. */
export class SpikeLog {
  units: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  steps: Uint32Array<ArrayBuffer>;
  count = 0;

  constructor(
    private readonly wide: boolean,
    capacity = 4096,
  ) {
    this.units = wide ? new Uint32Array(capacity) : new Uint16Array(capacity);
    this.steps = new Uint32Array(capacity);
  }

  /** Makes room for `more` spikes. */
  reserve(more: number): void {
    if (this.count + more <= this.steps.length) return;
    const capacity = Math.max(this.count + more, 2 * this.steps.length);
    const units = this.wide ? new Uint32Array(capacity) : new Uint16Array(capacity);
    units.set(this.units.subarray(0, this.count));
    const steps = new Uint32Array(capacity);
    steps.set(this.steps.subarray(0, this.count));
    this.units = units;
    this.steps = steps;
  }

  push(unit: number, step: number): void {
    this.reserve(1);
    this.units[this.count] = unit;
    this.steps[this.count++] = step;
  }

  clear(): void {
    this.count = 0;
  }
}

/** Takes what arrived at the recorded units. */
export interface InputSink {
  /**
   * Arrivals of `steps` consecutive steps, [step, recorded unit, 3]: excitatory, external and inhibitory ones. Where weights
   * differ each recurrent one counts as its relative weight. Valid during the call only.
   */
  take(arrivals: Float32Array, steps: number): void;
}

export interface Stepper {
  /** Resets the state to the start of (item, run) under `drive`, at step 0; from there the inputs of `recorded` are kept. */
  start(item: number, run: number, drive: ResolvedDrive, recorded?: Uint32Array): void;
  /** Replaces the drive from the next step on. */
  setDrive(drive: ResolvedDrive): void;
  /** Simulates `steps` more steps, appends their spikes to `log` and hands the recorded units' counts to `inputs`. */
  advance(steps: number, log: SpikeLog, inputs?: InputSink): void;
  /** Membrane potentials now, mV; a refractory neuron shows the reset value. */
  membrane(out: Float32Array): void;
}
