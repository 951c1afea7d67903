/**
 * How much memory a run of a network will take, before anything is allocated. What can be counted is counted; the number
 * of spikes is a guess at 50 Hz, a little above the rates of the balanced presets on images.
 */
import { ParameterError } from '../../core/errors';
import { type MemoryNeed, overBudget } from '../../kit/memory-need';
import { logCapacity, sliceSteps } from './kernel-state';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';

export interface MemoryUse {
  /** Items whose spikes are kept. */
  readonly items: number;
  /** Recorded neurons, 0 for none. */
  readonly recorded?: number;
  /** Items that are recorded. Absent: all. */
  readonly recordedItems?: number;
  /** Threads that simulate. Absent: 1. */
  readonly workers?: number;
}

/** Bytes. */
export interface MemoryEstimate {
  /** The network's connections, shared by all threads. */
  readonly wiring: number;
  /** State, spike list and the thread's own copy of the connections. */
  readonly perWorker: number;
  readonly recordings: number;
  readonly spikes: number;
  /** What is there at once when it is most: the wiring kernel holds a second copy while it hands the network over. */
  readonly total: number;
}

const guessedRate = 50;
/** Rows of Poisson levels: enough for a mean of 4 a step, and as many again since room is doubled. */
const levelRows = 40;
/** What 32-bit addresses of WASM memory reach. */
const addressable = 2 ** 32;

function bytesPerWorker(constants: NetworkConstants, wiring: number, recorded: number): number {
  const { unitCount, delayCount, currents, relativeWeights } = constants;
  const arrays = 5 + (currents ? 2 : 0) + (relativeWeights ? 2 : 0) + levelRows;
  return (
    wiring +
    4 * unitCount * arrays +
    4 * logCapacity(constants) +
    4 * (unitCount + delayCount) +
    12 * recorded * sliceSteps +
    (recorded > 0 ? 20 * unitCount : 0)
  );
}

/** Throws ParameterError for parameters that cannot be simulated. */
export function estimateMemory(params: NetworkParams, use: MemoryUse): MemoryEstimate {
  const constants = deriveConstants(params);
  const { unitCount, excInDegree, inhInDegree, delayCount } = constants;
  const { items, recorded = 0, recordedItems = items, workers = 1 } = use;
  const unitBytes = unitCount <= 65_536 ? 2 : 4;
  const synapseBytes = unitBytes + (constants.relativeWeights ? 4 : 0);
  const wiring = unitCount * (excInDegree + inhInDegree) * synapseBytes + 4 * (unitCount * delayCount + 1);
  const perWorker = bytesPerWorker(constants, wiring, recorded);
  const samples = Math.ceil(params.duration / Math.max(1, params.dt));
  const recordings = recordedItems * (recorded > 0 ? 4 * samples * (5 * recorded + 1) : 0);
  const spikes = items * unitCount * guessedRate * (params.duration / 1000) * (unitBytes + 4);
  const running = wiring + workers * perWorker + recordings + spikes;
  return { wiring, perWorker, recordings, spikes, total: Math.max(2 * wiring, running) };
}

const inWords = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** In words, with the parameter that the largest part comes from. Throws ParameterError where no thread could address it. */
export function needOf(params: NetworkParams, use: MemoryUse): MemoryNeed {
  const { wiring, perWorker, recordings, spikes, total } = estimateMemory(params, use);
  const { workers = 1 } = use;
  const network = wiring + workers * perWorker;
  const message =
    `This network would take about ${inWords(total)} of memory: ${inWords(wiring)} for its connections, ` +
    `${inWords(perWorker)} for each of ${workers} threads, ${inWords(recordings)} for recordings, ${inWords(spikes)} for spikes.`;
  const ofNetwork = { param: 'connectionProbability', cure: 'Lower connectionProbability or the number of neurons.' };
  if (perWorker > addressable) {
    throw new ParameterError({
      code: 'memory.budget',
      message,
      ...ofNetwork,
      found: inWords(perWorker),
      expected: `at most ${inWords(addressable)} for a thread`,
    });
  }
  if (network >= Math.max(recordings, spikes)) return { bytes: total, message, ...ofNetwork };
  return recordings >= spikes
    ? { bytes: total, message, param: 'recordNeurons', cure: 'Record fewer neurons or items, or shorten duration.' }
    : { bytes: total, message, param: 'duration', cure: 'Shorten duration, or use fewer items or trials.' };
}

/** Throws ParameterError, naming the largest part and its cure, where a run would take more than `budget` bytes. */
export function checkBudget(params: NetworkParams, use: MemoryUse, budget: number): MemoryEstimate {
  const over = overBudget(needOf(params, use), budget);
  if (over) throw new ParameterError(over);
  return estimateMemory(params, use);
}
