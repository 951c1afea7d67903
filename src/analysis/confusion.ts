/**
 * What a decoder confuses, and how much it tells: counts of (true, decoded) classes and the information in them,
 *   I = sum p(t, d) log2 p(t, d) / (p(t) p(d)),
 * less what decoded classes shuffled over items would give, which is the bias of few items (Panzeri, Senatore, Montemurro
 * and Petersen 2007, J. Neurophysiol. 98:1064-1072).
 */
import { Purpose, permutation } from '../core/random/draws';
import { exactLog } from '../core/random/elementary';
import type { Rest } from './symmetric';

/** Row = true class, column = decoded. */
export function confusionOf(truth: ArrayLike<number>, decoded: ArrayLike<number>, classes: number): Float64Array {
  const counts = new Float64Array(classes * classes);
  for (let i = 0; i < truth.length; i++) {
    const at = (truth[i] as number) * classes + (decoded[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

/** Bits of the plug-in estimate; 0 for an empty matrix. */
export function bitsOf(confusion: ArrayLike<number>, classes: number): number {
  const [rows, columns] = [new Float64Array(classes), new Float64Array(classes)];
  let total = 0;
  for (let k = 0; k < confusion.length; k++) {
    const count = confusion[k] as number;
    const [row, column] = [Math.floor(k / classes), k % classes];
    rows[row] = (rows[row] as number) + count;
    columns[column] = (columns[column] as number) + count;
    total += count;
  }
  let bits = 0;
  for (let k = 0; k < confusion.length; k++) {
    const count = confusion[k] as number;
    if (count === 0) continue;
    const expected = ((rows[Math.floor(k / classes)] as number) * (columns[k % classes] as number)) / total;
    bits += ((count / total) * exactLog(count / expected)) / Math.LN2;
  }
  return bits;
}

/** Share of items that decoded classes shuffled over items would get right. */
export function chanceAccuracy(truth: ArrayLike<number>, decoded: ArrayLike<number>, classes: number): number {
  const [rows, columns] = [new Float64Array(classes), new Float64Array(classes)];
  for (let i = 0; i < truth.length; i++) {
    rows[truth[i] as number] = (rows[truth[i] as number] as number) + 1;
    columns[decoded[i] as number] = (columns[decoded[i] as number] as number) + 1;
  }
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += (rows[c] as number) * (columns[c] as number);
  return sum / truth.length ** 2;
}

/** Mean bits over `shuffles` permutations of the decoded classes. */
export async function shuffledBits(
  truth: ArrayLike<number>,
  decoded: ArrayLike<number>,
  classes: number,
  shuffles: number,
  seed: number,
  rest: Rest,
): Promise<number> {
  let sum = 0;
  for (let s = 0; s < shuffles; s++) {
    const order = permutation({ seed, purpose: Purpose.shuffle, item: s }, truth.length);
    const shuffled = Array.from(order, (k) => decoded[k] as number);
    sum += bitsOf(confusionOf(truth, shuffled, classes), classes);
    await rest();
  }
  return sum / shuffles;
}
