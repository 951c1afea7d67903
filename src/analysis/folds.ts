/**
 * Folds of a cross-validation: which part each item is held out in. Groups (the trials of one stimulus) stay together,
 * so that no decoder is tested on a stimulus it has seen, and classes are spread evenly over the folds.
 */
import { Purpose, permutation } from '../core/random/draws';

/**
 * Fold of each item, 0 .. folds - 1. `groups` holds a group id per item, `classes` a class per item (that of a group is
 * its first item's), or null. Which group goes where is drawn from the seed. Fewer groups than folds give fewer folds.
 */
export function drawFolds(
  groups: ArrayLike<number>,
  classes: ArrayLike<number> | null,
  folds: number,
  seed: number,
): Int32Array {
  const classOf = new Map<number, number>();
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as number;
    if (!classOf.has(group)) classOf.set(group, classes?.[i] ?? 0);
  }
  const known = [...classOf.keys()];
  const order = permutation({ seed, purpose: Purpose.split, item: 0 }, known.length);
  const dealt = Array.from(order, (k) => known[k] as number);
  dealt.sort((a, b) => (classOf.get(a) as number) - (classOf.get(b) as number));
  const foldOf = new Map(dealt.map((group, k) => [group, k % folds]));
  return Int32Array.from(groups, (group) => foldOf.get(group) as number);
}

/** Positions held out in a fold, and the others. */
export function splitFold(folds: ArrayLike<number>, fold: number): { held: Int32Array; train: Int32Array } {
  const [held, train]: [number[], number[]] = [[], []];
  for (let i = 0; i < folds.length; i++) (folds[i] === fold ? held : train).push(i);
  return { held: Int32Array.from(held), train: Int32Array.from(train) };
}

/** How many folds there are. */
export function foldCount(folds: ArrayLike<number>): number {
  let most = -1;
  for (let i = 0; i < folds.length; i++) most = Math.max(most, folds[i] as number);
  return most + 1;
}
