/** Restore points of the open pipeline: the list, one kept by hand, what each would bring back, and going back to it. */
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconBookmark, IconHistory, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { PipelineDocument } from '../../document/schema';
import { useDocument, useSession } from '../../editor/hooks';
import type { RestorePointHead } from '../../library/library';
import classes from './Keeping.module.css';
import { KeepingModal } from './KeepingModal';
import { VersionDifference } from './VersionDifference';
import { whenText } from './when';

export function PointsDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <KeepingModal opened={opened} onClose={onClose} title="Restore points">
      <Points onClose={onClose} />
    </KeepingModal>
  );
}

function Points({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const { points } = session.keeping;
  const turn = useStore(points.store, (state) => state.turn);
  const id = useDocument((state) => state.id);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const [list, setList] = useState<readonly RestorePointHead[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn or document is what makes the list another
  useEffect(() => {
    points
      .list()
      .then(setList)
      .catch(() => setList([]));
  }, [points, turn, id]);
  const point = list?.find((entry) => entry.id === chosen) ?? null;
  return (
    <div className={classes.points}>
      <form
        className={classes.keepForm}
        onSubmit={(event) => {
          event.preventDefault();
          void points.keep(name);
          setName('');
        }}
      >
        <TextInput
          size="xs"
          aria-label="Name of the restore point"
          placeholder="Name it, for example: before changing g"
          maxLength={120}
          value={name}
          disabled={readOnly}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={readOnly} leftSection={<IconBookmark size={15} />}>
          Keep a point now
        </Button>
      </form>
      <p className={classes.note}>
        Every edit is kept as you make it. Points are made before the first change, at each run and every five minutes
        of editing; the 50 that say most are kept, yours the longest.
      </p>
      <div className={classes.split}>
        <ul className={classes.list} aria-label="Restore points">
          {list?.length === 0 && <li className={classes.none}>None yet: the first is made at your first change.</li>}
          {list?.map((entry) => (
            <li key={entry.id}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={entry.id === chosen}
                onClick={() => setChosen(entry.id === chosen ? null : entry.id)}
              >
                {entry.automatic ? (
                  <IconHistory size={16} aria-label="Made by itself" />
                ) : (
                  <IconBookmark size={16} aria-label="Kept by hand" />
                )}
                <span>
                  <b>{entry.label}</b>
                  <time dateTime={new Date(entry.at).toISOString()}>{whenText(entry.at)}</time>
                </span>
              </button>
              <Tooltip label="Delete this point">
                <ActionIcon
                  size={36}
                  aria-label={`Delete the point ${entry.label}, ${whenText(entry.at)}`}
                  onClick={() => void points.remove(entry.id)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            </li>
          ))}
        </ul>
        <section className={classes.detail} aria-label="Preview of the point">
          {point ? (
            <Preview key={point.id} point={point} readOnly={readOnly} onClose={onClose} />
          ) : (
            <p className={classes.none}>Choose a point to see what differs from now.</p>
          )}
        </section>
      </div>
    </div>
  );
}

interface PreviewProps {
  readonly point: RestorePointHead;
  readonly readOnly: boolean;
  readonly onClose: () => void;
}

function Preview({ point, readOnly, onClose }: PreviewProps) {
  const session = useSession();
  const { points } = session.keeping;
  const present = useDocument((state) => state.root);
  const [document, setDocument] = useState<PipelineDocument | 'unreadable' | null>(null);
  useEffect(() => {
    points
      .read(point.id)
      .then((read) => setDocument(read ?? 'unreadable'))
      .catch(() => setDocument('unreadable'));
  }, [points, point.id]);
  if (document === null) return null;
  if (document === 'unreadable') return <p className={classes.none}>This point can no longer be read.</p>;
  const label = `${point.label}, ${whenText(point.at)}`;
  return (
    <>
      <div className={classes.buttons}>
        <Button
          disabled={readOnly}
          leftSection={<IconHistory size={15} />}
          onClick={() => {
            onClose();
            void points.restore(point);
          }}
        >
          Go back to this
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onClose();
            void session.keeper.adopt({ ...document, title: `${document.title} (${point.label})`.slice(0, 300) });
          }}
        >
          Open as a new pipeline
        </Button>
      </div>
      <VersionDifference pair={{ before: { label, document }, after: { label: 'As it is now', document: present } }} />
    </>
  );
}
