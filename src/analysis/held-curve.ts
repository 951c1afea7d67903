/**
 * A drive as the encoder takes it: each value holds until the next point, the first one also before it and the last one
 * for ever after.
 */
import type { Curve } from '../kit/values';

/** Mean over each of `count` bins of `width` ms, the first from `start` ms on. NaN throughout for a curve without points. */
export function binnedMeans(
  { x, y }: Pick<Curve, 'x' | 'y'>,
  start: number,
  width: number,
  count: number,
): Float64Array {
  const means = new Float64Array(count).fill(Number.NaN);
  if (x.length === 0) return means;
  let at = 0;
  for (let bin = 0; bin < count; bin++) {
    const [from, to] = [start + bin * width, start + (bin + 1) * width];
    // A point within rounding of the bin's start belongs to it.
    while (at + 1 < x.length && (x[at + 1] as number) <= from + 1e-9 * width) at++;
    let [sum, time] = [0, from];
    let k = at;
    while (k + 1 < x.length && (x[k + 1] as number) < to - 1e-9 * width) {
      sum += (y[k] as number) * ((x[k + 1] as number) - time);
      time = x[++k] as number;
    }
    means[bin] = (sum + (y[k] as number) * (to - time)) / width;
  }
  return means;
}

/** When the value last changes, ms, and from what to what; null for one that never does. */
export function lastChange({
  x,
  y,
}: Pick<Curve, 'x' | 'y'>): { readonly at: number; readonly from: number; readonly to: number } | null {
  for (let k = x.length - 1; k > 0; k--) {
    if (y[k] !== y[k - 1]) return { at: x[k] as number, from: y[k - 1] as number, to: y[k] as number };
  }
  return null;
}

/** From when to when the value moves, ms: from the last point at the first value to the last change. Null if it never does. */
export function movingSpan({ x, y }: Pick<Curve, 'x' | 'y'>): readonly [number, number] | null {
  const last = lastChange({ x, y });
  if (!last) return null;
  let k = 1;
  while (y[k] === y[0]) k++;
  return [x[k - 1] as number, last.at];
}
