/** Everything that the command palette offers, and which of it a query finds. Pure: what an entry does is a callback's. */
import type { Chord } from '../../editor/actions/action';
import { search } from '../../editor/search';

export type CommandKind = 'action' | 'go' | 'insert' | 'pipeline';

export interface CommandItem {
  /** Unique over all kinds: "insert:learn.train". */
  readonly id: string;
  readonly kind: CommandKind;
  readonly title: string;
  readonly detail?: string;
  readonly keywords: readonly string[];
  readonly chords?: readonly Chord[];
}

export interface CommandGroup {
  readonly kind: CommandKind;
  readonly title: string;
  readonly items: readonly CommandItem[];
}

const titles: Readonly<Record<CommandKind, string>> = {
  action: 'Commands',
  go: 'Go to a node',
  insert: 'Add a node',
  pipeline: 'Open a pipeline',
};
const order: readonly CommandKind[] = ['action', 'go', 'insert', 'pipeline'];

/** More than a person reads; the rest is found by typing on. */
const shownAtMost = 60;

/** Without a query: commands, then the rest in short. With one: the best of all kinds, the kind of the best one first. */
export function commandGroups(items: readonly CommandItem[], query: string): readonly CommandGroup[] {
  const empty = query.trim() === '';
  const found = empty
    ? order.flatMap((kind) => items.filter((item) => item.kind === kind).slice(0, kind === 'action' ? shownAtMost : 12))
    : search(query, items, ({ title, keywords }) => ({ title, keywords })).slice(0, shownAtMost);
  const kinds = empty ? order : [...new Set(found.map(({ kind }) => kind))];
  return kinds
    .map((kind) => ({ kind, title: titles[kind], items: found.filter((item) => item.kind === kind) }))
    .filter((group) => group.items.length > 0);
}
