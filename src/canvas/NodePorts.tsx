/**
 * Ports of a card: label, and a handle whose colour and shape tell the kind, with the inferred type as its tooltip. Ports
 * of an unknown node type are those that its wires name.
 */
import { memo } from 'react';
import { Handle, Position } from 'reactflow';
import { useDocument, useInference } from '../editor/hooks';
import { graphIndex } from '../graph/graph-index';
import type { AnyNode } from '../kit/define-node';
import { formatPortType, type PortKind } from '../kit/port-type';
import { useConnecting } from './connecting';
import classes from './NodeCard.module.css';
import { PassThrough } from './PassThrough';
import { PortGlyph } from './PortGlyph';

interface PortRow {
  readonly port: string;
  readonly label: string;
  readonly help: string;
  readonly kinds: readonly PortKind[];
  readonly required: boolean;
}

const inputRows = (definition: AnyNode): PortRow[] =>
  Object.entries(definition.inputs).map(([port, { label, help, kinds, optional }]) => ({
    port,
    label,
    help,
    kinds,
    required: !optional,
  }));
const outputRows = (definition: AnyNode): PortRow[] =>
  Object.entries(definition.outputs).map(([port, { label, help, kind }]) => ({
    port,
    label,
    help,
    kinds: [kind],
    required: false,
  }));

const bareRow = (port: string): PortRow => ({ port, label: port, help: '', kinds: [], required: false });

export const NodePorts = memo(function NodePorts({ id, definition }: { id: string; definition: AnyNode | null }) {
  // A string, so that the selector's answer compares by value.
  const wired = useDocument(({ document }) => {
    const index = graphIndex(document);
    const into = [...new Set(index.incoming(id).map((wire) => wire.to.port))];
    const out = [...new Set(index.outgoing(id).map((wire) => wire.from.port))];
    return JSON.stringify([into, out]);
  });
  const bypassed = useDocument(({ document }) => graphIndex(document).nodes.get(id)?.mode === 'bypass');
  const [into, out] = JSON.parse(wired) as [string[], string[]];
  const inputs = definition ? inputRows(definition) : into.map(bareRow);
  const outputs = definition ? outputRows(definition) : out.map(bareRow);
  const rows = Math.max(inputs.length, outputs.length);
  return (
    <div className={classes.ports}>
      {bypassed && definition && <PassThrough definition={definition} />}
      {Array.from({ length: rows }, (_, row) => (
        <div className={classes.row} key={`${inputs[row]?.port ?? ''} ${outputs[row]?.port ?? ''}`}>
          {inputs[row] && <InputPort id={id} row={inputs[row]} wired={into.includes(inputs[row].port)} />}
          {outputs[row] && <OutputPort id={id} row={outputs[row]} />}
        </div>
      ))}
    </div>
  );
});

function InputPort({ id, row, wired }: { id: string; row: PortRow; wired: boolean }) {
  const fit = useConnecting(id, row.port, 'target');
  const isMissing = row.required && !wired;
  const kinds = row.kinds.join(' or ');
  const title = [`${row.label}: ${kinds || 'unknown kind'}${row.required ? '' : ' (optional)'}`, row.help]
    .filter(Boolean)
    .join('\n');
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        id={row.port}
        className={classes.handle}
        data-fit={fit}
        title={title}
      >
        <span className={classes.glyph}>
          <PortGlyph kind={row.kinds[0]} hollow={!wired} />
        </span>
      </Handle>
      <span className={isMissing ? classes.missing : undefined} title={title}>
        {row.label}
        {isMissing && <span className="sl-visually-hidden"> (not wired)</span>}
      </span>
    </>
  );
}

function OutputPort({ id, row }: { id: string; row: PortRow }) {
  const fit = useConnecting(id, row.port, 'source');
  const type = useInference(id)?.outputs[row.port];
  const title = [`${row.label}: ${type ? formatPortType(type) : row.kinds.join(' or ') || 'unknown kind'}`, row.help]
    .filter(Boolean)
    .join('\n');
  return (
    <>
      <span className={classes.out} title={title}>
        {row.label}
      </span>
      <Handle
        type="source"
        position={Position.Right}
        id={row.port}
        // Shift-drag moves all its wires; without the mark React Flow would draw a selection box.
        className={`${classes.handle} nokey`}
        data-fit={fit}
        title={title}
      >
        <span className={classes.glyph}>
          <PortGlyph kind={row.kinds[0]} hollow={false} />
        </span>
      </Handle>
    </>
  );
}
