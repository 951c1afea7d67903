/** One node of the outline: name and state, and when it is open its ports with their wires, and its parameters. */
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconFocusCentered, IconX } from '@tabler/icons-react';
import { titleOf } from '../../canvas/flow-view';
import { PortGlyph } from '../../canvas/PortGlyph';
import { disconnect } from '../../editor/connect-commands';
import { connectionsOf, type PortRow, portRows } from '../../editor/connections';
import { useDocument, useInference, useIsRunning, useNode, useNodeStatus, useSession } from '../../editor/hooks';
import { ParamForm } from '../../panels/ParamForm';
import { StateBadge } from '../../panels/StateBadge';
import { importAssets } from '../import-files';
import classes from './Outline.module.css';

interface Props {
  readonly id: string;
  readonly open: boolean;
  readonly selected: boolean;
  readonly onToggle: () => void;
  readonly onShow: () => void;
}

export function OutlineNode({ id, open, selected, onToggle, onShow }: Props) {
  const session = useSession();
  const node = useNode(id);
  const { state, text, reason, fraction } = useNodeStatus(id);
  const inference = useInference(id);
  if (!node) return null;
  const title = titleOf(node, session.catalogue);
  const mode = node.mode ?? 'on';
  const shown = mode === 'on' ? text : mode === 'mute' ? 'Muted' : 'Bypassed';
  const problems = inference?.problems.length ?? 0;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <li className={classes.node} data-selected={selected || undefined}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.title}
          data-outline={id}
          aria-expanded={open}
          {...(selected ? { 'aria-current': true } : {})}
          onClick={onToggle}
        >
          <Chevron size={14} aria-hidden />
          <span className={classes.name}>
            {title} <code>{id}</code>
          </span>
          <StateBadge state={state} text={shown} reason={reason} fraction={fraction} />
          {problems > 0 && <span className="sl-visually-hidden">{problems} problems</span>}
        </button>
        <ActionIcon
          size={24}
          className={classes.show}
          aria-label={`Select ${title} (${id}) on the canvas`}
          onClick={onShow}
        >
          <IconFocusCentered size={15} />
        </ActionIcon>
      </div>
      {open && <Open id={id} title={title} />}
    </li>
  );
}

function Open({ id, title }: { id: string; title: string }) {
  const session = useSession();
  const document = useDocument((state) => state.document);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const running = useIsRunning();
  const inference = useInference(id);
  const status = useNodeStatus(id);
  const node = useNode(id);
  const definition = node && session.catalogue.get(node.type);
  const rows = portRows(document, session.catalogue, id);
  const problems = inference?.problems ?? [];
  return (
    <div className={classes.open}>
      <p className={classes.reason}>{status.reason}</p>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label="Problems">
          {problems.map(({ reason }) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <div className={classes.actions}>
        <Button size="compact-xs" variant="default" disabled={running} onClick={() => session.runner.run({ to: [id] })}>
          Run to here
        </Button>
        {definition && (
          <Button size="compact-xs" variant="default" onClick={() => session.viewer.setState({ shown: { node: id } })}>
            Open large
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          disabled={readOnly}
          onClick={() => session.edits.remove([id], [])}
          aria-label={`Delete ${title}`}
        >
          Delete
        </Button>
      </div>
      <Ports label="Inputs" rows={rows.filter(({ side }) => side === 'input')} readOnly={readOnly} />
      <Ports label="Outputs" rows={rows.filter(({ side }) => side === 'output')} readOnly={readOnly} />
      {definition && Object.keys(definition.params).length > 0 && (
        <section aria-label={`Parameters of ${title}`}>
          <h2 className={classes.heading}>Parameters</h2>
          <ParamForm
            definition={definition}
            id={`outline-${id}`}
            values={inference?.params ?? {}}
            problems={Object.fromEntries(
              problems.flatMap(({ param, reason }) => (param === undefined ? [] : [[param, reason]])),
            )}
            disabled={readOnly}
            onChange={(param, value, gesture) => session.edits.setParam(id, param, value, gesture)}
            onPreset={(preset) => session.edits.setParams(id, preset.params as never, preset.label)}
            onImportFiles={(files) => importAssets(session, files)}
          />
        </section>
      )}
    </div>
  );
}

interface PortsProps {
  readonly label: string;
  readonly rows: readonly PortRow[];
  readonly readOnly: boolean;
}

function Ports({ label, rows, readOnly }: PortsProps) {
  const session = useSession();
  const document = useDocument((state) => state.document);
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className={classes.heading}>{label}</h2>
      <ul className={classes.ports} aria-label={label}>
        {rows.map((row) => (
          <li key={row.port}>
            <div className={classes.port}>
              <PortGlyph kind={row.kinds[0]} size={11} hollow={row.side === 'input' && row.wiredTo.length === 0} />
              <span className={classes.portName}>
                {row.label}
                <small>{row.type}</small>
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={readOnly}
                aria-label={`Connect ${row.label} ${row.side === 'output' ? 'to' : 'from'}…`}
                onClick={() => session.connect.setState({ from: { node: row.node, port: row.port, side: row.side } })}
              >
                {row.side === 'output' ? 'Connect to…' : 'Connect from…'}
              </Button>
            </div>
            {connectionsOf(document, row).map(({ wire, node, port }) => (
              <div key={wire} className={classes.wire}>
                <span>
                  {row.side === 'output' ? 'to' : 'from'} {session.document.nameOf(node)}, {port}
                </span>
                <ActionIcon
                  size={22}
                  disabled={readOnly}
                  aria-label={`Disconnect ${row.label} from ${session.document.nameOf(node)}, ${port}`}
                  onClick={() =>
                    disconnect(session, wire, session.document.nameOf(row.node), session.document.nameOf(node))
                  }
                >
                  <IconX size={13} />
                </ActionIcon>
              </div>
            ))}
            {row.required && row.wiredTo.length === 0 && <p className={classes.missing}>Not wired, and needed.</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
