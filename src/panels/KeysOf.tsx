/** The keys that an action has now, as caps; nothing where it has none. */
import { Kbd } from '@mantine/core';
import { useStore } from 'zustand';
import type { Chord } from '../editor/actions/action';
import { chordText, isMac, keyCaps } from '../editor/actions/keys';
import { useSession } from '../editor/hooks';
import classes from './pick-list.module.css';

const none: readonly Chord[] = [];

export function useKeysOf(action: string): readonly Chord[] {
  const { keymap } = useSession();
  return useStore(keymap.store, ({ actions }) => actions.find(({ id }) => id === action)?.chords ?? none);
}

/** "Undo (Ctrl+Z)", or "Undo" where the action has no keys. */
export function useHint(text: string, action: string): string {
  const [chord] = useKeysOf(action);
  return chord ? `${text} (${chordText(chord)})` : text;
}

export function Keys({ chord }: { readonly chord: Chord }) {
  return (
    <span className={classes.chord}>
      {keyCaps(chord, isMac()).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  );
}

export function KeysOf({ action }: { readonly action: string }) {
  const [chord] = useKeysOf(action);
  return chord ? <Keys chord={chord} /> : null;
}
