/**
 * Curves of different x brought to the one x column that uPlot draws from, and the scales they need: one per unit, two of
 * them with an axis. Points missing in a curve are null and bridged.
 */
import type { SeriesPreview } from '../../kit/preview';

export interface AlignedSeries {
  readonly x: readonly number[];
  /** One column per curve, null where it has no point. */
  readonly y: readonly (readonly (number | null)[])[];
}

export function alignCurves(curves: SeriesPreview['curves']): AlignedSeries {
  const all = new Set<number>();
  for (const { x } of curves) for (const value of x) if (Number.isFinite(value)) all.add(value);
  const x = [...all].sort((a, b) => a - b);
  const place = new Map(x.map((value, index) => [value, index]));
  const y = curves.map((curve) => {
    const column: (number | null)[] = new Array(x.length).fill(null);
    curve.x.forEach((value, index) => {
      const at = place.get(value);
      const found = curve.y[index];
      if (at !== undefined && found !== undefined && Number.isFinite(found)) column[at] = found;
    });
    return column;
  });
  return { x, y };
}

/** The units in order of first use; "1" for pure numbers. */
export const unitsOf = (curves: SeriesPreview['curves']): readonly string[] => [
  ...new Set(curves.map((curve) => curve.unit)),
];

/** A logarithmic axis needs positive numbers. */
export function canBeLog(curves: SeriesPreview['curves']): boolean {
  const values = curves.flatMap((curve) => [...curve.y]).filter(Number.isFinite);
  return values.length > 0 && values.every((value) => value > 0);
}

/** Losses that fall by more than a factor of ten are read on a logarithmic axis. */
export function prefersLog(curves: SeriesPreview['curves']): boolean {
  if (!canBeLog(curves) || !curves.some((curve) => /loss/i.test(curve.name))) return false;
  const values = curves.flatMap((curve) => [...curve.y]).filter(Number.isFinite);
  return Math.max(...values) / Math.min(...values) > 10;
}

/** What the y axis of one unit is called: the common last word of its curves ("loss"), else their only name, else "value". */
export function scaleTitle(curves: SeriesPreview['curves'], unit: string): string {
  const names = curves.filter((curve) => curve.unit === unit).map((curve) => curve.name);
  if (names.length === 1) return names[0] ?? 'value';
  const lasts = new Set(names.map((name) => name.split(/[\s._-]+/).at(-1)));
  return lasts.size === 1 ? ([...lasts][0] ?? 'value') : 'value';
}
