/** Paints curves over each other on a canvas: axes, bands behind, lines before. */
import { type Box, drawTurned, drawXAxis, drawYAxis, lerp, line, yAxisRoom } from '../../panels/preview/axes';
import { type PlotStyle, plotFont } from '../../panels/preview/plot-style';
import { typeScale } from '../../panels/type-scale';

export interface PlotCurve {
  /** Colour of the compared result; null: neutral. */
  readonly place: number | null;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly sd: Float64Array | null;
  readonly steps?: boolean;
}
export interface Range {
  readonly min: number;
  readonly max: number;
}
export interface PlotRanges {
  readonly x: Range;
  readonly y: Range;
}
export interface PlotLook {
  readonly xTitle: string;
  readonly yTitle: string;
  /** A line at y = 0, for differences. */
  readonly zero: boolean;
  /** A line at x = 0, for distributions of differences. */
  readonly origin: boolean;
  readonly log: boolean;
}

export const plotFontSize = typeScale.caption;
const top = 8;
const right = 12;
/** Below the plot: ticks and title. */
export const plotFoot = 2 * plotFontSize + 16;

/** By result, so that a curve is told from another without its colour. */
const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [1, 3]];

export function rangesOf(
  curves: readonly PlotCurve[],
  { zero, origin, log }: Pick<PlotLook, 'zero' | 'origin' | 'log'>,
): PlotRanges {
  const x = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  const y = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  const take = (range: { min: number; max: number }, value: number) => {
    if (!Number.isFinite(value) || (log && range === y && value <= 0)) return;
    range.min = Math.min(range.min, value);
    range.max = Math.max(range.max, value);
  };
  for (const curve of curves) {
    const half = halfStep(curve);
    for (let i = 0; i < curve.x.length; i++) {
      take(x, (curve.x[i] as number) - half);
      take(x, (curve.x[i] as number) + half);
      const sd = curve.sd?.[i] ?? 0;
      take(y, (curve.y[i] as number) - sd);
      take(y, (curve.y[i] as number) + sd);
    }
  }
  if (zero) take(y, 0);
  if (origin) take(x, 0);
  if (!(x.max >= x.min) || !(y.max >= y.min)) return { x: { min: 0, max: 1 }, y: { min: 0, max: 1 } };
  if (log) return { x, y };
  const pad = (y.max - y.min || Math.abs(y.max) || 1) * 0.05;
  // What is never below 0 does not start below it.
  return { x, y: { min: y.min >= 0 ? Math.max(0, y.min - pad) : y.min - pad, max: y.max + pad } };
}

/** Steps reach half a bin to both sides of their point. */
const halfStep = ({ x, steps }: PlotCurve): number =>
  steps && x.length > 1 ? ((x[1] as number) - (x[0] as number)) / 2 : 0;

type Scale = (value: number) => number;

/** Returns the box of the plot, for the cursor. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  curves: readonly PlotCurve[],
  ranges: PlotRanges,
  look: PlotLook,
  style: PlotStyle,
): Box {
  const { log } = look;
  const inner = size.height - top - plotFoot;
  const yTitle = fitting(context, look.yTitle, inner + 2 * top);
  const axis = { ...ranges.y, title: yTitle, fontSize: plotFontSize, grid: true };
  const room = yAxisRoom(context, axis, inner);
  const box: Box = { left: room.width, top, width: size.width - room.width - right, height: inner };
  const bottom = top + inner;
  const xOf: Scale = (value) => lerp(value, ranges.x.min, ranges.x.max, box.left, box.left + box.width);
  const onLog = (value: number) => Math.log10(Math.max(value, Number.MIN_VALUE));
  const yOf: Scale = log
    ? (value) => lerp(onLog(value), onLog(ranges.y.min), onLog(ranges.y.max), bottom, top)
    : (value) => lerp(value, ranges.y.min, ranges.y.max, bottom, top);
  drawXAxis(context, box, { ...ranges.x, title: look.xTitle, fontSize: plotFontSize }, style, true);
  if (log) drawLogAxis(context, box, ranges.y, yOf, yTitle, room.titleX, style);
  else drawYAxis(context, box, axis, style, room.titleX);

  context.save();
  context.beginPath();
  context.rect(box.left, top - 1, box.width, inner + 2);
  context.clip();
  context.strokeStyle = style.axis;
  context.setLineDash([4, 3]);
  const [zeroY, zeroX] = [Math.round(yOf(0)) + 0.5, Math.round(xOf(0)) + 0.5];
  if (look.zero) line(context, box.left, zeroY, box.left + box.width, zeroY);
  if (look.origin) line(context, zeroX, top, zeroX, bottom);
  const colourOf = ({ place }: PlotCurve): string =>
    place === null ? style.text : (style.curves[place % style.curves.length] ?? style.text);
  for (const curve of curves) {
    context.fillStyle = colourOf(curve);
    if (curve.sd) fillBand(context, curve, curve.sd, xOf, yOf);
  }
  for (const curve of curves) {
    context.strokeStyle = colourOf(curve);
    context.lineWidth = 1.8;
    context.setLineDash([...(dashes[curve.place ?? 0] ?? [])]);
    strokeCurve(context, curve, xOf, yOf);
  }
  context.restore();
  return box;
}

/** Of a title that a low plot has no room for, the unit: what is drawn is named above the plot. */
function fitting(context: CanvasRenderingContext2D, title: string, room: number): string {
  context.font = plotFont(plotFontSize);
  return context.measureText(title).width <= room ? title : (/\(([^()]*)\)$/.exec(title)?.[1] ?? '');
}

function drawLogAxis(
  context: CanvasRenderingContext2D,
  box: Box,
  range: Range,
  yOf: Scale,
  title: string,
  titleX: number,
  style: PlotStyle,
): void {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(range.max)) - Math.floor(Math.log10(range.min)) + 1 },
    (_, k) => 10 ** (Math.floor(Math.log10(range.min)) + k),
  );
  const inside = (ticks: number[]) => ticks.filter((tick) => tick >= range.min && tick <= range.max);
  const fine = inside(powers.flatMap((power) => [power, 2 * power, 5 * power]));
  context.font = plotFont(plotFontSize);
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of fine.length > 8 ? inside(powers) : fine) {
    const y = Math.round(yOf(tick)) + 0.5;
    context.strokeStyle = style.grid;
    line(context, box.left - 3, y, box.left + box.width, y);
    context.fillStyle = style.muted;
    context.fillText(String(Number(tick.toPrecision(2))), box.left - 6, y);
  }
  drawTurned(context, title, titleX, box.top + box.height / 2, plotFontSize, style.muted);
}

function fillBand(context: CanvasRenderingContext2D, { x, y }: PlotCurve, sd: Float64Array, xOf: Scale, yOf: Scale) {
  context.globalAlpha = 0.18;
  context.beginPath();
  for (let i = 0; i < x.length; i++) context.lineTo(xOf(x[i] as number), yOf((y[i] as number) + (sd[i] as number)));
  for (let i = x.length - 1; i >= 0; i--)
    context.lineTo(xOf(x[i] as number), yOf((y[i] as number) - (sd[i] as number)));
  context.closePath();
  context.fill();
  context.globalAlpha = 1;
}

function strokeCurve(context: CanvasRenderingContext2D, curve: PlotCurve, xOf: Scale, yOf: Scale) {
  const { x, y } = curve;
  const half = halfStep(curve);
  context.beginPath();
  if (x.length === 1) {
    // One point is no line.
    context.setLineDash([]);
    context.arc(xOf(x[0] as number), yOf(y[0] as number), 3, 0, 2 * Math.PI);
    context.stroke();
    return;
  }
  for (let i = 0; i < x.length; i++) {
    const value = yOf(y[i] as number);
    if (Number.isNaN(value)) continue;
    if (half > 0) context.lineTo(xOf((x[i] as number) - half), value);
    context.lineTo(xOf((x[i] as number) + half), value);
  }
  context.stroke();
}
