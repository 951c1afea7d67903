/** Where the keyboard focus goes on the canvas: to the nearest card in a direction, or along a wire. Pure. */
import type { PipelineDocument } from '../document/schema';
import type { Direction } from '../editor/canvas-port';
import { hiddenIn } from '../graph/collapsed-frames';
import { type Graph, graphIndex } from '../graph/graph-index';
import { cardFor } from './flow-view';
import type { Rect } from './wire-geometry';

export type Places = ReadonlyMap<string, Rect>;

const middle = ({ x, y, width, height }: Rect): { x: number; y: number } => ({ x: x + width / 2, y: y + height / 2 });

/** To the side counts twice: what lies straight ahead is meant. */
const aside = 2;

export function nearestNode(places: Places, from: string, direction: Direction): string | null {
  const start = places.get(from);
  if (!start) return null;
  const here = middle(start);
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, rect] of places) {
    if (id === from) continue;
    const there = middle(rect);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const [ahead, off] =
      direction === 'left' ? [-dx, dy] : direction === 'right' ? [dx, dy] : direction === 'up' ? [-dy, dx] : [dy, dx];
    if (ahead <= 0) continue;
    // More to the side than ahead belongs to another arrow, unless nothing else is there.
    const cost = ahead + aside * Math.abs(off) + (Math.abs(off) > ahead ? 1e6 : 0);
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}

/** The graph as it is drawn: a collapsed frame is a node, with the wires that end at its card. */
export function drawnGraph(document: PipelineDocument): Graph {
  const { nodes } = hiddenIn(document);
  if (nodes.size === 0) return document;
  const known = drawn.get(document);
  if (known) return known;
  const made = {
    nodes: document.nodes.filter(({ id }) => !nodes.has(id)),
    wires: document.wires
      .map((wire) => ({
        ...wire,
        from: { ...wire.from, node: cardFor(document, wire.from.node) },
        to: { ...wire.to, node: cardFor(document, wire.to.node) },
      }))
      .filter(({ from, to }) => from.node !== to.node),
  };
  drawn.set(document, made);
  return made;
}
const drawn = new WeakMap<PipelineDocument, Graph>();

/** Neighbours by wires on one side, each once, in the order of their ports. */
function neighbours(graph: Graph, node: string, side: 'before' | 'after'): readonly string[] {
  const index = graphIndex(graph);
  const ids =
    side === 'after'
      ? index.outgoing(node).map(({ to }) => to.node)
      : index.incoming(node).map(({ from }) => from.node);
  return [...new Set(ids)];
}

/**
 * Right and left follow a wire on and back; up and down go through the nodes that share a wire's other end with this one:
 * first those that the same node feeds, else those that feed the same node.
 */
export function alongWire(graph: Graph, from: string, direction: Direction): string | null {
  if (direction === 'right') return neighbours(graph, from, 'after')[0] ?? null;
  if (direction === 'left') return neighbours(graph, from, 'before')[0] ?? null;
  const siblings = (side: 'before' | 'after', back: 'before' | 'after'): readonly string[] => {
    const first = neighbours(graph, from, side)[0];
    return first === undefined ? [] : neighbours(graph, first, back);
  };
  for (const list of [siblings('before', 'after'), siblings('after', 'before')]) {
    const at = list.indexOf(from);
    if (list.length < 2 || at < 0) continue;
    const next = (at + (direction === 'down' ? 1 : list.length - 1)) % list.length;
    return list[next] ?? null;
  }
  return null;
}
