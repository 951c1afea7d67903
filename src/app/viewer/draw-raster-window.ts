/** Draws a raster window: cells or marks, bounds of items, axes. An older picture is drawn where it belongs until a newer one is there. */
import type { SpikesPreview } from '../../kit/preview';
import type { ColourScheme } from '../../panels/kind-style';
import { type Box, drawXAxis, drawYAxis, line } from '../../panels/preview/axes';
import { plotFont, plotStyles, populationColours } from '../../panels/preview/plot-style';
import { typeScale } from '../../panels/type-scale';
import { densityPixels, type RasterPicture } from './raster-picture';
import { itemsIn, type RasterWindow } from './raster-window';

const fontSize = typeScale.text;

export const plotBox = (width: number, height: number): Box => ({
  left: 62,
  top: 6,
  width: Math.max(0, width - 62 - 12),
  height: Math.max(0, height - 6 - 2 * fontSize - 16),
});

export interface RasterScene {
  readonly picture: RasterPicture | null;
  readonly window: RasterWindow;
  readonly preview: SpikesPreview;
  readonly scheme: ColourScheme;
}

/** The picture as pixels, made once. */
const bitmaps = new WeakMap<RasterPicture, Partial<Record<ColourScheme, OffscreenCanvas>>>();

function bitmapOf(picture: RasterPicture, preview: SpikesPreview, scheme: ColourScheme): OffscreenCanvas {
  const known = bitmaps.get(picture) ?? {};
  const made = known[scheme];
  if (made) return made;
  const names = preview.populations.map(({ name }) => name);
  const pixels = densityPixels(
    picture,
    preview.populations,
    populationColours(names, scheme),
    plotStyles[scheme].curves.at(-1) ?? '#888888',
  );
  const canvas = new OffscreenCanvas(picture.columns, picture.rows);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, picture.columns, picture.rows), 0, 0);
  bitmaps.set(picture, { ...known, [scheme]: canvas });
  return canvas;
}

export function drawRasterWindow(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { picture, window, preview, scheme }: RasterScene,
): void {
  const box = plotBox(width, height);
  if (box.width < 8 || box.height < 8) return;
  const style = plotStyles[scheme];
  const size = { stepCount: preview.stepCount, itemCount: preview.itemCount, unitCount: preview.unitCount };
  const xOf = (step: number): number =>
    box.left + ((step - window.fromStep) / (window.toStep - window.fromStep)) * box.width;
  const yOf = (unit: number): number =>
    box.top + box.height - ((unit - window.fromUnit) / (window.toUnit - window.fromUnit)) * box.height;

  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  const [first, last] = itemsIn(size, window);
  // The part left out, and where items meet, while there is room to see them.
  if (last - first < box.width / 6) {
    for (let item = first; item <= last; item++) {
      const start = item * size.stepCount;
      context.fillStyle = style.veil;
      if (preview.discardSteps > 0)
        context.fillRect(xOf(start), box.top, xOf(start + preview.discardSteps) - xOf(start), box.height);
      context.strokeStyle = style.axis;
      if (item > first)
        line(context, Math.round(xOf(start)) + 0.5, box.top, Math.round(xOf(start)) + 0.5, box.top + box.height);
    }
  }
  if (picture?.marks && picture.window === window && picture.marks.units.length > 0)
    drawMarks(context, box, { picture, window, preview, scheme });
  else if (picture) {
    const { fromStep, toStep, fromUnit, toUnit } = picture.window;
    context.imageSmoothingEnabled = false;
    context.drawImage(
      bitmapOf(picture, preview, scheme),
      xOf(fromStep),
      yOf(toUnit),
      xOf(toStep) - xOf(fromStep),
      yOf(fromUnit) - yOf(toUnit),
    );
  }
  context.restore();

  const { dt } = preview;
  const within = first === last;
  const xAxis = within
    ? {
        min: (window.fromStep - first * size.stepCount) * dt,
        max: (window.toStep - first * size.stepCount) * dt,
        title: `time in item ${first + 1} (ms)`,
      }
    : {
        min: window.fromStep / size.stepCount + 1,
        max: window.toStep / size.stepCount + 1,
        title: `item (${size.stepCount * dt} ms each)`,
      };
  drawXAxis(context, box, { ...xAxis, fontSize }, style, true);
  drawYAxis(context, box, { min: window.fromUnit, max: window.toUnit, title: 'neuron', fontSize }, style, 9);
  context.font = plotFont(fontSize);
}

function drawMarks(
  context: CanvasRenderingContext2D,
  box: Box,
  { picture, window, preview, scheme }: RasterScene,
): void {
  const marks = picture?.marks;
  if (!marks) return;
  const style = plotStyles[scheme];
  const colours = populationColours(
    preview.populations.map(({ name }) => name),
    scheme,
  );
  const perStep = box.width / (window.toStep - window.fromStep);
  const perUnit = box.height / (window.toUnit - window.fromUnit);
  const high = Math.max(1.5, Math.min(9, perUnit * 0.8));
  const wide = Math.max(1.5, Math.min(4, perStep));
  // One pass per colour: changing the fill style for every mark is what costs.
  for (let population = -1; population < preview.populations.length; population++) {
    const own = preview.populations[population];
    context.fillStyle = colours[population] ?? style.muted;
    for (let i = 0; i < marks.units.length; i++) {
      const unit = marks.units[i] as number;
      const isOwn = own
        ? unit >= own.start && unit < own.start + own.count
        : !preview.populations.some(({ start, count }) => unit >= start && unit < start + count);
      if (!isOwn) continue;
      const x = box.left + ((marks.steps[i] as number) + 0.5 - window.fromStep) * perStep;
      const y = box.top + box.height - (unit + 0.5 - window.fromUnit) * perUnit;
      context.fillRect(x - wide / 2, y - high / 2, wide, high);
    }
  }
}
