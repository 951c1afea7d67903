/**
 * Keeps the open document beyond the page: every command goes to the library's log, a snapshot follows now and then, and
 * opening again stands where the last gesture left off, undo included. Two tabs never write one document: the second is
 * read-only until it works on a copy. Trouble with the library is told and never stops the editing.
 */
import type { JsonValue } from '../core/canonical-json';
import { describeFailure, toFailure } from '../core/errors';
import { parsePipeline } from '../document/parse-pipeline';
import type { PipelineDocument } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import type { Command } from '../graph/commands';
import { createHistory, type History } from '../graph/history';
import { parseHistory, serialiseHistory } from '../graph/history-text';
import type { Catalogue } from '../kit/define-node';
import type { Library } from '../library/library';
import { type DocumentSession, type JournalEntry, type Opening, replay } from './document-session';
import type { Notices } from './notices';

export interface Keeper {
  /** A journal entry of the open document. */
  record(entry: JournalEntry): void;
  /** Opens a document that is not in the library yet. */
  adopt(document: PipelineDocument, file?: FileSystemFileHandle | null): Promise<void>;
  /** Opens a document of the library where its last gesture left off; false if it is not there. */
  reopen(id: string): Promise<boolean>;
  /** The document that was open when the page was last closed. */
  lastOpened(): Promise<string | null>;
  /** In a second tab: goes on with a copy of its own. */
  fork(): Promise<void>;
  /** Writes what is still in the hand; call when the page is hidden. */
  flush(): void;
}

export interface KeeperDependencies {
  readonly library: Library;
  readonly catalogue: Catalogue;
  readonly documents: () => DocumentSession;
  readonly notices: Notices;
}

/** Entries of one gesture are written as one, at the latest after this time. ms */
const gestureDelay = 250;
const snapshotEvery = 50;
const lastOpenedSetting = 'lastOpened';

/** In the log beside commands: the undo history at a snapshot, since commands before it cannot be repeated on it. */
interface HistoryMark {
  readonly op: 'history';
  readonly text: string;
}

export function createKeeper({ library, catalogue, documents, notices }: KeeperDependencies): Keeper {
  let held: { entry: JournalEntry; timer: ReturnType<typeof setTimeout> } | null = null;
  let sinceSnapshot = 0;
  /** The document in the library has been changed by hand: worth keeping when another is opened. */
  let touched = false;
  /** A document that this visit put into the library. */
  let fresh: string | null = null;
  let warned = false;

  const state = () => documents().store.getState();

  const trouble = (thrown: unknown) => {
    if (warned) return;
    warned = true;
    notices.show({
      level: 'warning',
      title: 'Your work is not being saved in this browser',
      message: `${describeFailure(toFailure(thrown))} Save the pipeline to a file to keep it.`,
      sticky: true,
    });
  };

  const write = (entry: JournalEntry) => {
    const { id } = state();
    library.log.append(id, entry as unknown as JsonValue).catch(trouble);
    touched = true;
    if (++sinceSnapshot >= snapshotEvery) void snapshot().catch(trouble);
  };

  const release = () => {
    if (!held) return;
    clearTimeout(held.timer);
    const { entry } = held;
    held = null;
    write(entry);
  };

  const snapshot = async () => {
    sinceSnapshot = 0;
    const { id, root: document, history } = state();
    const text = serialisePipeline(document);
    const mark: HistoryMark = { op: 'history', text: serialiseHistory(history) };
    const through = await library.log.append(id, mark as unknown as JsonValue);
    await library.documents.save({ id, title: document.title, text }, through);
  };

  /** Leaves the open document: nothing of it is lost, and a copy that nobody touched does not pile up. */
  const leave = async () => {
    release();
    const { id, access } = state();
    if (id === '') return;
    try {
      if (access === 'owner' && touched) await snapshot();
      else if (access === 'owner' && fresh === id) await library.documents.remove(id);
    } finally {
      if (access === 'owner') library.release(id);
    }
  };
  const show = (opening: Opening) => {
    touched = false;
    sinceSnapshot = 0;
    documents().open(opening);
    library.settings.set(lastOpenedSetting, opening.id).catch(trouble);
  };

  const adopt: Keeper['adopt'] = async (document, file = null) => {
    await leave().catch(trouble);
    const id = crypto.randomUUID();
    show({ id, document, file });
    fresh = id;
    try {
      await library.claim(id);
      await library.documents.save({ id, title: document.title, text: serialisePipeline(document) });
    } catch (thrown) {
      trouble(thrown);
    }
  };

  return {
    record(entry) {
      if (entry.op !== 'do' || entry.gesture === undefined) {
        release();
        write(entry);
        return;
      }
      // A later entry of the same gesture on the same thing says all that the earlier one said.
      if (held && !overwrites(entry, held.entry)) release();
      if (held) clearTimeout(held.timer);
      held = { entry, timer: setTimeout(release, gestureDelay) };
    },
    adopt,
    async reopen(id) {
      const recovery = await library.recover(id);
      if (!recovery) return false;
      await leave().catch(trouble);
      const access = (await library.claim(id)) === 'owner' ? 'owner' : 'read-only';
      const { document } = parsePipeline(recovery.text);
      const history = historyAt(recovery.history.map(({ entry }) => entry));
      const entries = recovery.pending
        .map(({ entry }) => entry as unknown as JournalEntry | HistoryMark)
        .filter(isJournalEntry);
      const restored = replay({ document, history }, entries, catalogue);
      fresh = null;
      show({ id, document: restored.document, history: restored.history, access });
      touched = access === 'owner';
      if (restored.applied < entries.length) {
        notices.show({
          level: 'warning',
          title: 'The last edits could not all be restored',
          message: `${restored.applied} of ${entries.length} edits since the last snapshot were repeated.`,
        });
      }
      return true;
    },
    async lastOpened() {
      const value = await library.settings.get(lastOpenedSetting);
      return typeof value === 'string' ? value : null;
    },
    async fork() {
      const { root: document, history } = state();
      const id = crypto.randomUUID();
      await library.claim(id);
      show({ id, document: { ...document, title: `${document.title} (copy)` }, history });
      touched = true;
      await snapshot().catch(trouble);
    },
    flush() {
      release();
      if (touched && state().access === 'owner' && sinceSnapshot > 0) void snapshot().catch(trouble);
    },
  };
}

const isJournalEntry = (entry: JournalEntry | HistoryMark): entry is JournalEntry => entry.op !== 'history';

function overwrites(next: JournalEntry, before: JournalEntry): boolean {
  if (next.op !== 'do' || before.op !== 'do' || next.gesture !== before.gesture) return false;
  return saysAllOf(next.command, before.command);
}

function saysAllOf(a: Command, b: Command): boolean {
  if (a.type === 'within' && b.type === 'within')
    return a.path.join('/') === b.path.join('/') && saysAllOf(a.command, b.command);
  if (a.type === 'set-param' && b.type === 'set-param') return a.node === b.node && a.param === b.param;
  if (a.type === 'move-nodes' && b.type === 'move-nodes') {
    return Object.keys(a.positions).sort().join() === Object.keys(b.positions).sort().join();
  }
  return false;
}

/** The undo history that belongs to the snapshot: the last one marked in the log before it. */
function historyAt(entries: readonly JsonValue[]): History {
  const mark = entries.findLast(
    (entry) => typeof entry === 'object' && entry !== null && 'op' in entry && entry.op === 'history',
  ) as unknown as HistoryMark | undefined;
  return (mark && parseHistory(mark.text)) ?? createHistory();
}
