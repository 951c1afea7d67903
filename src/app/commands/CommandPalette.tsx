/** Ctrl+K: every command, node type, node of the pipeline and pipeline of the gallery, found by a few letters. */
import { Modal } from '@mantine/core';
import { IconArrowRight, IconBolt, IconLayoutGrid, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { titleOf } from '../../canvas/flow-view';
import { emptyPipeline } from '../../document/empty-pipeline';
import { useDocument, useSession } from '../../editor/hooks';
import { Keys } from '../../panels/KeysOf';
import { type PickGroup, PickList } from '../../panels/PickList';
import dialog from '../dialogs/PickDialog.module.css';
import { type GalleryEntry, loadGallery } from '../gallery';
import { useReturnFocus } from '../hooks/use-return-focus';
import { type CommandItem, type CommandKind, commandGroups } from './command-items';

const icons: Readonly<Record<CommandKind, TablerIcon>> = {
  action: IconBolt,
  go: IconArrowRight,
  insert: IconPlus,
  pipeline: IconLayoutGrid,
};

export function CommandPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      title="Find a command, node or pipeline"
      size="lg"
      yOffset="10vh"
      // At once, so that the next key is already the page's.
      transitionProps={{ duration: 0 }}
      centered={false}
      classNames={{ header: dialog.hiddenHeader, body: dialog.body }}
      // What was taken says where the focus goes.
      returnFocus={false}
    >
      {opened && <Commands onClose={onClose} />}
    </Modal>
  );
}

function Commands({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const [gallery, setGallery] = useState<readonly GalleryEntry[]>([]);
  const actions = useStore(session.keymap.store, (state) => state.actions);
  const document = useDocument((state) => state.document);
  const { before, take } = useReturnFocus();
  useEffect(() => {
    let current = true;
    void loadGallery().then((entries) => current && setGallery(entries));
    return () => {
      current = false;
    };
  }, []);
  const { catalogue } = session;
  const items = useMemo<readonly CommandItem[]>(
    () => [
      ...actions
        .filter(({ id }) => id !== 'palette')
        .map(
          ({ id, label, keywords = [], chords, group }): CommandItem => ({
            id: `action:${id}`,
            kind: 'action',
            title: label,
            keywords: [...keywords, group],
            chords,
          }),
        ),
      ...document.nodes.map(
        (node): CommandItem => ({
          id: `go:${node.id}`,
          kind: 'go',
          title: titleOf(node, catalogue),
          detail: node.id,
          keywords: [node.id, node.type, 'go to', 'select'],
        }),
      ),
      ...[...catalogue.values()].map(
        ({ type, title, docs }): CommandItem => ({
          id: `insert:${type}`,
          kind: 'insert',
          title,
          detail: docs.summary,
          keywords: [type, ...(docs.keywords ?? []), docs.summary, 'add'],
        }),
      ),
      ...gallery.map(
        ({ name, title, description }): CommandItem => ({
          id: `pipeline:${name}`,
          kind: 'pipeline',
          title,
          detail: description.split(/(?<=\.)\s/)[0] ?? '',
          keywords: [name, description, 'open'],
        }),
      ),
      {
        id: 'pipeline:',
        kind: 'pipeline',
        title: 'Empty pipeline',
        detail: 'Start from nothing.',
        keywords: ['new', 'blank'],
      },
    ],
    [actions, document, catalogue, gallery],
  );
  const groups = useMemo(() => commandGroups(items, query), [items, query]);

  const pick = (id: string) => {
    take();
    onClose();
    const name = id.slice(id.indexOf(':') + 1);
    // After the dialog has given the page back.
    const later = (work: () => unknown) => requestAnimationFrame(() => requestAnimationFrame(work));
    if (id.startsWith('action:')) {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      const action = actions.find((each) => each.id === name);
      later(() => {
        if (action?.fromPalette) void action.fromPalette(session);
        else if (action && !action.run(session))
          session.notices.show({ level: 'info', title: `${action.label}: there is nothing to do it to now` });
      });
    } else if (id.startsWith('go:')) {
      session.selection.set([name]);
      later(() => session.canvas.current?.show(name));
    } else if (id.startsWith('insert:')) {
      later(() => {
        const node = session.edits.addNode(name);
        if (node !== null) session.canvas.current?.focus(node);
      });
    } else if (name === '') {
      void session.keeper.adopt(emptyPipeline('Untitled pipeline'));
    } else {
      const entry = gallery.find((each) => each.name === name);
      if (entry) void session.openText(entry.text, entry.title);
    }
  };

  const shown: readonly PickGroup[] = groups.map(({ title, items: found }) => ({
    title,
    items: found.map(({ id, kind, title: text, detail, chords }) => {
      const Icon = icons[kind];
      return {
        id,
        title: text,
        icon: <Icon size={16} stroke={1.7} />,
        ...(detail ? { detail } : {}),
        ...(chords?.[0] ? { right: <Keys chord={chords[0]} /> } : {}),
      };
    }),
  }));
  return (
    <PickList
      label="Command, node or pipeline"
      placeholder="Type a command, a node or a pipeline"
      query={query}
      onQuery={setQuery}
      groups={shown}
      onPick={pick}
      empty={`Nothing is called “${query}”.`}
      foot={
        <>
          <span>↑ ↓ choose</span>
          <span>Enter takes it</span>
          <span>Esc closes</span>
        </>
      }
    />
  );
}
