/**
 * Poisson counts by inverse distribution on a 32-bit word, as integers, so that every backend draws the same counts.
 *
 * A word x, read as a signed integer, is uniform on -2^31..2^31 - 1; the count is the number of t >= 1 with
 * x < T_t, T_t = P(count >= t) 2^32 - 2^31. Words come from xoroshiro64* lanes, one per neuron and one word per step;
 * its low bits are weak, but a comparison is decided by the high ones.
 *
 * The mean is off by at most 2^-33 per level; counts rarer than 2^-33 never occur.
 */
import { exactExp } from '../../core/random/elementary';
import { maxExternalCount } from './params';

/** "Never": no word is below it. */
export const neverThreshold = -0x80000000;

/** T_1, T_2, ... for a Poisson mean, up to the last level that can occur. Empty at mean 0. */
export function poissonThresholds(mean: number): Int32Array {
  if (!(mean >= 0 && mean <= maxExternalCount))
    throw new RangeError(`A Poisson mean of ${mean} per step is out of range.`);
  const thresholds: number[] = [];
  let probability = exactExp(-mean);
  let below = probability;
  for (let t = 1; ; t++) {
    const words = Math.min(Math.round((1 - below) * 0x100000000), 0xffffffff);
    if (words <= 0) return Int32Array.from(thresholds);
    thresholds.push(words - 0x80000000);
    probability = (probability * mean) / t;
    below += probability;
  }
}

/** Thresholds of all neurons: `levels[t * unitCount + unit]`, levels that a neuron cannot reach being "never". */
export interface ThresholdTable {
  readonly levelCount: number;
  /** [level, unit], or [level] when every unit has the same mean. */
  readonly levels: Int32Array;
  readonly homogeneous: boolean;
  /** Mean probability that a count exceeds each level: tells the kernel how many levels to compare before it looks. */
  readonly tails: Float64Array;
}

/** Builds the table for one mean per unit. Equal means share one computation. */
export function buildThresholdTable(means: Float64Array): ThresholdTable {
  const rows = new Map<number, Int32Array>();
  const rowOf: Int32Array[] = [];
  let levelCount = 0;
  for (const mean of means) {
    let row = rows.get(mean);
    if (!row) {
      row = poissonThresholds(mean);
      rows.set(mean, row);
      levelCount = Math.max(levelCount, row.length);
    }
    rowOf.push(row);
  }
  const homogeneous = rows.size <= 1;
  const width = homogeneous ? Math.min(1, means.length) : means.length;
  const levels = new Int32Array(levelCount * width).fill(neverThreshold);
  const tails = new Float64Array(levelCount + 1);
  for (let unit = 0; unit < width; unit++) {
    const row = rowOf[unit] as Int32Array;
    for (let t = 0; t < row.length; t++) {
      const threshold = row[t] as number;
      levels[t * width + unit] = threshold;
      tails[t] = (tails[t] as number) + (threshold + 0x80000000) / 0x100000000 / width;
    }
  }
  return { levelCount, levels, homogeneous, tails };
}
