/**
 * Order and reach in the graph. The order depends on what nodes are and how they are wired, never on where they stand in
 * the file, and on their ids only to tell twins apart (same type, same parameters, same inputs).
 */
import { canonicalJson } from '../core/canonical-json';
import { type NodeId, nodeId } from '../core/ids';
import type { DocumentNode } from '../document/schema';
import { type Graph, type GraphIndex, graphIndex } from './graph-index';
import { findLoops, loopThrough } from './loops';

export interface Topology {
  /** Every node, sources first; wires inside a loop are ignored. */
  readonly order: readonly NodeId[];
  /** A way around each loop, in wire direction. Empty in a sound document. */
  readonly cycles: readonly (readonly NodeId[])[];
  /** Every node that is part of a loop, with the position of its loop in `cycles`. */
  readonly inCycle: ReadonlyMap<NodeId, number>;
}

const cache = new WeakMap<readonly DocumentNode[], { wires: Graph['wires']; made: Topology }>();
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function topology(graph: Graph): Topology {
  const cached = cache.get(graph.nodes);
  if (cached && cached.wires === graph.wires) return cached.made;
  const index = graphIndex(graph);
  const loops = findLoops(index);
  const inCycle = new Map<NodeId, number>();
  loops.forEach((nodes, loop) => {
    for (const id of nodes) inCycle.set(nodeId(id), loop);
  });
  const made: Topology = {
    order: orderByLevel(index, inCycle as ReadonlyMap<string, number>).map(nodeId),
    cycles: loops.map((nodes) => loopThrough(index, nodes).map(nodeId)),
    inCycle,
  };
  cache.set(graph.nodes, { wires: graph.wires, made });
  return made;
}

const described = new WeakMap<DocumentNode, string>();

/** What a node is, apart from its name and place; kept, since an edit changes few nodes. */
function describeNode(node: DocumentNode): string {
  const known = described.get(node);
  if (known !== undefined) return known;
  const text = canonicalJson([node.type, node.v, node.params, node.mode ?? 'on']);
  described.set(node, text);
  return text;
}

/** Kahn's algorithm, level by level; a level is sorted by signature, and nodes with the same signature share a class. */
function orderByLevel(index: GraphIndex, loopOf: ReadonlyMap<string, number>): string[] {
  const inLoop = (a: string, b: string): boolean => loopOf.has(a) && loopOf.get(a) === loopOf.get(b);
  const inputsOf = (id: string) =>
    index.incoming(id).filter(({ from }) => index.nodes.has(from.node) && !inLoop(from.node, id));
  const waiting = new Map([...index.nodes.keys()].map((id) => [id, inputsOf(id).length]));
  const classes = new Map<string, number>();
  const order: string[] = [];
  let classCount = 0;
  let level = [...index.nodes.keys()].filter((id) => waiting.get(id) === 0);
  while (level.length > 0) {
    const signed = level.map((id) => {
      const node = index.nodes.get(id) as DocumentNode;
      const inputs = inputsOf(id)
        .map(({ from, to, order: place }) => canonicalJson([to.port, place ?? 0, classes.get(from.node), from.port]))
        .sort();
      return { id, signature: `${describeNode(node)} ${inputs.join(' ')}` };
    });
    signed.sort((a, b) => compare(a.signature, b.signature) || compare(a.id, b.id));
    signed.forEach(({ id, signature }, i) => {
      if (signature !== signed[i - 1]?.signature) classCount++;
      classes.set(id, classCount);
      order.push(id);
    });
    const next: string[] = [];
    for (const id of level) {
      for (const { to } of index.outgoing(id)) {
        if (!index.nodes.has(to.node) || inLoop(id, to.node)) continue;
        const left = (waiting.get(to.node) ?? 0) - 1;
        waiting.set(to.node, left);
        if (left === 0) next.push(to.node);
      }
    }
    level = next;
  }
  return order;
}

function reach(ids: Iterable<string>, next: (id: string) => readonly string[]): Set<NodeId> {
  const found = new Set<NodeId>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(nodeId(id))) continue;
    found.add(nodeId(id));
    open.push(...next(id));
  }
  return found;
}

/** The nodes and everything that they need. */
export function upstreamOf(graph: Graph, ids: Iterable<string>): ReadonlySet<NodeId> {
  const index = graphIndex(graph);
  return reach(ids, (id) => index.incoming(id).map((wire) => wire.from.node));
}

/** The nodes and everything that needs them. */
export function downstreamOf(graph: Graph, ids: Iterable<string>): ReadonlySet<NodeId> {
  const index = graphIndex(graph);
  return reach(ids, (id) => index.outgoing(id).map((wire) => wire.to.node));
}
