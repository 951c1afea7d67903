/** How many items each class has, as bars from zero. */
import { formatNumber } from '../../core/units';
import type { LabelsPreview } from '../../kit/preview';
import type { ColourScheme } from '../kind-style';
import { typeScale } from '../type-scale';
import { type Box, drawYAxis, lerp, line } from './axes';
import { PreviewDrawing } from './PreviewDrawing';
import { plotFont, plotStyles } from './plot-style';
import { nodeBox, type PreviewSize, type ViewProps } from './preview-props';

const heights = { node: nodeBox.height, panel: 190, full: 340 } as const;

export const LabelsView = (props: ViewProps<LabelsPreview>) => (
  <PreviewDrawing {...props} paint={drawBars} heights={heights} />
);

function drawBars(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  preview: LabelsPreview,
  scheme: ColourScheme,
  size: PreviewSize,
): void {
  const style = plotStyles[scheme];
  const node = size === 'node';
  const fontSize = size === 'full' ? typeScale.text : typeScale.caption;
  const { classes } = preview;
  if (classes.length === 0) return;
  const most = Math.max(1, ...classes.map((entry) => entry.count));
  context.font = plotFont(fontSize);
  const left = Math.max(26, context.measureText(formatNumber(most)).width + 12) + (node ? 0 : 14);
  const box: Box = { left, top: 8, width: width - left - 4, height: height - 8 - (node ? 30 : 36) };
  drawYAxis(context, box, { min: 0, max: most, title: 'items', fontSize, grid: true }, style, node ? undefined : 8);

  const slot = box.width / classes.length;
  const widest = Math.max(...classes.map((entry) => context.measureText(entry.name).width));
  const every = Math.max(1, Math.ceil((Math.min(widest, 70) + 4) / slot));
  context.textAlign = 'center';
  context.textBaseline = 'top';
  classes.forEach((entry, index) => {
    const x = box.left + index * slot;
    const top = lerp(entry.count, 0, most, box.top + box.height, box.top);
    context.fillStyle = style.curves[0] ?? style.muted;
    context.fillRect(x + slot * 0.14, top, slot * 0.72, box.top + box.height - top);
    context.fillStyle = style.muted;
    if (index % every === 0)
      context.fillText(
        clip(entry.name, Math.floor((slot * every) / (fontSize * 0.5))),
        x + slot / 2,
        box.top + box.height + 4,
      );
  });
  context.strokeStyle = style.axis;
  line(context, box.left, box.top + box.height + 0.5, box.left + box.width, box.top + box.height + 0.5);
  context.fillText(
    node ? `class (${formatNumber(preview.total)} items)` : 'class',
    box.left + box.width / 2,
    box.top + box.height + fontSize + 7,
  );
}

const clip = (text: string, most: number): string =>
  text.length <= most || most < 2 ? text : `${text.slice(0, most - 1)}…`;
