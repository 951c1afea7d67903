import { describe, expect, it } from 'vitest';
import { binnedMeans, lastChange, movingSpan } from '../../../src/analysis/held-curve';
import { lagOfMaximum } from '../../../src/analysis/lag';
import { peakFrequency, WelchSpectrum } from '../../../src/analysis/power-spectrum';
import { stepResponse } from '../../../src/analysis/step-time';
import { normal, Purpose } from '../../../src/core/random/draws';

const noise = (length: number, seed = 1) =>
  Float64Array.from({ length }, (_, i) => normal({ seed, purpose: Purpose.sample, item: 0 }, i));

describe('the lag', () => {
  const reach = 50;
  const n = 1000;
  /** Drive on -reach .. n + reach, and the response `lag` bins later. */
  const late = (of: (time: number) => number, lag: number) => ({
    drive: Float64Array.from({ length: n + 2 * reach }, (_, k) => of(k - reach)),
    response: Float64Array.from({ length: n }, (_, t) => 5 + 3 * of(t - lag)),
  });
  it.each([0, 7, 23, -11])('of a sine is found: %i bins', (lag) => {
    const { drive, response } = late((t) => Math.sin((2 * Math.PI * t) / 250), lag);
    expect(lagOfMaximum(response, drive, reach)).toBeCloseTo(lag, 1);
  });
  it.each([0, 7, 23])('of a step is found: %i bins', (lag) => {
    const { drive, response } = late((t) => (t >= 500 ? 2 : 1), lag);
    expect(lagOfMaximum(response, drive, reach)).toBeCloseTo(lag, 1);
  });
  it('of a sine is found in noise of its own size', () => {
    const { drive, response } = late((t) => Math.sin((2 * Math.PI * t) / 250), 12);
    const added = noise(n);
    const noisy = response.map((value, t) => value + 3 * (added[t] as number));
    expect(Math.abs(lagOfMaximum(noisy, drive, reach) - 12)).toBeLessThanOrEqual(3);
  });
  it('of a ramp between rests is found by its corners', () => {
    const { drive, response } = late((t) => Math.min(1, Math.max(0, (t - 200) / 500)), 20);
    expect(lagOfMaximum(response, drive, reach)).toBeCloseTo(20, 0);
  });
  it('of a straight ramp is 0 for the covariance, whatever it is', () => {
    const { drive, response } = late((t) => Math.min(n, Math.max(0, t)), 5);
    expect(Math.abs(lagOfMaximum(response, drive, reach, 'covariance'))).toBeLessThanOrEqual(1);
  });
  it('does not exist without a change on either side', () => {
    expect(lagOfMaximum([1, 1, 1], [0, 1, 2, 3, 4], 1)).toBeNaN();
    expect(lagOfMaximum([0, 1, 2], [1, 1, 1, 1, 1], 1)).toBeNaN();
  });
});

describe('a step response', () => {
  const windows = { onset: 200, baseline: 200, settle: 150, binWidth: 1 };
  /** First-order response from 20 to 70 Hz, averaged over each bin. */
  const firstOrder = (tau: number, overshoot = 0) =>
    Float64Array.from({ length: 600 }, (_, k) => {
      if (k < 200) return 20;
      const [from, to] = [k - 200, k - 199];
      const decay = tau * (Math.exp(-from / tau) - Math.exp(-to / tau));
      return 70 - 50 * decay + overshoot * Math.exp(-from / 10) * (from > 0 ? 1 : 0);
    });
  it.each([3, 10, 25])('of a first-order system has t63 = its time constant, to the bin above: %i ms', (tau) => {
    const response = stepResponse(firstOrder(tau), windows);
    expect(response.t63).toBe(tau + 1);
    expect(response.before).toBe(20);
    expect(response.after).toBeCloseTo(70, 1);
    expect(response.overshoot).toBeCloseTo(1, 1);
  });
  it('of an instant change takes one bin, and its overshoot is read', () => {
    const rate = Float64Array.from({ length: 600 }, (_, k) => (k < 200 ? 20 : k === 201 ? 170 : 70));
    const response = stepResponse(rate, windows);
    expect(response.t63).toBe(1);
    expect(response.overshoot).toBeCloseTo(3, 12);
  });
  it('downwards mirrors the one upwards', () => {
    const up = firstOrder(10);
    const down = stepResponse(
      up.map((rate) => 90 - rate),
      windows,
    );
    expect(down.t63).toBeCloseTo(stepResponse(up, windows).t63, 12);
    expect(down.overshoot).toBeCloseTo(stepResponse(up, windows).overshoot, 12);
  });
  it('is empty where nothing changes, or no more than noise does', () => {
    expect(stepResponse(new Float64Array(600), windows).t63).toBeNaN();
    // Rates of 49 and 51 Hz in turn: a standard error of 0.07 Hz before the step.
    const shifted = (by: number) => Float64Array.from({ length: 600 }, (_, k) => 49 + 2 * (k % 2) + (k < 200 ? 0 : by));
    expect(stepResponse(shifted(0.1), windows).t63).toBeNaN();
    expect(stepResponse(shifted(0.5), windows).t63).toBe(2);
  });
});

describe('a drive', () => {
  const step = { x: Float64Array.of(0, 500), y: Float64Array.of(1, 2) };
  it('holds each value until the next, the first one before it, the last one after it', () => {
    expect(Array.from(binnedMeans(step, 498, 1, 4))).toEqual([1, 1, 2, 2]);
    expect(Array.from(binnedMeans(step, -3, 1, 2))).toEqual([1, 1]);
    expect(Array.from(binnedMeans(step, 495, 10, 2))).toEqual([1.5, 2]);
    expect(Array.from(binnedMeans({ x: Float64Array.of(0), y: Float64Array.of(7) }, -5, 2, 3))).toEqual([7, 7, 7]);
    expect(Array.from(binnedMeans({ x: new Float64Array(0), y: new Float64Array(0) }, 0, 1, 1))).toEqual([Number.NaN]);
  });
  it('tells when it moves', () => {
    const between = { x: Float64Array.of(0, 100, 101, 102, 103, 400), y: Float64Array.of(1, 1, 2, 3, 4, 4) };
    expect(movingSpan(between)).toEqual([100, 103]);
    expect(movingSpan(step)).toEqual([0, 500]);
    expect(movingSpan({ x: Float64Array.of(0, 1), y: Float64Array.of(1, 1) })).toBeNull();
  });
  it('tells when it last changes', () => {
    expect(lastChange(step)).toEqual({ at: 500, from: 1, to: 2 });
    expect(lastChange({ x: Float64Array.of(0, 10), y: Float64Array.of(1, 1) })).toBeNull();
  });
});

describe('the spectrum', () => {
  /** Counts of mean 100 with Poisson-like noise (normal, variance 100) and an oscillation. */
  const counts = (amplitude: number, hertz: number, length = 4096) => {
    const added = noise(length, 9);
    return Float64Array.from(
      { length },
      (_, t) => 100 + 10 * (added[t] as number) + amplitude * Math.sin((2 * Math.PI * hertz * t) / 1000),
    );
  };
  it('of independent Poisson spikes is 1 at every frequency', () => {
    const spectrum = new WelchSpectrum(1, 256);
    spectrum.add(counts(0, 0));
    spectrum.add(counts(0, 0));
    const { frequency, power } = spectrum.finish();
    const mean = power.reduce((sum, value) => sum + value, 0) / power.length;
    expect(mean).toBeCloseTo(1, 1);
    expect(frequency.at(-1)).toBe(500);
    expect(Math.max(...power)).toBeLessThan(2.5);
  });
  it.each([20, 180, 330])('finds an oscillation of %i Hz within its resolution of 4 Hz', (hertz) => {
    const spectrum = new WelchSpectrum(1, 256);
    spectrum.add(counts(10, hertz));
    expect(Math.abs(peakFrequency(spectrum.finish(), 5) - hertz)).toBeLessThanOrEqual(4);
  });
  it('of a short or odd series is taken whole, of silence has no peak', () => {
    const short = new WelchSpectrum(1, 256);
    short.add(counts(30, 100, 101));
    expect(Math.abs(peakFrequency(short.finish(), 5) - 100)).toBeLessThanOrEqual(10);
    const silent = new WelchSpectrum(1, 256);
    silent.add(new Float64Array(300));
    expect(peakFrequency(silent.finish(), 5)).toBeNaN();
    expect(peakFrequency(new WelchSpectrum(1, 256).finish(), 5)).toBeNaN();
  });
});
