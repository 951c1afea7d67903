/**
 * A named thing that people can ask of the editor: the keys, the list under "?", the command palette and menus read the
 * same table (index.ts). To offer something new, add an entry to one of the files of this folder.
 */
import type { EditorSession } from '../session';

export interface Chord {
  /** As in KeyboardEvent.key, lower case. */
  readonly key: string;
  /** Ctrl, or Command on a Mac. */
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
}

export const actionGroups = ['Run', 'Edit', 'Arrange', 'View', 'File'] as const;

export interface Action {
  /** Permanent: people's own keys are kept under it. */
  readonly id: string;
  readonly label: string;
  readonly group: (typeof actionGroups)[number];
  /** Default keys (editors.md 4.1); may be none. */
  readonly chords: readonly Chord[];
  /** Other words that people look for it by. */
  readonly keywords?: readonly string[];
  /** True for keys that a text field never needs, so that they work from there too. */
  readonly everywhere?: boolean;
  /** False: there was nothing to do, and a key that was pressed keeps its own meaning. `chord`: the keys that asked, if keys did. */
  run(session: EditorSession, chord?: Chord): boolean;
  /** How the palette does it, where keys ask for more than it needs. */
  readonly fromPalette?: (session: EditorSession) => unknown;
}

/** For actions that always do something. */
export const always =
  (work: (session: EditorSession) => unknown) =>
  (session: EditorSession): boolean => {
    work(session);
    return true;
  };
