/** Images as a crisp grid, nearest neighbour, with their ids below where there is room. */
import { useCallback } from 'react';
import { formatNumber } from '../../core/units';
import type { ImagesPreview } from '../../kit/preview';
import { typeScale } from '../type-scale';
import { Drawing, useWidth } from './Drawing';
import { imageToRgba, layOutTiles, type TileLayout } from './image-layout';
import { plotFont, plotStyles } from './plot-style';
import classes from './preview.module.css';
import { nodeBox, type ViewProps } from './preview-props';
import { summarise } from './summary';

const note = 18;

export function ImagesView({ preview, size, scheme }: ViewProps<ImagesPreview>) {
  const node = size === 'node';
  const [box, width] = useWidth<HTMLDivElement>(node ? nodeBox.width : undefined);
  const ratio = Math.max(node ? 2 : 1, window.devicePixelRatio || 1);
  const layout = layOutTiles({
    count: preview.count,
    imageWidth: preview.width,
    imageHeight: preview.height,
    boxWidth: Math.max(1, width),
    boxHeight: node ? nodeBox.height - note : undefined,
    target: node ? (preview.count < 3 ? 118 : preview.count === 3 ? 80 : 58) : size === 'panel' ? 64 : 112,
    gap: node ? 3 : 6,
    caption: node ? 0 : 13,
    pixelRatio: ratio,
  });
  const { columns, tileWidth, tileHeight, shown } = layout;
  // Only the numbers of the layout matter: a new but equal one must not redraw.
  const draw = useCallback(
    (context: CanvasRenderingContext2D) =>
      drawTiles(
        context,
        preview,
        { columns, tileWidth, tileHeight, shown },
        node ? 3 : 6,
        node ? 0 : 13,
        plotStyles[scheme].muted,
      ),
    [preview, columns, tileWidth, tileHeight, shown, node, scheme],
  );
  const dims = `${preview.height} × ${preview.width}${preview.channels > 1 ? ` × ${preview.channels}` : ''}`;
  return (
    <div ref={box} className={classes.stack} data-size={size}>
      <div className={classes.tiles}>
        {width > 0 && <Drawing draw={draw} width={layout.width} height={layout.height} label={summarise(preview)} />}
      </div>
      <div className={classes.note} aria-hidden>
        {formatNumber(shown)} of {formatNumber(preview.total)}, {dims}
      </div>
    </div>
  );
}

function drawTiles(
  context: CanvasRenderingContext2D,
  preview: ImagesPreview,
  layout: Pick<TileLayout, 'columns' | 'tileWidth' | 'tileHeight' | 'shown'>,
  gap: number,
  caption: number,
  colour: string,
): void {
  const { width, height, channels } = preview;
  const source = new OffscreenCanvas(width, height);
  const pen = source.getContext('2d');
  if (!pen) return;
  context.imageSmoothingEnabled = layout.tileWidth < width;
  context.font = plotFont(typeScale.caption);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = colour;
  for (let i = 0; i < layout.shown; i++) {
    const x = (i % layout.columns) * (layout.tileWidth + gap);
    const y = Math.floor(i / layout.columns) * (layout.tileHeight + caption + gap);
    pen.putImageData(new ImageData(imageToRgba(preview.pixels, i, width, height, channels), width, height), 0, 0);
    context.drawImage(source, x, y, layout.tileWidth, layout.tileHeight);
    if (caption > 0 && layout.tileWidth >= 24)
      context.fillText(`#${preview.ids[i] ?? i}`, x + layout.tileWidth / 2, y + layout.tileHeight + 2);
  }
}
