/** The benchmark's judgements: wrong dynamics are refused, and ratios point the right way. */
import { describe, expect, it } from 'vitest';
import { bars, judge } from '../../bench/snn/bars';
import { median, ratioTable, startUpTable } from '../../bench/snn/report';
import { cvOfIntervals, eventsOf } from '../../bench/snn/spike-statistics';
import { costOf, type Sample, wrongDynamics } from '../../bench/snn/workloads';

const sample = (change: Partial<Sample>): Sample => ({
  seconds: 0.02,
  biologicalSeconds: 1,
  images: 0,
  events: 2e6,
  rate: 5.7,
  cv: 0.49,
  ...change,
});

describe('a benchmark of the spiking kernels', () => {
  it.each([
    ['right', {}, null],
    ['right after rounding to the decimals of the bounds', { rate: 5.56, cv: 0.504 }, null],
    ['too slow', { rate: 5.4 }, /^rate 5.40 Hz/],
    ['too fast', { rate: 5.86 }, /^rate 5.86 Hz/],
    ['too regular', { cv: 0.474 }, /^CV 0.474/],
    ['without a rate', { rate: Number.NaN }, /^rate NaN/],
    ['without a CV', { cv: Number.NaN }, /^CV NaN/],
  ])('judges the dynamics of CUBA: %s', (_, change, expected) => {
    const found = wrongDynamics('cuba', sample(change));
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatch(expected);
  });

  it('counts the cost in the unit of the workload', () => {
    expect(costOf('cuba', sample({ biologicalSeconds: 2 }))).toBeCloseTo(10);
    expect(costOf('encode', sample({}))).toBeCloseTo(10);
    expect(costOf('encode-poisson', sample({ images: 4 }))).toBeCloseTo(5);
  });

  it('calls a bar reached at its value and missed beyond it, in either direction', () => {
    const bar = { must: 2, stretch: 1 };
    expect([1, 2, 2.01].map((value) => judge(value, bar, true))).toEqual(['stretch', 'must', 'missed']);
    expect(judge(Number.NaN, bar, true)).toBe('missed');
    const higher = { must: 6, stretch: 12 };
    expect([12, 6, 5.99].map((value) => judge(value, higher, false))).toEqual(['stretch', 'must', 'missed']);
  });

  it('names what is missed, by medians and not by the quietest round', () => {
    const ours = [0.1, 0.1, 0.01].map((seconds) => sample({ seconds }));
    const { text, missed } = ratioTable({
      cuba: { node: ours, floor: [sample({ seconds: 0.01 })], 'brian-cython': [sample({ seconds: 1.2 })] },
    });
    expect(missed).toEqual(['CUBA, WASM, Node: 10.0 x C++ yardstick']);
    expect(text).toContain('MISSED');
    expect(text).toContain('stretch reached');
    const startUp = (wired: number) => ({
      wired,
      firstSpikes: wired + 0.1,
      synapses: 15_625_000,
      clock: 'CPU' as const,
    });
    expect(startUpTable({ node: [startUp(1), startUp(1.6), startUp(1.7)] }).missed).toEqual([
      '15.6 M synapses wired, WASM, Node: 1.60 s',
    ]);
  });

  it('has a bar against the yardstick for every workload', () => {
    for (const [id, ofPeers] of Object.entries(bars)) expect(ofPeers.floor?.must, id).toBeGreaterThan(1);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('computes the CV of known intervals and the events of known spikes', () => {
    // Unit 0 alternates 10 and 30 steps (mean 20, deviation 10: CV 0.5), unit 1 is regular, unit 2 fires too seldom.
    const trains = [
      [100, 110, 140, 150, 180],
      [100, 120, 140, 160, 180],
      [100, 180],
    ];
    const all = trains.flatMap((train, unit) => train.map((step) => ({ unit, step })));
    const spikes = { units: all.map(({ unit }) => unit), steps: all.map(({ step }) => step), count: all.length };
    expect(cvOfIntervals(spikes, 3, 20, 0.1)).toBeCloseTo(0.25);
    expect(eventsOf(spikes, Uint32Array.from([0, 2, 2, 7]))).toBe(5 * 2 + 2 * 5);
  });
});
