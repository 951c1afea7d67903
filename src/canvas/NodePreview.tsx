/**
 * The picture of a node's result, in room that is kept from the start. Live while the node runs, else by content key;
 * an older result stays, paler and marked, until there is a newer one. A failure takes the same room.
 */

import { useState } from 'react';
import type { NodeStatus } from '../editor/node-status';
import { useNodePreview } from '../editor/use-node-preview';
import type { AnyNode } from '../kit/define-node';
import { useColourScheme } from '../panels/colour-scheme';
import { FailureCard } from '../panels/FailureCard';
import { PreviewView } from '../panels/PreviewView';
import classes from './NodeCard.module.css';
import { previewHeight, previewPorts } from './preview-choice';

interface Props {
  readonly id: string;
  readonly definition: AnyNode;
  readonly status: NodeStatus;
}

export function NodePreview({ id, definition, status }: Props) {
  const ports = previewPorts(definition);
  const [chosen, setChosen] = useState<string | null>(null);
  const port = chosen && ports.includes(chosen) ? chosen : ports[0];
  const output = port === undefined ? undefined : definition.outputs[port];
  if (port === undefined || !output) return null;
  return (
    <>
      {ports.length > 1 && (
        <fieldset className={classes.tabs} aria-label={`Output shown on ${id}`}>
          {ports.map((name) => (
            <button
              key={name}
              type="button"
              tabIndex={-1}
              className={`${classes.tab} nodrag`}
              aria-pressed={name === port}
              onClick={() => setChosen(name)}
            >
              {definition.outputs[name]?.label ?? name}
            </button>
          ))}
        </fieldset>
      )}
      <div className={classes.preview} style={{ height: previewHeight }}>
        {status.failure ? (
          <div className={`${classes.failure} nowheel`}>
            <FailureCard failure={status.failure} compact />
          </div>
        ) : (
          <Picture id={id} port={port} status={status} label={output.label} />
        )}
      </div>
    </>
  );
}

function Picture({ id, port, status, label }: { id: string; port: string; status: NodeStatus; label: string }) {
  const scheme = useColourScheme();
  const { preview, state } = useNodePreview(id, port, status);
  const waits =
    status.state === 'idle' || status.state === 'queued' || status.state === 'stale' || status.state === 'running';
  const emptyText =
    status.state === 'blocked' ? status.reason : waits ? `Run to see ${label.toLowerCase()}` : 'No preview is stored';
  return <PreviewView preview={preview} size="node" scheme={scheme} state={state} emptyText={emptyText} />;
}
