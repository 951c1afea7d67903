import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { binaryBalancedRates } from '../../../src/analysis/balanced-state';
import { balancedGain, balancedRate, networkInput, networkState } from '../../../src/analysis/mean-field';
import { lifRate } from '../../../src/analysis/siegert';
import { networkOf, presets } from './networks';

const rateOf = (network = networkOf(), eta = 2) => networkState(network, eta)?.rate as number;
const relative = (found: number, wanted: number) => Math.abs(found / wanted - 1);

describe("Brunel's network", () => {
  it.each([
    [3, 2, 327.0],
    [6, 4, 55.8],
    [5, 2, 37.95],
    [4.5, 0.9, 6.52],
    [3.5, 2, 226.1],
    [4, 2, 105.2],
    [4.5, 2, 56.7],
    [8, 2, 12.99],
    [5, 1.2, 14.52],
    [5, 1.5, 23.64],
    [5, 3, 65.04],
    [5, 4, 90.72],
  ])('at g = %d, eta = %d fires at %d Hz', (g, eta, wanted) => {
    expect(relative(rateOf(networkOf({ g }), eta), wanted)).toBeLessThan(2e-3);
  });

  const file = resolve(import.meta.dirname, '../../../../shared/science/ei_network_presets.json');
  it.skipIf(!existsSync(file))('agrees with the whole table of the science reference where it is at hand', () => {
    const { brunel_2000: brunel } = JSON.parse(readFileSync(file, 'utf8'));
    const points = [
      ...brunel.points.map((p: { theory_Hz: number }) => ({ ...p, Hz: p.theory_Hz })),
      ...brunel.theory_more,
    ];
    expect(points).toHaveLength(12);
    for (const { g, eta, Hz } of points) expect(relative(rateOf(networkOf({ g }), eta), Hz)).toBeLessThan(2e-3);
  });

  it('is consistent: the mean input follows from the rate', () => {
    const state = networkState(networkOf(), 2);
    // 0.1 mV * 1000 * 20 ms * (1 - 5 / 4) = -0.5 mV per Hz.
    expect(state?.mu).toBeCloseTo(40 - 0.5 * (state?.rate as number), 9);
  });
});

describe('weights that differ', () => {
  it('leave the mean input and raise the recurrent variance by 1 + spread^2', () => {
    const alike = networkOf();
    const spread = networkOf({}, { weightSpread: 0.5 });
    const [without, withSpread] = [networkInput(alike, 2, 30), networkInput(spread, 2, 30)];
    expect(withSpread.mu).toBe(without.mu);
    // sigma^2 = 20 ms (0.01 (1.25 * 1000 * 30 + 20,000) + 0.25 * 1.25 * 250 * 30) / 1000, mV^2: all but the external 4.
    expect(withSpread.sigma ** 2).toBeCloseTo(20 * (0.01 * (37_500 + 20_000) + 0.3125 * 7500) * 1e-3, 9);
    expect(withSpread.sigma ** 2 - 4).toBeCloseTo(1.25 * (without.sigma ** 2 - 4), 9);
    expect(networkInput(networkOf({}, { weightSpread: 0 }), 2, 30)).toEqual(without);
    expect(rateOf(spread)).not.toBeCloseTo(rateOf(alike), 1);
  });
});

describe('small networks at eta = 2', () => {
  it('fire as Siegert predicts: 67.6, 63.3 and 43.3 Hz', () => {
    expect(rateOf(presets.balancedSmall)).toBeCloseTo(67.6, 1);
    expect(rateOf(presets.balancedIrregular)).toBeCloseTo(63.25, 1);
    expect(rateOf(presets.balancedG6)).toBeCloseTo(43.27, 1);
  });
  it.each([
    ['balancedSmall', 69.3, 0.65],
    ['balancedIrregular', 64, 0.06],
    ['balanced5k', 46.7, 0.17],
    ['balancedG6', 44.7, -0.52],
    ['unbalancedG35', 154.9, 3.4],
    ['unbalanced1', 271.2, 5.6],
  ] as const)('%s at its measured %d Hz has the drive margin %d', (name, rate, margin) => {
    expect(Math.abs((networkInput(presets[name], 2, rate).margin as number) - margin)).toBeLessThan(0.05);
  });
  it('jumps to a high rate where excitation runs away, and is silent below its threshold', () => {
    expect(rateOf(presets.unbalanced1, 0.5)).toBeLessThan(0.1);
    expect(rateOf(presets.unbalanced1, 0.75)).toBeGreaterThan(180);
    expect(rateOf(presets.unbalanced2, 2)).toBeLessThan(0.01);
    expect(rateOf(presets.unbalanced2, 4)).toBeCloseTo(32.4, 0);
  });
});

describe('limits', () => {
  it('gives 0 without drive, and the f-I curve without noise or synapses', () => {
    expect(rateOf(networkOf(), 0)).toBe(0);
    const alone = networkOf({ excInDegree: 0, inhInDegree: 0 }, { externalRate: 0 });
    expect(rateOf(alone, 1.5)).toBeCloseTo(lifRate(30, alone), 8);
    expect(networkState(alone, 1.5)?.margin).toBeNull();
  });
  it('stays below 1 / tRef however strong excitation is, and says when nothing holds it', () => {
    expect(rateOf(networkOf({ g: 0 }))).toBeGreaterThan(400);
    expect(rateOf(networkOf({ g: 0 }))).toBeLessThan(500);
    expect(networkState(networkOf({ g: 0 }, { tRef: 0 }), 2)).toBeNull();
  });
  it('drops the external noise where the input is constant', () => {
    const poisson = networkState(presets.balancedSmall, 2);
    const constant = networkState({ ...presets.balancedSmall, externalRate: 0 }, 2);
    expect(constant?.sigma).toBeLessThan(poisson?.sigma as number);
    expect(constant?.rate).toBeCloseTo(67, 0);
  });
  it('lowers the rate with coloured noise, by nothing as the synapse gets short', () => {
    const slow = { ...presets.balancedG6, synapse: 'exponential' as const };
    const fast = { ...slow, tauSynExc: 1e-9, tauSynInh: 1e-9 };
    expect(rateOf(fast)).toBeCloseTo(rateOf(presets.balancedG6), 2);
    expect(rateOf(slow)).toBeLessThan(rateOf(presets.balancedG6));
    // A filter of 5 ms before a membrane of 20 ms leaves 20 / 25 of the variance.
    const [delta, filtered] = [networkInput(presets.balancedG6, 2, 40), networkInput(slow, 2, 40)];
    expect((filtered.margin as number) / (delta.margin as number)).toBeCloseTo(Math.sqrt(1.25), 9);
  });
});

describe('the balanced limit', () => {
  it('has the gain 1 / (g gamma - 1) of large networks: 100 Hz per eta for balanced_small', () => {
    expect(balancedGain(presets.balancedSmall)).toBeCloseTo(100, 6);
    expect(balancedRate(presets.balancedSmall, 3)).toBeCloseTo(200, 6);
    expect(balancedRate(presets.balancedSmall, 0.5)).toBe(0);
  });
  it('does not exist where excitation dominates', () => {
    expect(balancedGain(presets.unbalancedG35)).toBeNull();
    expect(balancedRate(presets.unbalanced1, 2)).toBeNull();
  });
  it('gives both populations of binary units the external rate at the standard parameters', () => {
    const standard = { externalExc: 1, externalInh: 0.8, inhToExc: 2, inhToInh: 1.8 };
    const rates = binaryBalancedRates(standard, 0.1);
    expect(rates?.exc).toBeCloseTo(0.1, 12);
    expect(rates?.inh).toBeCloseTo(0.1, 12);
    expect(binaryBalancedRates({ ...standard, externalInh: 0.95 }, 0.1)).toBeNull();
    expect(binaryBalancedRates({ ...standard, inhToInh: 2.1 }, 0.1)).toBeNull();
  });
  it('solves both balance equations', () => {
    const network = { externalExc: 1.3, externalInh: 0.7, inhToExc: 1.9, inhToInh: 1.5 };
    const { exc = 0, inh = 0 } = binaryBalancedRates(network, 0.2) ?? {};
    expect(1.3 * 0.2 + exc - 1.9 * inh).toBeCloseTo(0, 12);
    expect(0.7 * 0.2 + exc - 1.5 * inh).toBeCloseTo(0, 12);
    expect(exc).toBeGreaterThan(0);
  });
});
