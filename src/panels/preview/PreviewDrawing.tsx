/** A preview drawn on one canvas: as wide as a card's picture on the canvas of nodes, else as its parent. */
import { useCallback } from 'react';
import type { Preview } from '../../kit/preview';
import type { ColourScheme } from '../kind-style';
import { Drawing } from './Drawing';
import { nodeBox, type PreviewSize, type ViewProps } from './preview-props';
import { summarise } from './summary';

interface Props<P extends Preview> extends ViewProps<P> {
  /** The same function at every render. */
  readonly paint: (
    context: CanvasRenderingContext2D,
    width: number,
    height: number,
    preview: P,
    scheme: ColourScheme,
    size: PreviewSize,
  ) => void;
  /** CSS pixels. */
  readonly heights: Readonly<Record<PreviewSize, number>>;
}

export function PreviewDrawing<P extends Preview>({ paint, heights, preview, scheme, size }: Props<P>) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) =>
      paint(context, width, height, preview, scheme, size),
    [paint, preview, scheme, size],
  );
  const width = size === 'node' ? nodeBox.width : undefined;
  return <Drawing draw={draw} height={heights[size]} width={width} label={summarise(preview)} />;
}
