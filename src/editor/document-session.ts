/**
 * The document that is open: the only place where it changes, by commands alone, with undo. Every change is handed to a
 * journal, which keeps it beyond the page. Framework-free.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Refusal, refuse } from '../core/validity';
import { emptyPipeline } from '../document/empty-pipeline';
import type { PipelineDocument } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import type { Applied, Command } from '../graph/commands';
import { graphIndex } from '../graph/graph-index';
import { createHistory, type History, perform, redo, undo } from '../graph/history';
import { nodeName } from '../graph/names';
import type { Catalogue } from '../kit/define-node';

type Access = 'owner' | 'read-only';

export interface DocumentState {
  readonly document: PipelineDocument;
  readonly history: History;
  /** Identity in the library; not part of the file. */
  readonly id: string;
  readonly access: Access;
  /** Counts openings, so that views know when to start afresh. */
  readonly opened: number;
  /** The file it was opened from or saved to, where the browser lets us write there. */
  readonly file: FileSystemFileHandle | null;
  /** The document as last written to a file, to tell whether there is something to save. */
  readonly savedDocument: PipelineDocument | null;
}

/** One change, in the order made: enough to repeat it on the document that it was made on. */
export type JournalEntry =
  | { readonly op: 'do'; readonly command: Command; readonly gesture?: string }
  | { readonly op: 'undo' }
  | { readonly op: 'redo' };

export interface Opening {
  readonly id: string;
  readonly document: PipelineDocument;
  readonly history?: History;
  readonly access?: Access;
  readonly file?: FileSystemFileHandle | null;
}

export interface DocumentSession {
  readonly store: StoreApi<DocumentState>;
  apply(command: Command, gesture?: string): Applied | Refusal;
  /** The label of what was undone or redone; null when there was nothing. */
  undo(): string | null;
  redo(): string | null;
  open(opening: Opening): void;
  /** The tab that had the document has let go: this one may change it, from where that one left it. */
  takeOver(document: PipelineDocument, history: History): void;
  setFile(file: FileSystemFileHandle | null): void;
  /** The document as it would be without a wire that is in the hand. */
  withoutWire(id: string | null): PipelineDocument;
  nameOf(node: string): string;
}

const readOnlyRefusal = refuse(
  'document.read-only',
  'This pipeline is open in another tab, so it is read-only here.',
  'Edit it there, or work on a copy here.',
);

export function createDocumentSession(catalogue: Catalogue, journal: (entry: JournalEntry) => void): DocumentSession {
  const store = createStore<DocumentState>(() => ({
    document: emptyPipeline('Untitled pipeline'),
    history: createHistory(),
    id: '',
    access: 'owner',
    opened: 0,
    file: null,
    savedDocument: null,
  }));

  const step = (op: 'undo' | 'redo'): string | null => {
    const state = store.getState();
    if (state.access === 'read-only') return null;
    const stepped = (op === 'undo' ? undo : redo)(state, catalogue);
    if (!stepped) return null;
    store.setState({ document: stepped.document, history: stepped.history });
    journal({ op });
    return stepped.label;
  };

  let lifted: { from: PipelineDocument; id: string; document: PipelineDocument } | null = null;

  return {
    store,
    apply(command, gesture) {
      const state = store.getState();
      if (state.access === 'read-only') return readOnlyRefusal;
      const done = perform(state, command, catalogue, gesture === undefined ? {} : { gesture });
      if (!done.ok || done.document === state.document) return done;
      store.setState({ document: done.document, history: done.history });
      journal(gesture === undefined ? { op: 'do', command } : { op: 'do', command, gesture });
      return done;
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    open({ id, document, history = createHistory(), access = 'owner', file = null }) {
      store.setState(({ opened }) => ({
        id,
        document,
        history,
        access,
        file,
        opened: opened + 1,
        savedDocument: document,
      }));
    },
    takeOver(document, history) {
      store.setState((state) => ({
        // The same document keeps its objects, so that nothing is drawn or planned again.
        document: serialisePipeline(state.document) === serialisePipeline(document) ? state.document : document,
        history,
        access: 'owner',
      }));
    },
    setFile: (file) => store.setState(({ document }) => ({ file, savedDocument: document })),
    withoutWire(id) {
      const { document } = store.getState();
      if (id === null) return document;
      // The same object for the same question: what is inferred over it is then worked out once.
      if (lifted?.from !== document || lifted.id !== id) {
        lifted = {
          from: document,
          id,
          document: { ...document, wires: document.wires.filter((wire) => wire.id !== id) },
        };
      }
      return lifted.document;
    },
    nameOf(id) {
      const { document } = store.getState();
      const node = graphIndex(document).nodes.get(id);
      return node ? nodeName(document, node, catalogue) : id;
    },
  };
}

/** Repeats a journal on what it was written for; stops at the first entry that no longer applies. */
export function replay(
  start: { readonly document: PipelineDocument; readonly history: History },
  entries: readonly JournalEntry[],
  catalogue: Catalogue,
): { readonly document: PipelineDocument; readonly history: History; readonly applied: number } {
  let { document, history } = start;
  let applied = 0;
  for (const entry of entries) {
    if (entry.op === 'do') {
      const done = perform(
        { document, history },
        entry.command,
        catalogue,
        entry.gesture === undefined ? {} : { gesture: entry.gesture },
      );
      if (!done.ok) break;
      ({ document, history } = done);
    } else {
      const stepped = (entry.op === 'undo' ? undo : redo)({ document, history }, catalogue);
      if (!stepped) break;
      ({ document, history } = stepped);
    }
    applied++;
  }
  return { document, history, applied };
}
