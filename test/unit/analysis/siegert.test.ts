import { describe, expect, it } from 'vitest';
import { erfcx } from '../../../src/analysis/erfcx';
import { gaussLegendre, integrate } from '../../../src/analysis/gauss-legendre';
import { lifRate, lifRateOnGrid, siegertRate } from '../../../src/analysis/siegert';

const neuron = { vThreshold: 20, vReset: 10, tauMem: 20, tRef: 2 };

describe('erfcx', () => {
  // SciPy 1.x, scipy.special.erfcx.
  it.each([
    [-26, 7.657724931490568e293],
    [-5, 144009798674.66104],
    [-1, 5.008980080762283],
    [0, 1],
    [1e-12, 0.9999999999988717],
    [0.1, 0.8964569799691268],
    [0.5, 0.6156903441929258],
    [1, 0.427583576155807],
    [2, 0.2553956763105058],
    [3.5, 0.1552936556088943],
    [5, 0.11070463773306861],
    [6.28, 0.08874091870622659],
    [6.3, 0.08846589935285218],
    [10, 0.05614099274382259],
    [100, 0.005641613782989433],
    [1e9, 5.641895835477563e-10],
  ])('at %d is %d', (x, wanted) => {
    expect(Math.abs(erfcx(x) / wanted - 1)).toBeLessThan(2e-15);
  });
  it('is continuous where the pole is dropped, and has limits', () => {
    const edge = 2 * Math.PI;
    expect(erfcx(edge * (1 - 1e-15)) / erfcx(edge * (1 + 1e-15)) - 1).toBeLessThan(1e-14);
    expect(erfcx(Infinity)).toBe(0);
    expect(erfcx(-30)).toBe(Infinity);
    expect(erfcx(Number.NaN)).toBeNaN();
  });
});

describe('Gauss-Legendre', () => {
  it('integrates polynomials up to degree 2n - 1 exactly, and no further', () => {
    const rule = gaussLegendre(4);
    expect(integrate((x) => x ** 7 + x ** 6, 0, 1, rule)).toBeCloseTo(1 / 8 + 1 / 7, 14);
    expect(Math.abs(integrate((x) => x ** 8, 0, 1, rule) - 1 / 9)).toBeGreaterThan(1e-6);
    expect(gaussLegendre(1).nodes[0]).toBeCloseTo(0, 12);
    expect(gaussLegendre(1).weights[0]).toBeCloseTo(2, 12);
  });
});

describe('the f-I curve', () => {
  it.each([
    [20.5, 15.9],
    [21, 20.02],
    [25, 41.72],
    [30, 63.04],
    [40, 98.92],
    [60, 154.73],
  ])('at %d mV is %d Hz', (mu, wanted) => {
    expect(Math.abs(lifRate(mu, neuron) - wanted)).toBeLessThan(0.0052);
  });
  it('is 0 up to the threshold', () => {
    expect(lifRate(20, neuron)).toBe(0);
    expect(lifRate(-5, neuron)).toBe(0);
    expect(lifRateOnGrid(20, neuron, 0.1)).toBe(0);
  });
  it('on a grid of 0.1 ms waits for the next step', () => {
    expect(lifRateOnGrid(40, neuron, 0.1)).toBeCloseTo(98.0392, 3);
    expect(lifRateOnGrid(60, neuron, 0.1)).toBeCloseTo(153.8462, 3);
    expect(Math.abs(lifRateOnGrid(40, neuron, 0.01) / lifRate(40, neuron) - 1)).toBeLessThan(0.005);
  });
  it('equals what the update itself does, step by step', () => {
    for (const mu of [20.5, 25, 40]) {
      const decay = Math.exp(-0.1 / 20);
      let [v, rest] = [10, 0];
      const spikes: number[] = [];
      for (let step = 0; step < 20_000; step++) {
        if (rest > 0) {
          rest--;
          continue;
        }
        v = v * decay + mu * (1 - decay);
        if (v < 20) continue;
        spikes.push(step);
        [v, rest] = [10, 20];
      }
      const period = ((spikes[2] as number) - (spikes[1] as number)) * 0.1;
      expect(lifRateOnGrid(mu, neuron, 0.1)).toBeCloseTo(1000 / period, 8);
    }
  });
});

describe("Siegert's rate", () => {
  it.each([
    [10, 5, 0.882],
    [15, 5, 9.461],
    [20, 5, 27.341],
    [25, 2, 42.85],
  ])('at mu %d and sigma %d mV is %d Hz', (mu, sigma, wanted) => {
    expect(Math.abs(siegertRate(mu, sigma, neuron) / wanted - 1)).toBeLessThan(1e-3);
  });
  it('tends to the f-I curve as the noise vanishes, from either side', () => {
    for (const mu of [21, 30, 60]) expect(siegertRate(mu, 1e-4, neuron)).toBeCloseTo(lifRate(mu, neuron), 6);
    expect(siegertRate(30, 0, neuron)).toBe(lifRate(30, neuron));
    expect(siegertRate(19, 1e-4, neuron)).toBe(0);
  });
  it('agrees with a plain trapezoid over the integral', () => {
    const [mu, sigma] = [5, 6];
    const [a, b] = [(10 - mu) / sigma, (20 - mu) / sigma];
    const n = 20_000;
    let sum = 0;
    for (let k = 0; k <= n; k++) sum += (k % n === 0 ? 0.5 : 1) * erfcx(-(a + ((b - a) * k) / n));
    const wanted = 1000 / (2 + 20 * Math.sqrt(Math.PI) * sum * ((b - a) / n));
    expect(Math.abs(siegertRate(mu, sigma, neuron) / wanted - 1)).toBeLessThan(1e-7);
  });
  it('never exceeds 1 / tRef and never is NaN', () => {
    for (const mu of [-1000, -100, 0, 19.99, 20, 1e3, 1e6]) {
      for (const sigma of [0, 1e-9, 1, 100, 1e4]) {
        const rate = siegertRate(mu, sigma, neuron);
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(500);
      }
    }
  });
});
