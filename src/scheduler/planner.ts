/**
 * Decides, before anything runs, what a run would do: computes every key, asks the store what is there and says for each
 * node whether it will run and why. Pure but for those questions.
 */
import type { ContentKey, NodeId } from '../core/ids';
import type { AnyNode, Catalogue } from '../kit/define-node';
import { explainChange, type Keyed, type KeyParts, keyOf } from './keys';
import type { PlanStep, RunPlan, StepVerdict } from './protocol';

/** Numeric modes that enter keys. `earlier`: tensor modes whose results may be in the store, tried after the active one. */
export interface NumericModes {
  readonly tensor: string;
  readonly simulation: string;
  readonly earlier: readonly string[];
}

export interface PlannerDeps {
  readonly catalogue: Catalogue;
  readonly modes: NumericModes;
  /** Are these outputs to be had without computing? `wanted`: nobody reads them in the run, so nobody else finds out. */
  readonly isStored: (key: ContentKey, ports: readonly string[], wanted: boolean) => Promise<boolean>;
  /** Key parts of the node's last result, for the reason of a re-run. */
  readonly lastParts: (node: NodeId) => Promise<KeyParts | null>;
  /** Nodes to run even if stored. */
  readonly anyway: ReadonlySet<NodeId>;
}

export interface PlannedStep {
  readonly step: PlanStep;
  readonly definition: AnyNode | null;
  /** Null when the node, or something upstream, cannot run. */
  readonly keyed: Keyed | null;
  readonly stored: boolean;
  readonly verdict: StepVerdict;
}

export type Planned = ReadonlyMap<NodeId, PlannedStep>;

async function keyStep(
  step: PlanStep,
  definition: AnyNode,
  sources: ReadonlyMap<NodeId, Keyed>,
  wanted: boolean,
  deps: PlannerDeps,
) {
  const inputs: Record<string, string[]> = {};
  for (const port of Object.keys(step.inputs).sort()) {
    inputs[port] = (step.inputs[port] ?? []).map(({ node, port: from }) => `${sources.get(node)?.key}/${from}`);
  }
  const { modes } = deps;
  const candidates =
    definition.numerics === 'exact'
      ? ['exact']
      : definition.numerics === 'simulation'
        ? [modes.simulation]
        : [modes.tensor, ...modes.earlier.filter((mode) => mode !== modes.tensor)];
  let first: Keyed | null = null;
  for (const numeric of candidates) {
    const keyed = await keyOf(definition, step.params, inputs, numeric);
    if (await deps.isStored(keyed.key, Object.keys(definition.outputs), wanted)) return { keyed, stored: true };
    first ??= keyed;
  }
  return { keyed: first as Keyed, stored: false };
}

export async function planRun(plan: RunPlan, deps: PlannerDeps): Promise<Planned> {
  const keys = new Map<NodeId, Keyed>();
  const stored = new Set<NodeId>();
  const blockedBy = new Map<NodeId, string>();
  const targets = new Set(plan.targets);
  for (const step of plan.steps) {
    const definition = deps.catalogue.get(step.type);
    const sources = Object.values(step.inputs).flat();
    const upstream = sources.find(({ node }) => blockedBy.has(node));
    if (step.problem) blockedBy.set(step.node, step.problem.message);
    else if (!definition) blockedBy.set(step.node, `Node type "${step.type}" is not known to this version.`);
    else if (upstream) blockedBy.set(step.node, `"${upstream.node}" upstream cannot run.`);
    else {
      const result = await keyStep(step, definition, keys, targets.has(step.node), deps);
      keys.set(step.node, result.keyed);
      if (result.stored && !deps.anyway.has(step.node)) stored.add(step.node);
    }
  }

  // Walk upstream from the targets; a stored result needs nothing above it.
  const byNode = new Map(plan.steps.map((step) => [step.node, step]));
  const needed = new Set<NodeId>();
  const open = [...plan.targets, ...deps.anyway];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (needed.has(node)) continue;
    needed.add(node);
    if (stored.has(node)) continue;
    for (const source of Object.values(byNode.get(node)?.inputs ?? {}).flat()) open.push(source.node);
  }

  const planned = new Map<NodeId, PlannedStep>();
  for (const step of plan.steps) {
    const keyed = keys.get(step.node) ?? null;
    const verdict = await judge(step.node, keyed);
    planned.set(step.node, {
      step,
      definition: deps.catalogue.get(step.type) ?? null,
      keyed,
      stored: stored.has(step.node),
      verdict,
    });
  }
  return planned;

  async function judge(node: NodeId, keyed: Keyed | null): Promise<StepVerdict> {
    if (!keyed) return { action: 'blocked', reason: blockedBy.get(node) ?? 'cannot run', key: null };
    const { key, parts } = keyed;
    const verdict = (action: StepVerdict['action'], reason: string) => ({
      action,
      reason,
      key,
      numeric: parts.numeric,
    });
    if (stored.has(node)) return verdict('stored', 'its result is in the store');
    if (!needed.has(node)) return verdict('unneeded', 'everything that needs it is stored');
    if (deps.anyway.has(node)) return verdict('run', 'asked to run again');
    return verdict('run', explainChange(await deps.lastParts(node), parts));
  }
}
