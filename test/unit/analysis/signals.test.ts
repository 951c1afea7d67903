import { describe, expect, it } from 'vitest';
import { crossCorrelation, peakAround, pearson } from '../../../src/analysis/correlation';
import { populationRate } from '../../../src/analysis/population-rate';
import { synchrony } from '../../../src/analysis/synchrony';
import { uniformOf } from './trains';

const noise = (n: number, seed: number) => {
  const uniform = uniformOf(seed);
  return Array.from({ length: n }, () => uniform() - 0.5);
};

describe('correlation', () => {
  it('by hand', () => {
    expect(pearson([1, 2, 3, 4], [2, 4, 6, 8])).toBe(1);
    expect(pearson([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
    // Deviations (-1, 0, 1) and (0, -1, 1): 1 / 2.
    expect(pearson([1, 2, 3], [2, 1, 3])).toBeCloseTo(0.5, 12);
    expect(Math.abs(pearson(noise(20_000, 1), noise(20_000, 2)))).toBeLessThan(0.02);
  });
  it('is undefined for a constant and for fewer than two samples', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(pearson([1], [2])).toBeNaN();
    expect(pearson([], [])).toBeNaN();
  });
  it('finds how far the second follows the first', () => {
    const signal = noise(500, 3);
    const later = signal.map((_, i) => signal[i - 3] ?? 0);
    const found = crossCorrelation(signal, later, 10);
    expect(found).toHaveLength(21);
    expect(peakAround(found)).toBe(10 + 3);
    expect(found[13]).toBeCloseTo(1, 12);
    expect(peakAround(crossCorrelation(later, signal, 10))).toBe(10 - 3);
    expect(found[10]).toBeCloseTo(pearson(signal, later), 12);
  });
  it('takes the nearest of equal peaks, and none where nothing is defined', () => {
    expect(peakAround([1, 0, 0.5, 1, 0])).toBe(3);
    expect(peakAround([Number.NaN, 0.2, Number.NaN])).toBe(1);
    expect(peakAround([0.3, 0.2, 0.31], 0.1)).toBe(2);
    expect(peakAround([0.3, 0.25, 0.31], 0.1)).toBe(1);
    expect(peakAround([])).toBeNaN();
    expect(peakAround(crossCorrelation([1, 1, 1], [1, 2, 3], 1))).toBeNaN();
    expect(crossCorrelation([1, 2], [1, 2], 5).filter((r) => !Number.isNaN(r))).toHaveLength(1);
  });
  it('needs half of the samples to overlap', () => {
    const found = crossCorrelation(noise(10, 5), noise(10, 6), 9);
    expect(found.findIndex((r) => !Number.isNaN(r))).toBe(4);
    expect(found.findLastIndex((r) => !Number.isNaN(r))).toBe(14);
  });
});

describe('synchrony', () => {
  it('is 1 when all membranes move as one, and 1 / sqrt(N) when they are independent', () => {
    const v = noise(5000, 4);
    const variance = v.reduce((sum, x) => sum + x * x, 0) / v.length;
    expect(synchrony(v, variance)).toBeCloseTo(1, 2);
    const many = Array.from({ length: 100 }, (_, k) => noise(5000, 10 + k));
    const mean = v.map((_, i) => many.reduce((sum, one) => sum + (one[i] as number), 0) / many.length);
    expect(Math.abs(synchrony(mean, 1 / 12) - 0.1)).toBeLessThan(0.01);
  });
  it('is undefined when nothing moves', () => {
    expect(synchrony([1, 1], 0)).toBeNaN();
    expect(synchrony([], 1)).toBeNaN();
  });
});

describe('population rate', () => {
  it('counts spikes of the population per neuron and bin length', () => {
    const events = [
      [0, 0],
      [2, 3],
      [1, 9],
      [3, 12],
      [1, 24],
    ] as const;
    const [units, steps] = [events.map(([unit]) => unit), events.map(([, step]) => step)];
    // Units 1 and 2; bins of 1 ms, the last of 0.5 ms.
    const rate = populationRate(units, steps, { start: 1, count: 2 }, 25, 10, 0.1);
    expect([...rate]).toEqual([1000, 0, 1000]);
    expect([...populationRate(units, steps, { start: 0, count: 0 }, 20, 10, 0.1)]).toEqual([0, 0]);
    expect([...populationRate([], [], { start: 0, count: 3 }, 0, 10, 0.1)]).toEqual([]);
  });
});
