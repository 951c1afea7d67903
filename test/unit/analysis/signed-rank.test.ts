import { describe, expect, it } from 'vitest';
import { signedRankTest } from '../../../src/analysis/signed-rank';

describe('signed-rank test', () => {
  it('gives the published answer for depression scores (Hollander and Wolfe 1973, table 3.1; W = 40, p = 0.039)', () => {
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const test = signedRankTest(before.map((value, k) => value - (after[k] as number)));
    expect(test).toMatchObject({ n: 9, positive: 40, negative: 5, exact: true });
    expect(test.p).toBeCloseTo(0.0390625, 12);
  });
  it("gives the published answer for Darwin's maize (Fisher 1935; W = 24, p = 0.0413)", () => {
    const test = signedRankTest([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]);
    expect(test).toMatchObject({ n: 15, positive: 96, negative: 24 });
    expect(test.p).toBeCloseTo(0.041259765625, 12);
  });
  it('reaches the tabulated two-sided 5 % points exactly: T = 8 of 10, 52 of 20, 89 of 25', () => {
    const p = (n: number, lost: number) => {
      // Ranks that sum to `lost` are negative: the largest first.
      let left = lost;
      const values = Array.from({ length: n }, (_, k) => n - k).map((rank) => {
        if (rank > left) return rank;
        left -= rank;
        return -rank;
      });
      return signedRankTest(values).p;
    };
    for (const [n, lost] of [
      [10, 8],
      [20, 52],
      [25, 89],
    ] as const) {
      expect(p(n, lost)).toBeLessThanOrEqual(0.05);
      expect(p(n, lost + 1)).toBeGreaterThan(0.05);
    }
    expect(p(10, 8)).toBeCloseTo(50 / 1024, 12);
  });
  it('counts all signs where ranks are shared: 1, 1, 1, -1 have p = 10 / 16', () => {
    // W+ is binomial times 2.5: P(3 or more of 4) = 5 / 16.
    expect(signedRankTest([1, 1, 1, -1])).toMatchObject({ positive: 7.5, p: 10 / 16 });
  });
  it('leaves zeros out, and has no answer without differences', () => {
    expect(signedRankTest([0, 0, 3])).toMatchObject({ n: 1, p: 1 });
    expect(signedRankTest([]).p).toBeNaN();
    expect(signedRankTest([0]).p).toBeNaN();
  });
  it('is normal above 25, with ties and a continuity correction', () => {
    // scipy.stats.wilcoxon(d, correction=True, method='approx') of SciPy 1.17.1.
    const tied = signedRankTest(Array.from({ length: 40 }, (_, k) => ((k * 37) % 23) - 8));
    expect(tied).toMatchObject({ n: 39, negative: 220, exact: false });
    expect(tied.p).toBeCloseTo(0.017919633140327153, 12);
    const other = signedRankTest(Array.from({ length: 60 }, (_, k) => ((k * 37) % 101) - 38.5));
    expect(other.p).toBeCloseTo(0.009458118368734504, 12);
  });
});
