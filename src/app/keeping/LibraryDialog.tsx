/** Every pipeline that this browser keeps: in folders, found by name and contents, opened, copied, renamed, moved, deleted, taken out and in. */
import { Button, TextInput } from '@mantine/core';
import {
  IconFilePlus,
  IconFolder,
  IconFolders,
  IconPackageExport,
  IconPackageImport,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { describeFailure, toFailure } from '../../core/errors';
import { download, pickByInput } from '../../editor/file-io';
import { useDocument, useSession } from '../../editor/hooks';
import { exportLibrary, importWithNotice } from '../../editor/keeping/exchange';
import { chooseDocuments, type FolderChoice, foldersOf } from '../../editor/keeping/folders';
import type { DocumentHead } from '../../library/library';
import { DiscardedList } from './DiscardedList';
import classes from './Keeping.module.css';
import { KeepingModal } from './KeepingModal';
import { LibraryCard } from './LibraryCard';
import { useDocumentWords } from './use-document-words';

export function LibraryDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <KeepingModal opened={opened} onClose={onClose} title="Library">
      <Contents onClose={onClose} />
    </KeepingModal>
  );
}

type Choice = FolderChoice | { readonly deleted: true };
const pageSize = 24;

function Contents({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const { shelf } = session.keeping;
  const turn = useStore(shelf.store, (state) => state.turn);
  const openId = useDocument((state) => state.id);
  const openTitle = useDocument((state) => state.root.title);
  const [heads, setHeads] = useState<readonly DocumentHead[] | null>(null);
  const [discarded, setDiscarded] = useState<readonly DocumentHead[]>([]);
  const [choice, setChoice] = useState<Choice>(null);
  const [query, setQuery] = useState('');
  const [pages, setPages] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was changed here makes the lists others
  useEffect(() => {
    shelf
      .list()
      .then(setHeads)
      .catch(() => setHeads([]));
    shelf
      .listDiscarded()
      .then(setDiscarded)
      .catch(() => setDiscarded([]));
  }, [shelf, turn, openId, openTitle]);
  const deleted = typeof choice === 'object' && choice !== null;
  // The title of a document that is not saved yet is that of the open one.
  const named = (heads ?? []).map((head) => (head.id === openId ? { ...head, title: openTitle } : head));
  const folders = foldersOf(named);
  const known = typeof choice === 'string' && choice !== '' && !folders.some(({ folder }) => folder === choice);
  const words = useDocumentWords(heads, query.trim() !== '');
  const found = deleted ? [] : chooseDocuments(named, known ? null : choice, query, words.of);
  const shown = found.slice(0, pages * pageSize);
  const folder = typeof choice === 'string' ? choice : '';
  return (
    <div className={classes.library}>
      <div className={classes.bar}>
        <TextInput
          size="xs"
          aria-label="Search the library"
          placeholder="Search titles, descriptions, nodes"
          leftSection={<IconSearch size={15} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button
          leftSection={<IconFilePlus size={15} />}
          onClick={() => {
            onClose();
            void shelf.create(folder);
          }}
        >
          New
        </Button>
        <ExchangeButtons />
      </div>
      <div className={classes.shelves}>
        <nav className={classes.folders} aria-label="Folders">
          <FolderButton
            icon={<IconFolders size={16} aria-hidden />}
            name="Everything"
            count={named.length}
            pressed={choice === null}
            onClick={() => setChoice(null)}
          />
          {folders.map((entry) => (
            <FolderButton
              key={entry.folder}
              icon={<IconFolder size={16} aria-hidden />}
              name={entry.name}
              title={entry.folder}
              depth={entry.depth}
              count={entry.count}
              pressed={choice === entry.folder}
              onClick={() => setChoice(entry.folder)}
            />
          ))}
          {folders.length > 0 && (
            <FolderButton
              icon={<IconFolder size={16} aria-hidden />}
              name="In no folder"
              count={named.filter((head) => head.folder === '').length}
              pressed={choice === ''}
              onClick={() => setChoice('')}
            />
          )}
          {discarded.length > 0 && (
            <FolderButton
              icon={<IconTrash size={16} aria-hidden />}
              name="Deleted"
              count={discarded.length}
              pressed={deleted}
              onClick={() => setChoice({ deleted: true })}
            />
          )}
        </nav>
        <div className={classes.documents}>
          {deleted ? (
            <DiscardedList heads={discarded} />
          ) : (
            <>
              {heads !== null && found.length === 0 && (
                <p className={classes.none}>
                  {query === '' && 'Nothing is kept here yet.'}
                  {query !== '' && (words.reading ? 'Looking into the pipelines…' : `Nothing here matches "${query}".`)}
                </p>
              )}
              <ul className={classes.cards} aria-label="Pipelines">
                {shown.map((head) => (
                  <LibraryCard
                    key={head.id}
                    head={head}
                    isOpen={head.id === openId}
                    folders={folders.map((entry) => entry.folder)}
                    onOpened={onClose}
                  />
                ))}
              </ul>
              {found.length > shown.length && (
                <Button variant="default" onClick={() => setPages(pages + 1)}>
                  Show {Math.min(pageSize, found.length - shown.length)} more of {found.length}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
}

interface FolderButtonProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly title?: string;
  readonly depth?: number;
  readonly count: number;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

function FolderButton({ icon, name, title, depth = 0, count, pressed, onClick }: FolderButtonProps) {
  return (
    <button
      type="button"
      className={classes.folder}
      style={{ paddingLeft: 8 + 14 * depth }}
      title={title}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {icon}
      <span>{name}</span>
      <small className="sl-number">{count}</small>
    </button>
  );
}

function ExchangeButtons() {
  const session = useSession();
  const { library, catalogue, notices, keeping } = session;
  const [busy, setBusy] = useState<'in' | 'out' | null>(null);
  const takeOut = async () => {
    setBusy('out');
    try {
      session.keeper.flush();
      const name = `spikeloom-library-${new Date().toISOString().slice(0, 10)}.zip`;
      download(await exportLibrary(library, catalogue), name);
      notices.show({
        level: 'good',
        title: `Saved ${name}`,
        message: 'It holds every pipeline with its points, runs and files.',
      });
    } catch (thrown) {
      notices.show({
        level: 'error',
        title: 'The library could not be exported',
        message: describeFailure(toFailure(thrown)),
      });
    }
    setBusy(null);
  };
  const takeIn = async () => {
    const file = await pickByInput('.zip,application/zip');
    if (!file) return;
    setBusy('in');
    await importWithNotice({ library, catalogue, notices }, file);
    keeping.shelf.changed();
    setBusy(null);
  };
  return (
    <>
      <Button
        variant="default"
        loading={busy === 'in'}
        leftSection={<IconPackageImport size={15} />}
        onClick={() => void takeIn()}
      >
        Import
      </Button>
      <Button
        variant="default"
        loading={busy === 'out'}
        leftSection={<IconPackageExport size={15} />}
        onClick={() => void takeOut()}
      >
        Export all
      </Button>
    </>
  );
}
