/**
 * Where an input's value really comes from once muted and bypassed nodes are left out. A muted node gives nothing; a
 * bypassed one passes on the input that its definition names for the output, if that carries the output's kind.
 */
import { type NodeId, nodeId } from '../core/ids';
import type { DocumentNode, DocumentWire } from '../document/schema';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import { type Graph, type GraphIndex, graphIndex } from './graph-index';
import { topology } from './topology';

export type Source =
  | { readonly is: 'port'; readonly node: NodeId; readonly port: string }
  | { readonly is: 'muted'; readonly node: NodeId }
  /** A bypassed node that cannot tell which input to pass on. */
  | { readonly is: 'stuck'; readonly node: NodeId; readonly reason: string };

/** Kind of an output port; null if node, type or port is unknown. */
export function outputKind(index: GraphIndex, catalogue: Catalogue, from: DocumentWire['from']): PortKind | null {
  const node = index.nodes.get(from.node);
  const definition = node && catalogue.get(node.type);
  return (definition && ownPort(definition.outputs, from.port)?.kind) ?? null;
}

export function ownPort<T>(ports: Readonly<Record<string, T>>, port: string): T | undefined {
  return Object.hasOwn(ports, port) ? ports[port] : undefined;
}

/** A node that is part of a loop is never passed through: nothing in a loop has an order. */
export function resolveSource(graph: Graph, catalogue: Catalogue, start: DocumentWire['from']): Source {
  const index = graphIndex(graph);
  const { inCycle } = topology(graph);
  let { node: id, port } = start;
  for (;;) {
    const node = index.nodes.get(id);
    if (!node || node.mode === undefined || node.mode === 'on' || inCycle.has(nodeId(id)))
      return { is: 'port', node: nodeId(id), port };
    if (node.mode === 'mute') return { is: 'muted', node: nodeId(id) };
    const passed = passThrough(index, catalogue, node, port);
    if (typeof passed === 'string') return { is: 'stuck', node: nodeId(id), reason: passed };
    ({ node: id, port } = passed);
  }
}

/** Why a node cannot be bypassed, in words; null if it can. */
export function bypassRefusal(graph: Graph, catalogue: Catalogue, id: string): string | null {
  const index = graphIndex(graph);
  const node = index.nodes.get(id);
  const definition = node && catalogue.get(node.type);
  if (!node || !definition) return 'Its node type is not known, so nothing can pass through it.';
  const handed = Object.entries(definition.bypass ?? {}).filter(([, port]) => port !== undefined);
  if (handed.length === 0)
    return `${definition.title} makes something new of its inputs, so there is nothing to pass on. Mute it instead.`;
  const used = new Set(index.outgoing(id).map((wire) => wire.from.port));
  for (const port of used) {
    const passed = passThrough(index, catalogue, node, port);
    if (typeof passed === 'string') return passed;
  }
  return null;
}

/** The wire end that a bypassed node hands on at output `port`, or in words why there is none. */
function passThrough(
  index: GraphIndex,
  catalogue: Catalogue,
  node: DocumentNode,
  port: string,
): DocumentWire['from'] | string {
  const definition: AnyNode | undefined = catalogue.get(node.type);
  const output = definition && ownPort(definition.outputs, port);
  if (!definition || !output) return 'Its node type or output is not known, so nothing can pass through it.';
  const handed = definition.bypass?.[port];
  const spec = handed === undefined ? undefined : ownPort(definition.inputs, handed);
  if (handed === undefined || !spec) return `Nothing passes through to "${output.label}", which a wire needs.`;
  const wire = index.incoming(node.id).find(({ to }) => to.port === handed);
  if (!wire) return `Nothing is wired to "${spec.label}", which would pass to "${output.label}".`;
  const kind = outputKind(index, catalogue, wire.from);
  if (kind !== null && kind !== output.kind)
    return `"${spec.label}" gets ${kind}, which cannot pass as ${output.kind} to "${output.label}".`;
  return wire.from;
}
