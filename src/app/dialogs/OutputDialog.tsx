/**
 * One output of a node, as large as the window: whole, from the store, in the viewer of its kind (src/app/viewer), and to
 * be saved. While its node runs, and where a preview shows all there is, the preview.
 */

import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { titleOf } from '../../canvas/flow-view';
import { previewPorts } from '../../canvas/preview-choice';
import type { ContentKey } from '../../core/ids';
import { useNode, useNodeStatus, useOutputEnd, useSession } from '../../editor/hooks';
import type { ShownOutput } from '../../editor/session';
import { useNodePreview } from '../../editor/use-node-preview';
import type { AnyNode } from '../../kit/define-node';
import type { FigureValue } from '../../kit/values';
import { useColourScheme } from '../../panels/colour-scheme';
import { PreviewView } from '../../panels/PreviewView';
import { FigureButtons } from '../viewer/FigureButtons';
import { SaveFiles } from '../viewer/SaveFiles';
import { valueViewer } from '../viewer/value-viewer';
import { WeightsViewer } from '../viewer/WeightsViewer';
import classes from './Dialogs.module.css';
import { SaveModelButton } from './SaveModelButton';

export function OutputDialog() {
  const session = useSession();
  const shown = useStore(session.viewer, (state) => state.shown);
  const node = useNode(shown?.node ?? '');
  const definition = node && session.catalogue.get(node.type);
  return (
    <Modal
      opened={shown !== null && definition !== undefined}
      onClose={() => session.viewer.setState({ shown: null })}
      title={node ? titleOf(node, session.catalogue) : ''}
      size="min(1160px, 96vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {shown && definition && <Shown key={shown.node} shown={shown} definition={definition} />}
    </Modal>
  );
}

function Shown({ shown, definition }: { readonly shown: ShownOutput; readonly definition: AnyNode }) {
  const ports = previewPorts(definition);
  const [port, setPort] = useState(shown.port ?? ports[0] ?? '');
  const label = (name: string): string => definition.outputs[name]?.label ?? name;
  return (
    <div className={classes.viewer}>
      {ports.length > 1 && (
        <fieldset className={classes.outputs} aria-label="Output">
          {ports.map((name) => (
            <Button
              key={name}
              size="compact-sm"
              variant={name === port ? 'light' : 'subtle'}
              aria-pressed={name === port}
              onClick={() => setPort(name)}
            >
              {label(name)}
            </Button>
          ))}
        </fieldset>
      )}
      <Output key={port} id={shown.node} port={port} />
    </div>
  );
}

function Output(shown: { readonly id: string; readonly port: string }) {
  const end = useOutputEnd(shown.id, shown.port);
  const [id, port] = end ? [end.node, end.port] : [shown.id, shown.port];
  const scheme = useColourScheme();
  const status = useNodeStatus(id);
  const [item, setItem] = useState<number | undefined>(undefined);
  const { preview, state } = useNodePreview(id, port, status, item);
  const isFigure = preview?.kind === 'figure';
  const whole = useWholeFigure(isFigure && state !== 'live' ? status.previewKey : null, port);
  // What a running node shows is not in the store yet.
  const at = preview && state !== 'live' && status.previewKey ? { resultKey: status.previewKey, port } : null;
  const viewer = at && preview && valueViewer({ at, preview, scheme, node: id, name: `${id}.${port}` });
  return (
    <>
      {whole && (
        <div className={classes.saves}>
          <FigureButtons
            figure={() => whole}
            what="the figure"
            name={`${id}.${port}`}
            node={id}
            contentKey={status.previewKey}
          />
        </div>
      )}
      {preview?.kind === 'model' && preview.trained && (
        <div className={classes.saves}>
          <SaveModelButton resultKey={status.previewKey} node={id} port={port} />
        </div>
      )}
      {at && !isFigure && preview?.kind !== 'model' && (
        <div className={classes.saves}>
          <SaveFiles at={at} node={id} name={`${id}.${port}`} />
          {state === 'stale' && <span>This result belongs to earlier settings.</span>}
        </div>
      )}
      {viewer ?? (
        <PreviewView
          preview={isFigure && state !== 'live' ? (whole ?? preview) : preview}
          size="full"
          scheme={scheme}
          state={state}
          onItem={setItem}
          emptyText="No result yet"
        />
      )}
      {at && preview?.kind === 'model' && preview.trained && <WeightsViewer at={at} scheme={scheme} />}
    </>
  );
}

/** Null until it is there, and where it no longer is. */
function useWholeFigure(key: ContentKey | null, port: string) {
  const { client } = useSession();
  const [figure, setFigure] = useState<FigureValue | null>(null);
  useEffect(() => {
    setFigure(null);
    if (key === null) return;
    let current = true;
    client
      .value(key, port)
      .then((value) => {
        if (current && value?.kind === 'figure') setFigure(value);
      })
      // The preview is there already; without the whole figure there is nothing to save.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [client, key, port]);
  return figure;
}
