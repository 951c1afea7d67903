/**
 * Whether threads simulate one network together, and how many: where runs are fewer than they, and where the network is large
 * enough that meeting after every shortest delay costs little. Pure.
 */
import type { EncodeJob } from './task';

/**
 * Neurons times steps between meetings that a thread should have for itself. A meeting costs some 10 to 50 microseconds, a
 * neuron's step with its share of the connections about a nanosecond or two.
 */
const worthMeeting = 50_000;

export interface TeamQuestion {
  readonly job: Pick<EncodeJob, 'kind' | 'wiring'>;
  /** Steps of the shortest delay. */
  readonly delaySteps: number;
  readonly runs: number;
  /** Threads that can wait for each other. */
  readonly threads: number;
}

/** Threads for one network at a time; 1: runs are better spread over the pool, or cannot be shared. */
export function teamSize({ job, delaySteps, runs, threads }: TeamQuestion): number {
  const { unitCount, targets } = job.wiring;
  const canShare = typeof SharedArrayBuffer !== 'undefined' && targets.buffer instanceof SharedArrayBuffer;
  if (job.kind !== 'wasm' || !canShare || runs === 0 || runs >= threads) return 1;
  return Math.max(1, Math.min(threads, Math.floor((unitCount * delaySteps) / worthMeeting)));
}
