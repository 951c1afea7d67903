/**
 * The documents of the library beside the open one: opening, copying, naming, moving between folders, deleting with a way
 * back. A document that another tab has open is never written.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, toFailure } from '../../core/errors';
import { emptyPipeline } from '../../document/empty-pipeline';
import type { PipelineDocument } from '../../document/schema';
import { serialisePipeline } from '../../document/serialise-pipeline';
import { perform } from '../../graph/history';
import type { Catalogue } from '../../kit/define-node';
import type { DocumentHead, Library } from '../../library/library';
import type { DocumentSession } from '../document-session';
import type { Edits } from '../edits';
import type { Keeper } from '../keeper';
import type { Notices } from '../notices';
import { readKept, writeSnapshot } from './kept-document';

export interface Shelf {
  /** `turn` changes whenever something on the shelf was changed here. */
  readonly store: StoreApi<{ readonly turn: number }>;
  list(): Promise<readonly DocumentHead[]>;
  listDiscarded(): Promise<readonly DocumentHead[]>;
  /** As the last gesture left it; null if it is gone or unreadable. */
  read(id: string): Promise<PipelineDocument | null>;
  open(id: string): Promise<boolean>;
  create(folder?: string): Promise<void>;
  duplicate(id: string): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  move(id: string, folder: string): Promise<void>;
  discard(id: string): Promise<void>;
  bringBack(id: string): Promise<void>;
  removeForGood(id: string): Promise<void>;
  /** Something outside has changed the library: an import. */
  changed(): void;
}

export interface ShelfDependencies {
  readonly library: Library;
  readonly catalogue: Catalogue;
  readonly documents: DocumentSession;
  readonly keeper: Keeper;
  readonly edits: Edits;
  readonly notices: Notices;
}

/** "/Study//Balanced /" to "Study/Balanced". */
export const cleanFolder = (text: string): string =>
  text
    .split('/')
    .map((part) => part.trim())
    .filter(Boolean)
    .join('/')
    .slice(0, 200);

export function createShelf({ library, catalogue, documents, keeper, edits, notices }: ShelfDependencies): Shelf {
  const store = createStore<{ turn: number }>(() => ({ turn: 0 }));
  const changed = () => store.setState(({ turn }) => ({ turn: turn + 1 }));
  const openId = () => documents.store.getState().id;

  /** Runs `task`, tells what went wrong, and has lists drawn again. */
  const guarded = async (title: string, task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (thrown) {
      notices.show({ level: 'error', title, message: describeFailure(toFailure(thrown, { code: 'library.failed' })) });
    }
    changed();
  };
  /** With the document claimed for this tab while `task` runs. */
  const claimed = async (id: string, task: () => Promise<void>): Promise<void> => {
    if ((await library.claim(id)) !== 'owner') {
      notices.show({
        level: 'warning',
        title: 'That pipeline is open in another tab',
        message: 'Nothing was changed. Change it there, or close that tab first.',
      });
      return;
    }
    try {
      await task();
    } finally {
      library.release(id);
    }
  };
  const read = async (id: string) => {
    if (id === openId()) return { document: documents.store.getState().root };
    return readKept(library, catalogue, id);
  };

  const shelf: Shelf = {
    store,
    changed,
    list: () => library.documents.list(),
    listDiscarded: () => library.documents.listDiscarded(),
    async read(id) {
      try {
        return (await read(id))?.document ?? null;
      } catch {
        // One damaged entry must not keep the others from being shown.
        return null;
      }
    },
    async open(id) {
      try {
        if (!(await keeper.reopen(id))) throw new Error('It is no longer in the library.');
        notices.announce(`Opened ${documents.store.getState().root.title}.`);
        changed();
        return true;
      } catch (thrown) {
        const message = describeFailure(
          toFailure(thrown, { code: 'library.failed', cure: 'The open one is unchanged.' }),
        );
        notices.show({ level: 'error', title: 'The pipeline could not be opened', message });
        return false;
      }
    },
    create: (folder = '') =>
      guarded('A new pipeline could not be made', async () => {
        await keeper.adopt(emptyPipeline('Untitled pipeline'));
        if (folder !== '') await library.documents.move(openId(), folder);
        notices.announce('A new, empty pipeline is open.');
      }),
    duplicate: (id) =>
      guarded('The pipeline could not be copied', async () => {
        const source = await read(id);
        if (!source) throw new Error('It is no longer in the library.');
        const folder = (await library.documents.open(id))?.folder ?? '';
        const title = `${source.document.title} (copy)`.slice(0, 300);
        const copy = crypto.randomUUID();
        await library.documents.save({ id: copy, title, text: serialisePipeline({ ...source.document, title }) });
        if (folder !== '') await library.documents.move(copy, folder);
        notices.announce(`Copied as ${title}.`);
      }),
    rename: (id, title) =>
      guarded('The pipeline could not be renamed', async () => {
        if (id === openId()) {
          // Inside a subgraph the title would be that of the subgraph.
          documents.look([]);
          return edits.setTitle(title);
        }
        await claimed(id, async () => {
          const kept = await readKept(library, catalogue, id);
          if (!kept) throw new Error('It is no longer in the library.');
          const done = perform(kept, { type: 'set-title', title }, catalogue);
          if (!done.ok) throw new Error(done.reason);
          await writeSnapshot(library, id, done.document, done.history);
          notices.announce(`Renamed to ${title}.`);
        });
      }),
    move: (id, folder) =>
      guarded('The pipeline could not be moved', async () => {
        const place = cleanFolder(folder);
        await library.documents.move(id, place);
        notices.announce(place === '' ? 'Moved out of its folder.' : `Moved to ${place}.`);
      }),
    discard: (id) =>
      guarded('The pipeline could not be deleted', async () => {
        const before = (await read(id))?.document.title ?? 'The pipeline';
        if (id === openId()) {
          if (documents.store.getState().access !== 'owner') return claimed(id, async () => undefined);
          keeper.retain();
          const other = (await library.documents.list()).find((head) => head.id !== id);
          if (!other || !(await keeper.reopen(other.id))) await keeper.adopt(emptyPipeline('Untitled pipeline'));
        }
        await claimed(id, async () => {
          await library.documents.discard(id);
          notices.show({
            level: 'info',
            title: `Deleted "${before}"`,
            message: 'It can be brought back for 30 days, from the foot of the library.',
            actions: [{ label: 'Undo', run: () => void shelf.bringBack(id) }],
          });
        });
      }),
    bringBack: (id) =>
      guarded('The pipeline could not be brought back', async () => {
        await library.documents.bringBack(id);
        notices.announce('Brought back.');
      }),
    removeForGood: (id) =>
      guarded('The pipeline could not be deleted', async () => {
        await library.documents.remove(id);
        notices.announce('Deleted for good.');
      }),
  };
  return shelf;
}
