/** Pipelines to start from: the files of pipelines/, an empty one, and what this browser already holds. */
import { Modal } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { emptyPipeline } from '../../document/empty-pipeline';
import { useSession } from '../../editor/hooks';
import type { DocumentHead } from '../../library/library';
import { type GalleryEntry, loadGallery } from '../gallery';
import { LessonList } from '../lessons/LessonList';
import classes from './Dialogs.module.css';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const recentAtMost = 6;

export function GalleryDialog({ opened, onClose }: DialogProps) {
  const session = useSession();
  const [entries, setEntries] = useState<readonly GalleryEntry[]>([]);
  const [recent, setRecent] = useState<readonly DocumentHead[]>([]);
  useEffect(() => {
    if (!opened) return;
    void loadGallery().then(setEntries);
    const { id } = session.document.store.getState();
    session.library.documents
      .list()
      .then((heads) => setRecent(heads.filter((head) => head.id !== id).slice(0, recentAtMost)))
      .catch(() => setRecent([]));
  }, [opened, session]);

  const openEntry = async (entry: GalleryEntry) => {
    onClose();
    await session.openText(entry.text, entry.title);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Open a pipeline"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <LessonList onStart={onClose} />
      <h3 className={classes.heading}>Pipelines</h3>
      <div className={classes.cards}>
        {entries.map((entry) => (
          <button key={entry.name} type="button" className={classes.entry} onClick={() => openEntry(entry)}>
            <strong>{entry.title}</strong>
            <span>{entry.description}</span>
            <small>{entry.nodeCount} nodes</small>
          </button>
        ))}
        <button
          type="button"
          className={classes.entry}
          onClick={() => {
            onClose();
            void session.keeper.adopt(emptyPipeline('Untitled pipeline'));
          }}
        >
          <strong>
            <IconFilePlus size={16} aria-hidden /> Empty pipeline
          </strong>
          <span>Start from nothing and drag nodes from the list.</span>
        </button>
      </div>
      {recent.length > 0 && (
        <>
          <h3 className={classes.heading}>Kept in this browser</h3>
          <ul className={classes.recent}>
            {recent.map((head) => (
              <li key={head.id}>
                <button
                  type="button"
                  onClick={() => {
                    onClose();
                    void session.keeper.reopen(head.id);
                  }}
                >
                  <span>{head.title}</span>
                  <time dateTime={new Date(head.updated).toISOString()}>{new Date(head.updated).toLocaleString()}</time>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}
