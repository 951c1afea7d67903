/** The outputs of a node, most telling first: what type flows, and the result at the width of the panel. */

import { Button } from '@mantine/core';
import { IconArrowsLeftRight, IconMaximize } from '@tabler/icons-react';
import { useState } from 'react';
import { PortGlyph } from '../../canvas/PortGlyph';
import { previewPorts } from '../../canvas/preview-choice';
import { compareOutput } from '../../editor/compare';
import { useInference, useNodeStatus, useResults, useSession } from '../../editor/hooks';
import { useNodePreview } from '../../editor/use-node-preview';
import type { AnyNode, OutputSpec } from '../../kit/define-node';
import { formatPortType } from '../../kit/port-type';
import { useColourScheme } from '../../panels/colour-scheme';
import { PreviewView } from '../../panels/PreviewView';
import { ProfileView } from '../../panels/ProfileView';
import { SaveModelButton } from '../dialogs/SaveModelButton';
import classes from './Inspector.module.css';

export function Outputs({ id, definition }: { id: string; definition: AnyNode }) {
  return (
    <div className={classes.section}>
      {previewPorts(definition).flatMap((port) => {
        const output = definition.outputs[port];
        return output ? [<Output key={port} id={id} port={port} output={output} />] : [];
      })}
      <Profile id={id} />
    </div>
  );
}

/** Of the last run that executed the node, as long as the page remembers it. */
function Profile({ id }: { id: string }) {
  const profile = useResults(({ run }) => {
    const node = run.nodes[id];
    return node && 'profile' in node ? node.profile : undefined;
  });
  if (!profile) return null;
  return (
    <section className={classes.output} aria-label="Where the time went">
      <h3>Where the time went</h3>
      <ProfileView profile={profile} />
    </section>
  );
}

function Output({ id, port, output }: { id: string; port: string; output: OutputSpec }) {
  const scheme = useColourScheme();
  const session = useSession();
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
      {preview && (
        <div className={classes.large}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconMaximize size={13} />}
            aria-label={`Open ${output.label} large`}
            onClick={() => session.viewer.setState({ shown: { node: id, port } })}
          >
            Open large
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsLeftRight size={13} />}
            aria-label={`Compare ${output.label}`}
            onClick={() => compareOutput(session, id, port)}
          >
            Compare
          </Button>
          {preview.kind === 'model' && preview.trained && (
            <SaveModelButton resultKey={status.previewKey} node={id} port={port} />
          )}
        </div>
      )}
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
