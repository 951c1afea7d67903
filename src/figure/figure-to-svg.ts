/**
 * A figure as one SVG file that needs nothing else: sizes in mm and pt, generic fonts, colours written out, title and
 * caption as <title> and <desc>. The same text from the page and from Node, for the same figure and options. Heavy
 * (Observable Plot): the page loads it when the first figure is to be shown.
 */
import type { Figure } from '../kit/figure';
import { type Fit, printFit, weightOf } from './fit';
import { layOut, lineHeight } from './layout';
import { drawPanel } from './panel';
import { element, serialise } from './svg';
import { wrapText } from './text-width';
import { coloursOf, type FigureTheme, figureStyles, fontFamily, pointsPerMillimetre } from './theme';

export interface FigureOptions {
  readonly theme: FigureTheme;
  /** Makes elements: the page's, or that of src/figure/node-document.ts. */
  readonly document: Document;
  /** By default as printed. */
  readonly fit?: Fit;
  /** Writes the caption below the panels as well. */
  readonly caption?: boolean;
}

export function figureToSvg(
  figure: Figure,
  { theme, document, fit = printFit(figure), caption }: FigureOptions,
): string {
  const style = figureStyles[theme];
  const colour = coloursOf(figure, style);
  const layout = layOut(figure, fit, colour);
  const weight = weightOf(fit);
  const pen = { document, style, theme, type: fit.type, weight, colour, id: `plot-${theme}-${Math.round(fit.width)}` };
  const lines = caption ? wrapText(figure.caption, fit.type.tick, layout.width - 8) : [];
  const step = lineHeight(fit.type.tick);
  const height = layout.height + (lines.length > 0 ? lines.length * step + 6 : 0);
  const length = (value: number): string =>
    fit.unit === 'px' ? `${Math.round(value)}` : `${Math.round((value / pointsPerMillimetre) * 100) / 100}mm`;
  const round = (value: number): number => Math.round(value * 100) / 100;
  const root = element(
    document,
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(layout.width)} ${round(height)}`,
      width: length(layout.width),
      height: length(height),
      'font-family': fontFamily,
      'font-size': fit.type.tick,
      role: 'img',
    },
    element(document, 'title', {}, figure.title),
    element(document, 'desc', {}, figure.caption),
    element(document, 'rect', { width: round(layout.width), height: round(height), fill: style.surface }),
    ...layout.panels.map((panel, index) => drawPanel(panel, index, pen)),
    ...lines.map((line, i) =>
      element(
        document,
        'text',
        {
          class: 'caption',
          x: 4,
          y: layout.height + 3 + (i + 0.8) * step,
          fill: style.text,
          'font-size': fit.type.tick,
        },
        line,
      ),
    ),
  );
  return serialise(root).replaceAll('currentColor', style.ink);
}
