/**
 * Executes one planned run: fetches the targets through Rete's lazy Dataflow, answers what is stored, computes the rest,
 * stores it, and tells the story in events. A failed branch does not stop the others. Cancel stops at the next breath.
 */

import type { MemoryTier } from '../cache/memory-tier';
import type { ArtifactStore } from '../cache/store';
import { type Failure, isCancelled, RunCancelled, toFailure } from '../core/errors';
import type { ContentKey, NodeId, RunId } from '../core/ids';
import { formatBytes } from '../core/units';
import type { AssetReader } from '../kit/context';
import { type Catalogue, loadCompute } from '../kit/define-node';
import type { TaskPool } from '../kit/pool';
import type { PortValue } from '../kit/values';
import type { DeviceWatch } from './backends';
import { createContext } from './compute-context';
import type { KeyParts } from './keys';
import type { Lane } from './lane';
import type { Planned, PlannedStep } from './planner';
import type { BackendName, OpProfile, RunEvent, RunOutcome, RunPlan } from './protocol';
import { isReadable, loadOutputs } from './results';
import { buildReteGraph, type FetchInputs, type PortOutputs } from './rete-graph';
import type { OpClock, TensorLimit } from './tensor-runtime';

/** Device copies of values, freed when the last consumer of the run is done. */
export interface DeviceCopies {
  retain(value: PortValue, consumers: number): void;
  release(value: PortValue): void;
}

export interface RunServices {
  readonly catalogue: Catalogue;
  readonly store: ArtifactStore;
  readonly memory: MemoryTier;
  readonly pool: TaskPool;
  /** Bytes that a node may take while it computes. */
  readonly runBudget: number;
  readonly assets: AssetReader;
  readonly lane: Lane;
  readonly backend: BackendName;
  readonly gpu: () => Promise<GPUDevice | null>;
  readonly copies: DeviceCopies;
  readonly opTimes?: OpClock;
  readonly device: DeviceWatch;
  readonly emit: (event: RunEvent) => void;
  /** Keeps what a node's key was made of, so that a later re-run can be explained. */
  readonly remember: (node: NodeId, parts: KeyParts) => void;
  /** Keys whose stored results turned out to be no use; the next plan does not count on them. */
  readonly unusable: Set<ContentKey>;
}

/** Thrown through the graph to whatever needs a failed node; its failure has been told already. */
class UpstreamFailed extends Error {
  readonly node: NodeId;
  constructor(node: NodeId) {
    super(`"${node}" failed.`);
    this.node = node;
  }
}

/** Thrown through the graph when a stored result or the device is gone that was planned with. */
class PlanOutdated extends Error {}

/** `again`: something turned out otherwise than planned. Nothing was told as failed; what was finished is stored. */
export type AttemptOutcome = RunOutcome | 'again';

export async function executeRun(
  run: RunId,
  plan: RunPlan,
  planned: Planned,
  services: RunServices,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const { emit, store, memory, device } = services;
  const told = new Set<NodeId>();
  const pending = new Set<Promise<unknown>>();
  let failed = false;
  let again = false;

  const consumers = countConsumers(plan, planned);
  for (const { keyed } of planned.values()) if (keyed) store.pinned.add(keyed.key);

  function finish(
    entry: PlannedStep,
    state: 'executed' | 'stored' | 'skipped',
    ms: number,
    bytes: number,
    kept: boolean,
    profile?: OpProfile,
  ) {
    if (!entry.keyed) return;
    told.add(entry.step.node);
    emit({
      type: 'finished',
      run,
      node: entry.step.node,
      key: entry.keyed.key,
      state,
      reason: entry.verdict.reason,
      ms,
      bytes,
      kept,
      ...(profile ? { profile } : {}),
    });
  }

  /** Device copies that nodes still to run may share. What a stopped run leaves is given back at its end. */
  const leases = new Map<PortValue, number>();
  function lease(value: PortValue, readers: number) {
    if (readers === 0) return;
    leases.set(value, (leases.get(value) ?? 0) + readers);
    services.copies.retain(value, readers);
  }
  function giveBack(value: PortValue) {
    const left = leases.get(value);
    if (left === undefined) return;
    if (left > 1) leases.set(value, left - 1);
    else leases.delete(value);
    services.copies.release(value);
  }

  async function compute(entry: PlannedStep, fetchInputs: FetchInputs): Promise<PortOutputs> {
    const { step, definition, keyed } = entry;
    if (!definition || !keyed) throw new UpstreamFailed(step.node);
    let inputs: Partial<Record<string, PortValue[]>>;
    try {
      inputs = await fetchInputs();
    } catch (thrown) {
      if (thrown instanceof UpstreamFailed) {
        told.add(step.node);
        emit({ type: 'blocked', run, node: step.node, by: thrown.node });
      }
      throw thrown;
    }
    return services.lane.run(async () => {
      if (signal.aborted) throw new RunCancelled();
      const onDevice = definition.numerics === 'tensor';
      // The tensor library has moved to another backend by itself: nothing may be made there under this plan's keys.
      if (onDevice && device.gone.aborted) throw deviceLost(step.node);
      emit({ type: 'started', run, node: step.node, key: keyed.key });
      const begun = performance.now();
      const context = createContext({
        ...services,
        run,
        node: step.node,
        key: keyed.key,
        lineage: keyed.lineage,
        definition,
        signal: onDevice ? AbortSignal.any([signal, device.gone]) : signal,
      });
      const tell = (message: string) => emit({ type: 'notice', run, node: step.node, message });
      const values = Object.fromEntries(
        Object.entries(definition.inputs).map(([port, spec]) => [
          port,
          spec.variadic ? (inputs[port] ?? []) : inputs[port]?.[0],
        ]),
      );
      try {
        const body = await loadCompute(definition);
        if (onDevice) services.opTimes?.begin(tensorLimit(services, tell));
        const outputs = await body(values, step.params, context);
        // Its last part may have been computed elsewhere.
        if (onDevice && device.gone.aborted) throw deviceLost(step.node);
        const ms = performance.now() - begun;
        const profile = onDevice ? profileOf(services, ms) : undefined;
        for (const [port, value] of Object.entries(outputs)) lease(value, consumers.get(`${step.node}/${port}`) ?? 0);
        for (const [port, value] of Object.entries(outputs)) memory.set(keyed.key, port, value);
        const kept = await store.put(keyed.key, outputs, { type: step.type, ms });
        if (kept.reason) tell(kept.reason);
        services.unusable.delete(keyed.key);
        services.remember(step.node, keyed.parts);
        finish(entry, 'executed', ms, kept.bytes, kept.kept, profile);
        return outputs;
      } catch (thrown) {
        told.add(step.node);
        if (thrown instanceof PlanOutdated || thrown instanceof UpstreamFailed) throw thrown;
        const lost = onDevice && !signal.aborted && (await device.isLost(signal));
        if (signal.aborted || (isCancelled(thrown) && !lost)) {
          emit({ type: 'cancelled', run, node: step.node });
          throw new RunCancelled();
        }
        if (lost) throw deviceLost(step.node);
        const failure = toFailure(thrown);
        if (failure.code === 'cache.corrupt' && (await distrustSources(entry))) throw outdated();
        failed = true;
        emit({ type: 'failed', run, node: step.node, failure: { ...failure, node: step.node } });
        throw new UpstreamFailed(step.node);
      } finally {
        // Of a node that failed the clock still runs, and its limit holds.
        if (onDevice) services.opTimes?.end();
        for (const value of Object.values(inputs).flat()) if (value) giveBack(value);
      }
    });
  }

  function outdated(): PlanOutdated {
    again = true;
    return new PlanOutdated('The plan no longer holds.');
  }

  /** What a tensor node throws when its device is gone: on `auto` it is planned again, else it has failed. */
  function deviceLost(node: NodeId): Error {
    const failure = device.failure();
    if (!failure) return outdated();
    failed = true;
    told.add(node);
    emit({ type: 'failed', run, node, failure: { ...failure, node } });
    return new UpstreamFailed(node);
  }

  /** Spikes are read while they are used, so damage may show only then. True if a source is to blame. */
  async function distrustSources(entry: PlannedStep): Promise<boolean> {
    let found = false;
    for (const { node } of Object.values(entry.step.inputs).flat()) {
      const source = planned.get(node);
      if (!source?.keyed || !source.definition) continue;
      if (await isReadable(source.keyed.key, Object.keys(source.definition.outputs), services)) continue;
      services.unusable.add(source.keyed.key);
      found = true;
    }
    return found;
  }

  async function produce(node: NodeId, fetchInputs: FetchInputs): Promise<PortOutputs> {
    const entry = planned.get(node) as PlannedStep;
    if (entry.keyed && entry.definition && entry.verdict.action !== 'run') {
      const outputs = await loadOutputs(entry.keyed.key, Object.keys(entry.definition.outputs), services);
      if (outputs) {
        for (const [port, value] of Object.entries(outputs)) lease(value, consumers.get(`${node}/${port}`) ?? 0);
        if (!told.has(node)) finish(entry, 'stored', 0, 0, true);
        return outputs;
      }
      services.unusable.add(entry.keyed.key);
      throw outdated();
    }
    return compute(entry, fetchInputs);
  }

  const tracked = (node: NodeId, fetchInputs: FetchInputs) => {
    const work = produce(node, fetchInputs);
    pending.add(work);
    work.catch(() => undefined);
    return work;
  };

  try {
    const graph = await buildReteGraph(plan, services.catalogue, tracked);
    for (const message of graph.refused) emit({ type: 'notice', run, node: null, message });
    for (const entry of planned.values()) {
      if (entry.verdict.action === 'blocked') {
        const problem = entry.step.problem ?? (entry.definition ? null : unknownType(entry.step.node, entry.step.type));
        told.add(entry.step.node);
        if (problem) {
          failed = true;
          emit({ type: 'failed', run, node: entry.step.node, failure: problem });
        } else {
          emit({ type: 'blocked', run, node: entry.step.node, by: blockingNode(entry, planned) });
        }
      } else if (entry.verdict.action === 'stored') {
        finish(entry, 'stored', 0, 0, true);
      }
    }
    for (const { step, verdict } of planned.values()) {
      if (verdict.action !== 'run' || signal.aborted) continue;
      if (again) break;
      await graph.fetch(step.node).catch((thrown: unknown) => {
        const told = thrown instanceof UpstreamFailed || thrown instanceof PlanOutdated || isCancelled(thrown);
        if (!told) throw thrown;
      });
    }
    await settled(pending);
    if (again && !signal.aborted) return 'again';
    for (const entry of planned.values()) {
      if (told.has(entry.step.node)) continue;
      if (signal.aborted) emit({ type: 'cancelled', run, node: entry.step.node });
      else finish(entry, 'skipped', 0, 0, true);
    }
  } finally {
    for (const [value, left] of leases) for (let i = 0; i < left; i++) services.copies.release(value);
    for (const { keyed } of planned.values()) if (keyed) store.pinned.delete(keyed.key);
  }
  if (signal.aborted) return 'cancelled';
  return failed ? 'failed' : 'succeeded';
}

/** Until nothing is in flight: work that ends may have begun other work. */
async function settled(pending: ReadonlySet<Promise<unknown>>): Promise<void> {
  for (let known = -1; known !== pending.size; ) {
    known = pending.size;
    await Promise.allSettled(pending);
  }
}

const unknownType = (node: NodeId, type: string): Failure => ({
  kind: 'document',
  code: 'node.unknown-type',
  node,
  message: `Node type "${type}" is not known to this version.`,
  cure: 'Remove the node, or open the file with the version that wrote it.',
});

/** How many nodes of this run will read each output: "node/port" to count. */
function countConsumers(plan: RunPlan, planned: Planned): Map<string, number> {
  const counts = new Map<string, number>();
  for (const step of plan.steps) {
    if (planned.get(step.node)?.verdict.action !== 'run') continue;
    for (const { node, port } of Object.values(step.inputs).flat()) {
      counts.set(`${node}/${port}`, (counts.get(`${node}/${port}`) ?? 0) + 1);
    }
  }
  return counts;
}

/** The budget for a run as the tensors see it; nearing it is told once for each node. */
const tensorLimit = ({ runBudget }: RunServices, tell: (message: string) => void): TensorLimit => ({
  bytes: runBudget,
  onNear: (bytes) =>
    tell(`Tensors take ${formatBytes(bytes)}, more than 80 % of the budget for a run (${formatBytes(runBudget)}).`),
});

/** Undefined where no operation was counted. */
function profileOf({ opTimes, backend }: RunServices, ms: number): OpProfile | undefined {
  const times = opTimes?.end();
  return times && times.ops.length > 0 ? { backend, ms, ...times } : undefined;
}

/** The nearest node upstream that is itself at fault. */
function blockingNode(entry: PlannedStep, planned: Planned): NodeId {
  for (const { node } of Object.values(entry.step.inputs).flat()) {
    const source = planned.get(node);
    if (source?.verdict.action !== 'blocked') continue;
    return source.step.problem || !source.definition ? node : blockingNode(source, planned);
  }
  return entry.step.node;
}
