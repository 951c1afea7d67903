/**
 * Packs jobs for the GPU: what each starts from, in the layout of webgpu-layout.ts, and its drive (webgpu-drives.ts). Lanes
 * and membranes are those of the other simulators, word for word.
 */
import type { Drive } from './drive';
import type { DriveSchedule } from './drive-schedule';
import { drawMembrane, maxRuns, seedLanes } from './initial-state';
import type { NetworkConstants, NetworkParams } from './params';
import { etaOfImage } from './retinotopy';
import { settled } from './settling';
import type { EncodeItem, EncodeJob } from './task';
import { type DriveSegment, packDrives, segmentsOf } from './webgpu-drives';
import { type FixedConstants, toFixed } from './webgpu-fixed-point';
import { modelWord, modelWords, stateField, stateFieldsOf } from './webgpu-layout';
import type { RecordPart } from './webgpu-record';

/** One simulation: an item, and which run of it (trial and colour channel). */
export interface GpuJob {
  readonly itemId: number;
  /** 0..4095; absent: 0. */
  readonly run?: number;
  /** One eta for all units, a drive, one that changes in time, or a function that makes it when the job's turn comes. */
  readonly drive: number | Drive | DriveSchedule | (() => Drive);
  /** Records the runner's chosen neurons, where it has any. */
  readonly record?: boolean;
}

/** The job of an image, as a pool item gives it; its drive is made when its turn comes. */
export function gpuJobOfImage(
  { looksAt, etaBase, etaGain, channels }: NonNullable<EncodeJob['view']>,
  { itemId, run = 0, pixels, channel = 0, record = false }: Omit<EncodeItem, 'drive'>,
): GpuJob {
  if (!pixels) throw new Error('An image needs pixels.');
  return {
    itemId,
    run,
    record,
    drive: () => ({ eta: etaOfImage(pixels, looksAt, etaBase, etaGain, channel, channels) }),
  };
}

/** The drive itself. */
export function driveOf(unitCount: number, drive: GpuJob['drive']): Drive | DriveSchedule {
  if (typeof drive === 'number') return { eta: new Float32Array(unitCount).fill(drive) };
  return typeof drive === 'function' ? drive() : drive;
}

/** A job with its drive resolved and its state drawn. */
export interface PreparedJob {
  readonly itemId: number;
  readonly run: number;
  readonly segments: readonly DriveSegment[];
  /** [field, unit]. */
  readonly state: Uint32Array<ArrayBuffer>;
  readonly record: boolean;
}

/** Prepares the jobs of one network. */
export class JobPreparer {
  private readonly known = new WeakMap<object, readonly DriveSegment[]>();

  constructor(
    private readonly params: NetworkParams,
    private readonly constants: NetworkConstants,
    private readonly fixed: FixedConstants | null,
  ) {}

  /** Throws RangeError, ShapeMismatchError or ParameterError. */
  prepare({ itemId, run = 0, drive, record = false }: GpuJob): PreparedJob {
    if (!(run >= 0 && run < maxRuns)) throw new RangeError(`run must be 0..${maxRuns - 1}, got ${run}.`);
    const segments = this.segmentsOf(drive);
    const { unitCount, threshold } = this.constants;
    const { seedInput, seedInit } = this.params;
    const state = new Uint32Array(stateFieldsOf(this.constants) * unitCount);
    const field = (index: number) => state.subarray(index * unitCount, (index + 1) * unitCount);
    const drawn = new Float32Array(unitCount);
    drawMembrane(seedInit, itemId, run, threshold, drawn);
    seedLanes(seedInput, itemId, run, field(stateField.lane0), field(stateField.lane1));
    field(stateField.membrane).set(this.fixed ? Int32Array.from(drawn, toFixed) : new Uint32Array(drawn.buffer));
    return { itemId, run, segments, state, record };
  }

  /** Trials of an item have one drive, which is resolved once. */
  private segmentsOf(wanted: GpuJob['drive']): readonly DriveSegment[] {
    const shared = typeof wanted === 'object' ? wanted : null;
    const known = shared && this.known.get(shared);
    if (known) return known;
    const drive = driveOf(this.constants.unitCount, wanted);
    const segments = segmentsOf(this.constants, this.fixed, this.params.dt, drive);
    if (shared) this.known.set(shared, segments);
    return segments;
  }
}

/** State, [job, field, unit], and drives. */
export interface PackedJobs {
  readonly state: Uint32Array<ArrayBuffer>;
  readonly drives: Uint32Array<ArrayBuffer>;
}

export function packJobs(constants: NetworkConstants, jobs: readonly PreparedJob[]): PackedJobs {
  const state = new Uint32Array(jobs.length * stateFieldsOf(constants) * constants.unitCount);
  jobs.forEach((job, k) => {
    state.set(job.state, k * job.state.length);
  });
  const drives = packDrives(
    constants.unitCount,
    jobs.map(({ segments }) => segments),
  );
  return { state, drives };
}

/** The slice or round that a dispatch simulates. */
export interface Part {
  readonly firstStep: number;
  readonly steps: number;
  readonly round?: number;
  readonly sliceSpikes?: number;
  readonly listStart?: number;
  readonly record?: RecordPart | undefined;
}

/** The uniform block of a dispatch; `fixed` replaces the float constants. */
export function modelBlock(
  { nExc }: NetworkParams,
  constants: NetworkConstants,
  fixed: FixedConstants | null,
  { firstStep, steps, round = 0, sliceSpikes = 0, listStart = 0, record }: Part,
): Uint32Array<ArrayBuffer> {
  const block = new Uint32Array(modelWords);
  const floats = new Float32Array(block.buffer);
  block[modelWord.steps] = steps;
  block[modelWord.firstStep] = firstStep;
  for (const name of ['decay', 'weightExc', 'weightInh', 'threshold', 'reset'] as const) {
    if (fixed) block[modelWord[name]] = fixed[name];
    else floats[modelWord[name]] = constants[name];
  }
  floats[modelWord.settled] = settled;
  if (constants.currents) {
    const { exc, inh } = constants.currents;
    floats.set([exc.decay, exc.gain, exc.jump], modelWord.excDecay);
    floats.set([inh.decay, inh.gain, inh.jump], modelWord.inhDecay);
  }
  block[modelWord.refractorySteps] = constants.refractorySteps;
  block[modelWord.excCount] = nExc;
  block[modelWord.round] = round;
  block[modelWord.sliceSpikes] = sliceSpikes;
  block[modelWord.listStart] = listStart;
  if (record) {
    for (const name of ['firstSample', 'recordedJobs', 'sampleSteps', 'arrivals', 'membranes'] as const) {
      block[modelWord[name]] = record[name];
    }
  }
  return block;
}
