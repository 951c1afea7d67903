/**
 * Recordings on the GPU: one buffer per simulation into which the kernels write, and a slice's part of it handed to the
 * recorders (recorder.ts) when its spikes are. In words:
 *
 *   [unit]                     its number among the recorded units, or never
 *   [job]                      its number among the recorded jobs, or never
 *   [sample]                   the step before which it is taken; after the last one a word that no step reaches
 *   [step, recorded job, recorded unit, 3]   excitatory, external and inhibitory arrivals of a slice
 *   [sample, recorded job, unit]             membranes at the slice's samples
 */
import type { NetworkConstants, NetworkParams } from './params';
import { samplePeriodOf, stepOfSample } from './recorder';
import type { GpuBuffers } from './webgpu-device';
import { type GpuNetwork, readStaging, requireBinding } from './webgpu-engine';
import type { JobRecorder, Recorded, SliceRecord } from './webgpu-job-recorder';
import type { PreparedJob } from './webgpu-jobs';
import { arrivalWords } from './webgpu-layout';

const never = 0xffffffff;
/** Words of a slice at most. */
const sliceBudget = 8 * 2 ** 20;

/** The words of the uniform block that tell a dispatch where to write. */
export interface RecordPart {
  readonly firstSample: number;
  readonly recordedJobs: number;
  readonly sampleSteps: number;
  readonly arrivals: number;
  readonly membranes: number;
}

type GiveRecord = (recorders: readonly JobRecorder[]) => Promise<void>;

interface RecordSize {
  readonly dt: number;
  readonly unitCount: number;
  /** Recorded jobs, and recorded units of each. */
  readonly jobs: number;
  readonly units: number;
}

/** Words that a slice of `steps` can take. */
function recordWords({ dt, unitCount, jobs, units }: RecordSize, steps: number): number {
  const samples = Math.min(steps, Math.floor((steps * dt) / samplePeriodOf(dt)) + 2);
  return jobs * (steps * units * arrivalWords + samples * unitCount);
}

/** Steps of a slice whose record has room: `most`, or fewer. */
export function recordSteps(size: RecordSize, most: number): number {
  let steps = most;
  while (steps > 1 && recordWords(size, steps) > sliceBudget) steps = Math.floor(steps / 2);
  return steps;
}

/** The steps before which the samples of an item are taken. */
function sampleStepsOf({ dt }: NetworkParams, { stepCount }: NetworkConstants): Uint32Array {
  const steps: number[] = [];
  for (let step = 0; step < stepCount; step = stepOfSample(steps.length, dt)) steps.push(step);
  return Uint32Array.from(steps);
}

/** The record of the jobs of one simulation. */
export class GpuRecord {
  readonly buffer: GPUBuffer;
  /** Steps that fit a slice: `most`, or fewer. */
  readonly mostSteps: number;
  private readonly recordedJobs: number;
  private readonly sampleSteps: Uint32Array;
  /** Where samples' steps and arrivals begin. */
  private readonly samplesAt: number;
  private readonly arrivalsAt: number;
  private readonly staging: readonly GPUBuffer[];
  private slices = 0;

  constructor(
    buffers: GpuBuffers,
    private readonly network: GpuNetwork,
    { units }: Recorded,
    jobs: readonly PreparedJob[],
    most: number,
  ) {
    const { constants, params } = network;
    const { unitCount } = constants;
    this.recordedJobs = jobs.filter(({ record }) => record).length;
    this.sampleSteps = sampleStepsOf(params, constants);
    this.samplesAt = unitCount + jobs.length;
    this.arrivalsAt = this.samplesAt + this.sampleSteps.length + 1;
    const header = new Uint32Array(this.arrivalsAt).fill(never);
    units.forEach((unit, number) => {
      header[unit] = number;
    });
    let number = 0;
    for (const [k, { record }] of jobs.entries()) if (record) header[unitCount + k] = number++;
    header.set(this.sampleSteps, this.samplesAt);
    const size = { dt: params.dt, unitCount, jobs: this.recordedJobs, units: units.length };
    this.mostSteps = recordSteps(size, most);
    const words = recordWords(size, this.mostSteps);
    requireBinding(network.device, 4 * (header.length + words), 'recorded inputs');
    this.buffer = buffers.storage('record', header.length + words);
    network.device.queue.writeBuffer(this.buffer, 0, header);
    this.staging = this.recordedJobs === 0 ? [] : [0, 1].map((k) => buffers.staging(`record ${k}`, words));
  }

  /** For a dispatch from `step` on, in the slice that begins at `sliceStart`. */
  part(sliceStart: number, step: number): RecordPart {
    const { recordedJobs } = this;
    const firstSample = this.samplesBefore(step);
    const inSlice = firstSample - this.samplesBefore(sliceStart);
    return {
      firstSample,
      recordedJobs,
      sampleSteps: this.samplesAt,
      arrivals: this.arrivalsAt + (step - sliceStart) * this.arrivalsPerStep,
      membranes: this.membranesAt + inSlice * recordedJobs * this.network.constants.unitCount,
    };
  }

  /** Queues the copy of a slice's part; the function it returns waits for it and gives it to the recorders. */
  copy(encoder: GPUCommandEncoder, firstStep: number, steps: number): GiveRecord {
    const staging = this.staging[this.slices++ % 2];
    if (!staging) return async () => {};
    const arrivals = steps * this.arrivalsPerStep;
    const samples = this.samplesBefore(firstStep + steps) - this.samplesBefore(firstStep);
    const membranes = samples * this.recordedJobs * this.network.constants.unitCount;
    encoder.copyBufferToBuffer(this.buffer, 4 * this.arrivalsAt, staging, 0, 4 * arrivals);
    encoder.copyBufferToBuffer(this.buffer, 4 * this.membranesAt, staging, 4 * arrivals, 4 * membranes);
    return (recorders) =>
      readStaging(staging, (words) => {
        const slice: SliceRecord = {
          firstStep,
          steps,
          arrivals: words.subarray(0, arrivals),
          membranes: words.subarray(arrivals, arrivals + membranes),
          recordedJobs: this.recordedJobs,
        };
        for (const recorder of recorders) recorder.take(slice);
      });
  }

  private get arrivalsPerStep(): number {
    return this.recordedJobs * (this.network.recorded?.units.length ?? 0) * arrivalWords;
  }

  private get membranesAt(): number {
    return this.arrivalsAt + this.mostSteps * this.arrivalsPerStep;
  }

  /** Samples that are taken before step number `step` begins. */
  private samplesBefore(step: number): number {
    let low = 0;
    let high = this.sampleSteps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sampleSteps[middle] as number) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
