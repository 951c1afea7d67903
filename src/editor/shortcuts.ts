/**
 * Which keys do what (editors.md 4.1), as data: the handler, the tooltips and the list under "?" read the same table.
 * Pure; listening to the window is left to src/app.
 */

export type ShortcutAction =
  | 'run'
  | 'run-selection'
  | 'cancel'
  | 'undo'
  | 'redo'
  | 'save'
  | 'open'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'delete'
  | 'select-all'
  | 'select-none'
  | 'fit'
  | 'add'
  | 'tidy'
  | 'rename'
  | 'help';

export interface Chord {
  /** As in KeyboardEvent.key, lower case. */
  readonly key: string;
  /** Ctrl, or Command on a Mac. */
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
}

export interface Shortcut {
  readonly action: ShortcutAction;
  readonly label: string;
  readonly group: 'Run' | 'Edit' | 'View' | 'File';
  readonly chords: readonly Chord[];
  /** True for keys that a text field never needs, so that they work from there too. */
  readonly everywhere?: boolean;
}

export const shortcuts: readonly Shortcut[] = [
  { action: 'run', label: 'Run', group: 'Run', chords: [{ key: 'enter', mod: true }], everywhere: true },
  {
    action: 'run-selection',
    label: 'Run to the selected nodes',
    group: 'Run',
    chords: [{ key: 'enter', shift: true }],
  },
  {
    action: 'cancel',
    label: 'Cancel the run',
    group: 'Run',
    chords: [{ key: 'enter', mod: true, alt: true }],
    everywhere: true,
  },
  { action: 'undo', label: 'Undo', group: 'Edit', chords: [{ key: 'z', mod: true }] },
  {
    action: 'redo',
    label: 'Redo',
    group: 'Edit',
    chords: [
      { key: 'y', mod: true },
      { key: 'z', mod: true, shift: true },
    ],
  },
  { action: 'add', label: 'Add a node', group: 'Edit', chords: [{ key: 'a', shift: true }] },
  { action: 'duplicate', label: 'Duplicate', group: 'Edit', chords: [{ key: 'd', mod: true }] },
  { action: 'copy', label: 'Copy as JSON', group: 'Edit', chords: [{ key: 'c', mod: true }] },
  { action: 'cut', label: 'Cut', group: 'Edit', chords: [{ key: 'x', mod: true }] },
  { action: 'paste', label: 'Paste', group: 'Edit', chords: [{ key: 'v', mod: true }] },
  { action: 'delete', label: 'Delete', group: 'Edit', chords: [{ key: 'delete' }, { key: 'backspace' }] },
  { action: 'rename', label: 'Rename the node', group: 'Edit', chords: [{ key: 'f2' }] },
  { action: 'select-all', label: 'Select all', group: 'Edit', chords: [{ key: 'a', mod: true }] },
  { action: 'select-none', label: 'Select nothing', group: 'Edit', chords: [{ key: 'escape' }] },
  { action: 'fit', label: 'Fit the view', group: 'View', chords: [{ key: '.' }, { key: '1', mod: true }] },
  {
    action: 'tidy',
    label: 'Lay out from left to right',
    group: 'View',
    chords: [{ key: 'f', mod: true, shift: true }],
  },
  { action: 'help', label: 'This list', group: 'View', chords: [{ key: '?' }] },
  { action: 'save', label: 'Save to a file', group: 'File', chords: [{ key: 's', mod: true }], everywhere: true },
  { action: 'open', label: 'Open a file', group: 'File', chords: [{ key: 'o', mod: true }], everywhere: true },
];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

function matches(chord: Chord, press: KeyPress): boolean {
  if (chord.key !== press.key.toLowerCase()) return false;
  if ((chord.mod ?? false) !== (press.ctrlKey || press.metaKey)) return false;
  if ((chord.alt ?? false) !== press.altKey) return false;
  // A sign such as "?" is typed with Shift on some keyboards and without on others.
  return chord.key === '?' || (chord.shift ?? false) === press.shiftKey;
}

/** `inField`: the key was pressed in a text field, which keeps its own undo, copy and letters. */
export function actionFor(press: KeyPress, inField: boolean): ShortcutAction | null {
  const found = shortcuts.find((entry) => entry.chords.some((chord) => matches(chord, press)));
  return found && (!inField || found.everywhere) ? found.action : null;
}

const names: Readonly<Record<string, string>> = {
  enter: 'Enter',
  delete: 'Delete',
  backspace: 'Backspace',
  escape: 'Esc',
  f2: 'F2',
};

/** ["Ctrl", "Shift", "Z"]: what stands on the keys. */
export function keyCaps(chord: Chord, mac: boolean): readonly string[] {
  const caps: string[] = [];
  if (chord.mod) caps.push(mac ? '⌘' : 'Ctrl');
  if (chord.alt) caps.push(mac ? '⌥' : 'Alt');
  if (chord.shift) caps.push(mac ? '⇧' : 'Shift');
  caps.push(names[chord.key] ?? chord.key.toUpperCase());
  return caps;
}
