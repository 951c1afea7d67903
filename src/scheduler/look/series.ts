/** A window of curves at the resolution of the screen: the low and the high of every stretch are kept, so no peak is lost. */
import type { SeriesLook, SeriesRequest } from '../../kit/look';
import type { Curve, SeriesValue } from '../../kit/values';

/** Positions whose x is in the window, with one more on either side, so that lines leave the picture. */
function windowOf({ x }: Curve, from: number, to: number): readonly [number, number] {
  let [start, end] = [0, x.length];
  while (start < end && (x[start] as number) < from) start++;
  while (end > start && (x[end - 1] as number) > to) end--;
  return [Math.max(0, start - 1), Math.min(x.length, end + 1)];
}

export function thin(curve: Curve, from: number, to: number, points: number): { x: Float64Array; y: Float64Array } {
  const [start, end] = windowOf(curve, from, to);
  const count = end - start;
  if (count <= points) return { x: curve.x.slice(start, end), y: curve.y.slice(start, end) };
  const parts = Math.max(1, Math.floor(points / 2));
  const kept: number[] = [];
  for (let part = 0; part < parts; part++) {
    const first = start + Math.floor((part * count) / parts);
    const last = start + Math.floor(((part + 1) * count) / parts);
    let [low, high] = [first, first];
    for (let i = first; i < last; i++) {
      if ((curve.y[i] as number) < (curve.y[low] as number)) low = i;
      if ((curve.y[i] as number) > (curve.y[high] as number)) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  return {
    x: Float64Array.from(kept, (i) => curve.x[i] as number),
    y: Float64Array.from(kept, (i) => curve.y[i] as number),
  };
}

export function lookAtSeries(value: SeriesValue, { from, to, points, curves }: SeriesRequest): SeriesLook {
  const firsts = value.curves.flatMap(({ x }) => (x.length > 0 ? [x[0] as number] : []));
  const lasts = value.curves.flatMap(({ x }) => (x.length > 0 ? [x.at(-1) as number] : []));
  return {
    what: 'series',
    xLabel: value.xLabel,
    xUnit: value.xUnit,
    xMin: firsts.length > 0 ? firsts.reduce((a, b) => Math.min(a, b)) : 0,
    xMax: lasts.length > 0 ? lasts.reduce((a, b) => Math.max(a, b)) : 1,
    names: value.curves.map(({ name }) => name),
    units: value.curves.map(({ unit }) => unit),
    curves: curves.flatMap((index) => {
      const curve = value.curves[index];
      return curve ? [{ index, ...thin(curve, from, to, points) }] : [];
    }),
  };
}
