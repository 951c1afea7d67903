/** The scale of a heat map: a bar with ticks and its quantity, right of the plot. */
import type { CellsMark } from '../kit/figure';
import { type AxisTicks, ticksOf } from './axis-ticks';
import { figureAxisTitle } from './axis-title';
import { divergingColour, type Rgb, sequentialColour } from './colour-map';
import { isDrawable } from './ranges';
import { textWidth, wrapText } from './text-width';
import type { FigureTheme, FigureType } from './theme';

export interface ColourBar {
  readonly range: readonly [number, number];
  readonly ticks: AxisTicks;
  readonly title: readonly string[];
  readonly colours: CellsMark['colours'];
}
export const barWidth = 6;

/** Ends of the colours: given or those of the data; diverging ones are as far from 0 on both sides. */
export function valueRange(mark: CellsMark): readonly [number, number] {
  let [low, high] = mark.domain ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (!mark.domain) {
    for (const value of mark.value) {
      if (!isDrawable(value, false)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(low <= high && isDrawable(low, false) && isDrawable(high, false))) return [0, 1];
  if (mark.colours === 'diverging') {
    const end = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-end, end];
  }
  return low === high ? [low, low + (Math.abs(low) || 1)] : [low, high];
}

/** Colour of a place 0..1 on the bar. */
export const barColour = (colours: CellsMark['colours'], at: number, theme: FigureTheme): Rgb =>
  colours === 'diverging' ? divergingColour(at, theme === 'dark' ? 'dark' : 'light') : sequentialColour(at);

export const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

export function colourBarOf(mark: CellsMark | null, height: number, type: FigureType): ColourBar | null {
  if (!mark?.value.some((value) => isDrawable(value, false))) return null;
  const range = valueRange(mark);
  const axis = { spec: { label: mark.valueLabel, unit: mark.valueUnit }, range };
  return {
    range,
    ticks: ticksOf(axis, height, () => type.tick * 0.8, Math.max(2, Math.min(5, Math.floor(height / (type.tick * 3))))),
    title: wrapText(figureAxisTitle(mark.valueLabel, mark.valueUnit), type.title, height * 1.1, 2),
    colours: mark.colours,
  };
}

/** Ticks, labels and title right of the bar. */
export const barLabelWidth = ({ ticks, title }: ColourBar, type: FigureType): number =>
  2 +
  2 +
  Math.max(0, ...ticks.labels.map((label) => textWidth(label, type.tick))) +
  3 +
  title.length * type.title * 1.22;
