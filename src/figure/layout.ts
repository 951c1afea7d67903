/**
 * Where everything of a figure goes, in pt. Panels stand in rows and columns; plots of a row share top and bottom, plots
 * of a column left and right, so that axes line up. Room for labels, titles, legends and colour bars follows from their
 * text, nothing is cut and nothing overlaps.
 */
import type { CellsMark, Figure, FigureAxis, FigureMark, FigurePanel } from '../kit/figure';
import { type Axis, type AxisTicks, type CategoryLayout, categoryLayout, noTicks, ticksOf } from './axis-ticks';
import { figureAxisTitle } from './axis-title';
import { barLabelWidth, barWidth, type ColourBar, colourBarOf } from './colour-bar';
import { type Fit, weightOf } from './fit';
import { legendsOf, type PlacedEntry, placeEntries } from './legend';
import { hasData, hasLog, type Range, rangeOf } from './ranges';
import { textWidth, wrapText } from './text-width';
import type { FigureType } from './theme';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedPanel {
  readonly panel: FigurePanel;
  /** "A", or '' where there is one panel. */
  readonly letter: string;
  readonly title: readonly string[];
  /** The whole cell and the plot within it. */
  readonly cell: Box;
  readonly plot: Box;
  readonly x: Axis;
  readonly y: Axis;
  readonly xTicks: AxisTicks;
  readonly yTicks: AxisTicks;
  readonly xTitle: readonly string[];
  readonly yTitle: readonly string[];
  /** How the labels of a categorical x axis stand. */
  readonly names: CategoryLayout;
  /** From the top of the cell. */
  readonly legendTop: number;
  readonly legend: readonly PlacedEntry[];
  readonly bar: ColourBar | null;
  readonly empty: boolean;
}
export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  readonly panels: readonly PlacedPanel[];
}

export const tickLength = 2.5;
const between = { columns: 14, rows: 12 };
const edge = 2;
/** Between tick and label, label and title. */
export const gap = 2;
export const titleGap = 3;
export const lineHeight = (size: number): number => size * 1.22;

/** Room around a plot within its cell. */
interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Of an axis with nothing on it. */
const anyRange = (axis: FigureAxis): Range => (hasLog(axis) ? [1, 10] : [0, 1]);

interface Draft extends Omit<PlacedPanel, 'cell' | 'plot'> {
  readonly margins: Margins;
}

function draft(
  panel: FigurePanel,
  letter: string,
  entries: Parameters<typeof placeEntries>[0],
  size: { readonly width: number; readonly height: number },
  before: Margins,
  type: FigureType,
  fit: Fit,
): Draft {
  const empty = !hasData(panel);
  const tick = tickLength * weightOf(fit);
  const x: Axis = { spec: panel.x, range: rangeOf(panel, 'x') ?? anyRange(panel.x) };
  const y: Axis = { spec: panel.y, range: rangeOf(panel, 'y') ?? anyRange(panel.y) };
  const blank = (axis: Axis): boolean => empty && !axis.spec.domain && !axis.spec.categories;
  const inner = {
    width: Math.max(12, size.width - before.left - before.right),
    height: Math.max(12, size.height - before.top - before.bottom),
  };
  const along = (label: string): number => textWidth(label, type.tick);
  const most = (length: number, each: number, limit: number): number =>
    Math.max(2, Math.min(limit, Math.floor(length / each)));
  const yTicks = blank(y)
    ? noTicks
    : ticksOf(y, inner.height, () => type.tick * 0.8, most(inner.height, type.tick * 2, 7));
  const xTicks = blank(x) ? noTicks : ticksOf(x, inner.width, along, most(inner.width, type.tick * 3, 8));
  const yTitle = wrapText(figureAxisTitle(panel.y.label, panel.y.unit), type.title, inner.height * 1.15, 2);
  const xTitle = wrapText(figureAxisTitle(panel.x.label, panel.x.unit), type.title, inner.width * 1.1, 2);

  const perCategory = inner.width / Math.max(1, Math.abs(x.range[1] - x.range[0]));
  const longest = Math.min(90, size.height * 0.4);
  const names = panel.x.categories
    ? categoryLayout(xTicks.labels, perCategory, type.tick, longest)
    : { labels: xTicks.labels, slanted: false, height: type.tick };
  const bar = colourBarOf(
    panel.marks.findLast((mark): mark is CellsMark => mark.type === 'cells') ?? null,
    inner.height,
    type,
  );

  const titleWidth = size.width - (letter ? type.panel * 1.5 : 0);
  const title = fit.heads && panel.title ? wrapText(panel.title, type.panel, titleWidth, 2) : [];
  const head = Math.max(title.length, letter ? 1 : 0) * lineHeight(type.panel);
  const { placed, lines } = placeEntries(entries, inner.width, type.tick);
  const legendTop = head + (head > 0 ? 3 : 0);
  const legendHeight = lines * lineHeight(type.tick) + (lines > 0 ? 3 : 0);

  const yLabels = Math.max(0, ...yTicks.labels.map(along));
  const yNames = panel.y.categories ? Math.min(yLabels, size.width * 0.4) : yLabels;
  const lastX = xTicks.labels.at(-1) ?? '';
  const overhang = names.slanted || panel.x.categories ? 2 : along(lastX) / 2;
  const slantedOut = names.slanted ? Math.min(longest, along(xTicks.labels[0] ?? '')) * 0.72 - perCategory / 2 : 0;
  return {
    panel,
    letter,
    title,
    x,
    y,
    xTicks,
    yTicks,
    xTitle,
    yTitle,
    names,
    legendTop,
    legend: placed,
    bar,
    empty,
    margins: {
      top: legendTop + legendHeight + (head + lines > 0 ? 1 : type.tick * 0.5),
      right: bar ? barWidth + 6 + barLabelWidth(bar, type) : Math.max(3, overhang),
      bottom: tick + gap + names.height + gap + xTitle.length * lineHeight(type.title),
      left: Math.max(
        yTitle.length * lineHeight(type.title) + titleGap + yNames + gap + tick,
        along(xTicks.labels[0] ?? '') / 2,
        slantedOut,
      ),
    },
  };
}

const widest = (all: readonly Margins[], side: keyof Margins): number => Math.max(0, ...all.map((one) => one[side]));

export function layOut(figure: Figure, fit: Fit, colour: (mark: FigureMark) => string): FigureLayout {
  const { type } = fit;
  const shown = fit.panels ?? figure.panels.map((_, index) => index);
  const columns = Math.max(1, Math.min(Math.round(fit.columns), shown.length));
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const cell = {
    width: (fit.width - 2 * edge - (columns - 1) * between.columns) / columns,
    height: fit.rowHeight,
  };
  const legends = legendsOf(figure, shown, colour);
  const letters = figure.panels.length > 1;
  let margins: readonly Margins[] = shown.map(() => ({ top: 20, right: 6, bottom: 24, left: 34 }));
  let drafts: Draft[] = [];
  // Labels depend on the room for the plot and that on the labels: the third round changes nothing visible.
  for (let round = 0; round < 3; round++) {
    drafts = shown.map((index, place) =>
      draft(
        figure.panels[index] as FigurePanel,
        letters && fit.heads ? String.fromCharCode(65 + (index % 26)) : '',
        legends[place] ?? [],
        cell,
        margins[place] as Margins,
        type,
        fit,
      ),
    );
    margins = drafts.map((_, place) => {
      const inRow = drafts.filter((_other, at) => Math.floor(at / columns) === Math.floor(place / columns));
      const inColumn = drafts.filter((_other, at) => at % columns === place % columns);
      const [row, column] = [inRow.map((one) => one.margins), inColumn.map((one) => one.margins)];
      return {
        top: widest(row, 'top'),
        bottom: widest(row, 'bottom'),
        left: widest(column, 'left'),
        right: widest(column, 'right'),
      };
    });
  }
  const panels = drafts.map((one, place): PlacedPanel => {
    const left = edge + (place % columns) * (cell.width + between.columns);
    const top = edge + Math.floor(place / columns) * (cell.height + between.rows);
    const margin = margins[place] as Margins;
    return {
      ...one,
      cell: { left, top, ...cell },
      plot: {
        left: left + margin.left,
        top: top + margin.top,
        width: Math.max(8, cell.width - margin.left - margin.right),
        height: Math.max(8, cell.height - margin.top - margin.bottom),
      },
    };
  });
  return { width: fit.width, height: rows * cell.height + (rows - 1) * between.rows + 2 * edge, panels };
}
