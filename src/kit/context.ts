/** What a node's compute function receives besides inputs and parameters. Everything impure comes through here. */
import type { ItemTable } from './item-table';
import type { TaskPool } from './pool';
import type { Population, PortValue, SpikesValue, SpikingNetwork } from './values';

export interface ComputeContext {
  /** Fires when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Reports `done` of `total` units of work; the scheduler derives the time left. `label` says what is counted. */
  progress(done: number, total: number, label?: string): void;
  /** Lets messages in (a macrotask), then throws RunCancelled if the run was cancelled. Call at least every 100 ms. */
  breathe(): Promise<void>;
  /** Shows an unfinished output in the canvas: live curves, rasters, reconstructions. Rate-limited, latest wins. */
  partial(port: string, value: PortValue): void;
  /** A notice for the run log that is no failure. */
  notice(message: string): void;
  readonly pool: TaskPool;
  /** Bytes that the node may take while it computes: what is estimated beforehand, and what its tensors take. */
  readonly runBudget: number;
  readonly assets: AssetReader;
  readonly checkpoints: Checkpoints;
  /** Opens a writer for spikes; finished chunks go to the store while the simulation goes on. */
  spikeWriter(header: SpikeHeader): Promise<SpikeWriter>;
  /** Backend that tensor nodes run on. */
  readonly backend: 'webgpu' | 'wasm' | 'cpu';
  /** The graphics device, where there is one and the settings allow it. Not to be destroyed: tensors live on it too. */
  gpu(): Promise<GPUDevice | null>;
}

/** Files: prepared data sets by path ("mnist/manifest.json"), and the user's imported files by content hash. */
export interface AssetReader {
  /** Throws DataError with the path and the cure when it is not there. */
  read(path: string, signal?: AbortSignal): Promise<Uint8Array>;
  imported(hash: string, name: string): Promise<Uint8Array>;
}

/** Checkpoints of this node's lineage: its key without the parameters marked `extends`. */
export interface Checkpoints {
  /** The stored state with the largest extent not above `extent`, or null. */
  latest(extent: number): Promise<{ readonly extent: number; readonly state: CheckpointState } | null>;
  /** Stored before it resolves. Never throws: without a store it does nothing. */
  save(extent: number, state: CheckpointState): Promise<void>;
}
export interface CheckpointState {
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float32Array | Int32Array | Float64Array>>;
}

export interface SpikeHeader {
  readonly items: ItemTable;
  readonly unitCount: number;
  readonly populations: readonly Population[];
  readonly dt: number;
  readonly stepCount: number;
  readonly discardSteps: number;
  readonly network?: SpikingNetwork;
}
export interface SpikeWriter {
  /** Item ranges already stored by an earlier, interrupted run of the same key: they need not be simulated. */
  readonly finishedItems: number;
  /** Adds the spikes of the next item, in item order. */
  add(units: ArrayLike<number>, steps: ArrayLike<number>): Promise<void>;
  finish(): Promise<SpikesValue>;
}
