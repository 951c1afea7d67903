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

const valuesOf = (curves: SeriesPreview['curves'], unit: string): readonly number[] =>
  curves.filter((curve) => curve.unit === unit).flatMap((curve) => [...curve.y].filter(Number.isFinite));

/** A logarithmic axis needs positive numbers, and a decibel is a logarithm already. */
export function canBeLog(curves: SeriesPreview['curves'], unit: string): boolean {
  const values = valuesOf(curves, unit);
  return unit !== 'dB' && values.length > 0 && values.every((value) => value > 0);
}

/** Pure numbers that fall to less than a tenth of where they start, as losses do, are read on a logarithmic axis. */
export function prefersLog(curves: SeriesPreview['curves']): boolean {
  return unitsOf(curves).some(
    (unit) =>
      canBeLog(curves, unit) &&
      curves.some(({ unit: own, y }) => own === unit && unit === '1' && (y[0] ?? 0) > 10 * (y.at(-1) ?? Infinity)),
  );
}

/** The word that all names of two or more curves end with ("loss" of "training loss" and "validation loss"), or "". */
export function commonWord(names: readonly string[]): string {
  const lasts = new Set(names.map((name) => name.split(/\s+/).at(-1) ?? ''));
  return names.length > 1 && lasts.size === 1 && names.every((name) => /\S\s+\S/.test(name))
    ? ([...lasts][0] ?? '')
    : '';
}

/** What the y axis of one unit is called: its only curve, else what all its curves end with, else "value". */
export function scaleTitle(curves: SeriesPreview['curves'], unit: string): string {
  const names = curves.filter((curve) => curve.unit === unit).map((curve) => curve.name);
  return names.length === 1 ? (names[0] ?? 'value') : commonWord(names) || 'value';
}
