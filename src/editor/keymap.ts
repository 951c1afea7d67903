/**
 * The person's own keys: per action, in place of the table's. Pure. A chord means one action only, so giving it to one takes
 * it from the other.
 */
import type { Action, Chord } from './actions/action';
import { sameChord } from './actions/keys';

/** By action id; an action that is not here has the keys of the table, an empty list means none. */
export type OwnKeys = Readonly<Record<string, readonly Chord[]>>;

export const withOwnKeys = (actions: readonly Action[], own: OwnKeys): readonly Action[] =>
  actions.map((action) => (own[action.id] ? { ...action, chords: own[action.id] as readonly Chord[] } : action));

const has = ({ chords }: Action, chord: Chord): boolean => chords.some((each) => sameChord(each, chord));

/** The other action that this chord means now. `actions` with the person's own keys. */
export const conflictOf = (actions: readonly Action[], id: string, chord: Chord): Action | null =>
  actions.find((action) => action.id !== id && has(action, chord)) ?? null;

/** `id` gets this chord alone; whoever had it loses it. `actions` with the person's own keys. */
export function assign(actions: readonly Action[], own: OwnKeys, id: string, chord: Chord): OwnKeys {
  const next: Record<string, readonly Chord[]> = { ...own, [id]: [chord] };
  for (const action of actions) {
    if (action.id !== id && has(action, chord))
      next[action.id] = action.chords.filter((each) => !sameChord(each, chord));
  }
  return next;
}

/** Back to the table's keys for one action; other actions that hold one of them as their own lose it. */
export function restore(table: readonly Action[], own: OwnKeys, id: string): OwnKeys {
  const { [id]: _, ...rest } = own;
  const chords = table.find((action) => action.id === id)?.chords ?? [];
  const isBack = (chord: Chord): boolean => chords.some((each) => sameChord(each, chord));
  return Object.fromEntries(Object.entries(rest).map(([other, keys]) => [other, keys.filter((key) => !isBack(key))]));
}

const isChord = (value: unknown): value is Chord => {
  if (typeof value !== 'object' || value === null) return false;
  const { key, mod, shift, alt } = value as Record<string, unknown>;
  return (
    typeof key === 'string' &&
    key.length > 0 &&
    key.length < 20 &&
    [mod, shift, alt].every((flag) => flag === undefined || typeof flag === 'boolean')
  );
};

/** What was stored or read from a file: whatever is no chord is dropped. */
export function readOwnKeys(value: unknown): OwnKeys {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).flatMap(([id, chords]): [string, readonly Chord[]][] =>
    Array.isArray(chords) ? [[id, chords.filter(isChord)]] : [],
  );
  return Object.fromEntries(entries);
}
