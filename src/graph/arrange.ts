/** Places of cards: aligned, spread evenly, moved aside, snapped to others. Boxes in, positions out; px, pure. */
import type { Position } from '../document/schema';
import type { Box } from './frame-members';

export type Boxes = ReadonlyMap<string, Box>;
export type Places = Readonly<Record<string, Position>>;

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof alignments)[number];

const around = (boxes: Boxes): Box => {
  const all = [...boxes.values()];
  const x = Math.min(...all.map((box) => box.x));
  const y = Math.min(...all.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...all.map((box) => box.x + box.width)) - x,
    height: Math.max(...all.map((box) => box.y + box.height)) - y,
  };
};

const placed = (boxes: Boxes, place: (box: Box) => Position): Places =>
  Object.fromEntries(
    [...boxes].map(([id, box]) => {
      const { x, y } = place(box);
      return [id, { x: Math.round(x), y: Math.round(y) }];
    }),
  );

/** All along the edge, or the middle line, of the box around them. */
export function align(boxes: Boxes, to: Alignment): Places {
  const whole = around(boxes);
  return placed(boxes, ({ x, y, width, height }) => {
    switch (to) {
      case 'left':
        return { x: whole.x, y };
      case 'centre':
        return { x: whole.x + (whole.width - width) / 2, y };
      case 'right':
        return { x: whole.x + whole.width - width, y };
      case 'top':
        return { x, y: whole.y };
      case 'middle':
        return { x, y: whole.y + (whole.height - height) / 2 };
      case 'bottom':
        return { x, y: whole.y + whole.height - height };
    }
  });
}

/** With the same gap between neighbours; the first and the last stay. Fewer than three stay as they are. */
export function distribute(boxes: Boxes, along: 'horizontal' | 'vertical'): Places {
  const [start, size] = along === 'horizontal' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].sort(([, a], [, b]) => a[start] + a[size] / 2 - (b[start] + b[size] / 2));
  const first = sorted[0]?.[1];
  const last = sorted.at(-1)?.[1];
  if (!first || !last || sorted.length < 3) return placed(boxes, (box) => box);
  const room = last[start] + last[size] - first[start];
  const gap = (room - sorted.reduce((sum, [, box]) => sum + box[size], 0)) / (sorted.length - 1);
  let at = first[start];
  const places = new Map<string, number>();
  for (const [id, box] of sorted) {
    places.set(id, at);
    at += box[size] + gap;
  }
  return Object.fromEntries(
    sorted.map(([id, { x, y }]) => [id, { x, y, [start]: Math.round(places.get(id) ?? 0) } as Position]),
  );
}

/** Between cards that a wire joins. px */
export const wireGap = 64;

/**
 * Places after `middle` was put between `before` and `after`: it stands right of the one, and the other moves right with
 * everything of `followers` that stands right of it, as far as is needed.
 */
export function makeRoom(
  boxes: Boxes,
  middle: string,
  before: string,
  after: string,
  followers: Iterable<string>,
): Places {
  const [own, left, right] = [boxes.get(middle), boxes.get(before), boxes.get(after)];
  if (!own || !left || !right) return {};
  const places: Record<string, Position> = {};
  // Only where the wire runs forward: a wire that turns back has no room between its ends.
  const x = right.x > left.x ? Math.max(own.x, left.x + left.width + wireGap) : own.x;
  places[middle] = { x: Math.round(x), y: Math.round(own.y) };
  const push = x + own.width + wireGap - right.x;
  if (right.x <= left.x || push <= 0) return places;
  for (const id of new Set([after, ...followers])) {
    const box = boxes.get(id);
    if (id !== middle && id !== before && box && box.x >= right.x)
      places[id] = { x: Math.round(box.x + push), y: Math.round(box.y) };
  }
  return places;
}

/** A line that a card in the hand stands in with another one. */
export interface Guide {
  readonly axis: 'x' | 'y';
  /** Where the line is on its axis, and from where to where it runs along the other. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  readonly by: Position;
  readonly guides: readonly Guide[];
}

/** The smallest shift of `moving`, within `reach`, that brings an edge or middle line of it onto one of `others`. */
export function snap(moving: Box, others: readonly Box[], reach: number): Snapped {
  const x = nearest(moving, others, 'x', reach);
  const y = nearest(moving, others, 'y', reach);
  const by = { x: x?.by ?? 0, y: y?.by ?? 0 };
  const at = { ...moving, x: moving.x + by.x, y: moving.y + by.y };
  const guides = [x && guide(at, x.other, 'x', x.line), y && guide(at, y.other, 'y', y.line)];
  return { by, guides: guides.filter((line) => line !== undefined) };
}

const linesOf = (box: Box, axis: 'x' | 'y'): readonly number[] => {
  const size = axis === 'x' ? box.width : box.height;
  return [box[axis], box[axis] + size / 2, box[axis] + size];
};

function nearest(moving: Box, others: readonly Box[], axis: 'x' | 'y', reach: number) {
  let best: { by: number; line: number; other: Box } | undefined;
  const own = linesOf(moving, axis);
  for (const other of others) {
    linesOf(other, axis).forEach((line, place) => {
      // Like to like: left to left, middle to middle.
      const by = line - (own[place] as number);
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line, other };
    });
  }
  return best;
}

function guide(box: Box, other: Box, axis: 'x' | 'y', at: number): Guide {
  const [start, size] = axis === 'x' ? (['y', 'height'] as const) : (['x', 'width'] as const);
  return {
    axis,
    at,
    from: Math.min(box[start], other[start]),
    to: Math.max(box[start] + box[size], other[start] + other[size]),
  };
}
