/** Copying nodes, frames and notes as plain JSON, so that they can be pasted in another tab, or into a text. Text is untrusted on the way in. */
import type { PipelineDocument, Position } from '../document/schema';
import { frameSchema, nodeSchema, noteSchema, subgraphSchema, wireSchema } from '../document/schema';
import { definitionsOf, definitionsUsed, isBoundary, pathOf, prefixOf, withoutPrefix } from '../document/subgraphs';
import type { Command } from '../graph/commands';
import { allToCopy, cornerOf, movedBy, objectsOf } from './clipboard-objects';

export type Fragment = Omit<Extract<Command, { type: 'insert' }>, 'type'>;

/**
 * The nodes, the wires between them, the wires that lead into them from nodes that stay, and the subgraphs that they are
 * instances of; frames and notes that are among `objects`, or come along. Ids are those within their level, so that a copy
 * can go to any other.
 */
export function copyFragment(
  document: PipelineDocument,
  ids: ReadonlySet<string>,
  objects: Iterable<string> = [],
): Fragment {
  const prefix = prefixOf(pathOf(document));
  const all = allToCopy(document, ids, objects);
  const copied = new Set(
    [...all.nodes].filter((id) => document.nodes.some((node) => node.id === id && !isBoundary(node.type))),
  );
  const local = (id: string): string => (copied.has(id) ? withoutPrefix(id, prefix) : id);
  const nodes = document.nodes
    .filter((node) => copied.has(node.id))
    .map((node) => (prefix === '' ? node : { ...node, id: local(node.id) }));
  const wires = document.wires
    .filter((wire) => copied.has(wire.to.node))
    .map((wire) =>
      prefix === ''
        ? wire
        : {
            ...wire,
            id: withoutPrefix(wire.id, prefix),
            from: { ...wire.from, node: local(wire.from.node) },
            to: { ...wire.to, node: local(wire.to.node) },
          },
    );
  const positions = Object.fromEntries(
    Object.entries(document.ui?.positions ?? {}).flatMap(([id, at]) => (copied.has(id) ? [[local(id), at]] : [])),
  );
  const definitions = definitionsOf(document);
  const used = definitionsUsed(definitions, nodes);
  const defs = [...definitions.byId.values()].filter(({ id }) => used.has(id));
  const drawn = objectsOf(document, { ...all, nodes: copied }, local);
  return { nodes, wires, positions, ...(defs.length === 0 ? {} : { defs }), ...drawn };
}

const mark = 'spikeloom-nodes';

export const fragmentToText = (fragment: Fragment): string =>
  `${JSON.stringify({ [mark]: 1, ...fragment }, null, 2)}\n`;

/** Null when the text is something else. */
export function textToFragment(text: string): Fragment | null {
  if (!text.includes(mark)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { nodes, wires, positions, defs, frames, notes } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Record<string, unknown>;
  const checkedNodes = nodeSchema.array().safeParse(nodes);
  const checkedWires = wireSchema.array().safeParse(wires ?? []);
  const checkedFrames = frameSchema.array().safeParse(frames ?? []);
  const checkedNotes = noteSchema.array().safeParse(notes ?? []);
  const drawn = {
    ...(checkedFrames.success && checkedFrames.data.length > 0 ? { frames: checkedFrames.data } : {}),
    ...(checkedNotes.success && checkedNotes.data.length > 0 ? { notes: checkedNotes.data } : {}),
  };
  if (!checkedNodes.success || !checkedWires.success) return null;
  if (checkedNodes.data.length === 0 && Object.keys(drawn).length === 0) return null;
  const checkedDefs = subgraphSchema.array().safeParse(defs ?? []);
  return {
    nodes: checkedNodes.data,
    wires: checkedWires.data,
    positions: readPositions(positions),
    ...(checkedDefs.success && checkedDefs.data.length > 0 ? { defs: checkedDefs.data } : {}),
    ...drawn,
  };
}

function readPositions(value: unknown): Readonly<Record<string, Position>> {
  if (typeof value !== 'object' || value === null) return {};
  const isPosition = (entry: unknown): entry is Position =>
    typeof entry === 'object' &&
    entry !== null &&
    'x' in entry &&
    'y' in entry &&
    Number.isFinite(entry.x) &&
    Number.isFinite(entry.y);
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, Position] => isPosition(pair[1])));
}

const shift = 36;

/** A little to the lower right, so that a copy does not hide what it was made of. */
export const pasteOffset = (fragment: Fragment): Fragment => movedBy(fragment, { x: shift, y: shift });

/** Without the wires that lead in from nodes outside the fragment. */
export function withoutInputs(fragment: Fragment): Fragment {
  const own = new Set(fragment.nodes.map(({ id }) => id));
  return { ...fragment, wires: fragment.wires.filter(({ from }) => own.has(from.node)) };
}

/** Moved so that its upper left corner stands at `at`; without places of its own it stays as it is. */
export function pasteAt(fragment: Fragment, at: Position): Fragment {
  const corner = cornerOf(fragment);
  if (corner) return movedBy(fragment, { x: at.x - corner.x, y: at.y - corner.y });
  const [first] = fragment.nodes;
  return first ? { ...fragment, positions: { [first.id]: at } } : fragment;
}
