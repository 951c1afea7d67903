/** What frames hold, counted with the frames that stand in them, and commands that follow when places change. Pure. */
import { framesOf, notesOf } from '../document/canvas-objects';
import type { DocumentFrame, PipelineDocument, Position } from '../document/schema';
import type { Command } from './commands';
import { type Box, frameAround, membersOf, notesIn } from './frame-members';

export interface FrameContent {
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
  /** Frames that stand wholly inside. */
  readonly frames: readonly string[];
}

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const smaller = (a: Box, b: Box): boolean => a.width * a.height < b.width * b.height;

export function contentOf(document: PipelineDocument, id: string): FrameContent {
  const all = framesOf(document);
  const frame = all.find((each) => each.id === id);
  if (!frame) return { nodes: [], notes: [], frames: [] };
  // What went along when a frame was collapsed belongs to that one, wherever it stands.
  const held = new Set(all.flatMap(({ collapsed }) => collapsed?.frames ?? []));
  const heldNotes = new Set(all.flatMap(({ collapsed }) => collapsed?.notes ?? []));
  const framesIn = (outer: DocumentFrame): readonly DocumentFrame[] =>
    outer.collapsed
      ? all.filter((each) => outer.collapsed?.frames.includes(each.id))
      : all.filter((each) => !held.has(each.id) && inside(each, outer) && smaller(each, outer));
  const notesOfFrame = (outer: DocumentFrame): readonly string[] =>
    outer.collapsed
      ? notesOf(document).flatMap((note) => (outer.collapsed?.notes.includes(note.id) ? [note.id] : []))
      : notesIn(document, outer).filter((note) => !heldNotes.has(note));
  const found = new Set([frame]);
  for (const each of found) for (const inner of framesIn(each)) found.add(inner);
  const unique = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];
  return {
    nodes: unique([...found].map((each) => membersOf(document, each))),
    notes: unique([...found].map(notesOfFrame)),
    frames: [...found].slice(1).map((each) => each.id),
  };
}

/** Each frame around its nodes again, at their new places; the inner ones first, so that the outer ones go around them. */
export function framesRefitted(
  document: PipelineDocument,
  positions: Readonly<Record<string, Position>>,
  boxes: ReadonlyMap<string, Box>,
): readonly Command[] {
  const fitted = new Map<string, Box>();
  const commands: Command[] = [];
  for (const frame of [...framesOf(document)].sort((a, b) => a.width * a.height - b.width * b.height)) {
    const box = frameBox(document, frame, positions, boxes, fitted);
    if (!box || !contentOf(document, frame.id).nodes.some((id) => positions[id])) continue;
    fitted.set(frame.id, box);
    commands.push({ type: 'change-frame', id: frame.id, changes: { ...box } });
  }
  return commands;
}

/** From the cards to a note that gave way, and between such notes. px */
const aside = 48;

/** Notes that would lie on a card go below everything, in a row. */
export function notesAside(
  document: PipelineDocument,
  positions: Readonly<Record<string, Position>>,
  boxes: ReadonlyMap<string, Box>,
): readonly Command[] {
  const cards = [...boxes].map(([id, box]) => ({ ...box, ...positions[id] }));
  const overlaps = (a: Box, b: Box): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  let x = Math.min(...cards.map((card) => card.x));
  const y = Math.round(Math.max(...cards.map((card) => card.y + card.height)) + aside);
  return notesOf(document).flatMap((note): Command[] => {
    if (!cards.some((card) => overlaps(card, note))) return [];
    const command: Command = { type: 'change-note', id: note.id, changes: { x: Math.round(x), y } };
    x += note.width + aside;
    return [command];
  });
}

/** Around its nodes and inner frames; null for a frame without nodes. */
function frameBox(
  document: PipelineDocument,
  frame: DocumentFrame,
  positions: Readonly<Record<string, Position>>,
  boxes: ReadonlyMap<string, Box>,
  fitted: ReadonlyMap<string, Box>,
): Box | null {
  const { nodes, frames } = contentOf(document, frame.id);
  const cards = nodes.flatMap((id) => {
    const box = boxes.get(id);
    return box ? [{ ...box, ...positions[id] }] : [];
  });
  return frameAround([...cards, ...frames.flatMap((id) => fitted.get(id) ?? [])]);
}
