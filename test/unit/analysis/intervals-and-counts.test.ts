import { describe, expect, it } from 'vitest';
import { fanoFactors } from '../../../src/analysis/fano';
import { intervalStatistics, regularityOf } from '../../../src/analysis/isi';
import { meanOf } from '../../../src/analysis/moments';
import { clock, erlangTrains, eventsOf } from './trains';

const statistics = (trains: readonly (readonly number[])[], minIntervals?: number) => {
  const { units, steps } = eventsOf(trains);
  return intervalStatistics(units, steps, trains.length, minIntervals);
};
const fano = (trains: readonly (readonly number[])[], window: number, from: number, to: number) => {
  const { units, steps } = eventsOf(trains);
  return fanoFactors(units, steps, trains.length, window, from, to);
};

describe('intervals by hand', () => {
  it('10, 20, 10, 20, 10: CV 0.35, CV2 2/3', () => {
    const { count, mean, cv, cv2 } = statistics([[0, 10, 30, 40, 60, 70]]);
    expect([count[0], mean[0]]).toEqual([5, 14]);
    // Variance (3 * 16 + 2 * 36) / 5 = 24.
    expect(cv[0]).toBeCloseTo(Math.sqrt(24) / 14, 12);
    expect(cv2[0]).toBeCloseTo(2 / 3, 12);
  });
  it('of a clock are all the same', () => {
    const { cv, cv2 } = statistics([clock(7, 100), clock(13, 100, 5)]);
    expect([...cv, ...cv2]).toEqual([0, 0, 0, 0]);
  });
  it('CV2 sees through a slow change of rate that CV does not', () => {
    const slowing: number[] = [];
    for (let t = 0; t < 20_000; t += 10 + t / 100) slowing.push(Math.round(t));
    const { cv, cv2 } = statistics([slowing]);
    expect(cv[0]).toBeGreaterThan(0.5);
    expect(cv2[0]).toBeLessThan(0.05);
  });
  it('are undefined for silent units, single spikes and too few intervals', () => {
    const { count, mean, cv, cv2 } = statistics([[], [3], [1, 5, 9], [0, 1, 2, 3, 4]]);
    expect([...count]).toEqual([0, 0, 2, 4]);
    expect([...mean]).toEqual([Number.NaN, Number.NaN, 4, 1]);
    expect([...cv, ...cv2].every(Number.isNaN)).toBe(true);
    expect(statistics([[1, 5, 9]], 1).cv[0]).toBe(0);
    expect(statistics([[1, 5]], 1)).toMatchObject({ cv: Float64Array.of(0), cv2: Float64Array.of(Number.NaN) });
    expect(intervalStatistics([], [], 0).cv).toHaveLength(0);
  });
  it('hands on every interval', () => {
    const seen: [number, number][] = [];
    intervalStatistics([0, 1, 0, 1, 0], [2, 3, 5, 9, 6], 2, 5, (unit, interval) => seen.push([unit, interval]));
    expect(seen).toEqual([
      [0, 3],
      [1, 6],
      [0, 1],
    ]);
  });
});

describe('renewal processes', () => {
  it.each([
    [1, 1],
    [4, 0.5],
    [16, 0.25],
  ])('of order %d have a CV and CV2 near %d, and its square as the Fano factor', (order, wanted) => {
    const trains = erlangTrains(100, 200, 400_000, order, order);
    const { cv, cv2 } = statistics(trains);
    expect(Math.abs(meanOf(cv) - wanted)).toBeLessThan(0.01);
    // CV2 of gamma intervals is only near their CV (Holt et al. 1996); it equals 1 for Poisson.
    expect(Math.abs(meanOf(cv2) - wanted)).toBeLessThan(order === 1 ? 0.01 : 0.08);
    const factors = fano(trains, 10_000, 0, 400_000);
    expect(Math.abs(meanOf(factors) - wanted ** 2)).toBeLessThan(order === 1 ? 0.08 : 0.04);
  });
});

describe('the Fano factor', () => {
  it('by hand: counts 2, 0, 1', () => {
    // Mean 1, sample variance 1.
    expect([...fano([[0, 5, 25]], 10, 0, 30)]).toEqual([1]);
  });
  it('is 0 for a clock that fits the window', () => {
    expect([...fano([clock(5, 100)], 10, 0, 100)]).toEqual([0]);
  });
  it('leaves out what lies before, and a last window that is not whole', () => {
    expect([...fano([[0, 1, 2, 10, 15, 35, 45, 46, 47]], 10, 10, 45)]).toEqual([1]);
  });
  it('is undefined for silent units and fewer than two windows', () => {
    expect([...fano([[], [3]], 10, 0, 100)]).toEqual([Number.NaN, 1]);
    expect([...fano([[3]], 100, 0, 150)]).toEqual([Number.NaN]);
    expect([...fano([[3]], 10, 20, 20)]).toEqual([Number.NaN]);
  });
});

it('names regular and irregular firing', () => {
  expect([0.1, 0.3, 0.4, 0.5, 0.51].map(regularityOf)).toEqual([
    'regular',
    'between',
    'between',
    'between',
    'irregular',
  ]);
  expect([null, Number.NaN].map(regularityOf)).toEqual([null, null]);
});
