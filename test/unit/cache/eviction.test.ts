import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEvictions, evictionScore } from '../../../src/cache/eviction';

const hour = 3600 * 1000;
const record = (bytes: number, age: number, ms: number) => ({ bytes, used: -age, ms });

describe('eviction', () => {
  it('scores bytes x age / cost', () => {
    // 1 MB, an hour old, 10 s to compute and 5 ms to load.
    expect(evictionScore(record(1e6, hour, 10_000), 0)).toBeCloseTo((1e6 * hour) / 10_005, 3);
    const base = evictionScore(record(1e6, hour, 1000), 0);
    expect(evictionScore(record(2e6, hour, 1000), 0)).toBeGreaterThan(base);
    expect(evictionScore(record(1e6, 2 * hour, 1000), 0)).toBeGreaterThan(base);
    expect(evictionScore(record(1e6, hour, 2000), 0)).toBeLessThan(base);
    expect(Number.isFinite(evictionScore(record(1e6, 0, 0), 0))).toBe(true);
  });

  it('prefers a large cheap result to a small dear one, whichever is older', () => {
    const spikes = record(100e6, hour, 40_000);
    const weights = record(8e6, 3 * hour, 80_000);
    const cheap = record(20e6, hour, 200);
    expect(chooseEvictions([spikes, weights, cheap], 1, 0, () => false).evict).toEqual([cheap]);
    expect(chooseEvictions([spikes, weights, cheap], 30e6, 0, () => false).evict).toEqual([cheap, spikes]);
    expect(chooseEvictions([spikes, weights, cheap], 1, 0, (one) => one === cheap).evict).toEqual([spikes]);
  });

  it('frees enough with no record to spare, and nothing exempt', () => {
    const any = fc.record({
      bytes: fc.integer({ min: 1, max: 1e8 }),
      used: fc.nat(1e9),
      ms: fc.nat(1e6),
      pinned: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), fc.nat(1e9), (records, needed) => {
        const { evict, freed } = chooseEvictions(records, needed, 1e9, ({ pinned }) => pinned);
        expect(evict.some(({ pinned }) => pinned)).toBe(false);
        expect(freed).toBe(evict.reduce((sum, { bytes }) => sum + bytes, 0));
        const last = evict.at(-1);
        if (last) expect(freed - last.bytes).toBeLessThan(needed);
        if (freed < needed) expect(evict).toHaveLength(records.filter(({ pinned }) => !pinned).length);
        const lowest = last ? evictionScore(last, 1e9) : Number.POSITIVE_INFINITY;
        for (const one of records)
          if (!one.pinned && !evict.includes(one)) expect(evictionScore(one, 1e9)).toBeLessThanOrEqual(lowest);
      }),
    );
  });
});
