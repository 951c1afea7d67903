/** Commands on what is drawn beside the graph: frames, notes, and the points that a wire is led through. */
import type { JsonValue } from '../core/canonical-json';
import { type Refusal, refuse } from '../core/validity';
import { framesOf, notesOf } from '../document/canvas-objects';
import type { DocumentFrame, DocumentNote, PipelineDocument, Position } from '../document/schema';
import { inOrder } from './command-nodes';
import type { CommandPlan } from './commands';
import type { Edit } from './edits';
import { graphIndex } from './graph-index';

export type CanvasObject = DocumentFrame | DocumentNote;
type Slot = 'frames' | 'notes';
type Changes = Readonly<Record<string, JsonValue | undefined>>;

const words: Readonly<Record<Slot, string>> = { frames: 'frame', notes: 'note' };
const keys: Readonly<Record<Slot, readonly string[]>> = {
  frames: ['id', 'title', 'nodes', 'colour', 'collapsed', 'x', 'y', 'width', 'height'],
  notes: ['id', 'text', 'x', 'y', 'width', 'height'],
};
const known = (document: PipelineDocument, slot: Slot): readonly CanvasObject[] =>
  slot === 'frames' ? framesOf(document) : notesOf(document);
const entries = (document: PipelineDocument, slot: Slot): readonly JsonValue[] => document[slot] ?? [];

export function planAddObject(document: PipelineDocument, slot: Slot, object: CanvasObject): CommandPlan | Refusal {
  if (known(document, slot).some(({ id }) => id === object.id)) {
    return refuse(
      `${words[slot]}.duplicate`,
      `There is already a ${words[slot]} "${object.id}".`,
      'Choose another id.',
    );
  }
  const bad = misplaced(slot, object as Changes);
  if (bad) return bad;
  const value = [...entries(document, slot), object as JsonValue];
  return { ok: true, edits: [{ slot, value }], label: `Add a ${words[slot]}` };
}

export function planChangeObject(
  document: PipelineDocument,
  slot: Slot,
  id: string,
  changes: Changes,
): CommandPlan | Refusal {
  const old = known(document, slot).find((each) => each.id === id);
  if (!old) return missing(slot, id);
  const bad = misplaced(slot, changes);
  if (bad) return bad;
  const label = labelOf(slot, old, changes);
  const differs = Object.entries(changes).some(
    ([key, value]) => JSON.stringify((old as Changes)[key]) !== JSON.stringify(value),
  );
  if (!differs) return { ok: true, edits: [], label };
  const changed = inOrder(old, keys[slot], changes) as JsonValue;
  const value = entries(document, slot).map((each) => (each === (old as unknown) ? changed : each));
  return { ok: true, edits: [{ slot, value }], label };
}

export function planRemoveObjects(
  document: PipelineDocument,
  frames: readonly string[],
  notes: readonly string[],
): CommandPlan | Refusal {
  const edits: Edit[] = [];
  for (const [slot, ids] of [['frames', frames] as const, ['notes', notes] as const]) {
    const absent = ids.find((id) => !known(document, slot).some((each) => each.id === id));
    if (absent !== undefined) return missing(slot, absent);
    if (ids.length === 0) continue;
    const gone = new Set<unknown>(known(document, slot).filter(({ id }) => ids.includes(id)));
    edits.push({ slot, value: entries(document, slot).filter((each) => !gone.has(each)) });
  }
  const count = frames.length + notes.length;
  const only = frames.length === 1 ? 'the frame' : 'the note';
  return { ok: true, edits, label: count === 1 ? `Remove ${only}` : `Remove ${count} frames and notes` };
}

export function planVia(document: PipelineDocument, id: string, via: readonly Position[]): CommandPlan | Refusal {
  const wire = graphIndex(document).wires.get(id);
  if (!wire) return refuse('wire.missing', `There is no wire "${id}".`, 'It may have been removed.');
  if (via.some(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y))) return notANumber('point of the wire');
  const before = wire.via ?? [];
  const label =
    via.length > before.length ? 'Add a reroute' : via.length < before.length ? 'Remove a reroute' : 'Move a reroute';
  const changed = inOrder(wire, ['id', 'from', 'to', 'order', 'via'], { via: via.length === 0 ? undefined : via });
  const edits: Edit[] = [{ slot: 'wires', index: document.wires.indexOf(wire), remove: 1, insert: [changed] }];
  return { ok: true, edits: JSON.stringify(before) === JSON.stringify(via) ? [] : edits, label };
}

function labelOf(slot: Slot, old: CanvasObject, changes: Changes): string {
  const word = words[slot];
  if ('title' in changes) return `Rename the frame to “${String(changes['title'])}”`;
  if ('text' in changes) return 'Edit the note';
  if ('colour' in changes) return 'Colour the frame';
  if ('collapsed' in changes && 'title' in old)
    return `${changes['collapsed'] === undefined ? 'Expand' : 'Collapse'} the frame “${String(old['title'])}”`;
  if ('width' in changes || 'height' in changes) return `Resize the ${word}`;
  if ('x' in changes || 'y' in changes)
    return 'title' in old ? `Move the frame “${String(old['title'])}”` : 'Move the note';
  return `Change the ${word}`;
}

function misplaced(slot: Slot, { x, y, width, height, title, text }: Changes): Refusal | null {
  for (const value of [x, y, width, height]) {
    if (value !== undefined && !Number.isFinite(value)) return notANumber(words[slot]);
  }
  for (const size of [width, height]) {
    if (typeof size === 'number' && size <= 0) {
      return refuse(`${words[slot]}.size`, `A ${words[slot]} must be wider and higher than 0.`, 'Give it a size.');
    }
  }
  if (typeof title === 'string' && title.length > 200)
    return refuse('frame.title', `A title has at most 200 characters, this one ${title.length}.`, 'Shorten it.');
  if (typeof text === 'string' && text.length > 20_000)
    return refuse('note.text', `A note has at most 20,000 characters, this one ${text.length}.`, 'Shorten it.');
  return null;
}

const notANumber = (what: string): Refusal =>
  refuse('position.not-a-number', `A place or size of the ${what} is not a number.`, 'Give numbers.');
const missing = (slot: Slot, id: string): Refusal =>
  refuse(`${words[slot]}.missing`, `There is no ${words[slot]} "${id}".`, 'It may have been removed.');
