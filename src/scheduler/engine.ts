/**
 * The scheduler behind its protocol: owns the artifact store, the memory tier, the tensor backend and the pool, and turns
 * plans into runs. The page drives it through a worker, the command line directly; both get the same keys and results.
 */
import { lookAtSpikes } from '../analysis/compare/spike-look';
import { createRest } from '../analysis/pacing';
import { MemoryTier } from '../cache/memory-tier';
import type { ArtifactStore } from '../cache/store';
import type { JsonValue } from '../core/canonical-json';
import { isCancelled, toFailure } from '../core/errors';
import type { ContentKey, NodeId, RunId } from '../core/ids';
import type { AssetReader } from '../kit/context';
import type { Catalogue } from '../kit/define-node';
import type { Look, LookRequest } from '../kit/look';
import type { TaskPool } from '../kit/pool';
import type { SpikeEvents, SpikeLook } from '../kit/spike-look';
import type { PortValue } from '../kit/values';
import { Backends, type DeviceWatch } from './backends';
import type { KeyParts } from './keys';
import { Lane } from './lane';
import { lookAt } from './look/look';
import { macrotask } from './macrotask';
import { refuseTooLarge } from './memory-check';
import { type NumericModes, type Planned, planRun } from './planner';
import { makePreview } from './preview';
import { eventsOfItem } from './preview-spikes';
import type {
  Meters,
  PlanReport,
  PreviewRequest,
  RunEvent,
  RunOptions,
  RunOutcome,
  RunPlan,
  SchedulerApi,
  SchedulerSettings,
  StoredSize,
} from './protocol';
import { isReadable, isStored, loadOutputs } from './results';
import { type AttemptOutcome, executeRun } from './run';
import type { TensorRuntime } from './tensor-runtime';

export interface EngineDeps {
  readonly catalogue: Catalogue;
  readonly openStore: (budget: number) => Promise<ArtifactStore>;
  readonly pool: TaskPool;
  readonly assets: AssetReader;
  readonly tensors: TensorRuntime;
  /** Version of the simulation kernels, part of the keys of nodes that use them. */
  readonly simulationMode: string;
  readonly emit: (event: RunEvent) => void;
  readonly settings?: Partial<SchedulerSettings>;
}

export const defaultSettings: SchedulerSettings = {
  backend: 'auto',
  storeBudget: 2_000_000_000,
  memoryBudget: 600_000_000,
  runBudget: 4_000_000_000,
};

const MODES = 'tensor-modes';

/** What the attempts of one run share: it is planned again when a stored result or the device is gone. */
interface RunMemory {
  readonly anyway: ReadonlySet<NodeId>;
  /** Keys whose stored results are no use. */
  readonly unusable: Set<ContentKey>;
  /** Executed by an earlier attempt: that they are stored now is no news. */
  readonly executed: Map<NodeId, ContentKey>;
}

export class Engine implements SchedulerApi {
  private readonly deps: EngineDeps;
  private readonly lane = new Lane();
  private readonly memory: MemoryTier;
  private settings: SchedulerSettings;
  private store: Promise<ArtifactStore> | null = null;
  private readonly backends: Backends;
  private readonly runs = new Map<RunId, AbortController>();

  constructor(deps: EngineDeps) {
    this.deps = deps;
    this.settings = { ...defaultSettings, ...deps.settings };
    this.memory = new MemoryTier(this.settings.memoryBudget);
    this.backends = new Backends(deps.tensors, deps.emit);
  }

  async configure(settings: Partial<SchedulerSettings>): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    this.memory.setBudget(this.settings.memoryBudget);
    if (settings.storeBudget !== undefined) await (await this.openStore()).setBudget(settings.storeBudget);
    if (settings.backend !== undefined) this.backends.forgetLoss();
  }

  async plan(plan: RunPlan): Promise<PlanReport> {
    return this.report(await this.planned(plan, new Set(), null));
  }

  async run(id: RunId, plan: RunPlan, options: RunOptions = {}): Promise<RunOutcome> {
    const begun = performance.now();
    const abort = new AbortController();
    this.runs.set(id, abort);
    this.deps.tensors.resetPeak();
    let outcome: RunOutcome = 'failed';
    try {
      outcome = await this.attempt(id, plan, abort.signal, {
        anyway: new Set(options.anyway ?? []),
        unusable: new Set(),
        executed: new Map(),
      });
    } catch (thrown) {
      if (isCancelled(thrown) || abort.signal.aborted) outcome = 'cancelled';
      else {
        // Nothing that belongs to one node: a backend that cannot start, a defect in the scheduler.
        const failure = toFailure(thrown);
        for (const node of plan.targets) this.deps.emit({ type: 'failed', run: id, node, failure });
      }
    } finally {
      this.runs.delete(id);
    }
    this.deps.emit({ type: 'ended', run: id, outcome, ms: performance.now() - begun });
    return outcome;
  }

  async cancel(id: RunId): Promise<void> {
    this.runs.get(id)?.abort();
  }

  async preview(request: PreviewRequest) {
    const value = await this.valueWithChunks(request.key, request.port);
    return value ? makePreview(value, request.item === undefined ? {} : { item: request.item }) : null;
  }

  async value(key: PreviewRequest['key'], port: string): Promise<PortValue | null> {
    return this.valueWithChunks(key, port);
  }

  async spikeLook(key: PreviewRequest['key'], port: string): Promise<SpikeLook | null> {
    const value = await this.valueWithChunks(key, port);
    return value?.kind === 'spikes' ? lookAtSpikes(value, createRest(macrotask)) : null;
  }

  async spikesOfItem(key: PreviewRequest['key'], port: string, item: number): Promise<SpikeEvents | null> {
    const value = await this.valueWithChunks(key, port);
    return value?.kind === 'spikes' ? eventsOfItem(value, item) : null;
  }

  async look(key: PreviewRequest['key'], port: string, request: LookRequest): Promise<Look | null> {
    const value = await this.valueWithChunks(key, port);
    return value ? lookAt(value, request) : null;
  }

  async meters(): Promise<Meters> {
    const store = await this.openStore();
    const usage = await store.usage();
    const device = this.deps.tensors.memory();
    return {
      backend: this.backends.info,
      tensors: device.tensors,
      tensorBytes: device.bytes,
      peakTensors: Math.max(device.peakTensors, device.tensors),
      peakTensorBytes: Math.max(device.peakBytes, device.bytes),
      runBudget: this.settings.runBudget,
      memoryBytes: this.memory.bytes,
      memoryBudget: this.settings.memoryBudget,
      storeBytes: usage.bytes,
      storeBudget: usage.budget,
      storeNotice: store.notice,
      poolSize: this.deps.pool.size,
    };
  }

  async stored(keys: readonly ContentKey[]): Promise<readonly (StoredSize | null)[]> {
    const store = await this.openStore();
    const held = await store.held();
    return Promise.all(
      keys.map(async (key) => {
        const head = await store.head(key);
        return head && { bytes: head.bytes, ms: head.ms, held: held.has(key) };
      }),
    );
  }

  async hold(key: ContentKey, on: boolean): Promise<void> {
    await (await this.openStore()).hold(key, on);
  }

  async forgetResults(keys: readonly ContentKey[]): Promise<void> {
    const store = await this.openStore();
    const held = await store.held();
    for (const key of keys) if (!held.has(key) && !store.pinned.has(key)) this.memory.delete(key);
    await store.forget(keys);
  }

  async clearStore(): Promise<void> {
    this.memory.clear();
    await (await this.openStore()).clear();
  }

  private openStore(): Promise<ArtifactStore> {
    this.store ??= this.deps.openStore(this.settings.storeBudget).then((store) => {
      const tell = (message: string) => this.deps.emit({ type: 'notice', run: null, node: null, message });
      // What kept the store from opening was said before anyone could listen.
      if (store.notice !== null) tell(store.notice);
      store.onNotice(tell);
      return store;
    });
    return this.store;
  }

  /** With `unusable`, for a run: those keys do not count as stored, and what is wanted is read to see that it can be. */
  private async planned(
    plan: RunPlan,
    anyway: ReadonlySet<NodeId>,
    unusable: ReadonlySet<ContentKey> | null,
  ): Promise<Planned> {
    const store = await this.openStore();
    const places = { memory: this.memory, store };
    const needsTensors = plan.steps.some((step) => this.deps.catalogue.get(step.type)?.numerics === 'tensor');
    const earlier = ((await store.readMeta(MODES)) ?? []) as string[];
    const tensor = needsTensors ? (await this.backends.start(this.settings.backend)).numericMode : 'none';
    const modes: NumericModes = {
      tensor,
      simulation: this.deps.simulationMode,
      earlier: this.settings.backend === 'auto' ? earlier : [],
    };
    const free = await planRun(plan, {
      catalogue: this.deps.catalogue,
      modes,
      anyway,
      isStored: async (key, ports, wanted) =>
        !unusable?.has(key) && (wanted && unusable ? isReadable : isStored)(key, ports, places),
      lastParts: async (node) => (await store.readMeta(partsName(plan, node))) as KeyParts | null,
    });
    return refuseTooLarge(free, this.settings.runBudget, { workers: this.deps.pool.size });
  }

  private report(planned: Planned): PlanReport {
    const steps = Object.fromEntries([...planned].map(([node, { verdict }]) => [node, verdict]));
    return { steps, backend: this.backends.info };
  }

  private async attempt(id: RunId, plan: RunPlan, signal: AbortSignal, memory: RunMemory): Promise<RunOutcome> {
    const device = this.backends.watch(this.settings.backend);
    let outcome: AttemptOutcome;
    try {
      outcome = await this.attemptOn(device, id, plan, signal, memory);
    } finally {
      device.end();
    }
    return outcome === 'again' ? this.attempt(id, plan, signal, memory) : outcome;
  }

  private async attemptOn(device: DeviceWatch, id: RunId, plan: RunPlan, signal: AbortSignal, memory: RunMemory) {
    const { unusable, executed } = memory;
    const store = await this.openStore();
    const anyway = new Set([...memory.anyway].filter((node) => !executed.has(node)));
    const planned = await this.planned(plan, anyway, unusable);
    device.hold();
    this.deps.emit({ type: 'planned', run: id, report: this.report(planned) });
    const backend = this.backends.active;
    if (backend) await this.rememberMode(store, backend.numericMode);
    return executeRun(
      id,
      plan,
      planned,
      {
        catalogue: this.deps.catalogue,
        store,
        memory: this.memory,
        pool: this.deps.pool,
        runBudget: this.settings.runBudget,
        assets: this.deps.assets,
        lane: this.lane,
        backend: backend?.name ?? 'cpu',
        gpu: () => this.gpu(),
        copies: this.deps.tensors.copies,
        ...(this.deps.tensors.opTimes ? { opTimes: this.deps.tensors.opTimes } : {}),
        device,
        emit: (event) => {
          if (event.type === 'finished') {
            if (event.state === 'executed') executed.set(event.node, event.key);
            else if (executed.get(event.node) === event.key) return;
          }
          this.deps.emit(event);
        },
        remember: (node, parts) => void store.writeMeta(partsName(plan, node), parts as unknown as JsonValue),
        unusable,
      },
      signal,
    );
  }

  /** Starts the tensor backend if need be: the device is the one that tensors use. */
  private async gpu(): Promise<GPUDevice | null> {
    const { backend } = this.settings;
    const isPossible = (backend === 'auto' || backend === 'webgpu') && Boolean(globalThis.navigator?.gpu);
    return isPossible ? ((await this.backends.start(backend)).device ?? null) : null;
  }

  private async rememberMode(store: ArtifactStore, mode: string): Promise<void> {
    const known = ((await store.readMeta(MODES)) ?? []) as string[];
    if (known[0] !== mode) await store.writeMeta(MODES, [mode, ...known.filter((other) => other !== mode)].slice(0, 4));
  }

  private async valueWithChunks(key: PreviewRequest['key'], port: string): Promise<PortValue | null> {
    const outputs = await loadOutputs(key, [port], { memory: this.memory, store: await this.openStore() });
    return outputs?.[port] ?? null;
  }
}

const partsName = (plan: RunPlan, node: NodeId): string => `parts/${plan.scope ?? ''}/${node}`;
