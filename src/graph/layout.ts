/** Positions for nodes so that a newcomer reads the pipeline from left to right: dagre's layered layout. */
import { Graph as DagreGraph, layout } from '@dagrejs/dagre';
import { framesOf } from '../document/canvas-objects';
import type { PipelineDocument, Position } from '../document/schema';
import { topology } from './topology';

export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

const usual: NodeSize = { width: 240, height: 160 };

/**
 * Top left corners by node id, in px. `sizes` are those on the screen; a node without one is 240 by 160. Nodes of one frame
 * are kept together.
 */
export function layoutLeftToRight(
  document: PipelineDocument,
  sizes: Readonly<Record<string, NodeSize>> = {},
): Record<string, Position> {
  const frames = framesOf(document);
  const graph = new DagreGraph({ multigraph: true, compound: frames.length > 0 });
  graph.setGraph({ rankdir: 'LR', nodesep: 48, ranksep: 96, marginx: 40, marginy: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  // In topological order, so that the picture does not depend on the order of the file.
  const { order, inCycle } = topology(document);
  for (const id of order) graph.setNode(id, { ...usual, ...sizes[id] });
  const framed = new Set<string>();
  frames.forEach(({ nodes }, place) => {
    const inside = nodes.filter((id) => graph.hasNode(id) && !framed.has(id));
    if (inside.length === 0) return;
    // No node is called so: a newline never stands in the ids that we make, and a clash only costs the grouping.
    const cluster = `frame\n${place}`;
    if (graph.hasNode(cluster)) return;
    graph.setNode(cluster, { width: 0, height: 0 });
    for (const id of inside) {
      framed.add(id);
      graph.setParent(id, cluster);
    }
  });
  const rank = new Map<string, number>(order.map((id, place) => [id, place]));
  const wires = [...document.wires].sort(
    (a, b) =>
      (rank.get(a.to.node) ?? 0) - (rank.get(b.to.node) ?? 0) ||
      (rank.get(a.from.node) ?? 0) - (rank.get(b.from.node) ?? 0),
  );
  for (const { from, to, id } of wires) {
    const known = rank.has(from.node) && rank.has(to.node) && from.node !== to.node;
    if (known && !(inCycle.size > 0 && (rank.get(from.node) ?? 0) > (rank.get(to.node) ?? 0))) {
      graph.setEdge(from.node, to.node, {}, id);
    }
  }
  layout(graph);
  return Object.fromEntries(
    order.map((id) => {
      const { x, y, width, height } = graph.node(id) as NodeSize & Position;
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
}

/**
 * Lays out some nodes alone, where they stand: the upper left corner of the box around them stays. Wires to other nodes
 * do not count.
 */
export function layoutSome(
  document: PipelineDocument,
  ids: ReadonlySet<string>,
  sizes: Readonly<Record<string, NodeSize>> = {},
): Record<string, Position> {
  const { frames: _, ...rest } = document;
  const part = {
    ...rest,
    nodes: document.nodes.filter(({ id }) => ids.has(id)),
    wires: document.wires.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node)),
  };
  const places = layoutLeftToRight(part, sizes);
  const before = Object.entries(document.ui?.positions ?? {}).flatMap(([id, at]) => (ids.has(id) ? [at] : []));
  if (before.length === 0) return places;
  const corner = (all: readonly Position[]): Position => ({
    x: Math.min(...all.map(({ x }) => x)),
    y: Math.min(...all.map(({ y }) => y)),
  });
  const [old, made] = [corner(before), corner(Object.values(places))];
  return Object.fromEntries(
    Object.entries(places).map(([id, { x, y }]) => [
      id,
      { x: Math.round(x + old.x - made.x), y: Math.round(y + old.y - made.y) },
    ]),
  );
}
