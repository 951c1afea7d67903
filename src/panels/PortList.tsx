/**
 * The ports of a node with the types that flow through them, as inferred before anything runs.
 *
 * Props
 * - definition: anything with `inputs` and `outputs`.
 * - scheme: 'light' or 'dark', for the glyphs.
 * - inputTypes: by input port, the inferred type of what is wired; absent = no wire.
 * - outputTypes: by output port; absent = not known yet.
 * - sources: by input port, where its wire comes from ("Readout, features").
 * - problem: { port?, reason }: why the types do not fit.
 */
import { Tooltip } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { AnyNode } from '../kit/define-node';
import { formatPortType, type PortKind, type PortType } from '../kit/port-type';
import classes from './help.module.css';
import { KindGlyph } from './KindGlyph';
import { type ColourScheme, kindStyles } from './kind-style';

export interface PortListProps {
  readonly definition: Pick<AnyNode, 'inputs' | 'outputs'>;
  readonly scheme: ColourScheme;
  readonly inputTypes?: Readonly<Record<string, PortType | undefined>>;
  readonly outputTypes?: Readonly<Record<string, PortType | undefined>>;
  readonly sources?: Readonly<Record<string, string>>;
  readonly problem?: { readonly port?: string; readonly reason: string };
}

interface Row {
  readonly port: string;
  readonly label: string;
  readonly help: string;
  readonly kinds: readonly PortKind[];
  readonly type: PortType | undefined;
  readonly note: string;
  readonly hollow: boolean;
}

const kindNames = (kinds: readonly PortKind[]): string => kinds.map((kind) => kindStyles[kind].label).join(' or ');

export function PortList({
  definition,
  scheme,
  inputTypes = {},
  outputTypes = {},
  sources = {},
  problem,
}: PortListProps) {
  const inputs = Object.entries(definition.inputs).map(([port, spec]): Row => {
    const type = inputTypes[port];
    const source = sources[port];
    const missing = spec.optional
      ? `${kindNames(spec.kinds)}, optional, not wired`
      : `${kindNames(spec.kinds)}, not wired`;
    const note = source ? `from ${source}` : type ? '' : missing;
    return { port, label: spec.label, help: spec.help, kinds: spec.kinds, type, note, hollow: !type && !source };
  });
  const outputs = Object.entries(definition.outputs).map(([port, spec]): Row => {
    const type = outputTypes[port];
    return {
      port,
      label: spec.label,
      help: spec.help,
      kinds: [spec.kind],
      type,
      note: type ? '' : `${kindNames([spec.kind])}, not known yet`,
      hollow: false,
    };
  });
  return (
    <div className={classes.ports}>
      <Group title="Inputs" rows={inputs} scheme={scheme} problem={problem} />
      <Group title="Outputs" rows={outputs} scheme={scheme} problem={problem} />
      {problem && !problem.port && <Trouble reason={problem.reason} />}
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly scheme: ColourScheme;
  readonly problem: PortListProps['problem'];
}

function Group({ title, rows, scheme, problem }: GroupProps) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h4 className={classes.portTitle}>{title}</h4>
      <ul className={classes.portRows}>
        {rows.map((row) => {
          const kind = row.type?.kind ?? row.kinds[0];
          return (
            <li key={row.port} data-port={row.port}>
              <span className={classes.glyph}>
                {kind && <KindGlyph kind={kind} scheme={scheme} hollow={row.hollow} />}
              </span>
              <span className={classes.portText}>
                <Tooltip label={row.help} multiline w={260} position="top-start">
                  <span className={classes.portLabel}>{row.label}</span>
                </Tooltip>
                {row.type && <span className={classes.portType}>{formatPortType(row.type)}</span>}
                {row.note && <span className={classes.portNote}>{row.note}</span>}
                {problem?.port === row.port && <Trouble reason={problem.reason} />}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Trouble({ reason }: { readonly reason: string }) {
  return (
    <span className={classes.trouble} role="status">
      <IconAlertCircle size={14} stroke={1.8} aria-hidden />
      {reason}
    </span>
  );
}
