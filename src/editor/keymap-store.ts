/** The keys that hold now: the table with the person's own keys, which are kept in local storage of this browser. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { actions as table } from './actions';
import type { Action, Chord } from './actions/action';
import { assign, conflictOf, type OwnKeys, readOwnKeys, restore, withOwnKeys } from './keymap';

export interface KeymapState {
  readonly own: OwnKeys;
  /** Every action, with the keys that hold. */
  readonly actions: readonly Action[];
}

export interface Keymap {
  readonly store: StoreApi<KeymapState>;
  conflict(id: string, chord: Chord): Action | null;
  assign(id: string, chord: Chord): void;
  /** No keys at all for this action. */
  clear(id: string): void;
  /** Back to the table, for one action or all. */
  reset(id?: string): void;
  replace(own: unknown): void;
}

const storageKey = 'spikeloom.keys';

function stored(): OwnKeys {
  try {
    return readOwnKeys(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}

export function createKeymap(): Keymap {
  const stateOf = (own: OwnKeys): KeymapState => ({ own, actions: withOwnKeys(table, own) });
  const store = createStore<KeymapState>(() => stateOf(stored()));
  const set = (own: OwnKeys) => {
    store.setState(stateOf(own));
    try {
      localStorage.setItem(storageKey, JSON.stringify(own));
    } catch {
      // Private mode or a full disk: the keys then hold for this visit only.
    }
  };
  const now = () => store.getState();
  return {
    store,
    conflict: (id, chord) => conflictOf(now().actions, id, chord),
    assign: (id, chord) => set(assign(now().actions, now().own, id, chord)),
    clear: (id) => set({ ...now().own, [id]: [] }),
    reset: (id) => set(id === undefined ? {} : restore(table, now().own, id)),
    replace: (own) => set(readOwnKeys(own)),
  };
}
