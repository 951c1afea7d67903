/** Loops in the graph. A sound document has none; a file may, and is then opened, shown and explained. */
import type { GraphIndex } from './graph-index';

/** Groups of nodes that lie on a common loop (Tarjan's strongly connected components, without recursion), each sorted. */
export function findLoops(index: GraphIndex): string[][] {
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const loops: string[][] = [];
  const targets = (id: string): string[] =>
    index.outgoing(id).flatMap(({ to }) => (index.nodes.has(to.node) ? [to.node] : []));

  for (const root of [...index.nodes.keys()].sort()) {
    if (number.has(root)) continue;
    const work: { id: string; next: string[]; at: number }[] = [];
    const enter = (id: string): void => {
      number.set(id, number.size);
      low.set(id, number.get(id) as number);
      stack.push(id);
      onStack.add(id);
      work.push({ id, next: targets(id), at: 0 });
    };
    enter(root);
    while (work.length > 0) {
      const frame = work[work.length - 1] as (typeof work)[number];
      const target = frame.next[frame.at++];
      if (target !== undefined) {
        if (!number.has(target)) enter(target);
        else if (onStack.has(target))
          low.set(frame.id, Math.min(low.get(frame.id) as number, number.get(target) as number));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low.set(parent.id, Math.min(low.get(parent.id) as number, low.get(frame.id) as number));
      if (low.get(frame.id) !== number.get(frame.id)) continue;
      const group: string[] = [];
      for (;;) {
        const id = stack.pop() as string;
        onStack.delete(id);
        group.push(id);
        if (id === frame.id) break;
      }
      if (group.length > 1 || targets(frame.id).includes(frame.id)) loops.push(group.sort());
    }
  }
  return loops.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
}

/** A shortest way through `index` from one node to another, both included; null if there is none. */
export function shortestPath(index: GraphIndex, from: string, to: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at] as string;
    if (id === to) {
      const path: string[] = [];
      for (let step: string | null | undefined = id; step != null; step = cameFrom.get(step)) path.unshift(step);
      return path;
    }
    for (const wire of index.outgoing(id)) {
      if (cameFrom.has(wire.to.node)) continue;
      cameFrom.set(wire.to.node, id);
      queue.push(wire.to.node);
    }
  }
  return null;
}

/** One way around a group of `findLoops`, beginning at its first node. */
export function loopThrough(index: GraphIndex, group: readonly string[]): string[] {
  const start = group[0] as string;
  let best: string[] | null = null;
  for (const { to } of index.outgoing(start)) {
    const path = shortestPath(index, to.node, start);
    if (path && (!best || path.length < best.length)) best = path;
  }
  return best ? [start, ...best.slice(0, -1)] : [start];
}
