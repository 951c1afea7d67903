import { describe, expect, it } from 'vitest';
import { seedLanes } from '../../../../src/kernels/balanced-snn/initial-state';
import { buildThresholdTable, poissonThresholds } from '../../../../src/kernels/balanced-snn/poisson';

/** Mean and variance of the counts that all 2^32 words would give, from the thresholds alone. */
function moments(mean: number): { mean: number; variance: number } {
  const tail = [...poissonThresholds(mean)].map((t) => (t + 2 ** 31) / 2 ** 32); // P(count >= t + 1)
  const first = tail.reduce((sum, p) => sum + p, 0);
  const second = tail.reduce((sum, p, t) => sum + p * (2 * t + 1), 0);
  return { mean: first, variance: second - first * first };
}

describe('Poisson thresholds', () => {
  it.each([0.001, 0.05, 0.25, 0.75, 2, 10, 200])('have mean and variance %d', (mean) => {
    const found = moments(mean);
    expect(Math.abs(found.mean / mean - 1)).toBeLessThan(1e-6);
    expect(Math.abs(found.variance / mean - 1)).toBeLessThan(1e-5);
  });

  it('are the exact probabilities at small counts', () => {
    const [one, two] = poissonThresholds(0.5);
    expect(one).toBe(Math.round((1 - Math.exp(-0.5)) * 2 ** 32) - 2 ** 31);
    expect(two).toBe(Math.round((1 - 1.5 * Math.exp(-0.5)) * 2 ** 32) - 2 ** 31);
    expect(poissonThresholds(0).length).toBe(0);
    expect(() => poissonThresholds(Number.NaN)).toThrow(RangeError);
    expect(() => poissonThresholds(201)).toThrow(RangeError);
  });

  it('lie in a table [level, unit], with "never" above what a unit can reach', () => {
    const table = buildThresholdTable(Float64Array.of(0.1, 0, 0.1, 1));
    expect(table.homogeneous).toBe(false);
    expect(table.levelCount).toBe(poissonThresholds(1).length);
    const column = (unit: number) => Array.from({ length: table.levelCount }, (_, t) => table.levels[t * 4 + unit]);
    expect(column(0)).toEqual(column(2));
    expect(column(3)).toEqual([...poissonThresholds(1)]);
    expect(new Set(column(1))).toEqual(new Set([-(2 ** 31)]));
    const same = buildThresholdTable(new Float64Array(5).fill(0.3));
    expect([same.homogeneous, [...same.levels]]).toEqual([true, [...poissonThresholds(0.3)]]);
    expect(buildThresholdTable(new Float64Array(3)).levelCount).toBe(0);
  });
});

describe('noise lanes', () => {
  it('depend on seed, item, run and unit, and a unit keeps its lane when the network grows', () => {
    const lanes = (seed: number, item: number, run: number, n: number) => {
      const pair = [new Uint32Array(n), new Uint32Array(n)] as const;
      seedLanes(seed, item, run, ...pair);
      return [...pair[0], ...pair[1]];
    };
    const base = lanes(1, 2, 0, 8);
    expect(lanes(1, 2, 0, 8)).toEqual(base);
    for (const other of [lanes(2, 2, 0, 8), lanes(1, 3, 0, 8), lanes(1, 2, 1, 8)]) {
      expect(other.filter((word) => base.includes(word))).toEqual([]);
    }
    expect(lanes(1, 2, 0, 12).slice(0, 8)).toEqual(base.slice(0, 8));
  });
});
