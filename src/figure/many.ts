/**
 * Marks with thousands of parts as one path each, so that a figure stays small: ticks of a raster, small dots, cells of a
 * heat map (one path per shade). Coordinates are rounded to 0.1 pt (0.05 for ticks across), equal ones are written once.
 */
import type { CellsMark } from '../kit/figure';
import { type Axis, placeOn } from './axis-ticks';
import { barColour, hexOf, valueRange } from './colour-bar';
import type { Box } from './layout';
import type { FigureTheme } from './theme';

export interface Frame {
  readonly plot: Box;
  readonly x: Axis;
  readonly y: Axis;
}

/** Distances from the left and top edge of the cell's plot box, in user units. */
export const xAt = ({ plot, x }: Frame, value: number): number => plot.left + placeOn(x, value) * plot.width;
export const yAt = ({ plot, y }: Frame, value: number): number => plot.top + (1 - placeOn(y, value)) * plot.height;

const tenth = (value: number): number => Math.round(value * 10) / 10;

export const within = ({ plot }: Frame, x: number, y: number, slack = 0.05): boolean =>
  x >= plot.left - slack &&
  x <= plot.left + plot.width + slack &&
  y >= plot.top - slack &&
  y <= plot.top + plot.height + slack;

/** Height of a raster's tick: most of its row, at most 6. */
export function tickHeight(frame: Frame): number {
  const [low, high] = frame.y.range;
  return Math.min(6, Math.max(0.7, (0.82 * frame.plot.height) / Math.max(1e-9, Math.abs(high - low))));
}

export function rasterPath(frame: Frame, x: Float64Array, y: Float64Array): string {
  const height = tickHeight(frame);
  const length = tenth(height) || 0.7;
  const seen = new Set<string>();
  let path = '';
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [xAt(frame, x[i] as number), yAt(frame, y[i] as number)];
    if (!within(frame, px, py)) continue;
    const at = `${tenth(px)},${tenth(py - height / 2)}`;
    if (seen.has(at)) continue;
    seen.add(at);
    path += `M${at}v${length}`;
  }
  return path;
}

/** Points of zero length, which round line ends make dots. */
export function dotPath(frame: Frame, x: Float64Array, y: Float64Array): string {
  const seen = new Set<string>();
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [xAt(frame, x[i] as number), yAt(frame, y[i] as number)];
    if (within(frame, px, py)) seen.add(`M${tenth(px)},${tenth(py)}h0`);
  }
  return [...seen].join('');
}

const shades = 128;

/** Path and colour of each shade that occurs; cells without a value are left out. */
export function cellPaths(
  frame: Frame,
  mark: CellsMark,
  theme: FigureTheme,
): readonly { readonly colour: string; readonly path: string }[] {
  const [low, high] = valueRange(mark);
  const paths = new Map<number, string>();
  const { plot } = frame;
  const clampX = (value: number): number => Math.min(plot.left + plot.width, Math.max(plot.left, value));
  const clampY = (value: number): number => Math.min(plot.top + plot.height, Math.max(plot.top, value));
  for (let i = 0; i < mark.value.length; i++) {
    const value = mark.value[i] as number;
    const [x, y] = [mark.x[i] as number, mark.y[i] as number];
    if (!Number.isFinite(value)) continue;
    const [x0, x1] = [xAt(frame, x - mark.width / 2), xAt(frame, x + mark.width / 2)].map((at) => tenth(clampX(at)));
    const [y0, y1] = [yAt(frame, y + mark.height / 2), yAt(frame, y - mark.height / 2)].map((at) => tenth(clampY(at)));
    if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) continue;
    if (!(x0 !== x1 && y0 !== y1) || !Number.isFinite(x0 + x1 + y0 + y1)) continue;
    const shade = Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * (shades - 1));
    paths.set(shade, `${paths.get(shade) ?? ''}M${x0},${y0}H${x1}V${y1}H${x0}Z`);
  }
  return [...paths].map(([shade, path]) => ({
    colour: hexOf(barColour(mark.colours, shade / (shades - 1), theme)),
    path,
  }));
}

/** Colour of the cell that holds a point, or null. */
export function cellUnder(mark: CellsMark, x: number, y: number, theme: FigureTheme) {
  const [low, high] = valueRange(mark);
  for (let i = mark.value.length - 1; i >= 0; i--) {
    const inside =
      Math.abs((mark.x[i] as number) - x) <= mark.width / 2 && Math.abs((mark.y[i] as number) - y) <= mark.height / 2;
    const value = mark.value[i] as number;
    if (inside && Number.isFinite(value))
      return barColour(mark.colours, Math.min(1, Math.max(0, (value - low) / (high - low))), theme);
  }
  return null;
}
