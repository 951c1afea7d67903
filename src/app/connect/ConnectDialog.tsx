/**
 * Wires without a pointer: choose a port of the node, then what it goes to. What does not fit is listed with the reason and,
 * where a node between would help, that node; new nodes that would take the wire are offered; wires can be taken off. The
 * same list serves fingers.
 */
import { Modal } from '@mantine/core';
import { IconPlus, IconUnlink } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { PortGlyph } from '../../canvas/PortGlyph';
import { addAdapter, addConnected, disconnect } from '../../editor/connect-commands';
import { connectOptions, type PortEnd, type PortRow, portRows } from '../../editor/connections';
import { useDocument, useSession } from '../../editor/hooks';
import { search } from '../../editor/search';
import type { ConnectStart } from '../../editor/session';
import { type PickGroup, type PickItem, PickList } from '../../panels/PickList';
import dialog from '../dialogs/PickDialog.module.css';
import { useReturnFocus } from '../hooks/use-return-focus';

export function ConnectDialog() {
  const session = useSession();
  const from = useStore(session.connect, (state) => state.from);
  const close = () => session.connect.setState({ from: null });
  const name = from ? session.document.nameOf(from.node) : '';
  return (
    <Modal
      opened={from !== null}
      onClose={close}
      withCloseButton={false}
      title={`Connect ${name}`}
      size="lg"
      yOffset="8vh"
      // At once, so that the next key is already the page's.
      transitionProps={{ duration: 0 }}
      centered={false}
      classNames={{ header: dialog.hiddenHeader, body: dialog.body }}
      returnFocus={false}
    >
      {from && <Steps key={`${from.node} ${from.port ?? ''}`} start={from} onClose={close} />}
    </Modal>
  );
}

const endKey = ({ side, node, port }: PortEnd): string => `${side}:${node}:${port}`;

function Steps({ start, onClose }: { start: ConnectStart; onClose: () => void }) {
  const session = useSession();
  const document = useDocument((state) => state.document);
  const { take } = useReturnFocus();
  const rows = useMemo(
    () => portRows(document, session.catalogue, start.node),
    [document, session.catalogue, start.node],
  );
  const given = rows.find(({ port, side }) => port === start.port && (!start.side || side === start.side));
  const [own, setOwn] = useState<PortRow | null>(given ?? (rows.length === 1 ? (rows[0] ?? null) : null));
  const row = own && (rows.find((each) => endKey(each) === endKey(own)) ?? null);
  return row ? (
    <OtherEnd
      row={row}
      onBack={rows.length > 1 ? () => setOwn(null) : undefined}
      onClose={onClose}
      onElsewhere={take}
    />
  ) : (
    <OwnPort node={start.node} rows={rows} onPick={setOwn} />
  );
}

interface OwnPortProps {
  readonly node: string;
  readonly rows: readonly PortRow[];
  readonly onPick: (row: PortRow) => void;
}

function OwnPort({ node, rows, onPick }: OwnPortProps) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const found = search(query, rows, ({ label, port, kinds }) => ({ title: label, keywords: [port, ...kinds] }));
  const item = (row: PortRow): PickItem => ({
    id: endKey(row),
    title: row.label,
    detail: row.type,
    icon: <PortGlyph kind={row.kinds[0]} hollow={row.side === 'input' && row.wiredTo.length === 0} />,
    right:
      row.wiredTo.length > 0 ? (
        `${row.side === 'output' ? 'to' : 'from'} ${row.wiredTo.join(', ')}`
      ) : row.required ? (
        <span className={dialog.missing}>not wired</span>
      ) : (
        'free'
      ),
  });
  const groups: readonly PickGroup[] = [
    { title: 'Outputs: connect to…', items: found.filter(({ side }) => side === 'output').map(item) },
    { title: 'Inputs: connect from…', items: found.filter(({ side }) => side === 'input').map(item) },
  ];
  return (
    <>
      <p className={dialog.steps}>
        <span>
          Connect <b>{session.document.nameOf(node)}</b>: which port?
        </span>
      </p>
      <PickList
        label={`Port of ${session.document.nameOf(node)}`}
        placeholder="Port"
        query={query}
        onQuery={setQuery}
        groups={groups}
        onPick={(id) => {
          const row = rows.find((each) => endKey(each) === id);
          if (row) onPick(row);
        }}
        empty={rows.length === 0 ? 'This node has no ports that are known here.' : `No port is called “${query}”.`}
      />
    </>
  );
}

interface OtherEndProps {
  readonly row: PortRow;
  readonly onBack: (() => void) | undefined;
  readonly onClose: () => void;
  /** The focus went to a new node. */
  readonly onElsewhere: () => void;
}

function OtherEnd({ row, onBack, onClose, onElsewhere }: OtherEndProps) {
  const session = useSession();
  const { catalogue } = session;
  const document = useDocument((state) => state.document);
  const [query, setQuery] = useState('');
  const options = useMemo(() => connectOptions(document, catalogue, row), [document, catalogue, row]);
  const work = useRef(new Map<string, () => boolean>());
  const out = row.side === 'output';

  const groups = useMemo<readonly PickGroup[]>(() => {
    const onChoose = new Map<string, () => boolean>();
    const ownName = session.document.nameOf(row.node);
    const items = (list: readonly (PickItem & { readonly words: readonly string[] })[]): readonly PickItem[] =>
      search(query, list, ({ title, words }) => ({ title, keywords: words })).map(({ words: _, ...item }) => item);
    const wired = options.wired.map((choice) => {
      const id = `wired ${choice.wire}`;
      onChoose.set(id, () => {
        disconnect(session, choice.wire, ownName, choice.nodeName);
        return false;
      });
      return {
        id,
        title: `${choice.nodeName}, ${choice.label}`,
        detail: 'Enter disconnects it',
        quiet: true,
        icon: <IconUnlink size={16} stroke={1.7} />,
        right: <span className={dialog.wiredMark}>connected</span>,
        words: ['disconnect', 'unplug', choice.end.node],
      };
    });
    const fits = options.fits.map((choice) => {
      const id = endKey(choice.end);
      onChoose.set(id, () => session.edits.connect(choice.ends));
      return {
        id,
        title: `${choice.nodeName}, ${choice.label}`,
        icon: <PortGlyph kind={choice.kinds[0]} hollow={out} />,
        ...(choice.replaces ? { right: out ? 'replaces its wire' : 'replaces the wire here' } : {}),
        words: [choice.end.node, choice.end.port],
      };
    });
    const fresh = options.fresh.map((choice) => {
      const id = `new ${choice.type}`;
      onChoose.set(id, () => {
        const made = addConnected(session, row, choice);
        if (made === null) return false;
        onElsewhere();
        requestAnimationFrame(() => requestAnimationFrame(() => session.canvas.current?.focus(made)));
        return true;
      });
      return {
        id,
        title: `New ${choice.title}`,
        detail: `wired to its ${choice.label}`,
        icon: <IconPlus size={16} stroke={1.7} />,
        words: ['new', 'add', choice.type, ...(catalogue.get(choice.type)?.docs.keywords ?? [])],
      };
    });
    const excluded = options.excluded.map((choice) => {
      const id = `not ${endKey(choice.end)}`;
      const between = choice.adapters[0] && catalogue.get(choice.adapters[0])?.title;
      if (between) onChoose.set(id, () => addAdapter(session, choice.ends, choice.adapters));
      return {
        id,
        title: `${choice.nodeName}, ${choice.label}`,
        detail: between ? `${choice.reason} Enter puts ${between} between them.` : choice.reason,
        icon: <PortGlyph kind={choice.kinds[0]} hollow={out} />,
        disabled: !between,
        words: [choice.end.node, choice.end.port],
      };
    });
    work.current = onChoose;
    return [
      { title: 'Connected', items: items(wired) },
      { title: 'Fits', items: items(fits) },
      { title: out ? 'New node that takes this' : 'New node that gives this', items: items(fresh) },
      { title: 'Does not fit', items: items(excluded) },
    ];
  }, [options, query, session, catalogue, row, out, onElsewhere]);

  return (
    <>
      <p className={dialog.steps}>
        <span>
          Connect <b>{`${row.label} of ${session.document.nameOf(row.node)}`}</b> {out ? 'to' : 'from'}
        </span>
        {onBack && (
          <button type="button" className={dialog.back} onClick={onBack}>
            Other port
          </button>
        )}
      </p>
      <PickList
        label={`${out ? 'Connect' : 'Feed'} ${row.label} of ${session.document.nameOf(row.node)} ${out ? 'to' : 'from'}`}
        placeholder="Node or port"
        query={query}
        onQuery={setQuery}
        groups={groups}
        onPick={(id) => {
          const done = work.current.get(id)?.() ?? false;
          if (done) onClose();
        }}
        {...(onBack ? { onBack } : {})}
        empty={`Nothing that is called “${query}”.`}
        foot={
          <>
            <span>Enter connects</span>
            {onBack && <span>Backspace chooses another port</span>}
            <span>Esc closes</span>
          </>
        }
      />
    </>
  );
}
