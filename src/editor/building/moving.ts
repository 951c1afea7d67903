/**
 * Where things stand: the end of a drag with all that follows from it (frames carry what they hold, nodes join and leave
 * frames, a node goes into a wire, copies are made), nudges, alignment.
 */
import { framesOf, notesOf } from '../../document/canvas-objects';
import type { DocumentWire, Position } from '../../document/schema';
import { type Alignment, align, distribute } from '../../graph/arrange';
import type { Command } from '../../graph/commands';
import { contentOf } from '../../graph/frame-commands';
import { type Box, membersAfterDrop } from '../../graph/frame-members';
import { graphIndex } from '../../graph/graph-index';
import { downstreamOf, upstreamOf } from '../../graph/topology';
import { copyFragment, withoutInputs } from '../clipboard';
import { movedBy } from '../clipboard-objects';
import { frameKey, readObjectKey } from '../object-keys';
import type { Adding } from './adding';
import { type BuildingParts, countOf, documentIn } from './parts';

export interface DropOptions {
  /** The end of a drag; else one of a burst of arrow keys. */
  readonly drag: boolean;
  /** The wire that the node was let go over. */
  readonly splice?: string | null;
  /** Alt was down when the drag began: copies go there, the originals stay. */
  readonly copy?: boolean;
}

export interface Moving {
  /** New places of nodes, frames, notes and points of wires, by node id or object key. */
  drop(places: Readonly<Record<string, Position>>, options: DropOptions): void;
  /** Moves the selection; false when there is none. */
  nudge(by: Position): boolean;
  /** Aligns or spreads the selected nodes; false for fewer than two (three, to spread). */
  arrange(how: Alignment | 'horizontal' | 'vertical'): boolean;
  /** Adds to the selection what it needs, or what needs it. */
  selectStream(direction: 'upstream' | 'downstream'): boolean;
  /** The selected nodes, if there are several, else all. */
  tidy(): void;
}

export function createMoving(parts: BuildingParts, { splice }: Pick<Adding, 'splice'>): Moving {
  const { canvas, edits, notices, selection } = parts;

  /** Frames that are moved, with what they hold; notes and points of wires. */
  const objectMoves = (places: Readonly<Record<string, Position>>) => {
    const document = documentIn(parts);
    const commands: Command[] = [];
    const carried: Record<string, Position> = {};
    const done = new Set(Object.keys(places));
    const positions = document.ui?.positions ?? {};
    const shown = canvas.current?.boxes();
    const vias = new Map<string, Position[]>();
    for (const [key, { x, y }] of Object.entries(places)) {
      const object = readObjectKey(key);
      if (object?.kind === 'note') commands.push({ type: 'change-note', id: object.id, changes: { x, y } });
      if (object?.kind === 'dot') {
        const via = vias.get(object.id) ?? [...(graphIndex(document).wires.get(object.id)?.via ?? [])];
        via[object.place] = { ...via[object.place], x, y };
        vias.set(object.id, via);
      }
      if (object?.kind !== 'frame') continue;
      const frame = framesOf(document).find(({ id }) => id === object.id);
      if (!frame) continue;
      const by = { x: x - frame.x, y: y - frame.y };
      commands.push({ type: 'change-frame', id: frame.id, changes: { x, y } });
      const { nodes, notes, frames } = contentOf(document, frame.id);
      for (const id of nodes) {
        const at = positions[id] ?? shown?.get(id);
        if (at && !places[id]) carried[id] = shift(at, by);
      }
      for (const id of frames) {
        const inner = framesOf(document).find((each) => each.id === id);
        if (!inner || done.has(frameKey(id))) continue;
        done.add(frameKey(id));
        commands.push({ type: 'change-frame', id, changes: shift(inner, by) });
      }
      for (const id of notes) {
        const note = notesOf(document).find((each) => each.id === id);
        if (!note || done.has(`note ${id}`) || places[`note\n${id}`]) continue;
        done.add(`note ${id}`);
        commands.push({ type: 'change-note', id, changes: shift(note, by) });
      }
    }
    for (const [wire, via] of vias) commands.push({ type: 'set-via', wire, via });
    return { commands, carried };
  };

  const membership = (nodes: Readonly<Record<string, Position>>): readonly Command[] => {
    const shown = canvas.current?.boxes();
    const dropped = new Map<string, Box>();
    for (const [id, at] of Object.entries(nodes)) {
      const box = shown?.get(id);
      if (box) dropped.set(id, { ...box, ...at });
    }
    return [...membersAfterDrop(documentIn(parts), dropped)].map(([id, members]) => ({
      type: 'change-frame',
      id,
      changes: { nodes: [...members] },
    }));
  };

  /** How far everything was dragged: as far as the first node, frame or note of it; null for points of wires alone. */
  const dragged = (places: Readonly<Record<string, Position>>): Position | null => {
    const document = documentIn(parts);
    const shown = canvas.current?.boxes();
    for (const [key, to] of Object.entries(places)) {
      const object = readObjectKey(key);
      const known = object?.kind === 'frame' ? framesOf(document) : object?.kind === 'note' ? notesOf(document) : [];
      const from = object
        ? known.find(({ id }) => id === object.id)
        : (document.ui?.positions?.[key] ?? shown?.get(key));
      if (from) return { x: to.x - from.x, y: to.y - from.y };
    }
    return null;
  };

  const drop: Moving['drop'] = (places, { drag, splice: wire, copy }) => {
    const nodes = Object.fromEntries(Object.entries(places).filter(([key]) => readObjectKey(key) === null));
    const ids = Object.keys(nodes);
    const by = copy ? dragged(places) : null;
    if (by) {
      const fragment = withoutInputs(copyFragment(documentIn(parts), new Set(ids), Object.keys(places)));
      const shifted = movedBy(fragment, by);
      edits.insert({ ...shifted, positions: { ...shifted.positions, ...nodes } });
      return;
    }
    const { commands, carried } = objectMoves(places);
    const [only] = ids;
    const into = wire && only !== undefined && ids.length === 1 ? splice(only, wire, nodes[only]) : null;
    const more = [...commands, ...(drag ? membership(nodes) : []), ...(into?.commands ?? [])];
    const moved = { ...nodes, ...carried };
    const label =
      into?.label ??
      (ids.length === 0 && commands.length === 1 ? 'Move' : `Move ${countOf(Object.keys(places).length, 'object')}`);
    edits.move(moved, drag, { commands: more, label });
    if (into) notices.announce(`${into.label}.`);
  };

  const selectedBoxes = (): ReadonlyMap<string, Box> => {
    const { nodes } = selection.store.getState();
    return new Map([...(canvas.current?.boxes() ?? [])].filter(([id]) => nodes.has(id)));
  };

  return {
    drop,
    nudge(by) {
      const { nodes, objects } = selection.store.getState();
      const document = documentIn(parts);
      const shown = canvas.current?.boxes();
      const places: Record<string, Position> = {};
      for (const id of nodes) {
        const at = document.ui?.positions?.[id] ?? shown?.get(id);
        if (at) places[id] = shift(at, by);
      }
      for (const key of objects) {
        const at = placeOf(key);
        if (at) places[key] = shift(at, by);
      }
      if (Object.keys(places).length === 0) return false;
      drop(places, { drag: false });
      return true;
    },
    arrange(how) {
      const boxes = selectedBoxes();
      const spreads = how === 'horizontal' || how === 'vertical';
      if (boxes.size < (spreads ? 3 : 2)) return false;
      const positions = spreads ? distribute(boxes, how) : align(boxes, how);
      const what = spreads ? `Spread ${boxes.size} nodes evenly` : `Align ${boxes.size} nodes (${how})`;
      canvas.current?.glide();
      if (edits.run({ type: 'batch', label: what, commands: [{ type: 'move-nodes', positions }] }))
        notices.announce(`${what}.`);
      return true;
    },
    selectStream(direction) {
      const { nodes } = selection.store.getState();
      if (nodes.size === 0) return false;
      const found = (direction === 'upstream' ? upstreamOf : downstreamOf)(documentIn(parts), nodes);
      selection.set(found);
      notices.announce(`${countOf(found.size, 'node')} selected.`);
      return true;
    },
    tidy() {
      const { nodes } = selection.store.getState();
      edits.tidy(nodes.size > 1 ? nodes : undefined);
    },
  };

  function placeOf(key: string): Position | undefined {
    const object = readObjectKey(key);
    const document = documentIn(parts);
    switch (object?.kind) {
      case 'frame':
        return framesOf(document).find(({ id }) => id === object.id);
      case 'note':
        return notesOf(document).find(({ id }) => id === object.id);
      case 'dot':
        return pointsOf(graphIndex(document).wires.get(object.id))[object.place];
      default:
        return undefined;
    }
  }
}

const shift = ({ x, y }: Position, by: Position): Position => ({
  x: Math.round(x + by.x),
  y: Math.round(y + by.y),
});
const pointsOf = (wire: DocumentWire | undefined): readonly Position[] => wire?.via ?? [];
