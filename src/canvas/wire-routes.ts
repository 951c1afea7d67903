/**
 * Where wires run: a curve wherever it is free, else right angles through the lane between cards that is shortest. Wires
 * of one output may share a lane, others do not. Pure: cards and ends in, routes out, in the order of the wires.
 */
import { bezierPoints, lineBox, meets, type Point, pathLength, pointsThrough, type Rect } from './wire-geometry';

export interface WireEnds {
  readonly id: string;
  /** The output it comes from: wires of the same one may lie on each other. */
  readonly output: string;
  readonly from: Point;
  readonly to: Point;
  /** Points that the person leads it through: then no other way is looked for. */
  readonly via?: readonly Point[];
}

export interface Route {
  readonly shape: 'curve' | 'steps';
  /** Along the wire, ends included. */
  readonly points: readonly Point[];
}

/** From a port or a card to the first lane beside it, and between lanes. px */
const firstLane = 12;
const laneGap = 9;
const lanes = [0, 1, 2, 3].map((lane) => firstLane + lane * laneGap);
/** What a wire keeps from cards that it passes, and from other wires in its direction. */
const clearance = 6;
/** A curve that has less room than this ahead would turn back on itself. */
const ahead = 24;

interface Taken {
  readonly output: string;
  readonly box: Rect;
}

/** `before`: the last answer. Without cards to avoid, wires whose ends did not move keep their route. */
export function routeWires(
  wires: readonly WireEnds[],
  cards: readonly Rect[],
  before: ReadonlyMap<string, Route> = new Map(),
): ReadonlyMap<string, Route> {
  const taken: Taken[] = [];
  const routes = new Map<string, Route>();
  for (const wire of wires) {
    if (wire.via && wire.via.length > 0) {
      routes.set(wire.id, { shape: 'curve', points: pointsThrough([wire.from, ...wire.via, wire.to]) });
      continue;
    }
    const last = cards.length === 0 ? before.get(wire.id) : undefined;
    if (last && last.points.length === plainLength && runs(last, wire)) {
      routes.set(wire.id, last);
      continue;
    }
    const curve: Route = { shape: 'curve', points: bezierPoints(wire.from, wire.to) };
    const route = isFree(curve, wire, cards) ? curve : (stepped(wire, cards, taken) ?? curve);
    routes.set(wire.id, route);
    if (route.shape === 'steps') {
      for (const box of pieces(route.points)) taken.push({ output: wire.output, box });
    }
  }
  return routes;
}

/** Points of a curve that is led through none: one more than its pieces. */
const plainLength = bezierPoints({ x: 0, y: 0 }, { x: 1, y: 1 }).length;

const runs = ({ points }: Route, { from, to }: WireEnds): boolean => {
  const [start, end] = [points[0], points.at(-1)];
  return start?.x === from.x && start.y === from.y && end?.x === to.x && end.y === to.y;
};

/** Ahead, and over no card; close to its ends it may pass its own. */
function isFree({ points }: Route, { from, to }: WireEnds, cards: readonly Rect[]): boolean {
  if (to.x - from.x < ahead) return false;
  return points.every(
    (point) =>
      point.x < from.x + clearance ||
      point.x > to.x - clearance ||
      !cards.some((card) => meets({ ...point, width: 0, height: 0 }, card)),
  );
}

const pieces = (points: readonly Point[]): Rect[] =>
  points.slice(1).map((point, index) => lineBox(points[index] as Point, point));

/** The shortest way out, along a lane above or below some card, and in; null if every one is blocked. */
function stepped(wire: WireEnds, cards: readonly Rect[], taken: readonly Taken[]): Route | null {
  const { from, to, output } = wire;
  const others = taken.filter((entry) => entry.output !== output);
  const detour = (y: number): number => Math.abs(y - from.y) + Math.abs(y - to.y);
  const heights = cards
    .flatMap(({ y, height }) => lanes.flatMap((lane) => [y - lane, y + height + lane]))
    .sort((a, b) => detour(a) - detour(b));
  let best: Route | null = null;
  let shortest = Number.POSITIVE_INFINITY;
  for (const y of heights) {
    if (detour(y) >= shortest) break;
    for (const out of lanes) {
      for (const into of lanes) {
        const points = [
          from,
          { x: from.x + out, y: from.y },
          { x: from.x + out, y },
          { x: to.x - into, y },
          { x: to.x - into, y: to.y },
          to,
        ];
        // Lanes near the cards first, where lengths are the same.
        const length = pathLength(points) + (out + into) / 10;
        if (length >= shortest) continue;
        const [, down, along, up] = pieces(points) as [Rect, Rect, Rect, Rect, Rect];
        const open = [down, along, up].every(
          (piece) =>
            !cards.some((card) => meets(piece, card, clearance)) &&
            !others.some((other) => alongside(piece, other.box)),
        );
        if (!open) continue;
        best = { shape: 'steps', points };
        shortest = length;
      }
    }
  }
  return best;
}

/** In the same direction and too close; crossing is fine. */
function alongside(a: Rect, b: Rect): boolean {
  const flat = (box: Rect) => box.height === 0;
  return flat(a) === flat(b) && meets(a, b, clearance);
}
