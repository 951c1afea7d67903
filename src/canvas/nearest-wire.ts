/** Which wire is meant by a place near it. Pure. */
import { distanceToLine, type Point } from './wire-geometry';
import type { Route } from './wire-routes';

/** px on the screen */
const reach = 22;

export function nearestWire(point: Point, routes: ReadonlyMap<string, Route>, zoom: number): string | null {
  let best: string | null = null;
  let shortest = reach / zoom;
  for (const [id, { points }] of routes) {
    const away = distanceToLine(point, points);
    if (away > shortest) continue;
    best = id;
    shortest = away;
  }
  return best;
}
