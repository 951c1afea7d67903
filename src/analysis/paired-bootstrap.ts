/**
 * How sure a paired difference is when items were measured in several replicates (networks drawn from other seeds): the
 * mean over replicates of the mean over items, and its values under a bootstrap that draws replicates with replacement,
 * then items. Items that every replicate shares (the same test images) are drawn once for all of them, since what is
 * particular to an image is then not averaged out by more replicates (Owen 2007, Ann. Appl. Stat. 1:386-411); items of
 * their own are drawn within each (Davison and Hinkley 1997, Bootstrap Methods, section 3.8).
 */
import { integerBelow, Purpose } from '../core/random/draws';
import type { Interval } from './bootstrap';
import { meanOf } from './moments';
import type { Replicate } from './paired-table';
import type { Rest } from './symmetric';

export const differencesOf = ({ pairs }: Replicate): Float64Array =>
  Float64Array.from(pairs, ({ first, second }) => first - second);

/** Whether all replicates hold the same items. */
export function shareItems(replicates: readonly Replicate[]): boolean {
  const keys = new Set(replicates[0]?.pairs.map(({ key }) => key));
  return replicates.every(({ pairs }) => pairs.length === keys.size && pairs.every(({ key }) => keys.has(key)));
}

export interface ResampleOptions {
  readonly resamples: number;
  readonly seed: number;
  /** Draw items once for all replicates: only where they share them. */
  readonly shared: boolean;
  readonly rest: Rest;
}

/** Sorted means under the bootstrap; none for fewer than two pairs in all. */
export async function resampledDifferences(
  replicates: readonly Replicate[],
  { resamples, seed, shared, rest }: ResampleOptions,
): Promise<Float64Array> {
  const count = replicates.length;
  const most = Math.max(0, ...replicates.map(({ pairs }) => pairs.length));
  if (count === 0 || (count === 1 && most < 2)) return new Float64Array(0);
  const columns = shared ? alignItems(replicates) : replicates.map(differencesOf);
  const out = new Float64Array(resamples);
  const rows = new Uint32Array(most);
  for (let b = 0; b < resamples; b++) {
    const key = { seed, purpose: Purpose.bootstrap, item: b };
    let index = 0;
    const draw = (n: number) => {
      for (let k = 0; k < n; k++) rows[k] = integerBelow(key, index++, n);
    };
    if (shared) draw(most);
    let sum = 0;
    for (let r = 0; r < count; r++) {
      const column = columns[count === 1 ? 0 : integerBelow(key, index++, count)] as Float64Array;
      if (!shared) draw(column.length);
      let total = 0;
      for (let k = 0; k < column.length; k++) total += column[rows[k] as number] as number;
      sum += total / column.length;
    }
    out[b] = sum / count;
    await rest();
  }
  return out.sort();
}

/** The differences of every replicate in the order of the first one's items. */
function alignItems(replicates: readonly Replicate[]): Float64Array[] {
  const keys = replicates[0]?.pairs.map(({ key }) => key) ?? [];
  return replicates.map(({ pairs }) => {
    const found = new Map(pairs.map(({ key, first, second }) => [key, first - second]));
    return Float64Array.from(keys, (key) => found.get(key) as number);
  });
}

/** Percentiles of sorted values, `level` between them (0.95); null for none. */
export function percentileInterval(sorted: Float64Array, level: number): Interval | null {
  if (sorted.length < 2) return null;
  const at = (fraction: number) => {
    const place = fraction * (sorted.length - 1);
    const low = Math.floor(place);
    const a = sorted[low] as number;
    return a + (place - low) * ((sorted[Math.min(sorted.length - 1, low + 1)] as number) - a);
  };
  return [at((1 - level) / 2), at((1 + level) / 2)];
}

export const meanDifference = (replicates: readonly Replicate[]): number =>
  meanOf(replicates.map((replicate) => meanOf(differencesOf(replicate))));

/**
 * p of two one-sided tests against a margin (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657-680), from the share of
 * resampled differences beyond either end: below 0.05 as soon as the 90 % interval lies within the margin.
 */
export function equivalenceP(sorted: Float64Array, margin: number): number {
  if (sorted.length === 0) return Number.NaN;
  let [above, below] = [0, 0];
  for (const value of sorted) {
    if (value >= margin) above++;
    if (value <= -margin) below++;
  }
  return (Math.max(above, below) + 1) / (sorted.length + 1);
}

/** Mean over replicates of each item's difference: what a test over items works on. */
export function itemMeans(replicates: readonly Replicate[]): Float64Array {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { pairs } of replicates) {
    for (const { key, first, second } of pairs) {
      const known = sums.get(key) ?? { sum: 0, n: 0 };
      sums.set(key, { sum: known.sum + first - second, n: known.n + 1 });
    }
  }
  return Float64Array.from(sums.values(), ({ sum, n }) => sum / n);
}
