/**
 * Keeps the open document beyond the page: every command goes to the library's log, a snapshot follows now and then, and
 * opening again stands where the last gesture left off, undo included. Two tabs never write one document: the second is
 * read-only until it works on a copy. Trouble with the library is told and never stops the editing.
 */
import type { JsonValue } from '../core/canonical-json';
import { describeFailure, toFailure } from '../core/errors';
import type { PipelineDocument } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import type { Command } from '../graph/commands';
import type { Catalogue } from '../kit/define-node';
import type { Library } from '../library/library';
import type { DocumentSession, JournalEntry, Opening } from './document-session';
import { readKept, writeSnapshot } from './keeping/kept-document';
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
  /** The open document counts as changed by hand: it is not dropped when another is opened. */
  retain(): void;
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

/** Which document this tab had, so that a reload comes back to it and not to what another tab opened since. */
const tabMemory = {
  read: (): string | null => globalThis.sessionStorage?.getItem(lastOpenedSetting) ?? null,
  write: (id: string) => globalThis.sessionStorage?.setItem(lastOpenedSetting, id),
};

export function createKeeper({ library, catalogue, documents, notices }: KeeperDependencies): Keeper {
  let held: { entry: JournalEntry; timer: ReturnType<typeof setTimeout> } | null = null;
  let sinceSnapshot = 0;
  /** As the library lists the open document. */
  let listedAs = '';
  /** The document in the library has been changed by hand: worth keeping when another is opened. */
  let touched = false;
  /** A document that this visit put into the library. */
  let fresh: string | null = null;
  let warned = false;
  /** Ends the wait of a read-only tab for the document. */
  let waiting = new AbortController();

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
    // Lists show the title of the last snapshot.
    if (++sinceSnapshot >= snapshotEvery || state().root.title !== listedAs) void snapshot().catch(trouble);
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
    listedAs = document.title;
    await writeSnapshot(library, id, document, history);
  };

  /** Leaves the open document: nothing of it is lost, and a copy that nobody touched does not pile up. */
  const leave = async () => {
    release();
    waiting.abort();
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
    listedAs = opening.document.title;
    documents().open(opening);
    tabMemory.write(opening.id);
    library.settings.set(lastOpenedSetting, opening.id).catch(trouble);
  };

  /** In a second tab: waits until the first has closed, then goes on where it left off. */
  const takeOver = async (id: string) => {
    waiting = new AbortController();
    const { signal } = waiting;
    if (!(await library.claimLater(id, signal))) return;
    const kept = await readKept(library, catalogue, id);
    if (signal.aborted || state().id !== id || !kept) return library.release(id);
    const { document, history } = kept;
    documents().takeOver(document, history);
    touched = true;
    sinceSnapshot = 0;
    notices.show({
      level: 'good',
      title: 'You can edit this pipeline here now',
      message: 'The other tab has closed or let go of it. What was done there is here.',
    });
  };

  const adopt: Keeper['adopt'] = async (document, file = null) => {
    await leave().catch(trouble);
    const id = crypto.randomUUID();
    show({ id, document, file });
    fresh = id;
    try {
      await library.claim(id);
      // Shown before it is kept: what was changed by then is in its snapshot, which this must not write over.
      if (touched && state().id === id) await snapshot();
      else await library.documents.save({ id, title: document.title, text: serialisePipeline(document) });
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
      const kept = await readKept(library, catalogue, id);
      if (!kept) return false;
      await leave().catch(trouble);
      const access = (await library.claim(id)) === 'owner' ? 'owner' : 'read-only';
      // Another tab may have written between the first look and the claim.
      const { document, history, edits, repeated } = (await readKept(library, catalogue, id)) ?? kept;
      fresh = null;
      show({ id, document, history, access });
      touched = access === 'owner';
      if (access === 'read-only') void takeOver(id).catch(trouble);
      if (repeated < edits) {
        notices.show({
          level: 'warning',
          title: 'The last edits could not all be restored',
          message: `${repeated} of ${edits} edits since the last snapshot were repeated.`,
        });
      }
      return true;
    },
    async lastOpened() {
      const here = tabMemory.read();
      if (here !== null && (await library.documents.open(here).catch(() => null))?.discarded === null) return here;
      const value = await library.settings.get(lastOpenedSetting);
      return typeof value === 'string' ? value : null;
    },
    async fork() {
      waiting.abort();
      const { root: document, history } = state();
      const id = crypto.randomUUID();
      await library.claim(id);
      show({ id, document: { ...document, title: `${document.title} (copy)` }, history });
      touched = true;
      await snapshot().catch(trouble);
    },
    retain() {
      touched = state().access === 'owner';
    },
    flush() {
      release();
      if (touched && state().access === 'owner' && sinceSnapshot > 0) void snapshot().catch(trouble);
    },
  };
}

function overwrites(next: JournalEntry, before: JournalEntry): boolean {
  if (next.op !== 'do' || before.op !== 'do' || next.gesture !== before.gesture) return false;
  return saysAllOf(next.command, before.command);
}

function saysAllOf(a: Command, b: Command): boolean {
  if (a.type === 'within' && b.type === 'within')
    return a.path.join('/') === b.path.join('/') && saysAllOf(a.command, b.command);
  if (a.type === 'set-param' && b.type === 'set-param') return a.node === b.node && a.param === b.param;
  if (a.type === 'set-on-form' && b.type === 'set-on-form') return a.node === b.node && a.param === b.param;
  if (a.type === 'move-nodes' && b.type === 'move-nodes') {
    return Object.keys(a.positions).sort().join() === Object.keys(b.positions).sort().join();
  }
  return false;
}
