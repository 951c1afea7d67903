/** Points, elliptic arcs and distances to line segments: what glyphs and shapes are drawn from. y points down. */
import { cosineOfTurn, sineOfTurn } from '../../core/random/elementary';

export type Point = readonly [number, number];

/** cos and sin of any number of turns (one turn = 360 degrees). */
export function directionOf(turns: number): Point {
  const turn = turns - Math.floor(turns);
  return [cosineOfTurn(turn), sineOfTurn(turn)];
}

/** Points of an elliptic arc; turn 0 is right, 0.25 below, 0.5 left, 0.75 above. */
export function arc([x, y]: Point, [a, b]: Point, from: number, to: number): Point[] {
  const steps = Math.ceil(Math.abs(to - from) * 24);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const [cos, sin] = directionOf(from + ((to - from) * i) / steps);
    return [x + a * cos, y + b * sin];
  });
}

/** Squared distance from (x, y) to the segment between two points. */
export function squaredDistance(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  const [ex, ey] = [x - ax - along * dx, y - ay - along * dy];
  return ex * ex + ey * ey;
}

/** Distance to the edge of a closed polygon, negative inside (even-odd rule). */
export function polygonDistance(x: number, y: number, corners: readonly Point[]): number {
  let nearest = Infinity;
  let inside = false;
  for (let i = 0; i < corners.length; i++) {
    const a = corners[i] as Point;
    const b = corners[(i + 1) % corners.length] as Point;
    nearest = Math.min(nearest, squaredDistance(x, y, a, b));
    if (a[1] > y !== b[1] > y && x < a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1])) inside = !inside;
  }
  return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}

/** How much of a pixel is covered whose middle lies `distance` pixels outside an edge (inside: negative). */
export const coverage = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));
