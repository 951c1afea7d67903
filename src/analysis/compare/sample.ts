/**
 * Statistics of one sample and of the difference between two. Intervals are 95 % by Student's t: the mean with
 *   mean -+ t(n - 1) s / sqrt(n),
 * a paired difference the same over the differences of pairs, an unpaired one with Welch's degrees of freedom (Welch 1947,
 * Biometrika 34:28-35), rounded down. Values that are missing are left out, infinite ones left out of means and counted.
 */
import type { Interval } from '../bootstrap';
import { meanOf, sampleSd } from '../moments';
import { studentPoint } from '../student';

export interface SampleSummary {
  /** How many values there are, infinite ones included. */
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly interval: Interval | null;
  readonly infinite: number;
}

/** Linear interpolation between order statistics; NaN for none. */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const at = fraction * (n - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low] as number, sorted[Math.min(n - 1, low + 1)] as number];
  // Equal ones apart: the difference of two infinities is no number.
  return at === low || a === b ? a : a + (at - low) * (b - a);
}

export function meanInterval(values: ArrayLike<number>): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const [mean, half] = [meanOf(values), (studentPoint(n - 1) * sampleSd(values)) / Math.sqrt(n)];
  return [mean - half, mean + half];
}

export function summariseSample(values: ArrayLike<number>): SampleSummary {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const finite = sorted.filter(Number.isFinite);
  return {
    n: sorted.length,
    // All infinite: so is their mean.
    mean: finite.length > 0 ? meanOf(finite) : quantile(sorted, 0.5),
    sd: sampleSd(finite),
    median: quantile(sorted, 0.5),
    min: quantile(sorted, 0),
    max: quantile(sorted, 1),
    interval: meanInterval(finite),
    infinite: sorted.length - finite.length,
  };
}

export interface SampleDifference {
  /** Second less first. */
  readonly mean: number;
  readonly interval: Interval | null;
  readonly paired: boolean;
  /** Pairs; of an unpaired difference the smaller of the two samples. */
  readonly n: number;
  /** Share of pairs in which the second is greater; null where there are none. */
  readonly above: number | null;
}

export type Keys = ArrayLike<number | string>;

export interface Pairs {
  readonly keys: readonly (number | string)[];
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Values with the same key, in the order of the first; without keys, by position if there are as many. */
export function pairUp(
  first: { readonly values: ArrayLike<number>; readonly keys: Keys | null },
  second: { readonly values: ArrayLike<number>; readonly keys: Keys | null },
): Pairs {
  const keys: (number | string)[] = [];
  const [a, b]: [number[], number[]] = [[], []];
  const add = (key: number | string, x: number | undefined, y: number | undefined): void => {
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return;
    keys.push(key);
    a.push(x);
    b.push(y);
  };
  if (first.keys === null || second.keys === null) {
    if (first.values.length === second.values.length)
      for (let i = 0; i < first.values.length; i++) add(i, first.values[i], second.values[i]);
  } else {
    const where = new Map<number | string, number>();
    for (let i = 0; i < second.keys.length; i++) where.set(second.keys[i] as number | string, i);
    for (let i = 0; i < first.keys.length; i++) {
      const key = first.keys[i] as number | string;
      const at = where.get(key);
      if (at !== undefined) add(key, first.values[i], second.values[at]);
    }
  }
  return { keys, first: Float64Array.from(a), second: Float64Array.from(b) };
}

/** Paired where there are pairs, else by Welch; null where either is empty. */
export function differenceOf(
  first: { readonly values: ArrayLike<number>; readonly keys: Keys | null },
  second: { readonly values: ArrayLike<number>; readonly keys: Keys | null },
): SampleDifference | null {
  const pairs = pairUp(first, second);
  if (pairs.keys.length > 0) {
    const differences = pairs.second.map((value, k) => value - (pairs.first[k] as number));
    return {
      mean: meanOf(differences),
      interval: meanInterval(differences),
      paired: true,
      n: differences.length,
      above: differences.filter((value) => value > 0).length / differences.length,
    };
  }
  return welch(
    Float64Array.from(first.values).filter(Number.isFinite),
    Float64Array.from(second.values).filter(Number.isFinite),
  );
}

function welch(a: Float64Array, b: Float64Array): SampleDifference | null {
  if (a.length === 0 || b.length === 0) return null;
  const mean = meanOf(b) - meanOf(a);
  const n = Math.min(a.length, b.length);
  if (n < 2) return { mean, interval: null, paired: false, n, above: null };
  const [va, vb] = [sampleSd(a) ** 2 / a.length, sampleSd(b) ** 2 / b.length];
  const error = Math.sqrt(va + vb);
  const freedom = error === 0 ? 1 : (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const half = error === 0 ? 0 : studentPoint(Math.max(1, Math.floor(freedom))) * error;
  return { mean, interval: [mean - half, mean + half], paired: false, n, above: null };
}
