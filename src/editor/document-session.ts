/**
 * The document that is open: the only place where it changes, by commands alone, with undo. Every change is handed to a
 * journal, which keeps it beyond the page. Framework-free.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Refusal, refuse } from '../core/validity';
import { emptyPipeline } from '../document/empty-pipeline';
import type { PipelineDocument } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import { levelDocument } from '../document/subgraphs';
import { nameAnywhere } from '../graph/anywhere';
import type { Applied, Command } from '../graph/commands';
import { graphIndex } from '../graph/graph-index';
import { createHistory, type History, perform, redo, undo } from '../graph/history';
import { nodeName } from '../graph/names';
import { catalogueFor } from '../graph/subgraphs/catalogue';
import { isDefinitionCommand } from '../graph/subgraphs/command-types';
import type { Catalogue } from '../kit/define-node';

type Access = 'owner' | 'read-only';

export interface DocumentState {
  /** What is looked at and edited: the whole, or the inside of a subgraph (src/document/subgraphs/level.ts). */
  readonly document: PipelineDocument;
  /** The whole pipeline: what is kept, saved and run. */
  readonly root: PipelineDocument;
  /** Instances from the outside in to what is looked at; empty for the whole. */
  readonly path: readonly string[];
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
  /** Looks into an instance, or at the whole with an empty path; false if there is nothing to look into. */
  look(path: readonly string[]): boolean;
  /** The tab that had the document has let go: this one may change it, from where that one left it. */
  takeOver(document: PipelineDocument, history: History): void;
  setFile(file: FileSystemFileHandle | null): void;
  /** The document as it would be without a wire that is in the hand. */
  withoutWire(id: string | null): PipelineDocument;
  nameOf(node: string): string;
}

/** Commands that name a definition or the form hold on every level; so does taking back. */
const onTheWhole: ReadonlySet<Command['type']> = new Set(['within', 'restore', 'set-form', 'set-on-form']);
const meansTheWhole = (command: Command): boolean =>
  isDefinitionCommand(command) || onTheWhole.has(command.type) || (command.type === 'batch' && command.whole === true);
const within = (path: readonly string[], command: Command): Command => ({ type: 'within', path, command });

const readOnlyRefusal = refuse(
  'document.read-only',
  'This pipeline is open in another tab, so it is read-only here.',
  'Edit it there, or work on a copy here.',
);

export function createDocumentSession(catalogue: Catalogue, journal: (entry: JournalEntry) => void): DocumentSession {
  const untitled = emptyPipeline('Untitled pipeline');
  const store = createStore<DocumentState>(() => ({
    document: untitled,
    root: untitled,
    path: [],
    history: createHistory(),
    id: '',
    access: 'owner',
    opened: 0,
    file: null,
    savedDocument: null,
  }));

  /** The view of a changed whole: the level that was looked at, or the nearest around it that is still there. */
  const viewOf = (
    root: PipelineDocument,
    path: readonly string[],
  ): Pick<DocumentState, 'document' | 'root' | 'path'> => {
    for (let depth = path.length; ; depth--) {
      const at = depth === path.length ? path : path.slice(0, depth);
      const document = levelDocument(root, at);
      if (document) return { document, root, path: at };
    }
  };

  const step = (op: 'undo' | 'redo'): string | null => {
    const state = store.getState();
    if (state.access === 'read-only') return null;
    const stepped = (op === 'undo' ? undo : redo)({ document: state.root, history: state.history }, catalogue);
    if (!stepped) return null;
    store.setState({ ...viewOf(stepped.document, state.path), history: stepped.history });
    journal({ op });
    return stepped.label;
  };

  let lifted: { from: PipelineDocument; id: string; document: PipelineDocument } | null = null;

  return {
    store,
    apply(command, gesture) {
      const state = store.getState();
      if (state.access === 'read-only') return readOnlyRefusal;
      const { root, path, history } = state;
      const placed = path.length === 0 || meansTheWhole(command) ? command : within(path, command);
      const options = gesture === undefined ? {} : { gesture };
      const done = perform({ document: root, history }, placed, catalogue, options);
      if (!done.ok || done.document === root) return done;
      const view = viewOf(done.document, path);
      store.setState({ ...view, history: done.history });
      journal({ op: 'do', command: placed, ...options });
      return { ...done, document: view.document };
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    open({ id, document, history = createHistory(), access = 'owner', file = null }) {
      store.setState(({ opened }) => ({
        id,
        document,
        root: document,
        path: [],
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
        ...viewOf(serialisePipeline(state.root) === serialisePipeline(document) ? state.root : document, state.path),
        history,
        access: 'owner',
      }));
    },
    look(path) {
      const { root } = store.getState();
      const document = levelDocument(root, path);
      if (document) store.setState({ document, path });
      return document !== null;
    },
    setFile: (file) => store.setState(({ root }) => ({ file, savedDocument: root })),
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
      const { document, root } = store.getState();
      const all = catalogueFor(document, catalogue);
      const node = graphIndex(document).nodes.get(id);
      if (node) return nodeName(document, node, all);
      // Of another level: as it is called among everything that runs.
      return nameAnywhere(root, id, catalogue);
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
