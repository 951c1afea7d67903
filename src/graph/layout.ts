/** Positions for nodes so that a newcomer reads the pipeline from left to right: dagre's layered layout. */
import { Graph as DagreGraph, layout } from '@dagrejs/dagre';
import type { PipelineDocument, Position } from '../document/schema';
import { topology } from './topology';

export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

const usual: NodeSize = { width: 240, height: 160 };

/** Top left corners by node id, in px. `sizes` are those on the screen; a node without one is 240 by 160. */
export function layoutLeftToRight(
  document: PipelineDocument,
  sizes: Readonly<Record<string, NodeSize>> = {},
): Record<string, Position> {
  const graph = new DagreGraph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 48, ranksep: 96, marginx: 40, marginy: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  // In topological order, so that the picture does not depend on the order of the file.
  const { order, inCycle } = topology(document);
  for (const id of order) graph.setNode(id, { ...usual, ...sizes[id] });
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
