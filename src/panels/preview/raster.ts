/** Draws a spike raster on a canvas: marks, population bands, discarded window, time axis in ms. */
import { formatNumber } from '../../core/units';
import type { SpikesPreview } from '../../kit/preview';
import type { ColourScheme } from '../kind-style';
import { typeScale } from '../type-scale';
import { type Box, drawTurned, drawXAxis, lerp, line } from './axes';
import { plotFont, plotStyles, populationColours } from './plot-style';
import type { PreviewSize } from './preview-props';

export interface Band {
  readonly population: number;
  /** First row and number of rows drawn. */
  readonly start: number;
  readonly count: number;
}

/** Which stretch of drawn rows belongs to which population; rows of no population are left out. */
export function bandsOf(units: Uint32Array, populations: SpikesPreview['populations']): readonly Band[] {
  const bands: Band[] = [];
  units.forEach((unit, row) => {
    const population = populations.findIndex(({ start, count }) => unit >= start && unit < start + count);
    const last = bands.at(-1);
    if (last && last.population === population && last.start + last.count === row) {
      bands[bands.length - 1] = { ...last, count: last.count + 1 };
    } else if (population >= 0) bands.push({ population, start: row, count: 1 });
  });
  return bands;
}

/** One letter for each population where there is no room for its name; none where two would share a letter. */
export function initialsOf(names: readonly string[]): readonly string[] {
  const initials = names.map((name) => name.slice(0, 1).toUpperCase());
  return new Set(initials).size === names.length ? initials : names.map(() => '');
}

/** Where the marks are: a cursor over the raster needs it too. */
export function rasterBox(width: number, height: number, size: PreviewSize): Box {
  const left = size === 'node' ? 22 : 34;
  const foot = size === 'node' ? 19 : rasterFont(size) * 2 + 16;
  return { left, top: 5, width: width - left - 10, height: height - 5 - foot };
}

const rasterFont = (size: PreviewSize): number => (size === 'full' ? typeScale.text : typeScale.caption);

export function drawRaster(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  preview: SpikesPreview,
  scheme: ColourScheme,
  size: PreviewSize,
): void {
  const style = plotStyles[scheme];
  const names = preview.populations.map((population) => population.name);
  const colours = populationColours(names, scheme);
  const initials = initialsOf(names);
  const node = size === 'node';
  const fontSize = rasterFont(size);
  const box = rasterBox(width, height, size);
  const duration = preview.stepCount * preview.dt;
  const rows = Math.max(1, preview.units.length);
  // Row 0 is at the bottom, as an index that grows upwards.
  const yOf = (row: number): number => lerp(row, 0, rows, box.top + box.height, box.top);
  const xOf = (step: number): number => lerp(step * preview.dt, 0, duration, box.left, box.left + box.width);

  if (preview.discardSteps > 0) {
    const end = xOf(preview.discardSteps);
    context.fillStyle = style.veil;
    context.fillRect(box.left, box.top, end - box.left, box.height);
    context.strokeStyle = style.axis;
    context.setLineDash([3, 3]);
    line(context, Math.round(end) + 0.5, box.top, Math.round(end) + 0.5, box.top + box.height);
    context.setLineDash([]);
  }

  const rowHeight = box.height / rows;
  const markHeight = Math.max(1.5, Math.min(rowHeight * 0.82, 7));
  const markWidth = size === 'full' ? 1.5 : 1.25;
  const bandOfRow = new Int16Array(rows).fill(-1);
  for (const band of bandsOf(preview.units, preview.populations)) {
    bandOfRow.fill(band.population, band.start, band.start + band.count);
    const top = yOf(band.start + band.count);
    const bottom = yOf(band.start);
    context.fillStyle = colours[band.population] ?? style.muted;
    context.fillRect(box.left - 4, top + 0.5, 2, bottom - top - 1);
    const turned = `${names[band.population]}, ${formatNumber(band.count)} shown`;
    context.font = plotFont(fontSize);
    if (!node && context.measureText(turned).width < bottom - top) {
      drawTurned(context, turned, box.left - 16, (top + bottom) / 2, fontSize, style.muted);
    } else if (bottom - top > fontSize - 2) {
      // The legend below says the names.
      context.font = plotFont(fontSize, 600);
      context.textAlign = 'right';
      context.textBaseline = 'middle';
      context.fillText(initials[band.population] ?? '', box.left - 8, (top + bottom) / 2);
    }
    if (band.start > 0) {
      context.strokeStyle = style.grid;
      line(context, box.left, Math.round(bottom) + 0.5, box.left + box.width, Math.round(bottom) + 0.5);
    }
  }

  // One pass per colour: changing the fill style for every mark is what costs.
  for (let population = -1; population < preview.populations.length; population++) {
    context.fillStyle = colours[population] ?? style.muted;
    for (let i = 0; i < preview.rows.length; i++) {
      const row = preview.rows[i] ?? 0;
      if (bandOfRow[row] !== population) continue;
      context.fillRect(
        xOf(preview.steps[i] ?? 0) - markWidth / 2,
        yOf(row + 0.5) - markHeight / 2,
        markWidth,
        markHeight,
      );
    }
  }

  if (preview.discardSteps > 0 && !node) {
    const space = xOf(preview.discardSteps) - box.left;
    context.font = plotFont(typeScale.caption);
    if (context.measureText('discarded').width + 8 < space) {
      context.textAlign = 'center';
      context.textBaseline = 'top';
      const centre = box.left + space / 2;
      context.fillStyle = style.surface;
      context.fillRect(
        centre - context.measureText('discarded').width / 2 - 3,
        box.top + 2,
        context.measureText('discarded').width + 6,
        fontSize + 3,
      );
      context.fillStyle = style.muted;
      context.fillText('discarded', centre, box.top + 4);
    }
  }
  drawXAxis(context, box, { min: 0, max: duration, title: node ? 'ms' : 'time (ms)', fontSize }, style, !node);
}
