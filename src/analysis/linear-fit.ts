/**
 * Straight line by least squares, and the share of the variance that it explains.
 *   y = slope x + intercept,   R2 = 1 - sum (y - fit)^2 / sum (y - mean y)^2
 * NaN where the points do not say: no spread in x for the line, none in y for R2.
 */
import { meanOf } from './moments';

export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
  /** Points used. */
  readonly n: number;
}

export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): LineFit {
  const n = x.length;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const dx = (x[k] as number) - meanX;
    const dy = (y[k] as number) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const slope = xx > 0 ? xy / xx : Number.NaN;
  return { slope, intercept: meanY - slope * meanX, r2: xx > 0 && yy > 0 ? (xy * xy) / (xx * yy) : Number.NaN, n };
}

/** The line through the points that `keep` chooses. */
export function fitLineWhere(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  keep: (x: number, y: number) => boolean,
): LineFit {
  const [keptX, keptY]: [number[], number[]] = [[], []];
  for (let k = 0; k < x.length; k++) {
    if (!keep(x[k] as number, y[k] as number)) continue;
    keptX.push(x[k] as number);
    keptY.push(y[k] as number);
  }
  return fitLine(keptX, keptY);
}
