/** Heat map of rates or features with a colour bar in their unit. */
import { colourMapFor } from '../../figure/colour-map';
import { axisTitle } from '../../figure/ticks';
import type { MatrixPreview } from '../../kit/preview';
import type { ColourScheme } from '../kind-style';
import { typeScale } from '../type-scale';
import { type Box, drawXAxis, drawYAxis, yAxisRoom } from './axes';
import { PreviewDrawing } from './PreviewDrawing';
import { plotStyles } from './plot-style';
import { nodeBox, type PreviewSize, type ViewProps } from './preview-props';

const heights = { node: nodeBox.height, panel: 230, full: 440 } as const;

export const MatrixView = (props: ViewProps<MatrixPreview>) => (
  <PreviewDrawing {...props} paint={drawMatrix} heights={heights} />
);

function drawMatrix(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  preview: MatrixPreview,
  scheme: ColourScheme,
  size: PreviewSize,
): void {
  const style = plotStyles[scheme];
  const node = size === 'node';
  const fontSize = size === 'full' ? typeScale.text : typeScale.caption;
  const { rows, columns } = preview;
  const { map, low, high } = colourMapFor(preview.min, preview.max, scheme);
  if (rows === 0 || columns === 0) return;

  const unit = axisTitle(preview.of === 'rates' ? 'rate' : 'value', preview.unit);
  const bar = node ? 52 : 74;
  const boxHeight = height - 6 - (fontSize * 2 + (node ? 14 : 16));
  // Row 0 is on top, as the values are stored: the axis runs downwards.
  const rowAxis = { min: preview.totalRows, max: 0, title: preview.rowLabel, fontSize };
  const { width: left, titleX } = yAxisRoom(context, rowAxis, boxHeight);
  const box: Box = { left, top: 6, width: width - left - bar, height: boxHeight };
  const picture = new OffscreenCanvas(columns, rows);
  const pen = picture.getContext('2d');
  if (!pen || box.width < 8 || box.height < 8) return;
  const image = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const [r, g, b] = map(preview.values[i] ?? 0);
    image.data.set([r, g, b, 255], 4 * i);
  }
  pen.putImageData(image, 0, 0);
  // More values than pixels are averaged; fewer keep their edges.
  context.imageSmoothingEnabled = columns > box.width || rows > box.height;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, box.left, box.top, box.width, box.height);

  drawXAxis(context, box, { min: 0, max: preview.totalColumns, title: preview.columnLabel, fontSize }, style, true);
  drawYAxis(context, box, rowAxis, style, titleX);

  const strip: Box = { left: width - bar + (node ? 38 : 58), top: box.top, width: node ? 7 : 10, height: box.height };
  for (let y = 0; y < strip.height; y++) {
    const [r, g, b] = map(high + ((low - high) * y) / Math.max(1, strip.height - 1));
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillRect(strip.left, strip.top + y, strip.width, 1.2);
  }
  drawYAxis(context, strip, { min: low, max: high, title: unit, fontSize, ticks: node ? 3 : 5 }, style);
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillStyle = style.muted;
  context.fillText(node ? (preview.unit === '1' ? '' : preview.unit) : unit, width - 4, strip.top + strip.height + 6);
}
