/** Look-ups over a document's nodes and wires, made once per pair of arrays and shared by everything that reads them. */
import type { DocumentNode, DocumentWire, PipelineDocument } from '../document/schema';

/** The part of a document that the rules of the graph look at. */
export type Graph = Pick<PipelineDocument, 'nodes' | 'wires'>;

export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, DocumentNode>;
  readonly wires: ReadonlyMap<string, DocumentWire>;
  /** Wires into a node, and out of it, in a canonical order that does not depend on the file's. */
  readonly incoming: (node: string) => readonly DocumentWire[];
  readonly outgoing: (node: string) => readonly DocumentWire[];
}

const none: readonly DocumentWire[] = [];
const cache = new WeakMap<readonly DocumentNode[], { wires: readonly DocumentWire[]; index: GraphIndex }>();

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By port, then `order`, then id. */
const compareWires = (a: DocumentWire, b: DocumentWire): number =>
  compare(a.to.port, b.to.port) || (a.order ?? 0) - (b.order ?? 0) || compare(a.id, b.id);

export function graphIndex(graph: Graph): GraphIndex {
  const cached = cache.get(graph.nodes);
  if (cached && cached.wires === graph.wires) return cached.index;
  const incoming = new Map<string, DocumentWire[]>();
  const outgoing = new Map<string, DocumentWire[]>();
  for (const wire of graph.wires) {
    const into = incoming.get(wire.to.node);
    if (into) into.push(wire);
    else incoming.set(wire.to.node, [wire]);
    const out = outgoing.get(wire.from.node);
    if (out) out.push(wire);
    else outgoing.set(wire.from.node, [wire]);
  }
  for (const list of incoming.values()) list.sort(compareWires);
  for (const list of outgoing.values()) list.sort((a, b) => compare(a.to.node, b.to.node) || compareWires(a, b));
  const index: GraphIndex = {
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    wires: new Map(graph.wires.map((wire) => [wire.id, wire])),
    incoming: (node) => incoming.get(node) ?? none,
    outgoing: (node) => outgoing.get(node) ?? none,
  };
  cache.set(graph.nodes, { wires: graph.wires, index });
  return index;
}
