/**
 * Which items a source hands on, as pure functions of labels, seed and item ids. An item's place in a random order
 * follows from its own draw, so adding items or classes never changes the order of the others, and a larger count only
 * adds items to a smaller one.
 */
import { type Purpose, uniformU32 } from '../../src/core/random/draws';

/** Positions of `ids` in the order of one draw per id. */
export function drawnOrder(ids: ArrayLike<number>, seed: number, purpose: Purpose): Int32Array {
  const draws = Float64Array.from(ids, (id) => uniformU32({ seed, purpose, item: id }, 0));
  return Int32Array.from(ids, (_, position) => position).sort(
    (a, b) => (draws[a] as number) - (draws[b] as number) || (ids[a] as number) - (ids[b] as number),
  );
}

/** `count` items over `classes` as evenly as whole numbers allow: the first classes get the remainder. */
export function evenQuotas(count: number, classes: readonly number[]): ReadonlyMap<number, number> {
  const [each, rest] = [Math.floor(count / classes.length), count % classes.length];
  return new Map(classes.map((label, rank) => [label, each + (rank < rest ? 1 : 0)]));
}

export interface Shortage {
  /** Absent when all classes together do not have enough. */
  readonly label?: number;
  readonly wanted: number;
  readonly available: number;
}

/** What is missing to take `counts` items from classes of these sizes, or null. */
export function shortageOf(
  counts: readonly number[],
  classes: readonly number[],
  available: readonly number[],
  balanced: boolean,
): Shortage | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const all = classes.reduce((sum, label) => sum + (available[label] ?? 0), 0);
  if (total > all) return { wanted: total, available: all };
  if (!balanced) return null;
  for (const label of classes) {
    const wanted = counts.reduce((sum, count) => sum + (evenQuotas(count, classes).get(label) ?? 0), 0);
    const has = available[label] ?? 0;
    if (wanted > has) return { label, wanted, available: has };
  }
  return null;
}

/**
 * Takes `counts` items, group after group, from `order`, of `classes` only. Balanced groups hold each class equally
 * often. The caller has checked with `shortageOf` that there are enough.
 */
export function takeGroups(
  order: Int32Array,
  labels: ArrayLike<number>,
  counts: readonly number[],
  classes: readonly number[],
  balanced: boolean,
): Int32Array[] {
  const wanted = new Set(classes);
  const rest = [...order].filter((position) => wanted.has(labels[position] as number));
  const taken = new Set<number>();
  return counts.map((count) => {
    const quotas = balanced ? new Map(evenQuotas(count, classes)) : null;
    const group: number[] = [];
    for (const position of rest) {
      if (group.length === count) break;
      if (taken.has(position)) continue;
      const label = labels[position] as number;
      const left = quotas?.get(label) ?? 1;
      if (left === 0) continue;
      quotas?.set(label, left - 1);
      taken.add(position);
      group.push(position);
    }
    return Int32Array.from(group);
  });
}
