/**
 * Everything that crosses between the page (or the command line) and the scheduler: plain data only. A RunPlan goes
 * down, RunEvents come up, results are asked for by key. Failures travel as plain records (src/core/errors.ts).
 */
import type { JsonObject } from '../core/canonical-json';
import type { Failure } from '../core/errors';
import type { ContentKey, NodeId, RunId } from '../core/ids';
import type { InferredType } from '../kit/define-node';
import type { Look, LookRequest } from '../kit/look';
import type { Preview } from '../kit/preview';
import type { SpikeEvents, SpikeLook } from '../kit/spike-look';
import type { PortValue } from '../kit/values';

export interface PlanSource {
  readonly node: NodeId;
  readonly port: string;
}

/** One node, ready to run: parameters checked and complete, wires resolved. */
export interface PlanStep {
  readonly node: NodeId;
  readonly type: string;
  readonly version: number;
  readonly params: JsonObject;
  /** By input port; several sources in wire order for variadic ports. */
  readonly inputs: Readonly<Record<string, readonly PlanSource[]>>;
  /** Types of its outputs as far as they are known before a run: its memory is estimated from them. */
  readonly types?: Readonly<Record<string, InferredType>>;
  /** Why this node cannot run (unknown type, bad parameter, missing wire); others go on. */
  readonly problem?: Failure;
}

/** A frozen document: steps in topological order. `targets` are the nodes whose outputs are wanted. */
export interface RunPlan {
  readonly documentHash: string;
  /** Id of the document: what a node last ran with is remembered under it, to explain a re-run. */
  readonly scope?: string;
  readonly steps: readonly PlanStep[];
  readonly targets: readonly NodeId[];
}

export type BackendName = 'webgpu' | 'wasm' | 'cpu';
export type BackendPreference = 'auto' | BackendName;
export interface BackendInfo {
  readonly name: BackendName;
  /** In words: why this one. */
  readonly reason: string;
}

export interface StepVerdict {
  /** stored: its result is in the store. unneeded: only stored results need it. blocked: it or something upstream cannot run. */
  readonly action: 'run' | 'stored' | 'unneeded' | 'blocked';
  /** In words: "parameter inhExcRatio changed (5 to 3.5)", "stored", "never run", "evicted from the store". */
  readonly reason: string;
  readonly key: ContentKey | null;
  /** What the key was made with: "exact", or the kernels or backend with their versions. */
  readonly numeric?: string;
  /** Of a node that is refused for its memory: what, where and what to do. */
  readonly failure?: Failure;
}
export interface PlanReport {
  readonly steps: Readonly<Record<string, StepVerdict>>;
  readonly backend: BackendInfo | null;
}

/** One operation of the tensor library within a node. */
export interface OpTime {
  readonly name: string;
  readonly calls: number;
  readonly ms: number;
  /** Bytes of its results, over all calls. */
  readonly bytes: number;
}
/** Where a node's tensor work went. */
export interface OpProfile {
  readonly backend: BackendName;
  /** Of the node as a whole, ms. */
  readonly ms: number;
  /** Most time first. */
  readonly ops: readonly OpTime[];
  /** Most bytes of tensors that were alive at a time. */
  readonly peakBytes: number;
}

export type RunEvent =
  | { readonly type: 'planned'; readonly run: RunId; readonly report: PlanReport }
  | { readonly type: 'started'; readonly run: RunId; readonly node: NodeId; readonly key: ContentKey }
  | {
      readonly type: 'progress';
      readonly run: RunId;
      readonly node: NodeId;
      readonly done: number;
      readonly total: number;
      /** ms, null until it can be told. */
      readonly eta: number | null;
      readonly label: string;
    }
  | {
      readonly type: 'partial';
      readonly run: RunId;
      readonly node: NodeId;
      readonly port: string;
      readonly sequence: number;
      readonly preview: Preview;
    }
  | {
      readonly type: 'finished';
      readonly run: RunId;
      readonly node: NodeId;
      readonly key: ContentKey;
      /** executed: computed in this run. stored: answered by the store. skipped: nothing needed it. */
      readonly state: 'executed' | 'stored' | 'skipped';
      readonly reason: string;
      readonly ms: number;
      readonly bytes: number;
      /** False when the result could not be stored: it lives until the worker ends. */
      readonly kept: boolean;
      /** Of a node that computed tensors. */
      readonly profile?: OpProfile;
    }
  | { readonly type: 'failed'; readonly run: RunId; readonly node: NodeId; readonly failure: Failure }
  /** Not run because something upstream failed. */
  | { readonly type: 'blocked'; readonly run: RunId; readonly node: NodeId; readonly by: NodeId }
  | { readonly type: 'cancelled'; readonly run: RunId; readonly node: NodeId }
  /** Without a node: of the engine as a whole, to be shown and not only logged. */
  | {
      readonly type: 'notice';
      readonly run: RunId | null;
      readonly node: NodeId | null;
      readonly message: string;
      readonly title?: string;
      /** Stays until it is closed. */
      readonly sticky?: boolean;
    }
  | { readonly type: 'backend'; readonly backend: BackendInfo }
  | { readonly type: 'ended'; readonly run: RunId; readonly outcome: RunOutcome; readonly ms: number };

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

export interface RunOptions {
  /** Run these even if their results are stored. */
  readonly anyway?: readonly NodeId[];
}

export interface PreviewRequest {
  readonly key: ContentKey;
  readonly port: string;
  /** Which item to show, for spikes and images. */
  readonly item?: number;
}

/** What the status bar shows. */
export interface Meters {
  readonly backend: BackendInfo | null;
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Most at a time since the latest run began. */
  readonly peakTensors: number;
  readonly peakTensorBytes: number;
  /** Bytes that a node may take while it computes. */
  readonly runBudget: number;
  readonly memoryBytes: number;
  readonly memoryBudget: number;
  readonly storeBytes: number;
  readonly storeBudget: number;
  /** Null when the store works; else what happened, in words. */
  readonly storeNotice: string | null;
  readonly poolSize: number;
}

export interface SchedulerSettings {
  readonly backend: BackendPreference;
  /** bytes */
  readonly storeBudget: number;
  readonly memoryBudget: number;
  /** Of a run: the most that one node may take while it computes. */
  readonly runBudget: number;
}

/** The worker's side, called through comlink (page) or directly (Node). Events go over a port of their own. */
export interface SchedulerApi {
  configure(settings: Partial<SchedulerSettings>): Promise<void>;
  /** What a run of this plan would do; changes nothing. */
  plan(plan: RunPlan): Promise<PlanReport>;
  /** Resolves when the run has ended; the story is told by events. */
  run(id: RunId, plan: RunPlan, options?: RunOptions): Promise<RunOutcome>;
  /** Answers at once; the run ends soon after with a `cancelled` event. */
  cancel(id: RunId): Promise<void>;
  preview(request: PreviewRequest): Promise<Preview | null>;
  /** The whole value, without its spike chunks; null if it is no longer there. */
  value(key: ContentKey, port: string): Promise<PortValue | null>;
  /** Rates of all items, from one pass over the chunks; null if they are no longer there, or are no spikes. */
  spikeLook(key: ContentKey, port: string): Promise<SpikeLook | null>;
  spikesOfItem(key: ContentKey, port: string, item: number): Promise<SpikeEvents | null>;
  /** A window of a value for the large viewer; null if it is no longer there, or of another kind. */
  look(key: ContentKey, port: string, request: LookRequest): Promise<Look | null>;
  meters(): Promise<Meters>;
  clearStore(): Promise<void>;
  /** Of each key, in their order: how large its stored result is; null where nothing is stored. */
  stored(keys: readonly ContentKey[]): Promise<readonly (StoredSize | null)[]>;
  /** A result that is held is never evicted, nor cleared. */
  hold(key: ContentKey, on: boolean): Promise<void>;
  /** Deletes these results, except those that are held or in use. */
  forgetResults(keys: readonly ContentKey[]): Promise<void>;
}

export interface StoredSize {
  readonly bytes: number;
  /** What it cost to compute, ms. */
  readonly ms: number;
  readonly held: boolean;
}

/** How a worker is started: once, with the port that events go over. */
export interface WorkerStart {
  readonly events: MessagePort;
  /** Where prepared data sets lie, ending in a slash. */
  readonly assets: string;
  readonly settings: Partial<SchedulerSettings>;
}
export interface WorkerEntry {
  start(options: WorkerStart): SchedulerApi;
}
