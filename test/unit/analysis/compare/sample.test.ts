import { describe, expect, it } from 'vitest';
import { differenceOf, meanInterval, pairUp, quantile, summariseSample } from '../../../../src/analysis/compare/sample';

describe('statistics of one sample', () => {
  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, s^2 = 32 / 7; t(0.975, 7) = 2.365 (Fisher and Yates 1963, table III).
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  const half = (2.365 * Math.sqrt(32 / 7)) / Math.sqrt(8);

  it('are those of the closed form', () => {
    const { mean, sd, median, min, max, n, interval } = summariseSample(values);
    expect({ mean, median, min, max, n }).toEqual({ mean: 5, median: 4.5, min: 2, max: 9, n: 8 });
    expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(interval?.[0]).toBeCloseTo(5 - half, 10);
    expect(interval?.[1]).toBeCloseTo(5 + half, 10);
  });

  it('count infinite values and leave them out of the mean; missing ones are no values', () => {
    const summary = summariseSample([1, 3, Number.POSITIVE_INFINITY, Number.NaN]);
    expect(summary).toMatchObject({ n: 3, mean: 2, infinite: 1, max: Number.POSITIVE_INFINITY, median: 3 });
    expect(summariseSample([Infinity, Infinity]).mean).toBe(Infinity);
  });

  it('have no interval for fewer than two', () => {
    expect(meanInterval([3])).toBeNull();
    expect(summariseSample([])).toMatchObject({ n: 0, interval: null });
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  });
});

describe('the difference of two samples', () => {
  const first = { keys: [1, 2, 3, 4], values: [10, 20, 30, 40] };

  it('is that of pairs with the same key, whatever their order', () => {
    const second = { keys: [4, 3, 2, 1], values: [41, 33, 21, 13] };
    // Differences 3, 1, 3, 1: mean 2, s^2 = 4 / 3; t(0.975, 3) = 3.182.
    const difference = differenceOf(first, second);
    expect(difference).toMatchObject({ mean: 2, paired: true, n: 4, above: 1 });
    const half = (3.182 * Math.sqrt(4 / 3)) / 2;
    expect(difference?.interval?.[0]).toBeCloseTo(2 - half, 10);
    expect(difference?.interval?.[1]).toBeCloseTo(2 + half, 10);
  });

  it('pairs only what both hold and what is finite', () => {
    const pairs = pairUp(first, { keys: [2, 3, 9], values: [5, Number.POSITIVE_INFINITY, 7] });
    expect(pairs).toEqual({ keys: [2], first: Float64Array.of(20), second: Float64Array.of(5) });
  });

  it('goes by position where there are no keys, and as many values', () => {
    expect(pairUp({ keys: null, values: [1, 2] }, { keys: null, values: [3, 5] }).second).toEqual(
      Float64Array.of(3, 5),
    );
    expect(pairUp({ keys: null, values: [1, 2] }, { keys: null, values: [3] }).keys).toEqual([]);
  });

  it('without a common item is Welch’s', () => {
    // Means 2 and 6, variances 1 and 4, n = 3 each: error sqrt(5 / 3), freedom (5/3)^2 / (1/18 + 16/18) = 2.94, so 2.
    const difference = differenceOf({ keys: [1, 2, 3], values: [1, 2, 3] }, { keys: [7, 8, 9], values: [4, 6, 8] });
    expect(difference).toMatchObject({ mean: 4, paired: false, n: 3, above: null });
    expect(difference?.interval?.[1]).toBeCloseTo(4 + 4.303 * Math.sqrt(5 / 3), 10);
  });

  it('is null where one is empty', () => {
    expect(differenceOf({ keys: [], values: [] }, first)).toBeNull();
  });
});
