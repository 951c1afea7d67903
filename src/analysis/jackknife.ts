/**
 * How far an estimate would vary with other items, by leaving out one block of them after another (Efron and Tibshirani
 * 1993, An Introduction to the Bootstrap, chapter 11):
 *   s^2 = (B - 1) / B sum_b (estimate without block b - their mean)^2,   95 %: estimate -+ t s,
 * t the 97.5 % point of Student's distribution with B - 1 degrees of freedom.
 * For estimates over so many units that hundreds of bootstrap resamples would take minutes.
 */
import { Purpose, permutation } from '../core/random/draws';
import type { Interval } from './bootstrap';
import { studentPoint } from './student';
import type { Rest } from './symmetric';

/** Block of each of `count` items, drawn from the seed. */
export function drawBlocks(count: number, blocks: number, seed: number): Int32Array {
  const order = permutation({ seed, purpose: Purpose.split, item: 1 }, count);
  const out = new Int32Array(count);
  order.forEach((item, k) => {
    out[item] = k % blocks;
  });
  return out;
}

/** Null with fewer than two blocks or where leaving one out leaves nothing to estimate from. */
export async function jackknifeInterval(
  estimate: number,
  blocks: number,
  without: (block: number) => number,
  rest: Rest,
): Promise<Interval | null> {
  if (blocks < 2 || Number.isNaN(estimate)) return null;
  const values = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) {
    values[b] = without(b);
    if (Number.isNaN(values[b])) return null;
    await rest();
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / blocks;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const reach = studentPoint(blocks - 1) * Math.sqrt(((blocks - 1) / blocks) * squares);
  return [estimate - reach, estimate + reach];
}
