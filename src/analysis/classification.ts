/**
 * How well labels agree with the true ones: accuracy with Wilson's interval, per class precision, recall and F1, Cohen's
 * kappa. Sources: Wilson 1927, J. Am. Stat. Assoc. 22:209-212; Cohen 1960, Educ. Psychol. Meas. 20:37-46.
 */
import type { Interval } from './bootstrap';

const z = 1.959963984540054;

/**
 * 95 % score interval of a share of `hits` in `n`; null for none:
 *   (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)
 */
export function wilsonInterval(hits: number, n: number): Interval | null {
  if (n === 0) return null;
  const p = hits / n;
  const centre = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}

export interface ClassScore {
  /** Items that are of the class, and that were called so. */
  readonly items: number;
  readonly called: number;
  /** Share of those called so that are; NaN where none was. */
  readonly precision: number;
  /** Share of those that are that were called so; NaN where there are none. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
}

/** `confusion`: row = true class, column = predicted. */
export function classScores(confusion: Float64Array, classes: number): ClassScore[] {
  return Array.from({ length: classes }, (_, k) => {
    let [items, called] = [0, 0];
    for (let other = 0; other < classes; other++) {
      items += confusion[k * classes + other] as number;
      called += confusion[other * classes + k] as number;
    }
    const hits = confusion[k * classes + k] as number;
    return { items, called, precision: hits / called, recall: hits / items, f1: (2 * hits) / (items + called) };
  });
}

/** Agreement above chance as a share of what chance leaves: 1 for equal labels, 0 for shuffled ones; NaN for one class alone. */
export const kappaOf = (accuracy: number, chance: number): number => (accuracy - chance) / (1 - chance);
