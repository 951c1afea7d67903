/** The drive matcher: solves monotone responses to tolerance, counts what it measures, and says when it cannot. */
import { describe, expect, it } from 'vitest';
import { type EtaPair, matchDrive, type Response } from '../../../../src/tools/study/match-drive';

/** Rate and range of a population in which a unit at a pixel x fires at f(base + gain x), a fifth of the pixels bright. */
const population =
  (f: (eta: number) => number) =>
  async ([base, gain]: EtaPair): Promise<Response> => {
    const [dark, bright] = [f(base), f(base + gain)];
    return { rate: 0.8 * dark + 0.2 * bright, range: bright - dark };
  };

/** Threshold-linear with a soft knee, Hz: the shape of a balanced network's transfer curve. */
const softLine = (slope: number, threshold: number) => (eta: number) =>
  slope * 0.1 * Math.log1p(Math.exp((eta - threshold) / 0.1));

const options = { tolerance: 0.005, highest: 20, budget: 40 };

describe('a drive that can be matched', () => {
  it.each([
    ['a steeper curve', softLine(90, 0.7), [1, 2]],
    ['a flatter curve', softLine(20, 1.1), [1, 2]],
    ['a curve that bends', (eta: number) => 60 * Math.sqrt(Math.max(0, eta) + 0.01), [0.7, 1.7]],
    ['a far start', softLine(60, 0.7), [6, 8]],
  ] as const)('%s: within the tolerance in rate and in range', async (_, f, start) => {
    const target = await population(softLine(45, 0.8))([1, 2]);
    const found = await matchDrive({ measure: population(f), target, start, ...options });
    expect(found.reached).toBe(true);
    const check = await population(f)(found.eta);
    expect(check).toEqual(found.response);
    expect(Math.abs(check.rate / target.rate - 1)).toBeLessThanOrEqual(options.tolerance);
    expect(Math.abs(check.range / target.range - 1)).toBeLessThanOrEqual(options.tolerance);
  });
  it('of a straight line takes four measurements: one, two for the slopes, one step', async () => {
    const line = population((eta) => 10 + 30 * eta);
    const target = await line([1.2, 1.5]);
    const found = await matchDrive({ measure: line, target, start: [1, 2], ...options });
    expect(found).toMatchObject({ reached: true, measurements: 4 });
    expect(found.eta[0]).toBeCloseTo(1.2, 6);
    expect(found.eta[1]).toBeCloseTo(1.5, 6);
  });
  it('is found at once where the start fits', async () => {
    const measure = population(softLine(45, 0.8));
    const found = await matchDrive({ measure, target: await measure([1, 2]), start: [1, 2], ...options });
    expect(found).toMatchObject({ reached: true, eta: [1, 2] });
  });
});

describe('a drive that cannot be matched is refused with the reason and the nearest found', () => {
  it('where even no drive leaves too high a rate', async () => {
    const runaway = population((eta) => 200 + 10 * eta);
    const found = await matchDrive({ measure: runaway, target: { rate: 30, range: 50 }, start: [1, 2], ...options });
    expect(found).toMatchObject({ reached: false });
    if (!found.reached) expect(found.reason).toContain('cannot be reached');
    expect(found.eta[0]).toBe(0);
  });
  it('where the rate is bounded below the target', async () => {
    const bounded = population((eta) => 40 * (1 - Math.exp(-eta)));
    const found = await matchDrive({ measure: bounded, target: { rate: 60, range: 30 }, start: [1, 2], ...options });
    expect(found.reached).toBe(false);
    expect(found.measurements).toBeLessThanOrEqual(options.budget);
  });
  it('where the drive changes nothing', async () => {
    const found = await matchDrive({
      measure: async () => ({ rate: 10, range: 5 }),
      target: { rate: 30, range: 50 },
      start: [1, 2],
      ...options,
    });
    expect(found).toMatchObject({ reached: false, measurements: 3 });
  });
  it('where the measurements run out', async () => {
    const target = await population(softLine(45, 0.8))([1, 2]);
    const found = await matchDrive({
      measure: population(softLine(90, 0.2)),
      target,
      start: [9, 9],
      ...options,
      budget: 3,
    });
    expect(found).toMatchObject({ reached: false, measurements: 3 });
  });
});
