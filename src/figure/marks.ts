/** The marks of a figure as marks of Observable Plot. Not a number, and what a log axis cannot show, is a gap. */
import * as Plot from '@observablehq/plot';
import type {
  BandMark,
  BarsMark,
  CellsMark,
  FigureMark,
  LineMark,
  PointsMark,
  RasterMark,
  RuleMark,
  TextMark,
} from '../kit/figure';
import { isLog, placeOn } from './axis-ticks';
import { cellPaths, cellUnder, dotPath, type Frame, rasterPath, within, xAt, yAt } from './many';
import { isDrawable } from './ranges';
import { element } from './svg';
import { textWidth } from './text-width';
import type { FigureStyle, FigureTheme, FigureType } from './theme';
import { thinLine } from './thin-line';

export interface Drawing {
  readonly frame: Frame;
  readonly document: Document;
  readonly style: FigureStyle;
  readonly theme: FigureTheme;
  readonly type: FigureType;
  /** User units per pt: strokes keep their printed weight. */
  readonly weight: number;
  readonly colour: (mark: FigureMark) => string;
  readonly cells: CellsMark | null;
  /** Some mark of the panel has many dots: all of its dots are small then. */
  readonly crowded: boolean;
}

/** More dots than this become one path of smaller ones. */
const manyDots = 250;

export function plotMarks(mark: FigureMark, at: Drawing): Plot.Markish[] {
  const colour = at.colour(mark);
  switch (mark.type) {
    case 'line':
      return line(mark, at, colour);
    case 'points':
      return points(mark, at, colour);
    case 'band':
      return band(mark, at, colour);
    case 'bars':
      return bars(mark, at, colour);
    case 'raster':
      return raster(mark, at, colour);
    case 'cells':
      return cells(mark, at);
    case 'rule':
      return rule(mark, at, colour);
    case 'text':
      return text(mark, at, colour);
  }
}

const dashes = (on: number, off: number, { weight }: Drawing): string => `${on * weight} ${off * weight}`;

/** Values that an axis can show; others NaN. */
function shown(values: Float64Array, at: Drawing, axis: 'x' | 'y'): Float64Array {
  const log = isLog(at.frame[axis]);
  return values.map((value) => (isDrawable(value, log) ? value : Number.NaN));
}

/** On a heat map, where any one colour may drown, a dashed line on a pale one. */
function rule(mark: RuleMark, at: Drawing, colour: string): Plot.Markish[] {
  const place = placeOn(at.frame[mark.axis], mark.at);
  if (!(place >= -1e-6 && place <= 1 + 1e-6)) return [];
  const draw = mark.axis === 'x' ? Plot.ruleX : Plot.ruleY;
  const dashed = { strokeWidth: 0.7 * at.weight, strokeDasharray: dashes(3, 2, at), clip: true };
  if (!at.cells || mark.hue) return [draw([mark.at], { stroke: colour, ...dashed })];
  return [
    draw([mark.at], { stroke: '#ffffff', strokeWidth: 1.1 * at.weight, strokeOpacity: 0.85, clip: true }),
    draw([mark.at], { stroke: '#000000', ...dashed }),
  ];
}

function line(mark: LineMark, at: Drawing, colour: string): Plot.Markish[] {
  const thin = thinLine(mark.x, mark.y, Math.ceil(at.frame.plot.width * 2));
  const [x, y] = [shown(thin.x, at, 'x'), shown(thin.y, at, 'y')];
  const look = {
    x,
    y,
    z: null,
    stroke: colour,
    strokeWidth: at.weight,
    clip: true,
    curve: mark.steps ? ('step-after' as const) : ('linear' as const),
    ...(mark.dashed ? { strokeDasharray: dashes(4, 2.2, at) } : {}),
  };
  return [Plot.line({ length: x.length }, look)];
}

function points(mark: PointsMark, at: Drawing, colour: string): Plot.Markish[] {
  const [x, y] = [shown(mark.x, at, 'x'), shown(mark.y, at, 'y')];
  const { low, high } = mark;
  const bars =
    low && high
      ? [
          Plot.ruleX(
            { length: x.length },
            {
              x,
              y1: shown(low, at, 'y'),
              y2: shown(high, at, 'y'),
              stroke: colour,
              strokeWidth: 0.8 * at.weight,
              clip: true,
            },
          ),
        ]
      : [];
  if (x.length > manyDots) {
    const size = x.length > 3000 ? 1.1 : 1.8;
    const dots: Plot.RenderFunction = () =>
      element(at.document, 'path', {
        class: 'points',
        d: dotPath(at.frame, x, y),
        fill: 'none',
        stroke: colour,
        'stroke-linecap': 'round',
        'stroke-width': size * at.weight,
      });
    return [...bars, dots];
  }
  const [left, right] = sorted(at.frame.x.range);
  const [bottom, top] = sorted(at.frame.y.range);
  const inside = (i: number): boolean => {
    const [px, py] = [x[i] as number, y[i] as number];
    return px >= left && px <= right && py >= bottom && py <= top;
  };
  const r = (at.crowded ? 1.4 : 1.9) * at.weight;
  const cross = mark.hue === 'bad';
  const look = cross
    ? { symbol: 'times' as const, stroke: colour, strokeWidth: 1.3 * at.weight, r: r * 1.3 }
    : { fill: colour, r, stroke: at.style.surface, strokeWidth: 0.35 * at.weight };
  // Nothing is clipped, so that a dot on the frame stays whole; those outside are left out.
  return [...bars, Plot.dot({ length: x.length }, { x, y, ...look, filter: (_: unknown, i: number) => inside(i) })];
}

const sorted = ([a, b]: readonly [number, number]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)];

function band(mark: BandMark, at: Drawing, colour: string): Plot.Markish[] {
  const channels = { x: shown(mark.x, at, 'x'), y1: shown(mark.low, at, 'y'), y2: shown(mark.high, at, 'y') };
  return [Plot.areaY({ length: mark.x.length }, { ...channels, z: null, fill: colour, fillOpacity: 0.22, clip: true })];
}

function bars(mark: BarsMark, at: Drawing, colour: string): Plot.Markish[] {
  const y = shown(mark.y, at, 'y');
  const foot = isLog(at.frame.y) ? Math.min(...at.frame.y.range) : 0;
  const channels = {
    x1: shown(
      mark.x.map((x) => x - mark.width / 2),
      at,
      'x',
    ),
    x2: shown(
      mark.x.map((x) => x + mark.width / 2),
      at,
      'x',
    ),
    y1: y.map((value) => (Number.isNaN(value) ? value : foot)),
    y2: y,
  };
  const inset = y.length > at.frame.plot.width / 4 ? 0 : 0.25 * at.weight;
  const look = { fill: colour, fillOpacity: 0.85, insetLeft: inset, insetRight: inset, clip: true };
  return [Plot.rect({ length: y.length }, { ...channels, ...look })];
}

function raster(mark: RasterMark, at: Drawing, colour: string): Plot.Markish[] {
  const ticks: Plot.RenderFunction = () =>
    element(at.document, 'path', {
      class: 'raster',
      d: rasterPath(at.frame, mark.x, mark.y),
      fill: 'none',
      stroke: colour,
      'stroke-width': (mark.x.length > 4000 ? 0.5 : 0.7) * at.weight,
    });
  return [ticks];
}

function cells(mark: CellsMark, at: Drawing): Plot.Markish[] {
  const paths: Plot.RenderFunction = () =>
    element(
      at.document,
      'g',
      { class: 'cells', 'shape-rendering': 'crispEdges' },
      ...cellPaths(at.frame, mark, at.theme).map(({ colour, path }) =>
        element(at.document, 'path', { d: path, fill: colour }),
      ),
    );
  return [paths];
}

/** Words keep inside the plot and off the lines behind them; on a heat map they take the colour that stands out. */
function text(mark: TextMark, at: Drawing, colour: string): Plot.Markish[] {
  const { plot } = at.frame;
  const size = at.type.tick;
  const words: Plot.RenderFunction = () =>
    element(
      at.document,
      'g',
      { class: 'text', 'font-size': size },
      ...mark.text.flatMap((words, i) => {
        const [x, y] = [mark.x[i] as number, mark.y[i] as number];
        const [left, top] = [xAt(at.frame, x), yAt(at.frame, y)];
        if (!words || !within(at.frame, left, top, 1)) return [];
        const half = textWidth(words, size) / 2;
        const [leftmost, rightmost] = [plot.left + 4 + half, plot.left + plot.width - 1 - half];
        const placed = {
          x: leftmost > rightmost ? plot.left + plot.width / 2 : Math.min(rightmost, Math.max(leftmost, left)),
          y: Math.min(plot.top + plot.height - size * 0.3, Math.max(plot.top + size * 0.8, top + size * 0.34)),
        };
        const under = at.cells ? cellUnder(at.cells, x, y, at.theme) : null;
        const bright = under && 0.2126 * under[0] + 0.7152 * under[1] + 0.0722 * under[2] > 120;
        const fill = under ? (bright ? '#000000' : '#ffffff') : colour;
        const word = { ...placed, 'text-anchor': 'middle' };
        const ground = {
          x: placed.x - half - 1,
          y: placed.y - size * 0.82,
          width: 2 * half + 2,
          height: size * 1.12,
          fill: at.style.surface,
          'fill-opacity': 0.92,
        };
        return [
          ...(under ? [] : [element(at.document, 'rect', ground)]),
          element(at.document, 'text', { ...word, fill }, words),
        ];
      }),
    );
  return [words];
}
