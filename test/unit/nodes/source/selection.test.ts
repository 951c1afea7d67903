import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnOrder, evenQuotas, shortageOf, takeGroups } from '../../../../nodes/source/selection';
import { Purpose } from '../../../../src/core/random/draws';

const count = (values: Iterable<number>, value: number): number => [...values].filter((v) => v === value).length;

describe('a random order', () => {
  it('depends on the ids alone: fewer items keep their order', () => {
    const ids = Int32Array.from({ length: 50 }, (_, i) => 1000 + i);
    const whole = Array.from(drawnOrder(ids, 5, Purpose.sample), (p) => ids[p]);
    const even = ids.filter((id) => id % 2 === 0);
    expect(Array.from(drawnOrder(even, 5, Purpose.sample), (p) => even[p])).toEqual(
      whole.filter((id) => (id as number) % 2 === 0),
    );
    expect(whole).not.toEqual([...ids]);
    expect([...whole].sort()).toEqual([...ids].sort());
    expect(Array.from(drawnOrder(ids, 6, Purpose.sample), (p) => ids[p])).not.toEqual(whole);
  });
});

describe('quotas', () => {
  it('give the first classes the remainder', () => {
    expect([...evenQuotas(8, [2, 5, 7])]).toEqual([
      [2, 3],
      [5, 3],
      [7, 2],
    ]);
  });
});

describe('taking groups', () => {
  it('never takes an item twice, keeps to the classes and the counts, and evens classes out', () => {
    const cases = fc.record({
      labels: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
      counts: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3 }),
      classes: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
      balanced: fc.boolean(),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, ({ labels, counts, classes, balanced, seed }) => {
        const available = [0, 1, 2, 3].map((label) => count(labels, label));
        fc.pre(shortageOf(counts, classes, available, balanced) === null);
        const order = drawnOrder(
          labels.map((_, i) => i),
          seed,
          Purpose.sample,
        );
        const groups = takeGroups(order, labels, counts, classes, balanced);
        expect(groups.map((group) => group.length)).toEqual(counts);
        const all = groups.flatMap((group) => [...group]);
        expect(new Set(all).size).toBe(all.length);
        for (const group of groups) {
          const taken = [...group].map((position) => labels[position] as number);
          for (const label of taken) expect(classes).toContain(label);
          if (!balanced) continue;
          const perClass = classes.map((label) => count(taken, label));
          expect(Math.max(...perClass) - Math.min(...perClass)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
  it('says what is short', () => {
    expect(shortageOf([5], [0, 1], [3, 1], false)).toEqual({ wanted: 5, available: 4 });
    expect(shortageOf([4], [0, 1], [3, 1], true)).toEqual({ label: 1, wanted: 2, available: 1 });
    expect(shortageOf([2, 2], [0, 1], [3, 2], true)).toBeNull();
  });
});
