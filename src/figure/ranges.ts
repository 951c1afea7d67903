/**
 * What range an axis shows: the one it is given, else that of the data (finite, and positive on a log axis), with error
 * bars, bands, bars down to 0 and rules inside. Points keep off the frame; lines in x begin and end on it. An axis that
 * begins near 0 begins at 0. Null where there is nothing to show.
 */
import type { FigureAxis, FigureMark, FigurePanel } from '../kit/figure';

export type Range = readonly [number, number];

/** Numbers that a picture can show: beyond, differences and ratios overflow. */
const largest = 1e150;
export const isDrawable = (value: number, log: boolean): boolean =>
  log ? value >= 1 / largest && value <= largest : Math.abs(value) <= largest;

/** Ends too near to tell apart. */
const isPoint = (low: number, high: number): boolean =>
  !(Math.abs(high - low) > Math.max(1 / largest, 1e-11 * Math.max(Math.abs(low), Math.abs(high))));

const edges = (centres: Float64Array, size: number): Float64Array[] => [
  centres.map((at) => at - size / 2),
  centres.map((at) => at + size / 2),
];

function valuesOf(mark: FigureMark, axis: 'x' | 'y'): readonly ArrayLike<number>[] {
  switch (mark.type) {
    case 'line':
    case 'text':
    case 'raster':
      return [mark[axis]];
    case 'points':
      return axis === 'x' ? [mark.x] : [mark.y, mark.low ?? [], mark.high ?? []];
    case 'band':
      return axis === 'x' ? [mark.x] : [mark.low, mark.high];
    case 'bars':
      return axis === 'x' ? edges(mark.x, mark.width) : mark.y.length > 0 ? [mark.y, [0]] : [];
    case 'cells':
      return edges(mark[axis], axis === 'x' ? mark.width : mark.height);
    case 'rule':
      return mark.axis === axis ? [[mark.at]] : [];
  }
}

/** Marks that may touch the frame. */
const flush = (mark: FigureMark, axis: 'x' | 'y'): boolean =>
  mark.type === 'cells' ||
  mark.type === 'rule' ||
  mark.type === 'bars' ||
  (axis === 'x' && (mark.type === 'line' || mark.type === 'band' || mark.type === 'raster'));

export const hasLog = ({ scale, categories }: FigureAxis): boolean =>
  scale === 'log' && !(categories && categories.length > 0);

/** True where at least one point of a mark other than a rule can be drawn. */
export function hasData({ marks, x, y }: FigurePanel): boolean {
  const [logX, logY] = [hasLog(x), hasLog(y)];
  return marks.some((mark) => {
    if (mark.type === 'rule') return false;
    const ys: readonly ArrayLike<number>[] =
      mark.type === 'cells' ? [mark.value] : mark.type === 'bars' ? [mark.y] : valuesOf(mark, 'y');
    const log = logY && mark.type !== 'cells';
    for (let i = 0; i < mark.x.length; i++) {
      if (isDrawable(mark.x[i] as number, logX) && ys.some((values) => isDrawable(values[i] as number, log)))
        return true;
    }
    return false;
  });
}

export function rangeOf(panel: FigurePanel, axis: 'x' | 'y'): Range | null {
  const spec: FigureAxis = panel[axis];
  const log = hasLog(spec);
  const usable = (value: number): boolean => isDrawable(value, log);
  if (spec.domain?.every(usable) && !isPoint(...spec.domain)) return spec.domain;
  if (spec.categories && spec.categories.length > 0) return [-0.5, spec.categories.length - 0.5];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let [padLow, padHigh] = [false, false];
  for (const mark of panel.marks) {
    const touches = flush(mark, axis);
    for (const values of valuesOf(mark, axis)) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
        if (!usable(value)) continue;
        if (value < low || (value === low && !touches)) [low, padLow] = [value, !touches];
        if (value > high || (value === high && !touches)) [high, padHigh] = [value, !touches];
      }
    }
  }
  if (low > high) return null;
  // On a log axis the lowest bar would have no height.
  const foot = log && axis === 'y' && panel.marks.some(({ type }) => type === 'bars');
  return log ? padLog(foot ? low / 2 : low, high, padLow, padHigh) : padLinear(low, high, padLow, padHigh, panel, axis);
}

function padLog(low: number, high: number, padLow: boolean, padHigh: boolean): Range {
  if (isPoint(low, high) || high / low < 1 + 1e-9) return [low / 3, high * 3];
  const factor = (high / low) ** 0.04;
  return [padLow ? low / factor : low, padHigh ? high * factor : high];
}

function padLinear(
  low: number,
  high: number,
  padLow: boolean,
  padHigh: boolean,
  panel: FigurePanel,
  axis: 'x' | 'y',
): Range {
  if (isPoint(low, high)) {
    const half = Math.abs(low) < 1 / largest ? 1 : Math.abs(low) * 0.5;
    return low > 0 ? [Math.max(0, low - half), high + half] : [low - half, high + half];
  }
  // A bar's top needs air as well; its foot, 0, does not.
  const bars = axis === 'y' && panel.marks.some(({ type }) => type === 'bars');
  const span = high - low;
  const counts = axis === 'y' && !panel.marks.some(({ type }) => type === 'cells' || type === 'raster');
  const bottom = counts && low > 0 && low < 0.35 * high ? 0 : low;
  const atZero = axis === 'y' && bottom === 0;
  return [
    (padLow || (bars && low < 0)) && !atZero ? bottom - 0.04 * span : bottom,
    padHigh || (bars && high > 0) ? high + 0.05 * span : high,
  ];
}
