/** Trials as items, and joins between trials and what they repeat. */
import { describe, expect, it } from 'vitest';
import { type ItemTable, joinItems, repeatItems } from '../../../src/kit/item-table';

const table = (ids: number[], columns: ItemTable['columns'] = {}): ItemTable => ({
  ids: Int32Array.from(ids),
  split: Uint8Array.from(ids, (id) => id % 3),
  columns,
});
const list = ({ a, b }: { a: Int32Array; b: Int32Array }) => [[...a], [...b]];

describe('repeatItems', () => {
  it('leaves a table of single trials as it is', () => {
    const items = table([7, 3]);
    expect(repeatItems(items, 1)).toBe(items);
  });

  it('puts the trials of an item next to each other, each an item with its own id', () => {
    const repeated = repeatItems(table([7, 3], { eta: Float64Array.of(0.5, 2) }), 3);
    expect([...repeated.ids]).toEqual([7 * 4096, 7 * 4096 + 1, 7 * 4096 + 2, 3 * 4096, 3 * 4096 + 1, 3 * 4096 + 2]);
    expect([...(repeated.columns['stimulus'] ?? [])]).toEqual([7, 7, 7, 3, 3, 3]);
    expect([...(repeated.columns['trial'] ?? [])]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...(repeated.columns['eta'] ?? [])]).toEqual([0.5, 0.5, 0.5, 2, 2, 2]);
    expect([...repeated.split]).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('refuses ids that have no room for trials', () => {
    expect(() => repeatItems(table([524_288]), 2)).toThrow(/cannot be repeated/);
    expect([...repeatItems(table([524_287]), 2).ids]).toEqual([2147479552, 2147479553]);
  });
});

describe('joinItems', () => {
  it('pairs equal ids in the order of the first', () => {
    expect(list(joinItems(table([5, 1, 9]), table([9, 2, 5])))).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });

  it('brings every trial together with the stimulus it repeats, from either side', () => {
    const trials = repeatItems(table([5, 1]), 2);
    expect(list(joinItems(trials, table([1, 5])))).toEqual([
      [0, 1, 2, 3],
      [1, 1, 0, 0],
    ]);
    expect(list(joinItems(table([1, 5, 8]), trials))).toEqual([
      [0, 0, 1, 1],
      [2, 3, 0, 1],
    ]);
  });

  it('pairs trials with the same trials', () => {
    const trials = repeatItems(table([5, 1]), 2);
    expect(list(joinItems(trials, repeatItems(table([1]), 2)))).toEqual([
      [2, 3],
      [0, 1],
    ]);
  });
});
