/** Which action a key means, and what stands on the keys. Pure; listening to the window is left to src/app. */
import type { Action, Chord } from './action';

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
export function actionFor(actions: readonly Action[], press: KeyPress, inField: boolean): Action | null {
  const found = actions.find((entry) => entry.chords.some((chord) => matches(chord, press)));
  return found && (!inField || found.everywhere) ? found : null;
}

const names: Readonly<Record<string, string>> = {
  enter: 'Enter',
  delete: 'Delete',
  backspace: 'Backspace',
  escape: 'Esc',
  f2: 'F2',
  arrowup: '↑',
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
