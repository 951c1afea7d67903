/**
 * What the WGSL kernels and their host agree on: the order of 32-bit words in each buffer.
 *
 * A job is one simulation, (item, run). State is [job, field, unit]; a field's words of neighbouring units lie side by
 * side, so that neighbouring threads read neighbouring addresses.
 */
import type { NetworkConstants } from './params';
import type { Arithmetic } from './stepper';

/** Fields of a unit's state. */
export const stateField = { membrane: 0, countdown: 1, lane0: 2, lane1: 3, excCurrent: 4, inhCurrent: 5 } as const;

/** The fields that a network's units have: currents only where synapses are exponential. */
export function stateNames({ exponential }: { readonly exponential: boolean }): string[] {
  const names = Object.keys(stateField);
  return exponential ? names : names.slice(0, stateField.excCurrent);
}

export const stateFieldsOf = ({ currents }: NetworkConstants): number =>
  stateNames({ exponential: currents !== null }).length;

/** Words of a job among the drives (webgpu-drives.ts). */
export const jobWords = 2;
/** Words of a segment: level t of a unit is at levelOffset + t * levelStep + unit * unitStep, its increment (mV per step) likewise. */
export const segmentWord = {
  from: 0,
  levelOffset: 1,
  levelStep: 2,
  unitStep: 3,
  levelCount: 4,
  hasIncrement: 5,
  incrementOffset: 6,
  incrementStep: 7,
} as const;
export const segmentWords = 8;

/** Words of the uniform block, in the order of the WGSL struct. */
export const modelWord = {
  steps: 0,
  firstStep: 1,
  /** Always 0, which the compiler cannot know: see `rounded` in webgpu-step.wgsl.ts. */
  zero: 2,
  decay: 3,
  weightExc: 4,
  weightInh: 5,
  threshold: 6,
  reset: 7,
  refractorySteps: 8,
  excCount: 9,
  /** Large networks: which round of the submit this is. */
  round: 10,
  /** Batches: words for a job's spikes of this slice. */
  sliceSpikes: 11,
  /** Batches: where those begin. */
  listStart: 12,
  /** Below it a float is taken to be 0 (settling.ts). */
  settled: 13,
  /** Exponential synapses (synapse.ts). */
  excDecay: 14,
  excGain: 15,
  excJump: 16,
  inhDecay: 17,
  inhGain: 18,
  inhJump: 19,
  /** Recordings (webgpu-record.ts): the first sample that can fall into the dispatch, and jobs that are recorded. */
  firstSample: 20,
  recordedJobs: 21,
  /** Where in the record the steps of samples are, and what the dispatch writes: arrivals from its first step on, membranes. */
  sampleSteps: 22,
  arrivals: 23,
  membranes: 24,
} as const;
export const modelWords = 25;

/** Words of what arrived at a recorded unit in a step: excitatory, external and inhibitory spikes. */
export const arrivalWords = 3;

/** Numbers written into the text of a kernel. */
export interface KernelShape {
  readonly arithmetic: Arithmetic;
  /** Synapses are currents; float only. */
  readonly exponential: boolean;
  readonly unitCount: number;
  /** Steps of the shortest delay, and how many different delays there are, a step apart. */
  readonly delaySteps: number;
  readonly delayCount: number;
  /** Threads that walk along the targets of one spike and delay together: a power of two. */
  readonly rowThreads: number;
  readonly workgroupSize: number;
  /** Targets are whole words, not halves of one. */
  readonly wide: boolean;
  /** How many neurons of a recorded job have their inputs recorded; null where no job is. */
  readonly recordedUnits: number | null;
}

/** Threads for a part of a row: about as many as it has targets on average, `most` at most. */
export function rowThreadsFor({ excInDegree, inhInDegree, delayCount }: NetworkConstants, most: number): number {
  const targets = (excInDegree + inhInDegree) / delayCount;
  return Math.min(most, 2 ** Math.ceil(Math.log2(Math.max(1, targets))));
}

/** Spikes that `steps` consecutive steps can give at most: a neuron fires again after its refractory steps. */
export function mostSpikes({ unitCount, refractorySteps }: NetworkConstants, steps: number): number {
  return steps <= 0 ? 0 : unitCount * (Math.floor((steps - 1) / (refractorySteps + 1)) + 1);
}
