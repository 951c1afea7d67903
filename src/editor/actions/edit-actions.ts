/** Changing the pipeline. */

import { framesOf, notesOf } from '../../document/canvas-objects';
import { copyNodes, cutNodes, pasteNodes } from '../clipboard-commands';
import { frameKey, noteKey, readObjectKey } from '../object-keys';
import { soleNode, soleObject } from '../selection-store';
import type { EditorSession } from '../session';
import { type Action, always } from './action';
import { type ClipboardEventName, clipboardEventOf } from './keys';

const duplicateSelection = ({ edits, selection }: EditorSession, withInputs: boolean): void => {
  const { nodes, objects } = selection.store.getState();
  edits.duplicate(nodes, withInputs, objects);
};

/** Keys of which the browser makes the event are left to it (src/app/hooks/use-clipboard): it needs no permission. */
const byClipboard =
  (event: ClipboardEventName, work: (session: EditorSession) => Promise<unknown>): Action['run'] =>
  (session, chord) => {
    if (chord && clipboardEventOf(chord) === event) return false;
    void work(session);
    return true;
  };

export const editActions: readonly Action[] = [
  {
    id: 'undo',
    label: 'Undo',
    group: 'Edit',
    chords: [{ key: 'z', mod: true }],
    run: always(({ edits }) => edits.undo()),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Edit',
    chords: [
      { key: 'y', mod: true },
      { key: 'z', mod: true, shift: true },
    ],
    run: always(({ edits }) => edits.redo()),
  },
  {
    id: 'add',
    label: 'Add a node',
    group: 'Edit',
    chords: [{ key: 'a', shift: true }, { key: ' ' }],
    keywords: ['insert', 'search'],
    run({ addMenu, canvas }) {
      addMenu.setState({ open: { at: canvas.current?.pointer() ?? null } });
      return true;
    },
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    group: 'Edit',
    chords: [{ key: 'd', mod: true }],
    run: always((session) => duplicateSelection(session, false)),
  },
  {
    id: 'copy',
    label: 'Copy as JSON',
    group: 'Edit',
    chords: [{ key: 'c', mod: true }],
    run: byClipboard('copy', copyNodes),
  },
  {
    id: 'cut',
    label: 'Cut',
    group: 'Edit',
    chords: [{ key: 'x', mod: true }],
    run: byClipboard('cut', cutNodes),
  },
  {
    id: 'paste',
    label: 'Paste',
    group: 'Edit',
    chords: [{ key: 'v', mod: true }],
    run: byClipboard('paste', pasteNodes),
  },
  {
    id: 'duplicate-wired',
    label: 'Duplicate with incoming wires',
    group: 'Edit',
    chords: [{ key: 'd', mod: true, shift: true }],
    run: always((session) => duplicateSelection(session, true)),
  },
  {
    id: 'paste-wired',
    label: 'Paste with incoming wires',
    group: 'Edit',
    chords: [{ key: 'v', mod: true, shift: true }],
    run: byClipboard('paste', (session) => pasteNodes(session, true)),
  },
  {
    id: 'delete',
    label: 'Delete',
    group: 'Edit',
    chords: [{ key: 'delete' }, { key: 'backspace' }],
    run: ({ building }) => building.removeSelection(),
  },
  {
    id: 'delete-heal',
    label: 'Delete and join the wires',
    group: 'Edit',
    chords: [{ key: 'delete', mod: true }],
    keywords: ['heal', 'extract'],
    run: ({ building }) => building.healSelection(),
  },
  {
    id: 'rename',
    label: 'Rename the node or frame, edit the note',
    group: 'Edit',
    chords: [{ key: 'f2' }],
    run({ selection, renaming }) {
      const node = soleNode(selection.store.getState()) ?? soleObject(selection.store.getState());
      if (node === null || readObjectKey(node)?.kind === 'dot') return false;
      renaming.setState({ node });
      return true;
    },
  },
  {
    id: 'select-all',
    label: 'Select all',
    group: 'Edit',
    chords: [{ key: 'a', mod: true }],
    run: always(({ document, selection }) => {
      const open = document.store.getState().document;
      const objects = [...framesOf(open).map(({ id }) => frameKey(id)), ...notesOf(open).map(({ id }) => noteKey(id))];
      selection.set(
        open.nodes.map(({ id }) => id),
        [],
        objects,
      );
    }),
  },
  {
    id: 'select-none',
    label: 'Select nothing',
    group: 'Edit',
    chords: [{ key: 'escape' }],
    run({ selection }) {
      selection.clear();
      // Escape also closes menus and ends what React Flow is doing.
      return false;
    },
  },
];
