/**
 * What will flow on every wire, and what is wrong, before anything runs. One pass in topological order; results are kept
 * by identity of the node object and of what flows into it, so that an edit recomputes only what it can have changed.
 */
import { canonicalJson, type JsonObject } from '../core/canonical-json';
import type { NodeId } from '../core/ids';
import { shortText } from '../core/plain-text';
import type { DocumentNode, PipelineDocument } from '../document/schema';
import { definitionsOf, expand, subgraphOf } from '../document/subgraphs';
import type { AnyNode, Catalogue, Inference, InferredType, Outputs } from '../kit/define-node';
import { checkParams, migrateParams } from './check-params';
import { type Graph, graphIndex } from './graph-index';
import { gatherInputs, type NodeInputs, type Scope } from './inputs';
import { nodeName } from './names';
import type { Problem } from './problem';
import { resolveSource } from './sources';
import { withInstances } from './subgraphs/infer-instances';
import { topology } from './topology';

export type { Problem } from './problem';

export interface NodeInference {
  /** By output port. Empty while the node has a problem that leaves its outputs open. */
  readonly outputs: Readonly<Record<string, InferredType>>;
  /** Complete and of the current version; a parameter with a problem has its default. As saved for an unknown type. */
  readonly params: JsonObject;
  readonly problems: readonly Problem[];
}
export type Inferences = ReadonlyMap<NodeId, NodeInference>;

interface Entry {
  readonly dependsOn: readonly unknown[];
  readonly inference: NodeInference;
}
interface Memo {
  readonly graphs: WeakMap<readonly DocumentNode[], { wires: Graph['wires']; inferences: Inferences }>;
  /** The last few answers of each node, latest first: going back and forth between two values asks nothing. */
  readonly nodes: WeakMap<DocumentNode, readonly Entry[]>;
  /** Equal types are one object, so that an edit that changes no type stops there. */
  readonly types: Map<string, InferredType>;
}
const memos = new WeakMap<Catalogue, Memo>();

function memoOf(catalogue: Catalogue): Memo {
  const known = memos.get(catalogue);
  if (known) return known;
  const memo: Memo = { graphs: new WeakMap(), nodes: new WeakMap(), types: new Map() };
  memos.set(catalogue, memo);
  return memo;
}

/** Of nodes inside subgraphs too, and of instances: the ids are those that nodes have on the canvas and in a run. */
export function inferTypes(given: PipelineDocument, catalogue: Catalogue): Inferences {
  const expansion = expand(given);
  const inferences = inferFlat(expansion.document, catalogue);
  return expansion.instances.size === 0 ? inferences : withInstances(expansion, inferences, catalogue);
}

function inferFlat(document: PipelineDocument, catalogue: Catalogue): Inferences {
  const memo = memoOf(catalogue);
  const known = memo.graphs.get(document.nodes);
  if (known && known.wires === document.wires) return known.inferences;

  const graph: Graph = document;
  const index = graphIndex(graph);
  const { order, cycles, inCycle } = topology(graph);
  const inferences = new Map<NodeId, NodeInference>();
  const scope: Scope = {
    graph,
    index,
    catalogue,
    typeOf: (node, port) => {
      const outputs = inferences.get(node)?.outputs;
      return outputs && Object.hasOwn(outputs, port) ? outputs[port] : undefined;
    },
  };
  for (const id of order) {
    const node = index.nodes.get(id) as DocumentNode;
    const loop = inCycle.get(id);
    const inference = inferNode(scope, memo, node);
    inferences.set(id, loop === undefined ? inference : inLoop(scope, node, inference, cycles[loop] ?? []));
  }
  memo.graphs.set(document.nodes, { wires: document.wires, inferences });
  return inferences;
}

/** Every problem of the document, in topological order. */
export function checkDocument(document: PipelineDocument, catalogue: Catalogue): Problem[] {
  // An instance repeats what is wrong inside.
  return [...new Set([...inferTypes(document, catalogue).values()].flatMap((inference) => inference.problems))];
}

function inLoop(scope: Scope, node: DocumentNode, inference: NodeInference, cycle: readonly NodeId[]): NodeInference {
  const names = cycle.map((id) => nodeName(scope.graph, scope.index.nodes.get(id) as DocumentNode, scope.catalogue));
  const problem: Problem = {
    node: node.id as NodeId,
    code: 'graph.cycle',
    reason: `The wires run in a loop: ${[...names, names[0]].join(' → ')}. A pipeline only runs forward.`,
    cure: 'Remove one wire of the loop.',
    severity: 'error',
  };
  return { ...inference, outputs: {}, problems: [problem, ...inference.problems] };
}

function inferNode(scope: Scope, memo: Memo, node: DocumentNode): NodeInference {
  const { graph, index, catalogue } = scope;
  // What expansion has left is a subgraph that cannot be used.
  const definition = subgraphOf(node.type) === null ? catalogue.get(node.type) : undefined;
  const wires = index.incoming(node.id);
  const consumed = index.outgoing(node.id).map((wire) => wire.from.port);
  const dependsOn: unknown[] = [
    nodeName(graph, node, catalogue),
    node.mode === 'bypass' ? [...new Set(consumed)].sort().join() : '',
  ];
  for (const wire of wires) {
    const from = index.nodes.get(wire.from.node);
    const source = resolveSource(graph, catalogue, wire.from);
    const sourceNode = index.nodes.get(source.node);
    dependsOn.push(wire, from?.type, from && nodeName(graph, from, catalogue), source.is);
    dependsOn.push(sourceNode && nodeName(graph, sourceNode, catalogue));
    dependsOn.push(source.is === 'port' ? scope.typeOf(source.node, source.port) : undefined);
  }
  const entries = memo.nodes.get(node) ?? [];
  const known = entries.find((entry) => sameValues(entry.dependsOn, dependsOn));
  if (known) return known.inference;
  const inference = definition ? inferKnown(scope, memo, node, definition) : unknownType(node, graph);
  memo.nodes.set(node, [{ dependsOn, inference }, ...entries].slice(0, 4));
  return inference;
}

const sameValues = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

function unknownType(node: DocumentNode, graph: Graph): NodeInference {
  const subgraph = subgraphOf(node.type);
  if (subgraph !== null) {
    const fault = definitionsOf(graph as PipelineDocument).broken.get(subgraph) ?? 'the file does not hold it';
    const problem: Problem = {
      node: node.id as NodeId,
      code: 'subgraph.broken',
      reason: `The subgraph "${subgraph}" cannot be used: ${fault}. It is kept in the file as it is.`,
      cure: 'Undo the last change, or replace the node; the rest of the pipeline runs without it.',
      severity: 'error',
    };
    return { outputs: {}, params: node.params as JsonObject, problems: [problem] };
  }
  const problem: Problem = {
    node: node.id as NodeId,
    code: 'node.unknown-type',
    reason: `This version of Spikeloom has no node type "${shortText(node.type, 120)}". The node is kept in the file as it is.`,
    cure: 'Update Spikeloom, or replace the node; the rest of the pipeline runs without it.',
    severity: 'error',
  };
  return { outputs: {}, params: node.params as JsonObject, problems: [problem] };
}

function inferKnown(scope: Scope, memo: Memo, node: DocumentNode, definition: AnyNode): NodeInference {
  const id = node.id as NodeId;
  if (node.v > definition.version) {
    const problem: Problem = {
      node: id,
      code: 'node.newer-version',
      reason: `${nodeName(scope.graph, node, scope.catalogue)} was saved by a newer Spikeloom: version ${node.v} of ${definition.type}, this one has ${definition.version}.`,
      cure: 'Update Spikeloom, or replace the node.',
      severity: 'error',
    };
    return { outputs: {}, params: node.params as JsonObject, problems: [problem] };
  }
  const checked = checkParams(definition, migrateParams(definition, node.v, node.params as JsonObject));
  if (node.mode === 'mute') return { outputs: {}, params: checked.params, problems: [] };
  if (node.mode === 'bypass') return passOn(scope, node, definition, checked.params);
  const inputs = gatherInputs(scope, node, definition);

  const problems: Problem[] = [...checked.problems.map((problem) => ({ ...problem, node: id })), ...inputs.problems];
  if (checked.problems.some((problem) => problem.severity === 'error'))
    return { outputs: {}, params: checked.params, problems };

  // A refusal counts only when every input is there: otherwise the missing one is the problem.
  const answer = askInference(definition, inputs, checked.params);
  if (answer.ok) return { outputs: intern(memo, answer.outputs), params: checked.params, problems };
  const open = Object.values(inputs.ports).some((wired) => wired.some(({ type }) => type === undefined));
  if (!open && inputs.problems.length === 0) {
    problems.push({
      node: id,
      ...(answer.port === undefined ? {} : { port: answer.port }),
      ...(answer.param === undefined ? {} : { param: answer.param }),
      code: answer.code,
      reason: answer.reason,
      cure: answer.cure ?? 'Change what is wired to the node, or its parameters.',
      severity: 'error',
    });
  }
  return { outputs: {}, params: checked.params, problems };
}

function askInference(definition: AnyNode, inputs: NodeInputs, params: JsonObject): Inference<Outputs> {
  const types: Record<string, InferredType | readonly InferredType[] | undefined> = {};
  for (const [port, spec] of Object.entries(definition.inputs)) {
    const wired = (inputs.ports[port] ?? []).flatMap(({ type }) => (type ? [type] : []));
    types[port] = spec.variadic ? wired : wired[0];
  }
  try {
    return definition.infer(types as never, params as never);
  } catch (error) {
    return {
      ok: false,
      code: 'infer.threw',
      reason: `${definition.title} failed while working out its output: ${error instanceof Error ? error.message : String(error)}`,
      cure: 'This is a defect of the node. Please report it with the pipeline file.',
    };
  }
}

/** A bypassed node shows at each output what passes through it. */
function passOn(scope: Scope, node: DocumentNode, definition: AnyNode, params: JsonObject): NodeInference {
  const outputs: Record<string, InferredType> = {};
  const problems: Problem[] = [];
  const consumed = new Set(scope.index.outgoing(node.id).map((wire) => wire.from.port));
  for (const port of Object.keys(definition.outputs)) {
    const source = resolveSource(scope.graph, scope.catalogue, { node: node.id, port });
    if (source.is === 'port') {
      const type = scope.typeOf(source.node, source.port);
      if (type) outputs[port] = type;
    } else if (source.is === 'stuck' && source.node === node.id && consumed.has(port)) {
      problems.push({
        node: node.id as NodeId,
        port,
        code: 'mode.bypass',
        reason: `${nodeName(scope.graph, node, scope.catalogue)} cannot be bypassed: ${source.reason}`,
        cure: 'Switch the node on, or rewire what follows it.',
        severity: 'error',
      });
    }
  }
  return { outputs, params, problems };
}

function intern(memo: Memo, outputs: Readonly<Record<string, InferredType>>): Readonly<Record<string, InferredType>> {
  if (memo.types.size > 2000) memo.types.clear();
  return Object.fromEntries(
    Object.entries(outputs).map(([port, type]) => {
      const text = canonicalJson(type);
      const same = memo.types.get(text);
      if (!same) memo.types.set(text, type);
      return [port, same ?? type];
    }),
  );
}
