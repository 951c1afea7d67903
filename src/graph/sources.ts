/**
 * Where an input's value really comes from once muted and bypassed nodes are left out. A muted node gives nothing; a
 * bypassed one passes on the one input that has the kind of the output, and none if there are several.
 */
import { type NodeId, nodeId } from '../core/ids';
import type { DocumentNode, DocumentWire } from '../document/schema';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import { type Graph, type GraphIndex, graphIndex } from './graph-index';
import { listKinds } from './names';
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

/** The wire end that a bypassed node hands on at output `port`, or in words why there is none. */
function passThrough(
  index: GraphIndex,
  catalogue: Catalogue,
  node: DocumentNode,
  port: string,
): DocumentWire['from'] | string {
  const definition: AnyNode | undefined = catalogue.get(node.type);
  const kind = definition && ownPort(definition.outputs, port)?.kind;
  if (!definition || !kind) return 'Its node type or output is not known, so nothing can pass through it.';
  const fitting = index.incoming(node.id).filter((wire) => outputKind(index, catalogue, wire.from) === kind);
  const [wire] = fitting;
  if (!wire) return `None of its inputs carries ${kind}, so nothing can pass to its output.`;
  if (fitting.length > 1) {
    const ports = fitting.map(({ to }) => `"${ownPort(definition.inputs, to.port)?.label ?? to.port}"`);
    return `More than one of its inputs carries ${kind} (${listKinds(ports, 'and')}), so it is not clear which to pass on.`;
  }
  return wire.from;
}
