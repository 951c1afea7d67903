/**
 * How things on the canvas that are no nodes are called in selections and by the canvas: frames, notes, and the points of
 * a wire. A newline parts kind and id; no id that we make has one.
 */
export type CanvasObjectKey =
  | { readonly kind: 'frame' | 'note'; readonly id: string }
  | { readonly kind: 'dot'; readonly id: string; readonly place: number };

export const frameKey = (id: string): string => `frame\n${id}`;
export const noteKey = (id: string): string => `note\n${id}`;
/** A point of the wire `id`, by its place among them. */
export const dotKey = (id: string, place: number): string => `dot\n${place}\n${id}`;

/** null: the id of a node. */
export function readObjectKey(key: string): CanvasObjectKey | null {
  const [, kind, rest] = /^(frame|note|dot)\n([\s\S]+)$/.exec(key) ?? [];
  if (rest === undefined) return null;
  if (kind === 'frame' || kind === 'note') return { kind, id: rest };
  const [, place, id] = /^(\d+)\n([\s\S]+)$/.exec(rest) ?? [];
  return place === undefined || id === undefined ? null : { kind: 'dot', id, place: Number(place) };
}
