/** Draws the frame of a plot: ticks, grid lines, labels and titles. Returns nothing; the caller owns the scales. */

import { niceTicks, tickLabels } from '../../figure/ticks';
import { type PlotStyle, plotFont } from './plot-style';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface AxisSpec {
  readonly min: number;
  readonly max: number;
  readonly title: string;
  readonly fontSize: number;
  readonly grid?: boolean;
  /** Largest number of ticks; by default as many as fit without crowding. */
  readonly ticks?: number;
}

type Context = CanvasRenderingContext2D;

/** At least two where the axis is no point: one alone gives no scale. */
export function yTicks(axis: Pick<AxisSpec, 'min' | 'max' | 'ticks'>, height: number): readonly number[] {
  const [min, max] = [Math.min(axis.min, axis.max), Math.max(axis.min, axis.max)];
  const count = axis.ticks ?? Math.max(2, Math.floor(height / 36));
  const ticks = niceTicks(min, max, count);
  return ticks.length < 2 ? niceTicks(min, max, 2 * count) : ticks;
}

/** From a tick's label to its axis; from the title to the widest label. px */
const labelGap = 6;
const titleGap = 4;

export interface YAxisRoom {
  /** What the axis takes left of the box. */
  readonly width: number;
  /** Middle of the turned title, from the left edge. */
  readonly titleX: number;
}

/** The room that a titled vertical axis needs, so that its title never lies on its labels. */
export function yAxisRoom(context: Context, axis: AxisSpec, height: number): YAxisRoom {
  context.font = plotFont(axis.fontSize);
  const widths = tickLabels(yTicks(axis, height)).map((label) => context.measureText(label).width);
  const titleX = Math.ceil(axis.fontSize / 2) + 1;
  return { width: Math.ceil(2 * titleX + titleGap + Math.max(0, ...widths) + labelGap), titleX };
}

export const lerp = (value: number, min: number, max: number, from: number, to: number): number =>
  max === min ? (from + to) / 2 : from + ((value - min) / (max - min)) * (to - from);

/** A horizontal axis under `box`; the title sits at the right end of the tick row, or centred below when there is room. */
export function drawXAxis(context: Context, box: Box, axis: AxisSpec, style: PlotStyle, titleBelow: boolean): void {
  const { left, top, width, height } = box;
  const bottom = top + height;
  const ticks = niceTicks(
    Math.min(axis.min, axis.max),
    Math.max(axis.min, axis.max),
    axis.ticks ?? Math.max(2, Math.floor(width / 52)),
  );
  const labels = tickLabels(ticks);
  context.font = plotFont(axis.fontSize);
  context.textBaseline = 'top';
  context.lineWidth = 1;
  const titleWidth = titleBelow ? 0 : context.measureText(axis.title).width;
  const free = left + width - titleWidth - 6;
  ticks.forEach((tick, index) => {
    const x = Math.round(lerp(tick, axis.min, axis.max, left, left + width)) + 0.5;
    context.strokeStyle = axis.grid ? style.grid : style.axis;
    line(context, x, axis.grid ? top : bottom, x, bottom + 3);
    const text = labels[index] ?? '';
    const half = context.measureText(text).width / 2;
    const centre = Math.min(Math.max(x, half), left + width + 8 - half);
    context.fillStyle = style.muted;
    context.textAlign = 'center';
    if (titleBelow || centre + half < free) context.fillText(text, centre, bottom + 5);
  });
  context.strokeStyle = style.axis;
  line(context, left, bottom + 0.5, left + width, bottom + 0.5);
  context.fillStyle = style.muted;
  context.textAlign = titleBelow ? 'center' : 'right';
  context.fillText(
    axis.title,
    titleBelow ? left + width / 2 : left + width,
    bottom + (titleBelow ? axis.fontSize + 9 : 5),
  );
}

/** A vertical axis left of `box`, its title turned by 90 degrees at `titleX` (absent: no title). */
export function drawYAxis(context: Context, box: Box, axis: AxisSpec, style: PlotStyle, titleX?: number): void {
  const { left, top, width, height } = box;
  const ticks = yTicks(axis, height);
  const labels = tickLabels(ticks);
  context.font = plotFont(axis.fontSize);
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.lineWidth = 1;
  ticks.forEach((tick, index) => {
    const y = Math.round(lerp(tick, axis.min, axis.max, top + height, top)) + 0.5;
    context.strokeStyle = axis.grid ? style.grid : style.axis;
    line(context, left - 3, y, axis.grid ? left + width : left, y);
    context.fillStyle = style.muted;
    context.fillText(labels[index] ?? '', left - labelGap, y);
  });
  if (titleX !== undefined) drawTurned(context, axis.title, titleX, top + height / 2, axis.fontSize, style.muted);
}

export function drawTurned(
  context: Context,
  text: string,
  x: number,
  y: number,
  fontSize: number,
  colour: string,
): void {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.font = plotFont(fontSize);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(text, 0, 0);
  context.restore();
}

export function line(context: Context, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
