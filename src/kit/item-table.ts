/**
 * The table that every value with an item axis carries: who each item is, which split it belongs to and under which
 * condition it was made. Ids are unique within a source and never depend on a selection, so that random draws keyed by
 * item, and joins by item, survive any reordering. A trial is an item.
 */

export const splits = ['train', 'validation', 'test'] as const;
export type Split = (typeof splits)[number];

export interface ItemTable {
  /** Length n. Stable identity within the source (MNIST: 0-59,999 training file, 60,000-69,999 test file). */
  readonly ids: Int32Array;
  /** Length n; index into `splits`. */
  readonly split: Uint8Array;
  /** Condition columns (label, eta, g, ...), each of length n. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

export const splitIndex = (name: Split): number => splits.indexOf(name);

/** Positions of the items of one split, or of all. */
export function itemsOf(items: ItemTable, split: Split | 'all'): Int32Array {
  const wanted = split === 'all' ? -1 : splitIndex(split);
  const found: number[] = [];
  for (let i = 0; i < items.ids.length; i++) if (wanted < 0 || items.split[i] === wanted) found.push(i);
  return Int32Array.from(found);
}

/** The rows at `positions`, in that order. */
export function selectItems(items: ItemTable, positions: ArrayLike<number>): ItemTable {
  const n = positions.length;
  const ids = new Int32Array(n);
  const split = new Uint8Array(n);
  const columns: Record<string, Float64Array> = {};
  for (const name of Object.keys(items.columns)) columns[name] = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const i = positions[k] as number;
    ids[k] = items.ids[i] as number;
    split[k] = items.split[i] as number;
    for (const name of Object.keys(items.columns)) {
      (columns[name] as Float64Array)[k] = items.columns[name]?.[i] as number;
    }
  }
  return { ids, split, columns };
}

/**
 * Who an item is to a join: the stimulus it repeats where it is a trial and the other side holds no trials, else itself.
 */
const identity = (own: ItemTable, other: ItemTable): ArrayLike<number> =>
  own.columns['stimulus'] && !other.columns['stimulus'] ? own.columns['stimulus'] : own.ids;

/**
 * Positions in `a` and `b` of the items that both have, in `a`'s order. The trials of an encoder meet the stimulus that
 * they repeat, every one of them.
 */
export function joinItems(a: ItemTable, b: ItemTable): { a: Int32Array; b: Int32Array } {
  const where = new Map<number, number[]>();
  const theirs = identity(b, a);
  for (let position = 0; position < theirs.length; position++) {
    const id = theirs[position] as number;
    const known = where.get(id);
    if (known) known.push(position);
    else where.set(id, [position]);
  }
  const left: number[] = [];
  const right: number[] = [];
  const ours = identity(a, b);
  for (let position = 0; position < ours.length; position++) {
    for (const other of where.get(ours[position] as number) ?? []) {
      left.push(position);
      right.push(other);
    }
  }
  return { a: Int32Array.from(left), b: Int32Array.from(right) };
}

/** Trials of one stimulus fit below this, so that `stimulus * trialStride + trial` names a trial. */
const trialStride = 4096;

/**
 * Every item `trials` times in a row. A trial is an item: its id is stimulus * 4096 + trial, its columns gain `stimulus`
 * and `trial`. One trial leaves the table as it is. Throws RangeError where an id would not fit.
 */
export function repeatItems(items: ItemTable, trials: number): ItemTable {
  if (trials === 1) return items;
  const n = items.ids.length;
  const positions = Int32Array.from({ length: n * trials }, (_, k) => Math.floor(k / trials));
  const repeated = selectItems(items, positions);
  const stimulus = Float64Array.from(repeated.ids);
  const trial = Float64Array.from(positions, (_, k) => k % trials);
  const ids = Int32Array.from(positions, (_, k) => {
    const id = (stimulus[k] as number) * trialStride + (trial[k] as number);
    if (id > 0x7fffffff) throw new RangeError(`Item ${stimulus[k]} cannot be repeated: its id is above 524,287.`);
    return id;
  });
  return { ...repeated, ids, columns: { ...repeated.columns, stimulus, trial } };
}
