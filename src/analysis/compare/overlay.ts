/** Values as curves that can lie over each other: mean over items (or curves, or runs) with a band of one SD. */
import type { SpikeLook } from '../../kit/spike-look';
import type { Curve, FeaturesValue, PortValue, RatesValue, SeriesValue } from '../../kit/values';
import { fewCurves } from './measures-of';

export interface OverlayCurve {
  readonly name: string;
  readonly unit: string;
  readonly x: Float64Array;
  readonly mean: Float64Array;
  /** Over `n` of `over`; null for a single curve. */
  readonly sd: Float64Array | null;
  readonly n: number;
  readonly over: string;
}
export interface Overlay {
  readonly xLabel: string;
  readonly xUnit: string;
  readonly curves: readonly OverlayCurve[];
}

/** Null for kinds that are no curve. */
export function overlayOf(value: PortValue, look: SpikeLook | null = null): Overlay | null {
  switch (value.kind) {
    case 'series':
      return seriesOverlay(value);
    case 'rates':
      return ratesOverlay(value);
    case 'features':
      return featuresOverlay(value);
    case 'spikes':
      return look ? spikesOverlay(look) : null;
    default:
      return null;
  }
}

const sameX = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, k) => value === b[k]);

function seriesOverlay({ curves, xLabel, xUnit, items }: SeriesValue): Overlay {
  const groups = new Map<string, Curve[]>();
  for (const curve of curves) {
    const quantity = curve.labels?.['quantity'];
    const group = quantity !== undefined ? String(quantity) : items ? 'all' : curve.name;
    groups.set(group, [...(groups.get(group) ?? []), curve]);
  }
  const pooled = groups.size <= fewCurves && groups.size < curves.length;
  const named = pooled ? [...groups] : curves.map((curve): [string, Curve[]] => [curve.name, [curve]]);
  return {
    xLabel,
    xUnit,
    curves: named.map(([name, list]): OverlayCurve => {
      const [first] = list as [Curve];
      const joined = list.filter(({ x }) => sameX(x, first.x));
      const rows = joined.map(({ y }) => y);
      const pooledName = name === 'all' ? 'mean' : name;
      return {
        name: pooledName,
        unit: first.unit,
        x: first.x,
        ...meanAndSd(rows, first.x.length),
        over: items ? 'items' : 'curves',
      };
    }),
  };
}

function meanAndSd(rows: readonly ArrayLike<number>[], length: number): Pick<OverlayCurve, 'mean' | 'sd' | 'n'> {
  const n = rows.length;
  const mean = Float64Array.from({ length }, (_, i) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / n);
  const sd =
    n < 2
      ? null
      : mean.map((centre, i) =>
          Math.sqrt(rows.reduce((sum, row) => sum + ((row[i] as number) - centre) ** 2, 0) / (n - 1)),
        );
  return { mean, sd, n };
}

/** Over time where there are bins, else over units. */
function ratesOverlay({ shape, data, dt }: RatesValue): Overlay {
  const [bins = 0, count = 0, units = 0] = shape;
  if (bins > 1) {
    const rows = Array.from({ length: count }, (_, k) =>
      Float64Array.from({ length: bins }, (_, t) => {
        let sum = 0;
        for (let u = 0; u < units; u++) sum += data[(t * count + k) * units + u] as number;
        return sum / units;
      }),
    );
    const x = Float64Array.from({ length: bins }, (_, t) => (t + 0.5) * dt);
    const curve = { name: 'mean rate', unit: 'Hz', x, ...meanAndSd(rows, bins), over: 'items' };
    return { xLabel: 'time', xUnit: 'ms', curves: [curve] };
  }
  return profile('unit', 'rate', 'Hz', data, count, units);
}

const featuresOverlay = ({ shape, data, unit }: FeaturesValue): Overlay =>
  profile('feature', 'value', unit, data, shape[0] ?? 0, shape[1] ?? 0);

/** Mean over items of each column, and its SD over items, in one pass. */
function profile(
  xLabel: string,
  name: string,
  unit: string,
  data: ArrayLike<number>,
  count: number,
  columns: number,
): Overlay {
  const mean = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let k = 0; k < count; k++) {
    for (let c = 0; c < columns; c++) {
      const value = data[k * columns + c] as number;
      const before = mean[c] as number;
      const after = before + (value - before) / (k + 1);
      mean[c] = after;
      squares[c] = (squares[c] as number) + (value - before) * (value - after);
    }
  }
  const sd = count < 2 ? null : squares.map((sum) => Math.sqrt(sum / (count - 1)));
  const x = Float64Array.from({ length: columns }, (_, c) => c);
  return { xLabel, xUnit: '1', curves: [{ name, unit, x, mean, sd, n: count, over: 'items' }] };
}

const spikesOverlay = ({ populations, time, mean, sd, ids }: SpikeLook): Overlay => ({
  xLabel: 'time',
  xUnit: 'ms',
  curves: populations.map(({ name }, p) => ({
    name: `rate ${name}`,
    unit: 'Hz',
    x: time,
    mean: mean[p] ?? new Float64Array(0),
    sd: ids.length > 1 ? (sd[p] ?? null) : null,
    n: ids.length,
    over: 'items',
  })),
});

/** Several runs of one curve (other seeds) as one: mean and SD over the runs, where they share their x. */
export function poolCurves(curves: readonly OverlayCurve[], over: string): OverlayCurve | null {
  const [first] = curves;
  if (!first || curves.length < 2 || !curves.every(({ x }) => sameX(x, first.x))) return null;
  const rows = curves.map(({ mean }) => mean);
  return { ...first, ...meanAndSd(rows, first.x.length), over };
}

/** The curve at `x`, between its points by a straight line; NaN outside. */
export function valueAt(curve: Pick<OverlayCurve, 'x'>, values: Float64Array, x: number): number {
  const n = curve.x.length;
  if (n === 0 || !(x >= (curve.x[0] as number) && x <= (curve.x[n - 1] as number))) return Number.NaN;
  let [low, high] = [0, n - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((curve.x[middle] as number) <= x) low = middle;
    else high = middle;
  }
  const [x0, x1] = [curve.x[low] as number, curve.x[high] as number];
  const [y0, y1] = [values[low] as number, values[high] as number];
  if (x === x1) return y1;
  return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/** Second less first at the points of the first that both cover. */
export function curveDifference(first: OverlayCurve, second: OverlayCurve): OverlayCurve {
  const points = Array.from(
    first.x,
    (x, k) => [x, valueAt(second, second.mean, x) - (first.mean[k] as number)] as const,
  );
  const kept = points.filter(([, y]) => !Number.isNaN(y));
  return {
    ...first,
    x: Float64Array.from(kept, ([x]) => x),
    mean: Float64Array.from(kept, ([, y]) => y),
    sd: null,
    n: 1,
    over: '',
  };
}
