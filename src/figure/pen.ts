/** What everything that draws a part of a figure is given. */
import type { FigureMark } from '../kit/figure';
import { element } from './svg';
import type { FigureStyle, FigureTheme, FigureType } from './theme';

export interface Pen {
  readonly document: Document;
  readonly style: FigureStyle;
  readonly theme: FigureTheme;
  readonly type: FigureType;
  /** User units per pt. */
  readonly weight: number;
  readonly colour: (mark: FigureMark) => string;
  /** Begin of the ids in this picture. */
  readonly id: string;
}

/** A line of text that runs upwards. */
export const turned = (
  x: number,
  y: number,
  line: string,
  look: Readonly<Record<string, string | number>>,
  document: Document,
): SVGElement =>
  element(document, 'text', { transform: `translate(${x.toFixed(2)},${y.toFixed(2)}) rotate(-90)`, ...look }, line);
