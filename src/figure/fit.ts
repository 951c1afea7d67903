/** The sizes that a figure is drawn at: as printed, reflowed for a narrow panel, or one panel in a small box. */
import type { Figure } from '../kit/figure';
import { type FigureType, pointsPerMillimetre, printType } from './theme';

/** Lengths in user units: pt, or CSS pixels where `unit` says so. */
export interface Fit {
  readonly width: number;
  readonly rowHeight: number;
  readonly columns: number;
  readonly unit: 'pt' | 'px';
  readonly type: FigureType;
  /** Indices of the panels to draw; all where absent. */
  readonly panels?: readonly number[];
  /** Letters and titles of panels. */
  readonly heads: boolean;
}

/** User units per pt: strokes and ticks keep their printed weight. */
export const weightOf = ({ unit }: Fit): number => (unit === 'px' ? 4 / 3 : 1);

export const printFit = (figure: Figure): Fit => ({
  width: figure.width * pointsPerMillimetre,
  rowHeight: figure.rowHeight * pointsPerMillimetre,
  columns: figure.columns,
  unit: 'pt',
  type: printType,
  heads: true,
});

/** Shape of one panel as printed, kept within what still reads well. */
function panelShape(figure: Figure): number {
  const columns = Math.max(1, Math.min(figure.columns, figure.panels.length));
  return Math.min(1.1, Math.max(0.5, figure.rowHeight / (figure.width / columns)));
}

/** As wide as a panel of the page, in px; fewer panels side by side, type at screen size. */
export function columnFit(figure: Figure, width: number): Fit {
  const columns = Math.max(1, Math.min(figure.columns, Math.floor(width / 240)));
  return {
    width,
    rowHeight: Math.max(170, (width / columns) * panelShape(figure)),
    columns,
    unit: 'px',
    type: { tick: 10, title: 10.5, panel: 11.5 },
    heads: true,
  };
}

/** One panel that fills a box of px. */
export const boxFit = (box: { readonly width: number; readonly height: number }, panel: number): Fit => ({
  width: box.width,
  rowHeight: box.height - 4,
  columns: 1,
  unit: 'px',
  type: { tick: 9.5, title: 9.5, panel: 10 },
  panels: [panel],
  heads: false,
});
