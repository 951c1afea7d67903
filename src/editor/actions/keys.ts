/** Which action a key means, and what stands on the keys. Pure; listening to the window is left to src/app. */
import type { Action, Chord } from './action';

export const isMac = (): boolean => typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

function matches(chord: Chord, press: KeyPress): boolean {
  return sameChord(chord, chordOf(press));
}

/** A sign such as "?" or "+" is typed with Shift on some keyboards and without on others. */
const isSign = (key: string): boolean => /^[^\p{L}\p{N}\s]$/u.test(key);

/** The chord of a press, as it would be written in the table. */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): Chord {
  const name = key.toLowerCase();
  return {
    key: name,
    ...(ctrlKey || metaKey ? { mod: true } : {}),
    ...(shiftKey && !isSign(name) ? { shift: true } : {}),
    ...(altKey ? { alt: true } : {}),
  };
}

const shiftOf = ({ key, shift = false }: Chord): boolean => shift && !isSign(key);

export const sameChord = (a: Chord, b: Chord): boolean =>
  a.key === b.key &&
  (a.mod ?? false) === (b.mod ?? false) &&
  (a.alt ?? false) === (b.alt ?? false) &&
  shiftOf(a) === shiftOf(b);

export type ClipboardEventName = 'copy' | 'cut' | 'paste';

const clipboardKeys = new Map<string, ClipboardEventName>([
  ['c', 'copy'],
  ['x', 'cut'],
  ['v', 'paste'],
]);

/** The clipboard event that the browser makes of a chord, whatever the chord means here; it asks for no permission. */
export function clipboardEventOf({ key, mod = false, shift = false, alt = false }: Chord): ClipboardEventName | null {
  if (!mod || alt || (shift && key !== 'v')) return null;
  return clipboardKeys.get(key) ?? null;
}

/** Modifiers alone are no chord yet. */
export const isModifier = (key: string): boolean => /^(control|shift|alt|meta|altgraph|capslock|dead)$/i.test(key);

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
  ' ': 'Space',
  contextmenu: 'Menu',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
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

/** "Ctrl+Shift+Z": for tooltips and messages. */
export const chordText = (chord: Chord, mac = isMac()): string => keyCaps(chord, mac).join(mac ? '' : '+');
