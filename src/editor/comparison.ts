/**
 * What is being compared: any two or more results of one kind, each of the open document as it is now or of an earlier
 * run by the key of its result. Session state, never part of the document. How it looks is left to src/app/compare.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ContentKey } from '../core/ids';
import type { PipelineDocument } from '../document/schema';
import { expand, nodeAnywhere } from '../document/subgraphs';
import { namesake } from '../graph/anywhere';
import { listKinds } from '../graph/names';
import type { PortKind } from '../kit/port-type';
import type { RunRecord } from '../library/library';
import type { DocumentSession } from './document-session';
import type { Notices } from './notices';

export interface ComparedEntry {
  /** Within the comparison. */
  readonly id: number;
  readonly label: string;
  /** As people see it: an instance of a subgraph stands for what its port is wired to inside. */
  readonly node: string;
  readonly port: string;
  readonly kind: PortKind;
  /** The result to show; null follows the latest one of the node in the open document. */
  readonly key: ContentKey | null;
  /** The earlier run that made it; null: the open document. */
  readonly run: RunRecord | null;
}
export type NewEntry = Omit<ComparedEntry, 'id'>;

export interface ComparisonState {
  readonly open: boolean;
  readonly entries: readonly ComparedEntry[];
  /** The panel takes the whole main area. */
  readonly maximised: boolean;
  /** The paths that lead to the entries are lit up on the canvas. */
  readonly lit: boolean;
}

export interface Comparison {
  readonly store: StoreApi<ComparisonState>;
  /** In place of what was compared before. Refused, and said so, where the kinds differ. */
  open(entries: readonly NewEntry[]): boolean;
  add(entry: NewEntry): boolean;
  remove(id: number): void;
  /** Another output of the same nodes. */
  change(entries: readonly ComparedEntry[]): void;
  set(state: Partial<Pick<ComparisonState, 'maximised' | 'lit'>>): void;
  close(): void;
  dispose(): void;
}

/** More would not be told apart. */
export const entriesAtMost = 6;

const closed: ComparisonState = { open: false, entries: [], maximised: false, lit: false };

const isSame = (a: NewEntry, b: NewEntry): boolean => a.node === b.node && a.port === b.port && a.key === b.key;

/** Where a node went that was put into a subgraph or taken out of one; null: it is gone. */
function movedTo(before: PipelineDocument, now: PipelineDocument, id: string): string | null {
  const idsOf = (document: PipelineDocument) => expand(document).document.nodes.map((node) => node.id);
  const old = new Set(idsOf(before));
  return namesake(
    idsOf(now).filter((each) => !old.has(each)),
    id,
  );
}

export function createComparison(documents: DocumentSession, notices: Notices): Comparison {
  const store = createStore<ComparisonState>(() => closed);
  let last = 0;
  const withId = (entry: NewEntry): ComparedEntry => ({ ...entry, id: ++last });

  const refuseKinds = (entries: readonly NewEntry[]): boolean => {
    const kinds = [...new Set(entries.map(({ kind }) => kind))];
    if (kinds.length < 2) return false;
    notices.show({
      level: 'warning',
      title: `${kinds.join(' and ')} cannot be compared with each other`,
      message: 'Choose outputs of one kind, or close the comparison and begin another.',
    });
    return true;
  };

  const off = documents.store.subscribe((now, before) => {
    if (now.opened !== before.opened) {
      store.setState(closed);
      return;
    }
    const { entries } = store.getState();
    if (entries.length === 0 || (now.root.nodes === before.root.nodes && now.root.defs === before.root.defs)) return;
    const kept = entries.flatMap((entry): readonly ComparedEntry[] => {
      if (entry.run !== null || nodeAnywhere(now.root, entry.node)) return [entry];
      const node = movedTo(before.root, now.root, entry.node);
      return node === null ? [] : [{ ...entry, node }];
    });
    if (kept.every((entry, k) => entry === entries[k]) && kept.length === entries.length) return;
    store.setState({ entries: kept, ...(kept.length === 0 ? closed : {}) });
  });

  return {
    store,
    open(entries) {
      if (entries.length === 0 || refuseKinds(entries)) return false;
      const { lit } = store.getState();
      const [taken, left] = [entries.slice(0, entriesAtMost), entries.slice(entriesAtMost)];
      const names = (list: readonly NewEntry[]) =>
        listKinds(
          list.map(({ label }) => label),
          'and',
        );
      store.setState({ open: true, entries: taken.map(withId), lit });
      notices.announce(`Comparing ${names(taken)}.`);
      if (left.length > 0) {
        notices.show({
          level: 'warning',
          title: `The first ${entriesAtMost} of ${entries.length} are compared`,
          message: `Left out: ${names(left)}. More than ${entriesAtMost} colours and curves would not be told apart; remove one from the comparison to add another.`,
        });
      }
      return true;
    },
    add(entry) {
      const { entries } = store.getState();
      if (refuseKinds([...entries, entry])) return false;
      if (entries.some((each) => isSame(each, entry))) {
        notices.show({ level: 'info', title: `${entry.label} is already compared` });
        return false;
      }
      if (entries.length >= entriesAtMost) {
        notices.show({ level: 'warning', title: `No more than ${entriesAtMost} results are compared at once` });
        return false;
      }
      store.setState({ open: true, entries: [...entries, withId(entry)] });
      notices.announce(`Added ${entry.label} to the comparison.`);
      return true;
    },
    remove(id) {
      const { entries } = store.getState();
      const gone = entries.find((entry) => entry.id === id);
      store.setState({ entries: entries.filter((entry) => entry.id !== id) });
      if (gone) notices.announce(`Removed ${gone.label} from the comparison.`);
    },
    change: (entries) => store.setState({ entries }),
    set: (state) => store.setState(state),
    close() {
      store.setState(closed);
      notices.announce('The comparison was closed.');
    },
    dispose: off,
  };
}
