/**
 * Packs jobs for the GPU: what each starts from and the Poisson levels it compares with, in the layout of webgpu-layout.ts.
 * Lanes, membranes and thresholds are those of the other simulators, word for word.
 */
import { type Drive, type ResolvedDrive, resolveDrive } from './drive';
import { drawMembrane, maxRuns, seedLanes } from './initial-state';
import type { NetworkConstants, NetworkParams } from './params';
import { etaOfImage } from './retinotopy';
import type { Arithmetic } from './stepper';
import type { EncodeItem, EncodeJob } from './task';
import { type FixedConstants, fixedIncrements, toFixed } from './webgpu-fixed-point';
import { jobWord, jobWords, modelWord, modelWords, stateField, stateFields } from './webgpu-layout';

/** One simulation: an item, and which run of it (trial and colour channel). */
export interface GpuJob {
  readonly itemId: number;
  /** 0..4095; absent: 0. */
  readonly run?: number;
  /** One eta for all units, a drive, or a function that makes it when the job's turn comes. */
  readonly drive: number | Drive | (() => Drive);
}

/** The job of an image, as a pool item gives it; its drive is made when its turn comes. */
export function gpuJobOfImage(
  { looksAt, etaBase, etaGain, channels }: NonNullable<EncodeJob['view']>,
  { itemId, run = 0, pixels, channel = 0 }: Pick<EncodeItem, 'itemId' | 'run' | 'pixels' | 'channel'>,
): GpuJob {
  if (!pixels) throw new Error('An image needs pixels.');
  return { itemId, run, drive: () => ({ eta: etaOfImage(pixels, looksAt, etaBase, etaGain, channel, channels) }) };
}

/** The drive itself. */
export function driveOf(unitCount: number, drive: GpuJob['drive']): Drive {
  if (typeof drive === 'number') return { eta: new Float32Array(unitCount).fill(drive) };
  return typeof drive === 'function' ? drive() : drive;
}

/** A job with its drive resolved and its state drawn. */
export interface PreparedJob {
  readonly itemId: number;
  readonly run: number;
  readonly drive: ResolvedDrive;
  /** [field, unit]. */
  readonly state: Uint32Array<ArrayBuffer>;
}

export function prepareJob(
  { seedInput, seedInit }: NetworkParams,
  constants: NetworkConstants,
  arithmetic: Arithmetic,
  { itemId, run = 0, drive: wanted }: GpuJob,
): PreparedJob {
  if (!(run >= 0 && run < maxRuns)) throw new RangeError(`run must be 0..${maxRuns - 1}, got ${run}.`);
  const { unitCount, threshold } = constants;
  const drive = resolveDrive(constants, driveOf(unitCount, wanted));
  const state = new Uint32Array(stateFields * unitCount);
  const field = (index: number) => state.subarray(index * unitCount, (index + 1) * unitCount);
  const drawn = new Float32Array(unitCount);
  drawMembrane(seedInit, itemId, run, threshold, drawn);
  seedLanes(seedInput, itemId, run, field(stateField.lane0), field(stateField.lane1));
  const { increments } = drive;
  if (arithmetic === 'fixed') {
    field(stateField.membrane).set(Int32Array.from(drawn, toFixed));
    if (increments) field(stateField.increment).set(fixedIncrements(increments, constants));
  } else {
    field(stateField.membrane).set(wordsOf(drawn));
    if (increments) field(stateField.increment).set(wordsOf(increments));
  }
  return { itemId, run, drive, state };
}

const wordsOf = (floats: Float32Array): Uint32Array => new Uint32Array(floats.slice().buffer);

export interface PackedJobs {
  readonly state: Uint32Array<ArrayBuffer>;
  readonly levels: Int32Array<ArrayBuffer>;
  readonly descriptors: Uint32Array<ArrayBuffer>;
}

export function packJobs({ unitCount }: NetworkConstants, jobs: readonly PreparedJob[]): PackedJobs {
  const state = new Uint32Array(jobs.length * stateFields * unitCount);
  const levels = new Int32Array(jobs.reduce((sum, job) => sum + job.drive.thresholds.levels.length, 0));
  const descriptors = new Uint32Array(jobs.length * jobWords);
  let levelOffset = 0;
  jobs.forEach((job, k) => {
    state.set(job.state, k * job.state.length);
    const { thresholds, increments } = job.drive;
    levels.set(thresholds.levels, levelOffset);
    const at = k * jobWords;
    descriptors[at + jobWord.levelOffset] = levelOffset;
    descriptors[at + jobWord.levelStep] = thresholds.homogeneous ? 1 : unitCount;
    descriptors[at + jobWord.unitStep] = thresholds.homogeneous ? 0 : 1;
    descriptors[at + jobWord.levelCount] = thresholds.levelCount;
    descriptors[at + jobWord.hasIncrement] = increments ? 1 : 0;
    levelOffset += thresholds.levels.length;
  });
  return { state, levels, descriptors };
}

/** The slice or round that a dispatch simulates. */
export interface Part {
  readonly firstStep: number;
  readonly steps: number;
  readonly round?: number;
  readonly sliceSpikes?: number;
}

/** The uniform block of a dispatch; `fixed` replaces the float constants. */
export function modelBlock(
  { nExc }: NetworkParams,
  constants: NetworkConstants,
  fixed: FixedConstants | null,
  { firstStep, steps, round = 0, sliceSpikes = 0 }: Part,
): Uint32Array<ArrayBuffer> {
  const block = new Uint32Array(modelWords);
  const floats = new Float32Array(block.buffer);
  block[modelWord.steps] = steps;
  block[modelWord.firstStep] = firstStep;
  for (const name of ['decay', 'weightExc', 'weightInh', 'threshold', 'reset'] as const) {
    if (fixed) block[modelWord[name]] = fixed[name];
    else floats[modelWord[name]] = constants[name];
  }
  block[modelWord.refractorySteps] = constants.refractorySteps;
  block[modelWord.excCount] = nExc;
  block[modelWord.round] = round;
  block[modelWord.sliceSpikes] = sliceSpikes;
  return block;
}
