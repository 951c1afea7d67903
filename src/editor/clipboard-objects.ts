/**
 * What is copied when nodes, frames and notes are chosen: a frame brings all that stands in it; a frame whose nodes are all
 * chosen comes along, and so do the notes in it. Moving what was copied. Pure.
 */
import { framesOf, notesOf } from '../document/canvas-objects';
import type { PipelineDocument, Position } from '../document/schema';
import type { Command } from '../graph/commands';
import { contentOf } from '../graph/frame-commands';
import { readObjectKey } from './object-keys';

type Insert = Omit<Extract<Command, { type: 'insert' }>, 'type'>;

export interface Copied {
  readonly nodes: ReadonlySet<string>;
  readonly frames: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

export function allToCopy(document: PipelineDocument, ids: Iterable<string>, keys: Iterable<string>): Copied {
  const nodes = new Set(ids);
  const frames = new Set<string>();
  const notes = new Set<string>();
  for (const key of keys) {
    const object = readObjectKey(key);
    if (object?.kind === 'note') notes.add(object.id);
    if (object?.kind === 'frame') frames.add(object.id);
  }
  const takeAll = (id: string): void => {
    const inside = contentOf(document, id);
    frames.add(id);
    for (const node of inside.nodes) nodes.add(node);
    for (const frame of inside.frames) frames.add(frame);
    for (const note of inside.notes) notes.add(note);
  };
  for (const id of [...frames]) takeAll(id);
  for (const { id } of framesOf(document)) {
    const members = contentOf(document, id).nodes;
    if (members.length > 0 && members.every((node) => nodes.has(node))) takeAll(id);
  }
  return { nodes, frames, notes };
}

/** The frames and notes themselves, with the ids of nodes as `local` gives them. */
export function objectsOf(
  document: PipelineDocument,
  { nodes, frames, notes }: Copied,
  local: (id: string) => string,
): Pick<Insert, 'frames' | 'notes'> {
  const boxes = framesOf(document).filter(({ id }) => frames.has(id));
  const texts = notesOf(document).filter(({ id }) => notes.has(id));
  return {
    ...(boxes.length === 0
      ? {}
      : { frames: boxes.map((box) => ({ ...box, nodes: box.nodes.filter((id) => nodes.has(id)).map(local) })) }),
    ...(texts.length === 0 ? {} : { notes: texts }),
  };
}

const moved = <T extends Position>(at: T, by: Position): T => ({
  ...at,
  x: Math.round(at.x + by.x),
  y: Math.round(at.y + by.y),
});

export function movedBy<T extends Insert>(fragment: T, by: Position): T {
  const places = Object.entries(fragment.positions ?? {}).map(([id, at]) => [id, moved({ x: at.x, y: at.y }, by)]);
  return {
    ...fragment,
    positions: Object.fromEntries(places),
    ...(fragment.frames ? { frames: fragment.frames.map((frame) => moved(frame, by)) } : {}),
    ...(fragment.notes ? { notes: fragment.notes.map((note) => moved(note, by)) } : {}),
  };
}

/** The upper left corner of all that has a place; null where nothing has. */
export function cornerOf({ positions = {}, frames = [], notes = [] }: Insert): Position | null {
  const places = [...Object.values(positions), ...frames, ...notes];
  if (places.length === 0) return null;
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

const many = (n: number, one: string): readonly string[] => (n === 0 ? [] : [`${n} ${one}${n === 1 ? '' : 's'}`]);

/** "3 nodes, 1 frame and 2 notes". */
export function countCopied({ nodes, frames = [], notes = [] }: Insert): string {
  const parts = [...many(nodes.length, 'node'), ...many(frames.length, 'frame'), ...many(notes.length, 'note')];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
