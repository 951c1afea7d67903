/** Dashed lines through a bypassed card: which input each output hands on. */

import type { AnyNode } from '../kit/define-node';
import { useColourScheme } from '../panels/colour-scheme';
import { kindColour } from '../panels/kind-style';
import classes from './NodeCard.module.css';

export function PassThrough({ definition }: { definition: AnyNode }) {
  const scheme = useColourScheme();
  const inputs = Object.keys(definition.inputs);
  const outputs = Object.entries(definition.outputs);
  const rows = Math.max(inputs.length, outputs.length);
  const lines = outputs.flatMap(([port, { kind, label }], to) => {
    const from = inputs.indexOf(definition.bypass?.[port] ?? '');
    return from < 0
      ? []
      : [{ port, from, to, kind, text: `${definition.inputs[inputs[from] ?? '']?.label} to ${label}` }];
  });
  if (lines.length === 0) return null;
  return (
    <svg
      className={classes.passThrough}
      viewBox={`0 0 100 ${rows}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Passes through: ${lines.map(({ text }) => text).join(', ')}`}
    >
      {lines.map(({ port, from, to, kind }) => (
        <path
          key={port}
          d={`M 0 ${from + 0.5} C 50 ${from + 0.5}, 50 ${to + 0.5}, 100 ${to + 0.5}`}
          stroke={kindColour(kind, scheme)}
        />
      ))}
    </svg>
  );
}
