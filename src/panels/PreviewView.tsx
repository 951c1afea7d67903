/**
 * Draws any preview of a value, and its absence.
 *
 * Props
 * - preview: the preview, or null.
 * - size: 'node' (a fixed box of 248 x 140 CSS pixels, whatever is in it), 'panel' (as wide as its parent) or 'full'.
 * - scheme: 'light' or 'dark', for what is drawn on a canvas.
 * - state: 'ready' (default); 'loading' (asked for, nothing yet); 'live' (partial result of a node that runs); 'stale'
 *   (belongs to earlier settings, drawn paler).
 * - onItem(item): show another item of a spike raster; without it there is no stepper.
 * - emptyText: what to say when there is no preview ("Run to see spikes").
 * Panel and full sizes offer the numbers behind a plot as a table.
 */
import { Loader } from '@mantine/core';
import { useState } from 'react';
import type { Preview } from '../kit/preview';
import type { ColourScheme } from './kind-style';
import { FigureView } from './preview/FigureView';
import { ImagesView } from './preview/ImagesView';
import { LabelsView } from './preview/LabelsView';
import { MatrixView } from './preview/MatrixView';
import { ModelView } from './preview/ModelView';
import { hasNumbers, numbersOf } from './preview/numbers';
import classes from './preview/preview.module.css';
import type { PreviewSize } from './preview/preview-props';
import { SeriesView } from './preview/SeriesView';
import { SpikesView } from './preview/SpikesView';
import { TableView } from './preview/TableView';

export type { PreviewSize };
export type PreviewState = 'ready' | 'loading' | 'live' | 'stale';

export interface PreviewViewProps {
  readonly preview: Preview | null;
  readonly size: PreviewSize;
  readonly scheme: ColourScheme;
  readonly state?: PreviewState;
  readonly onItem?: (item: number) => void;
  readonly emptyText?: string;
}

export function PreviewView({
  preview,
  size,
  scheme,
  state = 'ready',
  onItem,
  emptyText = 'No result yet',
}: PreviewViewProps) {
  if (!preview) {
    return (
      <figure className={classes.frame} data-size={size}>
        <div className={classes.empty}>
          {state === 'loading' && <Loader size="xs" />}
          <span>{state === 'loading' ? 'Loading' : emptyText}</span>
        </div>
      </figure>
    );
  }
  return (
    <figure
      className={classes.frame}
      data-size={size}
      data-kind={preview.kind}
      data-stale={state === 'stale' || undefined}
      data-tagged={state === 'stale' || state === 'live' || undefined}
    >
      <div className={classes.body}>{draw(preview, size, scheme, onItem)}</div>
      {state === 'live' && (
        <div className={`${classes.tag} ${classes.live}`}>
          <span className={classes.pulse} />
          <span className={classes.word}>live</span>
        </div>
      )}
      {state === 'stale' && <div className={classes.tag}>earlier settings</div>}
      {size !== 'node' && hasNumbers(preview) && <Numbers preview={preview} />}
    </figure>
  );
}

/** The table is made only while it is open: live curves change many times a second. */
function Numbers({ preview }: { readonly preview: Preview }) {
  const [open, setOpen] = useState(false);
  const numbers = open ? numbersOf(preview) : null;
  return (
    <details className={classes.numbers} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Numbers</summary>
      {numbers && <TableView preview={numbers} size="panel" />}
    </details>
  );
}

function draw(preview: Preview, size: PreviewSize, scheme: ColourScheme, onItem: PreviewViewProps['onItem']) {
  switch (preview.kind) {
    case 'images':
      return <ImagesView preview={preview} size={size} scheme={scheme} />;
    case 'labels':
      return <LabelsView preview={preview} size={size} scheme={scheme} />;
    case 'spikes':
      return <SpikesView preview={preview} size={size} scheme={scheme} onItem={onItem} />;
    case 'matrix':
      return <MatrixView preview={preview} size={size} scheme={scheme} />;
    case 'model':
      return <ModelView preview={preview} size={size} scheme={scheme} />;
    case 'series':
      return <SeriesView preview={preview} size={size} scheme={scheme} />;
    case 'table':
      return <TableView preview={preview} size={size} />;
    case 'figure':
      return <FigureView preview={preview} size={size} scheme={scheme} />;
  }
}
