/** One pipeline of the library: what it looks like, when it was last changed, and what can be done with it. */

import { ActionIcon, Autocomplete, Button, Menu, TextInput } from '@mantine/core';
import { IconCopy, IconDots, IconFolder, IconGitCompare, IconPencil, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { PipelineDocument } from '../../document/schema';
import { useDocument, useSession } from '../../editor/hooks';
import type { DocumentHead } from '../../library/library';
import { useColourScheme } from '../../panels/colour-scheme';
import { GraphThumb } from '../../panels/GraphThumb';
import classes from './Keeping.module.css';
import { whenText } from './when';

interface Props {
  readonly head: DocumentHead;
  readonly isOpen: boolean;
  readonly folders: readonly string[];
  readonly onOpened: () => void;
}

export function LibraryCard({ head, isOpen, folders, onOpened }: Props) {
  const session = useSession();
  const { shelf, versions } = session.keeping;
  const [document, setDocument] = useState<PipelineDocument | null>(null);
  const [editing, setEditing] = useState<'title' | 'folder' | null>(null);
  const present = useDocument((state) => state.root);
  const scheme = useColourScheme();
  const { id, title, updated, folder } = head;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later change is another picture
  useEffect(() => {
    let current = true;
    void shelf.read(id).then((read) => current && setDocument(read));
    return () => {
      current = false;
    };
  }, [shelf, id, updated]);
  const open = async () => {
    if (isOpen || (await shelf.open(id))) onOpened();
  };
  const shown = isOpen ? present : document;
  return (
    <li className={classes.card} data-open={isOpen || undefined}>
      <button type="button" className={classes.picture} onClick={() => void open()} aria-label={`Open ${title}`}>
        {shown && <GraphThumb document={shown} catalogue={session.catalogue} scheme={scheme} />}
      </button>
      <div className={classes.cardText}>
        {editing === null ? (
          <>
            <b>{title}</b>
            <small>
              {isOpen && <span className={classes.openMark}>Open now</span>}
              {folder && <span>{folder}</span>}
              <time dateTime={new Date(updated).toISOString()}>{whenText(updated)}</time>
              {shown && <span>{shown.nodes.length} nodes</span>}
            </small>
          </>
        ) : (
          <CardField
            what={editing}
            value={editing === 'title' ? title : folder}
            folders={folders}
            onDone={(text) => {
              setEditing(null);
              if (text === null) return;
              void (editing === 'title' ? shelf.rename(id, text) : shelf.move(id, text));
            }}
          />
        )}
      </div>
      <div className={classes.cardMenu}>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={32} aria-label={`More about ${title}`}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEditing('title')}>
              Rename
            </Menu.Item>
            <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => setEditing('folder')}>
              Move to a folder
            </Menu.Item>
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void shelf.duplicate(id)}>
              Duplicate
            </Menu.Item>
            <Menu.Item
              leftSection={<IconGitCompare size={16} />}
              disabled={isOpen || !document}
              onClick={() =>
                document &&
                versions.setState({
                  shown: {
                    before: { label: title, document },
                    after: { label: `${present.title} (open)`, document: present },
                  },
                })
              }
            >
              What differs from the open one
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void shelf.discard(id)}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}

interface CardFieldProps {
  readonly what: 'title' | 'folder';
  readonly value: string;
  readonly folders: readonly string[];
  /** Null: leave it as it is. */
  readonly onDone: (text: string | null) => void;
}

function CardField({ what, value, folders, onDone }: CardFieldProps) {
  const [text, setText] = useState(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const clean = text.trim();
    onDone(clean === value || (what === 'title' && clean === '') ? null : clean);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDone(null);
  };
  return (
    <form className={classes.cardForm} onSubmit={submit} onKeyDownCapture={keys}>
      {what === 'title' ? (
        <TextInput
          size="xs"
          aria-label="Title"
          autoFocus
          maxLength={300}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <Autocomplete
          size="xs"
          aria-label="Folder"
          placeholder="Study/Balanced; empty for none"
          autoFocus
          maxLength={200}
          data={[...folders]}
          value={text}
          onChange={setText}
        />
      )}
      <Button type="submit">{what === 'title' ? 'Rename' : 'Move'}</Button>
    </form>
  );
}
