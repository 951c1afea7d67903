/** The outputs of a node: what type flows, and the result at the width of the panel. */
import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { PortGlyph } from '../../canvas/PortGlyph';
import { useInference, useNodeStatus } from '../../editor/hooks';
import { useNodePreview } from '../../editor/use-node-preview';
import type { AnyNode, OutputSpec } from '../../kit/define-node';
import { formatPortType } from '../../kit/port-type';
import { PreviewView } from '../../panels/PreviewView';
import classes from './Inspector.module.css';

export function Outputs({ id, definition }: { id: string; definition: AnyNode }) {
  return (
    <div className={classes.section}>
      {Object.entries(definition.outputs).map(([port, output]) => (
        <Output key={port} id={id} port={port} output={output} />
      ))}
    </div>
  );
}

function Output({ id, port, output }: { id: string; port: string; output: OutputSpec }) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const status = useNodeStatus(id);
  const type = useInference(id)?.outputs[port];
  const [item, setItem] = useState<number | undefined>(undefined);
  const { preview, state } = useNodePreview(id, port, status, item);
  return (
    <section className={classes.output} aria-label={`Output ${output.label}`}>
      <h3>
        <PortGlyph kind={output.kind} size={11} />
        {output.label}
        <code>{port}</code>
      </h3>
      <p className={classes.type}>{type ? formatPortType(type) : `${output.kind}, not known until the inputs are`}</p>
      <PreviewView
        preview={preview}
        size="panel"
        scheme={scheme}
        state={state}
        onItem={setItem}
        emptyText="No result yet"
      />
    </section>
  );
}
