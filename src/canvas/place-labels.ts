/**
 * Where the labels of wires lie: on their wire, clear of cards and of each other and, where that is possible, of other
 * wires; in one line where that fits, else in two. Without room there is none, and pointing at the wire still tells its
 * type. Pure; px at zoom 1.
 */
import type { WireText } from './short-type';
import { lineBox, meets, type Point, pointAlong, type Rect } from './wire-geometry';

export interface LabelledWire {
  readonly id: string;
  readonly points: readonly Point[];
  readonly text: WireText;
}

export interface PlacedLabel extends Point {
  readonly lines: readonly string[];
}

/** At the label's font size. */
const perCharacter = 6.9;
const lineHeight = 14;
const padding = { x: 8, y: 3 } as const;
const clearance = 3;

/** From the middle outwards. */
const shares = [0.5, 0.44, 0.56, 0.38, 0.62, 0.31, 0.69, 0.24, 0.76, 0.17, 0.83, 0.11, 0.89];

export function labelBox({ x, y }: Point, lines: readonly string[]): Rect {
  const width = Math.max(0, ...lines.map((line) => line.length)) * perCharacter + padding.x;
  const height = lines.length * lineHeight + padding.y;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

export function placeLabels(wires: readonly LabelledWire[], cards: readonly Rect[]): ReadonlyMap<string, PlacedLabel> {
  const placed = new Map<string, PlacedLabel>();
  const taken: Rect[] = [...cards];
  const lines = wires.map(({ points }) => points.slice(1).map((point, k) => lineBox(points[k] as Point, point)));
  wires.forEach(({ id, points, text }, own) => {
    const isFree = (box: Rect): boolean => taken.every((other) => !meets(box, other, clearance));
    const coversWire = (box: Rect): boolean =>
      lines.some((pieces, wire) => wire !== own && pieces.some((piece) => meets(box, piece)));
    const places = candidates(points, text).filter(({ box }) => isFree(box));
    const best = places.find(({ box }) => !coversWire(box)) ?? places[0];
    if (!best) return;
    placed.set(id, best.label);
    taken.push(best.box);
  });
  return placed;
}

/** In order of preference. */
function candidates(points: readonly Point[], { line, lines }: WireText): { label: PlacedLabel; box: Rect }[] {
  if (!line) return [];
  const variants = lines.length > 1 ? [[line], lines] : [[line]];
  return variants.flatMap((shown) =>
    shares.map((share) => {
      const point = pointAlong(points, share);
      return { label: { ...point, lines: shown }, box: labelBox(point, shown) };
    }),
  );
}
