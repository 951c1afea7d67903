/**
 * Recordings of jobs on the GPU: what the kernels noted of a slice (webgpu-record.ts) goes to the recorder that all simulators
 * share, so that the same counts give the same currents.
 */
import type { NetworkConstants, NetworkParams } from './params';
import { Recorder, type Recording } from './recorder';
import type { Arithmetic } from './stepper';
import type { DriveSegment } from './webgpu-drives';
import { fromFixed } from './webgpu-fixed-point';
import { arrivalWords } from './webgpu-layout';

/** What is recorded of the jobs that ask for it. */
export interface Recorded {
  readonly units: Uint32Array;
  /** Steps at the start that the recorded variance leaves out. */
  readonly discardSteps: number;
}

/** A slice's part of the record as the host reads it. */
export interface SliceRecord {
  readonly firstStep: number;
  readonly steps: number;
  /** [step, recorded job, recorded unit, 3]. */
  readonly arrivals: Uint32Array;
  /** [sample, recorded job, unit]. */
  readonly membranes: Uint32Array;
  readonly recordedJobs: number;
}

/** Records one job from what the GPU noted of it: the words of its slices in, the recording of recorder.ts out. */
export class JobRecorder {
  private readonly recorder: Recorder;
  /** [recorded unit]: its number in the record. */
  private readonly numbers: Uint32Array;
  private segment = 0;
  private samples = 0;

  constructor(
    private readonly constants: NetworkConstants,
    params: NetworkParams,
    private readonly arithmetic: Arithmetic,
    { units, discardSteps }: Recorded,
    private readonly segments: readonly DriveSegment[],
    /** Of the recorded jobs. */
    private readonly number: number,
  ) {
    this.recorder = new Recorder(constants, params, units, discardSteps);
    const last = new Map(Array.from(units, (unit, k) => [unit, k]));
    this.numbers = Uint32Array.from(units, (unit) => last.get(unit) as number);
    this.enterSegment();
  }

  take(slice: SliceRecord): void {
    const end = slice.firstStep + slice.steps;
    this.samples = 0;
    for (let step = slice.firstStep; step < end; ) {
      if (this.segments[this.segment + 1]?.from === step) {
        this.segment++;
        this.enterSegment();
      }
      if (this.recorder.nextSample === step) this.recorder.sample((out) => this.readMembranes(slice, out));
      const change = this.segments[this.segment + 1]?.from ?? end;
      const next = Math.min(end, change, this.recorder.nextSample);
      this.recorder.take(this.arrivalsOf(slice, step, next), next - step);
      step = next;
    }
  }

  finish(): Recording {
    return this.recorder.finish();
  }

  private enterSegment(): void {
    const input = this.segments[this.segment]?.constantInput ?? null;
    const { unitCount } = this.constants;
    const shared = input !== null && input.length < unitCount;
    this.recorder.setDrive({
      increments: shared ? new Float32Array(unitCount).fill(input[0] as number) : input,
    });
  }

  /** [step, recorded unit, 3] of this job. */
  private arrivalsOf({ firstStep, arrivals, recordedJobs }: SliceRecord, from: number, end: number): Float32Array {
    const units = this.numbers.length;
    const out = new Float32Array((end - from) * units * arrivalWords);
    let put = 0;
    for (let step = from; step < end; step++) {
      const job = ((step - firstStep) * recordedJobs + this.number) * units;
      for (const number of this.numbers) {
        const at = (job + number) * arrivalWords;
        for (let k = 0; k < arrivalWords; k++) out[put++] = arrivals[at + k] as number;
      }
    }
    return out;
  }

  private readMembranes({ membranes, recordedJobs }: SliceRecord, out: Float32Array): void {
    const at = (this.samples++ * recordedJobs + this.number) * out.length;
    const words = membranes.slice(at, at + out.length);
    out.set(
      this.arithmetic === 'fixed'
        ? Float32Array.from(new Int32Array(words.buffer), fromFixed)
        : new Float32Array(words.buffer),
    );
  }
}
