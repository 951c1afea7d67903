/** The whole of a stored value in its own viewer; kinds whose preview already shows all are left to it. */
import type { ReactNode } from 'react';
import type { Preview } from '../../kit/preview';
import type { ColourScheme } from '../../panels/kind-style';
import { ImagesViewer } from './ImagesViewer';
import { MatrixViewer } from './MatrixViewer';
import { RasterViewer } from './RasterViewer';
import { SeriesViewer } from './SeriesViewer';
import { TableViewer } from './TableViewer';
import type { ResultAt } from './use-look';

interface Props {
  readonly at: ResultAt;
  readonly preview: Preview;
  readonly scheme: ColourScheme;
  readonly node: string;
  /** Of files: "encoder.spikes". */
  readonly name: string;
}

/** Null: the preview is the whole. */
export function valueViewer({ at, preview, scheme, node, name }: Props): ReactNode {
  switch (preview.kind) {
    case 'spikes':
      return preview.itemCount > 0 && preview.unitCount > 0 && preview.stepCount > 0 ? (
        <RasterViewer key={at.resultKey} at={at} preview={preview} scheme={scheme} node={node} name={name} />
      ) : null;
    case 'images':
      return preview.total > 0 ? (
        <ImagesViewer key={at.resultKey} at={at} first={{ size: preview.height * preview.width * preview.channels }} />
      ) : null;
    case 'series':
      return <SeriesViewer key={at.resultKey} at={at} scheme={scheme} node={node} name={name} />;
    case 'matrix':
      return <MatrixViewer key={at.resultKey} at={at} preview={preview} scheme={scheme} node={node} name={name} />;
    case 'table':
      return <TableViewer key={at.resultKey} at={at} name={name} />;
    case 'labels':
    case 'model':
    case 'figure':
      return null;
  }
}
