/** Changing the pipeline. */
import { copyNodes, cutNodes, pasteNodes } from '../clipboard-commands';
import { soleNode } from '../selection-store';
import { type Action, always } from './action';

/** The clipboard's own events do copy, cut and paste: they need no permission. */
const leftToClipboard = (): boolean => false;

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
    chords: [{ key: 'a', shift: true }],
    run({ layout }) {
      layout.setState({ palette: true, side: 'nodes', mobile: 'nodes' });
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-palette-search]')?.focus());
      return true;
    },
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    group: 'Edit',
    chords: [{ key: 'd', mod: true }],
    run: always(({ edits, selection }) => edits.duplicate(selection.store.getState().nodes)),
  },
  {
    id: 'copy',
    label: 'Copy as JSON',
    group: 'Edit',
    chords: [{ key: 'c', mod: true }],
    run: leftToClipboard,
    fromPalette: copyNodes,
  },
  {
    id: 'cut',
    label: 'Cut',
    group: 'Edit',
    chords: [{ key: 'x', mod: true }],
    run: leftToClipboard,
    fromPalette: cutNodes,
  },
  {
    id: 'paste',
    label: 'Paste',
    group: 'Edit',
    chords: [{ key: 'v', mod: true }],
    run: leftToClipboard,
    fromPalette: pasteNodes,
  },
  {
    id: 'delete',
    label: 'Delete',
    group: 'Edit',
    chords: [{ key: 'delete' }, { key: 'backspace' }],
    run({ edits, selection }) {
      const { nodes, wires } = selection.store.getState();
      if (nodes.size + wires.size === 0) return false;
      edits.remove(nodes, wires);
      return true;
    },
  },
  {
    id: 'rename',
    label: 'Rename the node',
    group: 'Edit',
    chords: [{ key: 'f2' }],
    run({ selection, renaming }) {
      const node = soleNode(selection.store.getState());
      if (node === null) return false;
      renaming.setState({ node });
      return true;
    },
  },
  {
    id: 'select-all',
    label: 'Select all',
    group: 'Edit',
    chords: [{ key: 'a', mod: true }],
    run: always((session) =>
      session.selection.set(session.document.store.getState().document.nodes.map(({ id }) => id)),
    ),
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
