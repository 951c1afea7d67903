import { describe, expect, it } from 'vitest';
import { meanOfKnown } from '../../../src/analysis/moments';
import { currentsByItem } from '../../../src/analysis/neuron-currents';
import { meanInputsOf, membranesOf, networkMargin, networkRatio } from '../../../src/analysis/recorded-neurons';
import { classify, rateSynchrony } from '../../../src/analysis/regime';
import { stateNames } from '../../../src/analysis/state-names';
import { choosePairs, countMoments, meanFano, pairCorrelations } from '../../../src/analysis/trial-statistics';
import { UnitActivity } from '../../../src/analysis/unit-activity';
import { normal, Purpose } from '../../../src/core/random/draws';
import { network } from '../../support/synthetic-spikes';
import { currentsOf } from './currents';

describe('activity of units', () => {
  it('has the CV of intervals by hand, over items but not across them', () => {
    const activity = new UnitActivity({ unitCount: 2, discardSteps: 10 });
    // Unit 0: intervals 10 and 30 three times over; the spike at 5 does not count. Unit 1: too few.
    activity.add(Uint32Array.of(0, 0, 0, 1, 0), Uint32Array.of(5, 20, 30, 40, 60));
    activity.add(Uint32Array.of(0, 0, 0), Uint32Array.of(100, 110, 140));
    activity.add(Uint32Array.of(0, 0, 0), Uint32Array.of(10, 20, 50));
    const cvs = activity.cvs(Uint8Array.of(1, 1));
    expect(cvs).toHaveLength(1);
    expect(cvs[0]).toBeCloseTo(0.5, 12);
    expect(Array.from(activity.rates(Uint8Array.of(1, 1), 0.1))).toEqual(
      [30, 1 / 0.3].map((x) => expect.closeTo(x, 9)),
    );
    expect(activity.cvs(Uint8Array.of(0, 1))).toHaveLength(0);
  });
  it('of a clock is 0', () => {
    const activity = new UnitActivity({ unitCount: 1, discardSteps: 0 });
    activity.add(
      new Uint32Array(8),
      Uint32Array.from({ length: 8 }, (_, k) => 7 * k),
    );
    expect(activity.cvs(Uint8Array.of(1))[0]).toBe(0);
  });
});

describe('the drive margin', () => {
  const inputs = { inhibitory: [0, 0, 10, 14], excitatory: [0, 0, 6, 6], external: [0, 0, 9, 9] };
  const items = currentsByItem(
    currentsOf([
      { item: 0, neuron: 0, 'free membrane': [99, 99, 24, 28], ...inputs },
      { item: 0, neuron: 1, 'free membrane': [99, 99, 20, 24] },
      { item: 1, neuron: 0, 'free membrane': [99, 99, 26, 26] },
      { item: 2, neuron: 0, 'free membrane': [0, 0, 0, 0] },
    ]),
    2,
  );
  it('by hand: means 26 and 22, variances 2 and 4, threshold 20', () => {
    const membranes = membranesOf(items.slice(0, 2));
    expect(Array.from(membranes.means)).toEqual([26, 22]);
    expect(Array.from(membranes.variances)).toEqual([2, 4]);
    expect(networkMargin(membranes, 20)).toBeCloseTo(4 / Math.sqrt(3), 12);
    expect(networkMargin(membranes, 60)).toBeLessThan(0);
  });
  it('does not exist without neurons or fluctuations', () => {
    expect(networkMargin(membranesOf([]), 20)).toBeNaN();
    expect(networkMargin(membranesOf(items.slice(2)), 20)).toBeNaN();
    expect(
      networkMargin(membranesOf(currentsByItem(currentsOf([{ neuron: 0, 'free membrane': [1] }]), 5)), 20),
    ).toBeNaN();
  });
  it('stands beside the input ratio: 12 over 6 + 9', () => {
    expect(networkRatio(meanInputsOf(items.slice(0, 1)))).toBeCloseTo(0.8, 12);
    expect(networkRatio(meanInputsOf([]))).toBeNaN();
  });
});

describe('regimes', () => {
  const bounds = { minRate: 0.5, regularCv: 0.3, synchrony: 0.67, fastFrom: 75 };
  // Measured with this project's kernel in networks of 12,500 neurons, at the points of Brunel (2000), Fig. 8.
  it.each([
    ['SR', { rate: 333, cv: 0.001, synchrony: 0.71, frequency: 332 }],
    ['SI fast', { rate: 59, cv: 0.77, synchrony: 0.85, frequency: 180 }],
    ['AI', { rate: 38, cv: 0.4, synchrony: 0.54, frequency: 133 }],
    ['SI slow', { rate: 5.6, cv: 0.46, synchrony: 1.9, frequency: 20 }],
    ['AR', { rate: 227, cv: 0.1, synchrony: 0.24, frequency: 336 }],
    ['silent', { rate: 0, cv: Number.NaN, synchrony: Number.NaN, frequency: Number.NaN }],
    ['AI', { rate: 0.6, cv: Number.NaN, synchrony: 0.1, frequency: 30 }],
  ] as const)('%s', (name, measures) => {
    expect(classify(measures, bounds)).toBe(name);
  });
  it('see no synchrony in Poisson counts, and that of a shared oscillation whatever the size', () => {
    const key = { seed: 1, purpose: Purpose.sample, item: 0 };
    const counts = (mean: number, depth: number) =>
      Float64Array.from({ length: 5000 }, (_, t) => {
        const rate = mean * (1 + depth * Math.SQRT2 * Math.sin(t / 5));
        return rate + Math.sqrt(Math.max(0, rate)) * normal(key, t);
      });
    expect(rateSynchrony(counts(100, 0))).toBeLessThan(0.03);
    expect(rateSynchrony(counts(50, 0.5))).toBeCloseTo(0.5, 1);
    expect(rateSynchrony(counts(5000, 0.5))).toBeCloseTo(0.5, 1);
    expect(rateSynchrony(new Float64Array(10))).toBeNaN();
  });
});

describe('trial statistics', () => {
  const rows = (n: number) => Uint32Array.from({ length: n }, (_, k) => k);
  it('by hand: counts 1 2 3 and 0 0 0', () => {
    const trials = [Uint32Array.of(1, 0), Uint32Array.of(2, 0), Uint32Array.of(3, 0)];
    const moments = countMoments(trials, rows(3));
    expect(Array.from(moments.mean)).toEqual([2, 0]);
    expect(Array.from(moments.variance)).toEqual([1, 0]);
    expect(meanFano(moments)).toBe(0.5);
    expect(meanFano(moments, [1])).toBeNaN();
  });
  it('correlate pairs: 1, -1, and none for a constant', () => {
    const trials = [1, 2, 4].map((n) => Uint32Array.of(n, 2 * n, 9 - n, 3));
    const pairs = choosePairs(4, 100, 1);
    expect(Array.from(pairs.a)).toEqual([0, 0, 0, 1, 1, 2]);
    const found = Array.from(pairCorrelations(trials, pairs, rows(3)));
    expect(found).toEqual([1, -1, Number.NaN, -1, Number.NaN, Number.NaN].map((r) => (r ? expect.closeTo(r, 12) : r)));
    expect(meanOfKnown(found)).toBeCloseTo(-1 / 3, 12);
    expect(meanOfKnown([])).toBeNaN();
  });
  it('draw pairs of two different units, evenly and repeatably', () => {
    const pairs = choosePairs(50, 1000, 7);
    expect(pairs).toEqual(choosePairs(50, 1000, 7));
    expect(pairs.a).toHaveLength(1000);
    const seen = new Float64Array(50);
    pairs.a.forEach((a, k) => {
      const b = pairs.b[k] as number;
      expect(a).not.toBe(b);
      expect(b).toBeLessThan(50);
      seen[a] = (seen[a] as number) + 1;
      seen[b] = (seen[b] as number) + 1;
    });
    expect(Math.min(...seen)).toBeGreaterThan(15);
    expect(choosePairs(1, 10, 1).a).toHaveLength(0);
  });
});

describe('names of states', () => {
  it('say what differs', () => {
    const high = { ...network, vThreshold: 60 };
    const weak = { ...network, weightInh: 1.2 };
    expect(stateNames([{ network }, { network: high }])).toEqual(['θ = 20 mV', 'θ = 60 mV']);
    expect(stateNames([{ network }, { network: weak }, { network: high }])).toEqual([
      'g = 5, θ = 20 mV',
      'g = 3, θ = 20 mV',
      'g = 5, θ = 60 mV',
    ]);
    expect(stateNames([{ network }, { network }])).toEqual(['g = 5, 0', 'g = 5, 1']);
    expect(stateNames([{}, { network }])[0]).toBe('state 0');
    expect(stateNames([])).toEqual([]);
  });
});
