import { describe, expect, it } from 'vitest';
import { bootstrapInterval, resampledMean } from '../../../src/analysis/bootstrap';
import { fitLine, fitLineWhere } from '../../../src/analysis/linear-fit';
import { sampleSd } from '../../../src/analysis/moments';
import { movingAverage } from '../../../src/analysis/smoothing';
import { fitTransfer, heightAt } from '../../../src/analysis/transfer-curve';
import { normal, Purpose } from '../../../src/core/random/draws';

describe('a straight line', () => {
  it('is found exactly, with R2 = 1', () => {
    expect(fitLine([0, 1, 2, 5], [3, 5, 7, 13])).toEqual({ slope: 2, intercept: 3, r2: 1, n: 4 });
  });
  it('matches sums by hand: x 1..4, y 1 3 2 4 gives slope 0.8, R2 0.64', () => {
    const fit = fitLine([1, 2, 3, 4], [1, 3, 2, 4]);
    expect(fit.slope).toBeCloseTo(0.8, 12);
    expect(fit.intercept).toBeCloseTo(0.5, 12);
    expect(fit.r2).toBeCloseTo(0.64, 12);
  });
  it('has no R2 for a silent population and no slope at one drive', () => {
    expect(fitLine([0, 1, 2], [0, 0, 0]).r2).toBeNaN();
    expect(fitLine([1, 1], [0, 2]).slope).toBeNaN();
    expect(fitLine([], []).r2).toBeNaN();
  });
  it('takes the points that are wanted', () => {
    expect(fitLineWhere([0, 1, 2, 3], [9, 1, 2, 3], (x) => x > 0)).toMatchObject({ slope: 1, n: 3, r2: 1 });
  });
});

describe('transfer curves', () => {
  const grid = Array.from({ length: 17 }, (_, k) => k / 4);
  const range = { etaFrom: 0, minRate: 1 };
  const curve = (rate: (eta: number) => number) => grid.map((eta) => ({ eta, rates: [rate(eta)] }));
  it('score the ideal balanced rate max(0, eta - 1) at 0.959 over 0 to 4, and at 1 where it is active', () => {
    const fit = fitTransfer(
      curve((eta) => 40 * Math.max(0, eta - 1)),
      range,
    );
    expect(fit.r2All).toBeCloseTo(0.959, 3);
    expect(fit.r2Above).toBeCloseTo(1, 12);
    expect(fit.r2Active).toBeCloseTo(1, 12);
    expect(fit.activePoints).toBe(12);
  });
  it('reproduce the R2 of the reference curves', () => {
    const small = [0, 0, 0, 2.2, 18.9, 32.1, 43.9, 55.1, 69.3, 79.8, 90.2, 102.5, 112.7, 122.4, 131.8, 141.6, 150.4];
    const jump = [
      0, 0, 0, 211, 228.9, 242.8, 253.6, 263.2, 271.2, 277.8, 283.8, 290.6, 295.9, 300.8, 305.8, 310.1, 314.6,
    ];
    const of = (rates: readonly number[]) =>
      fitTransfer(
        curve((eta) => rates[eta * 4] as number),
        { ...range, etaFrom: 1 },
      );
    expect(of(small).r2All).toBeCloseTo(0.987, 2);
    expect(of(small).r2Above).toBeCloseTo(0.997, 3);
    expect(of(small).line.slope).toBeCloseTo(43.9, 0);
    expect(of(jump).r2All).toBeCloseTo(0.682, 2);
    expect(of(jump).r2Above).toBeCloseTo(0.97, 2);
  });
  it('have no R2 from two active points', () => {
    expect(
      fitTransfer(
        curve((eta) => (eta >= 3.75 ? eta : 0)),
        range,
      ).r2Active,
    ).toBeNaN();
  });
  it('are read between points, and not beyond them', () => {
    const theory = { x: [0, 1, 3], y: [0, 10, 50] };
    expect(heightAt(theory, 2)).toBeCloseTo(30, 12);
    expect(heightAt(theory, 3)).toBe(50);
    expect(heightAt(theory, 3.1)).toBeNaN();
    expect(heightAt(theory, -0.1)).toBeNaN();
    expect(heightAt({ x: [], y: [] }, 0)).toBeNaN();
  });
});

describe('moving averages', () => {
  it('keep constants and straight lines inside, and weigh 10 bins as 10', () => {
    const line = Float64Array.from({ length: 40 }, (_, k) => 3 + 2 * k);
    const smooth = movingAverage(line, 10);
    for (let k = 5; k < 35; k++) expect(smooth[k]).toBeCloseTo(line[k] as number, 10);
    const pulse = new Float64Array(41);
    pulse[20] = 1;
    const spread = Array.from(movingAverage(pulse, 10));
    expect(spread.slice(15, 26)).toEqual(
      [0.05, ...new Array(9).fill(0.1), 0.05].map((value) => expect.closeTo(value, 12)),
    );
    expect(spread.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });
  it('weigh an odd width evenly, only what is inside at the ends, and leave width 0 and 1 alone', () => {
    expect(Array.from(movingAverage([3, 0, 0, 6], 3))).toEqual([1.5, 1, 2, 3]);
    expect(Array.from(movingAverage([1, 2], 100))).toEqual([1.5, 1.5]);
    expect(Array.from(movingAverage([1, 5], 0))).toEqual([1, 5]);
    expect(movingAverage([], 10)).toHaveLength(0);
  });
});

describe('bootstrap intervals', () => {
  const sample = Float64Array.from({ length: 400 }, (_, i) => normal({ seed: 3, purpose: Purpose.sample, item: 0 }, i));
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const options = { resamples: 2000, seed: 1 };
  it('of a mean are 1.96 standard errors wide either way', async () => {
    const interval = await bootstrapInterval(mean(sample), (draw) => resampledMean(sample, draw), options);
    const error = sampleSd(sample) / Math.sqrt(400);
    expect((interval?.[1] ?? 0) - mean(sample)).toBeCloseTo(1.96 * error, 2);
    expect(mean(sample) - (interval?.[0] ?? 0)).toBeCloseTo(1.96 * error, 2);
  });
  it('are the same for the same seed, others for another seed or stream', async () => {
    const of = (given: object) => bootstrapInterval(0, (draw) => resampledMean(sample, draw), { ...options, ...given });
    expect(await of({})).toEqual(await of({}));
    expect(await of({ seed: 2 })).not.toEqual(await of({}));
    expect(await of({ stream: 1 })).not.toEqual(await of({}));
  });
  it('of one thing do not exist, of equal ones have no width', async () => {
    const of = (values: readonly number[]) => bootstrapInterval(3, (draw) => resampledMean(values, draw), options);
    expect(await of([3])).toBeNull();
    expect(await of([])).toBeNull();
    expect(await of([3, 3])).toEqual([3, 3]);
  });
  it('do not pass the ends of the statistic', async () => {
    const interval = await bootstrapInterval(0.999, (draw) => resampledMean(sample, draw), {
      ...options,
      within: [0, 1],
    });
    expect(interval?.[1]).toBe(1);
  });
  it('are missing where there is nothing to say', async () => {
    expect(await bootstrapInterval(Number.NaN, () => 1, options)).toBeNull();
    expect(await bootstrapInterval(1, () => Number.NaN, options)).toBeNull();
    expect(await bootstrapInterval(1, () => 1, { ...options, resamples: 0 })).toBeNull();
  });
  it('have no spread for fewer than two values', () => {
    expect(sampleSd([1])).toBeNaN();
    expect(sampleSd([1, 3])).toBeCloseTo(Math.SQRT2, 12);
  });
});
