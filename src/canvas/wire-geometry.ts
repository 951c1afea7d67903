/** Points, boxes and lines of wires: sampling, rounding, what meets what. Pure; px at zoom 1. */

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** How far the handles of the curve reach: as React Flow has it. */
function reachOf(from: Point, to: Point): number {
  const ahead = to.x - from.x;
  return ahead >= 0 ? ahead / 2 : 0.25 * 25 * Math.sqrt(-ahead);
}

/** The curve between two ports, as React Flow draws it: it leaves to the right and arrives from the left. */
export function bezierPoints(from: Point, to: Point, pieces = 24): readonly Point[] {
  const reach = reachOf(from, to);
  const [a, b] = [from.x + reach, to.x - reach];
  return Array.from({ length: pieces + 1 }, (_, k) => {
    const t = k / pieces;
    const s = 1 - t;
    return {
      x: s ** 3 * from.x + 3 * s * s * t * a + 3 * s * t * t * b + t ** 3 * to.x,
      y: s * s * (s + 3 * t) * from.y + t * t * (t + 3 * s) * to.y,
    };
  });
}

/** Curves from point to point, as one line. */
export const pointsThrough = (points: readonly Point[]): readonly Point[] =>
  points.slice(1).flatMap((point, k) => bezierPoints(points[k] as Point, point, 12));

/** The same curves as an SVG path. */
export function pathThrough(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return '';
  const pieces = rest.map((to, k) => {
    const from = points[k] as Point;
    const reach = reachOf(from, to);
    return `C ${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`;
  });
  return `M ${start.x} ${start.y} ${pieces.join(' ')}`;
}

/** How far a point is from the lines between `points`. */
export function distanceToLine(point: Point, points: readonly Point[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1] as Point, points[k] as Point];
    const length = distance(a, b);
    const along = length === 0 ? 0 : ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length;
    best = Math.min(best, distance(point, towards(a, b, Math.max(0, Math.min(length, along)))));
  }
  return best;
}

/** The place of a new point among those that a wire is led through: after those that come before it along the wire. */
export function placeAmong(point: Point, from: Point, via: readonly Point[], to: Point): number {
  const stops = [from, ...via, to];
  const gaps = stops.slice(1).map((stop, k) => distanceToLine(point, bezierPoints(stops[k] as Point, stop, 12)));
  return gaps.indexOf(Math.min(...gaps));
}

/** Straight lines between `points` as an SVG path, corners rounded. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [start, ...rest] = points;
  if (!start) return '';
  let path = `M ${start.x} ${start.y}`;
  rest.forEach((corner, index) => {
    const before = points[index] as Point;
    const after = rest[index + 1];
    if (!after) {
      path += ` L ${corner.x} ${corner.y}`;
      return;
    }
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, r);
    const leave = towards(corner, after, r);
    path += ` L ${enter.x} ${enter.y} Q ${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  });
  return path;
}

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  const share = length === 0 ? 0 : by / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

export const pathLength = (points: readonly Point[]): number =>
  points.slice(1).reduce((sum, point, index) => sum + distance(points[index] as Point, point), 0);

/** The point at a share of the way along the lines. */
export function pointAlong(points: readonly Point[], share: number): Point {
  let left = pathLength(points) * share;
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1] as Point, points[k] as Point];
    const length = distance(a, b);
    if (left <= length) return towards(a, b, left);
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

export const meets = (a: Rect, b: Rect, margin = 0): boolean =>
  a.x < b.x + b.width + margin &&
  a.x + a.width + margin > b.x &&
  a.y < b.y + b.height + margin &&
  a.y + a.height + margin > b.y;

/** The box around a line along one axis. */
export const lineBox = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});
