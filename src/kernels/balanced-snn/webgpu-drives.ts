/**
 * The external drive of each job as the GPU reads it: segments of constant drive, each with its Poisson levels and its constant
 * input, one after another in one buffer of words. A drive that changes in time costs a look at the step's number, and no
 * submit of its own. Thresholds and increments are those of the other simulators, word for word.
 *
 *   [job]      where its first segment is, how many it has
 *   [segment]  the words of `segmentWord`; after a job's last one a word that no step reaches
 *   levels and increments
 *
 * Jobs whose drive is one and the same object share its segments.
 */
import { type Drive, type ResolvedDrive, resolveDrive } from './drive';
import { DrivePlan, type DriveSchedule } from './drive-schedule';
import type { NetworkConstants } from './params';
import type { ThresholdTable } from './poisson';
import { type FixedConstants, fixedIncrements } from './webgpu-fixed-point';
import { jobWords, segmentWord, segmentWords } from './webgpu-layout';

/** A constant drive from a step on. */
export interface DriveSegment {
  readonly from: number;
  readonly thresholds: ThresholdTable;
  /** Words of mV per step, float32 or fixed, [unit] or one for all; null where there is no constant input. */
  readonly increments: Uint32Array | null;
  /** The same in mV per step, for recordings. */
  readonly constantInput: Float32Array | null;
}

const never = 0xffffffff;

function segmentOf(
  constants: NetworkConstants,
  fixed: FixedConstants | null,
  from: number,
  { thresholds, increments }: ResolvedDrive,
): DriveSegment {
  if (!increments) return { from, thresholds, increments: null, constantInput: null };
  const words = fixed ? fixedIncrements(increments, constants) : increments;
  return { from, thresholds, increments: new Uint32Array(words.slice().buffer), constantInput: increments };
}

/** The segments of a drive. Throws ShapeMismatchError or ParameterError. */
export function segmentsOf(
  constants: NetworkConstants,
  fixed: FixedConstants | null,
  dt: number,
  drive: Drive | DriveSchedule,
): readonly DriveSegment[] {
  if (!('x' in drive)) return [segmentOf(constants, fixed, 0, resolveDrive(constants, drive))];
  const plan = new DrivePlan(drive, dt);
  // The same for all units: that of one stands for them.
  const one = { ...constants, unitCount: 1 };
  const at = (from: number, eta: number) => segmentOf(one, fixed, from, resolveDrive(one, { eta }));
  const segments = [at(0, plan.first)];
  while (plan.nextChange < constants.stepCount) segments.push(at(plan.nextChange, plan.take()));
  return segments;
}

/** Words that segments take. */
export function wordsOfSegments(segments: readonly DriveSegment[]): number {
  const values = segments.reduce(
    (sum, { thresholds, increments }) => sum + thresholds.levels.length + (increments?.length ?? 0),
    0,
  );
  return segments.length * segmentWords + 1 + values;
}

/** All of the jobs' segments; `perJob`: those of each. */
export function packDrives(unitCount: number, perJob: readonly (readonly DriveSegment[])[]): Uint32Array<ArrayBuffer> {
  const lists = new Set(perJob);
  const size = [...lists].reduce((sum, list) => sum + wordsOfSegments(list), perJob.length * jobWords);
  const words = new Uint32Array(size);
  let free = perJob.length * jobWords;
  const places = new Map<readonly DriveSegment[], number>();
  const put = (values: Int32Array | Uint32Array): number => {
    words.set(values, free);
    free += values.length;
    return free - values.length;
  };
  for (const list of lists) {
    const first = free;
    places.set(list, first);
    free += list.length * segmentWords + 1;
    list.forEach(({ from, thresholds, increments }, k) => {
      const at = first + k * segmentWords;
      words[at + segmentWord.from] = from;
      words[at + segmentWord.levelOffset] = put(thresholds.levels);
      words[at + segmentWord.levelStep] = thresholds.homogeneous ? 1 : unitCount;
      words[at + segmentWord.unitStep] = thresholds.homogeneous ? 0 : 1;
      words[at + segmentWord.levelCount] = thresholds.levelCount;
      words[at + segmentWord.hasIncrement] = increments ? 1 : 0;
      words[at + segmentWord.incrementOffset] = increments ? put(increments) : 0;
      words[at + segmentWord.incrementStep] = increments && increments.length > 1 ? 1 : 0;
    });
    words[first + list.length * segmentWords] = never;
  }
  perJob.forEach((list, job) => {
    words[job * jobWords] = places.get(list) as number;
    words[job * jobWords + 1] = list.length;
  });
  return words;
}
