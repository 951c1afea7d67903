/**
 * Freezes a document into a plan: the nodes that the targets need, in an order that does not depend on the file, with
 * checked parameters and resolved wires. Muted nodes are left out, bypassed ones passed through; a node that cannot run
 * becomes a step with its problem, so that the others still do. Subgraphs are expanded first: a plan knows none.
 */
import type { JsonObject } from '../core/canonical-json';
import { DocumentError, type Failure } from '../core/errors';
import { type NodeId, nodeId } from '../core/ids';
import { documentHash } from '../document/document-hash';
import type { DocumentNode, PipelineDocument } from '../document/schema';
import { expand, runTargets } from '../document/subgraphs';
import type { Catalogue } from '../kit/define-node';
import type { PlanSource, PlanStep, RunPlan } from '../scheduler/protocol';
import { type GraphIndex, graphIndex } from './graph-index';
import { type Inferences, inferTypes } from './infer';
import { nodeName } from './names';
import { problemFailure } from './problem';
import { outputKind, ownPort, resolveSource } from './sources';
import { topology } from './topology';

export interface CompileOptions {
  /**
   * Nodes whose outputs are wanted; an instance of a subgraph means those behind its outputs. Without it: every node that no other needs. Where the rest of a branch cannot run,
   * what leads up to it counts as not needed, so that everything runs that can.
   */
  readonly targets?: readonly NodeId[];
  /** Nodes whose outputs are wanted besides. */
  readonly also?: readonly NodeId[];
}

/** Throws DocumentError for a target that is not in the document. */
export async function compile(
  given: PipelineDocument,
  catalogue: Catalogue,
  options: CompileOptions = {},
): Promise<RunPlan> {
  const { document } = expand(given);
  const index = graphIndex(document);
  const inside = (ids: readonly NodeId[]) => ids.flatMap((id) => runTargets(given, id).map(nodeId));
  const chosen = options.targets && inside(options.targets);
  const also = inside(options.also ?? []);
  const unknown = [...(chosen ?? []), ...also].find((id) => !index.nodes.has(id));
  if (unknown !== undefined) {
    throw new DocumentError({
      code: 'plan.unknown-target',
      message: `There is no node "${unknown}" to run.`,
      found: `"${unknown}"`,
      expected: `one of ${[...index.nodes.keys()].map((id) => `"${id}"`).join(', ') || 'none: the pipeline is empty'}`,
      cure: 'Choose a node of this pipeline.',
    });
  }
  const inferences = inferTypes(document, catalogue);
  const { order, inCycle } = topology(document);
  const steps = new Map<NodeId, PlanStep>();
  const wanted = new Set([...(chosen ?? []), ...also]);
  for (const id of order) {
    const node = index.nodes.get(id) as DocumentNode;
    const step = planStep({ document, catalogue, index, inferences }, node, inCycle.has(id), wanted.has(id));
    if (step) steps.set(id, step);
  }
  const leaves = new Set(chosen ? [] : leavesOf(steps));
  const targets = [...steps.keys()].filter((id) => wanted.has(id) || leaves.has(id));
  const kept = reachable(steps, targets);
  return {
    documentHash: await documentHash(document, catalogue),
    ...(document.id === undefined ? {} : { scope: document.id }),
    steps: [...steps.values()].filter((step) => kept.has(step.node)),
    targets,
  };
}

interface Compilation {
  readonly document: PipelineDocument;
  readonly catalogue: Catalogue;
  readonly index: GraphIndex;
  readonly inferences: Inferences;
}

/** Null for a node that takes no part: muted, or bypassed and passed through. `wanted` ones are told apart by a problem. */
function planStep(at: Compilation, node: DocumentNode, inLoop: boolean, wanted: boolean): PlanStep | null {
  const id = nodeId(node.id);
  const definition = at.catalogue.get(node.type);
  const inference = at.inferences.get(id);
  const problem = inference?.problems.find((each) => each.severity === 'error');
  const mode = node.mode ?? 'on';
  if (mode !== 'on' && !problem && !wanted) return null;
  const current = definition !== undefined && node.v <= definition.version;
  const off: Failure = {
    kind: 'document',
    code: 'mode.off',
    message: `${nodeName(at.document, node, at.catalogue)} is ${mode === 'mute' ? 'muted' : 'bypassed'}, so it has no result.`,
    node: node.id,
    cure: 'Switch the node on.',
  };
  const failure = problem ? problemFailure(problem) : mode === 'on' ? null : off;
  return {
    node: id,
    type: node.type,
    version: current ? definition.version : node.v,
    params: (inference?.params ?? node.params) as JsonObject,
    // A loop would keep the plan from having an order; its nodes never run, so their inputs do not matter.
    inputs: inLoop ? {} : planInputs(at, node),
    ...(inference && Object.keys(inference.outputs).length > 0 ? { types: inference.outputs } : {}),
    ...(failure ? { problem: failure } : {}),
  };
}

function planInputs({ document, index, catalogue }: Compilation, node: DocumentNode): Record<string, PlanSource[]> {
  const definition = catalogue.get(node.type);
  const inputs = new Map<string, PlanSource[]>();
  for (const wire of index.incoming(node.id)) {
    if (definition && !ownPort(definition.inputs, wire.to.port)) continue;
    // From no such output: the node has this as its problem, and the source may have no step.
    const from = index.nodes.get(wire.from.node);
    if (from && catalogue.has(from.type) && outputKind(index, catalogue, wire.from) === null) continue;
    const source = resolveSource(document, catalogue, wire.from);
    if (source.is === 'muted') continue;
    // A bypassed node that cannot pass anything on stays in the plan, with its problem.
    const entry =
      source.is === 'port' ? { node: source.node, port: source.port } : { node: source.node, port: wire.from.port };
    inputs.set(wire.to.port, [...(inputs.get(wire.to.port) ?? []), entry]);
  }
  return Object.fromEntries(inputs);
}

const sourcesOf = (step: PlanStep): NodeId[] =>
  Object.values(step.inputs).flatMap((sources) => sources.map(({ node }) => node));

/** In plan order: steps that feed nothing, and runnable ones that feed only what cannot run. */
function leavesOf(steps: ReadonlyMap<NodeId, PlanStep>): NodeId[] {
  const blocked = new Set<NodeId>();
  const needed = new Set<NodeId>();
  for (const step of steps.values()) {
    const sources = sourcesOf(step);
    if (step.problem || sources.some((source) => blocked.has(source))) blocked.add(step.node);
    for (const source of sources) if (!blocked.has(step.node) || blocked.has(source)) needed.add(source);
  }
  return [...steps.keys()].filter((id) => !needed.has(id));
}

function reachable(steps: ReadonlyMap<NodeId, PlanStep>, targets: readonly NodeId[]): ReadonlySet<NodeId> {
  const kept = new Set<NodeId>();
  const open = [...targets];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.get(id);
    if (!step || kept.has(id)) continue;
    kept.add(id);
    open.push(...sourcesOf(step));
  }
  return kept;
}
