/**
 * The numbers behind a figure, one row per point: what leaves as CSV and is read as a table. Positions on a categorical
 * axis are written as their names.
 */
import type { Figure, FigureAxis, FigureMark, FigurePanel } from '../kit/figure';
import { axisTitle } from './ticks';

type Cell = number | string | null;

export interface FigureRow {
  /** "A: Transfer curve". */
  readonly panel: string;
  /** Name in the legend, else the kind of mark. */
  readonly mark: string;
  readonly x: Cell;
  readonly y: Cell;
  /** Ends of an error bar or band. */
  readonly low: Cell;
  readonly high: Cell;
  /** Of a cell of a heat map, or the words of a text. */
  readonly value: Cell;
  readonly xAxis: string;
  readonly yAxis: string;
  readonly valueAxis: string;
}

export const panelName = (figure: Figure, index: number): string => {
  const letter = figure.panels.length > 1 ? String.fromCharCode(65 + (index % 26)) : '';
  return [letter, figure.panels[index]?.title ?? ''].filter(Boolean).join(': ') || 'A';
};

const onAxis = ({ categories }: FigureAxis, value: number): Cell =>
  categories && Number.isInteger(value) ? (categories[value] ?? value) : value;

interface Point {
  readonly x: Cell;
  readonly y: Cell;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly value?: Cell | undefined;
}

function* pointsOf(mark: FigureMark, panel: FigurePanel): Generator<Point> {
  if (mark.type === 'rule') {
    const at = onAxis(panel[mark.axis], mark.at);
    yield mark.axis === 'x' ? { x: at, y: null } : { x: null, y: at };
    return;
  }
  for (let i = 0; i < mark.x.length; i++) {
    const x = onAxis(panel.x, mark.x[i] as number);
    if (mark.type === 'band') {
      yield { x, y: null, low: mark.low[i], high: mark.high[i] };
      continue;
    }
    const y = onAxis(panel.y, mark.y[i] as number);
    if (mark.type === 'points') yield { x, y, low: mark.low?.[i], high: mark.high?.[i] };
    else if (mark.type === 'cells') yield { x, y, value: mark.value[i] };
    else if (mark.type === 'text') yield { x, y, value: mark.text[i] };
    else yield { x, y };
  }
}

/** Lazily: a raster has a row per spike. */
export function* figureRows(figure: Figure): Generator<FigureRow> {
  for (const [index, panel] of figure.panels.entries()) {
    const name = panelName(figure, index);
    const xAxis = axisTitle(panel.x.label, panel.x.unit);
    const yAxis = axisTitle(panel.y.label, panel.y.unit);
    for (const mark of panel.marks) {
      const valueAxis = mark.type === 'cells' ? axisTitle(mark.valueLabel, mark.valueUnit) : '';
      for (const { x, y, low, high, value } of pointsOf(mark, panel)) {
        yield {
          panel: name,
          mark: mark.name ?? mark.type,
          x,
          y,
          low: low ?? null,
          high: high ?? null,
          value: value ?? null,
          xAxis,
          yAxis,
          valueAxis,
        };
      }
    }
  }
}
