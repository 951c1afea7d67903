import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePointsToDrop } from '../../../src/library/thin-points';

const minute = 60_000;

describe('thinning of restore points', () => {
  it('drops nothing while there is room', () => {
    expect(
      choosePointsToDrop(
        [
          { at: 1, automatic: true },
          { at: 2, automatic: true },
        ],
        3,
        2,
      ),
    ).toEqual([]);
  });

  it('keeps the latest and prefers automatic points', () => {
    const point = fc.record({ at: fc.nat(1e9), automatic: fc.boolean() });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (points, kept) => {
        const ordered = points.sort((a, b) => a.at - b.at);
        const dropped = choosePointsToDrop(ordered, 1e9, kept);
        expect(dropped).toHaveLength(Math.max(0, ordered.length - kept));
        if (ordered.length > 1) expect(dropped).not.toContain(ordered.at(-1));
        const stays = ordered.slice(0, -1).filter((one) => !dropped.includes(one));
        if (dropped.some(({ automatic }) => !automatic)) expect(stays.filter(({ automatic }) => automatic)).toEqual([]);
      }),
    );
  });

  it('leaves recent history denser than old', () => {
    let points: { at: number; automatic: boolean }[] = [];
    for (let n = 0; n < 1000; n++) {
      points.push({ at: n * minute, automatic: true });
      const dropped = choosePointsToDrop(points, n * minute);
      points = points.filter((point) => !dropped.includes(point));
    }
    expect(points).toHaveLength(50);
    const recent = points.filter(({ at }) => at > 970 * minute).length;
    const before = points.filter(({ at }) => at > 670 * minute && at <= 970 * minute).length;
    const early = points.filter(({ at }) => at <= 670 * minute).length;
    // The last half hour, the five hours before it and the eleven before those: ever thinner, never empty.
    expect(recent).toBeGreaterThan(10);
    expect(before).toBeGreaterThan(5);
    expect(recent / 30).toBeGreaterThan((3 * before) / 300);
    expect(early).toBeGreaterThan(3);
    expect(points[0]?.at).toBe(0);
  });
});
