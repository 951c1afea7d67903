/** Frames around nodes, and notes: making them, naming, what is done with all nodes of one. */
import { freshId } from '../../core/ids';
import { framesOf, notesOf } from '../../document/canvas-objects';
import type { DocumentFrame, DocumentNote } from '../../document/schema';
import { collapseCommand, hiddenIn } from '../../graph/collapsed-frames';
import type { Command, NodeMode } from '../../graph/commands';
import { contentOf } from '../../graph/frame-commands';
import { type Box, frameAround, holds, middleOf } from '../../graph/frame-members';
import { frameKey, noteKey, readObjectKey } from '../object-keys';
import { type BuildingParts, countOf, documentIn } from './parts';

export interface Framing {
  /** A frame around the selected nodes; its key, null without any. */
  frameSelection(): string | null;
  /** Takes away the selected frames, or those of the selected nodes; the nodes stay. False when there is none. */
  ungroup(): boolean;
  changeFrame(id: string, changes: Partial<Omit<DocumentFrame, 'id'>>): void;
  /** After it was made larger or smaller: nodes inside are its members, those outside are not. */
  resizeFrame(id: string, box: Box): void;
  /** Around its nodes. */
  fitFrame(id: string): void;
  removeFrame(id: string): void;
  /** Shows a card in place of the frame and all in it, or these again. */
  collapseFrame(id: string, collapse: boolean): void;
  /** With all that it holds, beside it. */
  duplicateFrame(id: string): void;
  /** Nodes in the frame and in the frames inside it. */
  nodesOf(frame: string): readonly string[];
  setFrameMode(id: string, mode: NodeMode): void;
  /** A note that is empty, in a free place or at the pointer; its key. */
  addNote(at?: { readonly x: number; readonly y: number }): string | null;
  /** Changes of one `gesture` are one step. */
  changeNote(id: string, changes: Partial<Omit<DocumentNote, 'id'>>, gesture?: string): void;
  removeNote(id: string): void;
}

const noteSize = { width: 280, height: 160 } as const;
const usual = { width: 264, height: 310 } as const;

export function createFraming(parts: BuildingParts): Framing {
  const { canvas, edits, notices, selection } = parts;
  const frames = () => framesOf(documentIn(parts));

  const boxesOf = (ids: Iterable<string>): readonly (Box & { readonly id: string })[] => {
    const shown = canvas.current?.boxes();
    const positions = documentIn(parts).ui?.positions ?? {};
    return [...ids].flatMap((id) => {
      const box = shown?.get(id) ?? (positions[id] && { ...positions[id], ...usual });
      return box ? [{ ...box, id }] : [];
    });
  };
  const run = (label: string, commands: readonly Command[]): boolean => {
    const done = edits.run({ type: 'batch', label, commands });
    if (done) notices.announce(`${label}.`);
    return done !== null;
  };

  return {
    frameSelection() {
      const { nodes } = selection.store.getState();
      const box = frameAround(boxesOf(nodes));
      if (!box) return null;
      const taken = new Set(frames().map(({ id }) => id));
      const id = freshId('frame', taken);
      const frame: DocumentFrame = { id, title: 'Frame', nodes: [...nodes], ...box };
      // A node belongs to one frame; an outer one holds it through the inner one.
      const left = frames()
        .filter((each) => each.nodes.some((node) => nodes.has(node)))
        .map(
          (each): Command => ({
            type: 'change-frame',
            id: each.id,
            changes: { nodes: each.nodes.filter((node) => !nodes.has(node)) },
          }),
        );
      if (!run(`Frame ${countOf(nodes.size, 'node')}`, [...left, { type: 'add-frame', frame }])) return null;
      selection.set([], [], [frameKey(id)]);
      return frameKey(id);
    },
    ungroup() {
      const { nodes, objects } = selection.store.getState();
      const named = new Set([...objects].flatMap((key) => frameIn(key) ?? []));
      const gone = frames().filter(({ id, nodes: members }) =>
        named.size > 0 ? named.has(id) : members.some((node) => nodes.has(node)),
      );
      if (gone.length === 0) return false;
      const members = gone.flatMap(({ id }) => contentOf(documentIn(parts), id).nodes);
      const command: Command = { type: 'remove-objects', frames: gone.map(({ id }) => id), notes: [] };
      if (run(`Remove ${countOf(gone.length, 'frame')}, keep the nodes`, [command])) selection.set(members);
      return true;
    },
    changeFrame: (id, changes) => void edits.run({ type: 'change-frame', id, changes }),
    resizeFrame(id, box) {
      const rounded = round(box);
      const inside = boxesOf(documentIn(parts).nodes.map((node) => node.id)).filter((card) =>
        holds(rounded, middleOf(card)),
      );
      const elsewhere = new Set(frames().flatMap((frame) => (frame.id === id ? [] : frame.nodes)));
      const kept = frames().find((frame) => frame.id === id)?.nodes ?? [];
      const now = inside.map((card) => card.id).filter((node) => kept.includes(node) || !elsewhere.has(node));
      edits.run({ type: 'change-frame', id, changes: { ...rounded, nodes: now } });
    },
    fitFrame(id) {
      const box = frameAround(boxesOf(contentOf(documentIn(parts), id).nodes));
      if (box) edits.run({ type: 'change-frame', id, changes: { ...box } });
    },
    removeFrame: (id) =>
      void run('Remove the frame, keep the nodes', [{ type: 'remove-objects', frames: [id], notes: [] }]),
    collapseFrame(id, collapse) {
      const document = documentIn(parts);
      const command = collapseCommand(document, id, collapse);
      if (!command || !edits.run(command)) return;
      const { nodes } = contentOf(document, id);
      const title = frames().find((frame) => frame.id === id)?.title ?? id;
      notices.announce(
        collapse
          ? `Collapsed the frame ${title}: its card stands for ${countOf(nodes.length, 'node')}.`
          : `Expanded the frame ${title}: ${countOf(nodes.length, 'node')} shown.`,
      );
      // What is not seen is not left selected: Delete would take it.
      const hidden = hiddenIn(documentIn(parts)).nodes;
      const known = new Set(documentIn(parts).nodes.map((node) => node.id));
      selection.retain(
        (node) => known.has(node) && !hidden.has(node),
        () => true,
      );
    },
    duplicateFrame: (id) => edits.duplicate([], false, [frameKey(id)]),
    nodesOf: (frame) => contentOf(documentIn(parts), frame).nodes,
    setFrameMode(id, mode) {
      const { nodes } = contentOf(documentIn(parts), id);
      const verb = { on: 'Switch on', mute: 'Mute', bypass: 'Bypass' }[mode];
      run(
        `${verb} ${countOf(nodes.length, 'node')}`,
        nodes.map((node) => ({ type: 'set-mode', node, mode })),
      );
    },
    addNote(at = canvas.current?.pointer() ?? canvas.current?.middle() ?? { x: 0, y: 0 }) {
      const taken = new Set(notesOf(documentIn(parts)).map(({ id }) => id));
      const id = freshId('note', taken);
      const note: DocumentNote = { id, text: '', x: Math.round(at.x), y: Math.round(at.y), ...noteSize };
      if (!run('Add a note', [{ type: 'add-note', note }])) return null;
      selection.set([], [], [noteKey(id)]);
      return noteKey(id);
    },
    changeNote: (id, changes, gesture) => void edits.run({ type: 'change-note', id, changes }, gesture),
    removeNote: (id) => void run('Remove the note', [{ type: 'remove-objects', frames: [], notes: [id] }]),
  };
}

function frameIn(key: string): string | null {
  const object = readObjectKey(key);
  return object?.kind === 'frame' ? object.id : null;
}

const round = ({ x, y, width, height }: Box): Box => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
});
