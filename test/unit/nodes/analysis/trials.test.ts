import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/trials';
import { DataError, UnitMismatchError } from '../../../../src/core/errors';
import { normal, Purpose } from '../../../../src/core/random/draws';
import { repeatItems } from '../../../../src/kit/item-table';
import type { SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom, testItems } from '../../../support/memory-spikes';
import { poissonSpikes } from '../../../support/synthetic-spikes';

const run = (spikes: SpikesValue, given = {}) =>
  computeNode(definition, { spikes }, paramsOf(definition, { resamples: 100, ...given }), createTestContext());

const repeated = (stimuli: number, trials: number) => repeatItems(testItems(stimuli), trials);

describe('independent Poisson neurons', () => {
  const spikes = (options: object = {}) =>
    poissonSpikes({
      items: repeated(2, 40),
      unitCount: 60,
      stepCount: 500,
      // 20 Hz, then 60 Hz in the second half; the second stimulus fires twice as much.
      rate: (item, time) => (time < 250 ? 20 : 60) * (item < 40 ? 1 : 2),
      ...options,
    });
  it('have a Fano factor near 1 and no noise correlation, for each stimulus and all', async () => {
    const { table } = await run(await spikes());
    expect(table.rows.map(({ scope, stimulus, trials }) => [scope, stimulus, trials])).toEqual([
      ['stimulus', 0, 40],
      ['stimulus', 1, 40],
      ['all', null, 80],
    ]);
    for (const row of table.rows) {
      // A step fires at most once: 1 - p of a Bernoulli train, p = 0.04 to 0.08. SD over 60 neurons: 0.22 / sqrt 60.
      expect(Math.abs((row['fano'] as number) - 0.95)).toBeLessThan(0.12);
      expect(row['fano_low']).toBeLessThan(0.97);
      expect(row['fano_high']).toBeGreaterThan(0.93);
      expect(Math.abs(row['noise_correlation'] as number)).toBeLessThan(0.02);
      expect(row['noise_correlation_low']).toBeLessThan(0);
      expect(row['noise_correlation_high']).toBeGreaterThan(0);
      expect(row).toMatchObject({ spiking: 60, pairs: 1000 });
    }
    expect(table.rows[0]?.['rate_Hz']).toBeCloseTo(40, 0);
    expect(table.rows[1]?.['rate_Hz']).toBeCloseTo(80, 0);
    const half = (table.rows[0]?.['rate_Hz'] as number) + (table.rows[1]?.['rate_Hz'] as number);
    expect(table.rows[2]?.['rate_Hz']).toBeCloseTo(half / 2, 9);
  });
  it('show their rate over time', async () => {
    const { figure } = await run(await spikes(), { binWidth: 50, shown: 1 });
    const [first, second] = figure.panels[0]?.marks ?? [];
    expect(second).toBeUndefined();
    if (first?.type !== 'line') throw new Error('No line.');
    expect(Array.from(first.x)).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400, 450]);
    first.y.forEach((rate, k) => {
      // 120 expected spikes at 20 Hz, 360 at 60 Hz: standard errors 1 and 2 Hz.
      expect(Math.abs(rate - (k < 5 ? 20 : 60))).toBeLessThan(k < 5 ? 4 : 7);
    });
  });
});

it('a gain shared by all neurons shows as noise correlation of the size expected', async () => {
  // Rate 100 Hz times 1 + 0.25 z over 0.5 s: mean count 50, shared variance (0.25 * 50)^2 = 156, own 47.5 (Bernoulli).
  const gain = (item: number) => Math.max(0, 1 + 0.25 * normal({ seed: 4, purpose: Purpose.sample, item: 999 }, item));
  const trials = 100;
  const spikes = await poissonSpikes({
    items: repeated(1, trials),
    unitCount: 30,
    stepCount: 500,
    rate: (item) => 100 * gain(item),
  });
  const gains = Float64Array.from({ length: trials }, (_, item) => gain(item));
  const mean = gains.reduce((sum, value) => sum + value, 0) / trials;
  const shared = (2500 * gains.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / (trials - 1);
  const own = 50 * mean * (1 - 0.1 * mean);
  const [row] = (await run(spikes)).table.rows;
  expect(row?.['noise_correlation']).toBeCloseTo(shared / (shared + own), 1);
  expect(row?.['fano']).toBeCloseTo((shared + own) / (50 * mean), 0);
  expect(row?.['noise_correlation_low']).toBeGreaterThan(0.5);
});

describe('edges', () => {
  it('by hand: counts 1 and 3 of a single unit over two trials; the part left out does not count', async () => {
    const spikes = await spikesFrom(
      [
        [
          [0, 2],
          [0, 15],
        ],
        [
          [0, 11],
          [0, 13],
          [0, 19],
        ],
      ],
      { unitCount: 1, stepCount: 20, discardSteps: 10, items: repeated(1, 2) },
    );
    const { table } = await run(spikes);
    expect(table.rows[0]).toMatchObject({ trials: 2, rate_Hz: 200, fano: 1, noise_correlation: null, pairs: 0 });
  });
  it('silent neurons have neither', async () => {
    const spikes = await spikesFrom([[], []], { unitCount: 3, stepCount: 20, items: repeated(1, 2) });
    expect((await run(spikes)).table.rows[1]).toMatchObject({
      scope: 'all',
      rate_Hz: 0,
      fano: null,
      fano_low: null,
      noise_correlation: null,
      spiking: 0,
    });
  });
  it('same seed, same bits, whatever the chunks; another seed draws other pairs', async () => {
    const of = async (given: object, options: object = {}) =>
      run(
        await poissonSpikes({ items: repeated(2, 5), unitCount: 40, stepCount: 100, rate: () => 100, ...options }),
        given,
      );
    const one = await of({ pairs: 50 });
    expect(await of({ pairs: 50 }, { chunkEvents: 100 })).toEqual(one);
    const other = await of({ pairs: 50, seed: 2 });
    expect(other.table.rows[0]?.['noise_correlation']).not.toBe(one.table.rows[0]?.['noise_correlation']);
    expect(other.table.rows[0]?.['fano']).toBe(one.table.rows[0]?.['fano']);
  });
  it('refuses spikes without trials, and a bin between steps', async () => {
    const single = await spikesFrom([[], []], { unitCount: 1, stepCount: 20 });
    await expect(run(single)).rejects.toBeInstanceOf(DataError);
    const spikes = await spikesFrom([[], []], { unitCount: 1, stepCount: 20, items: repeated(1, 2) });
    await expect(run(spikes, { binWidth: 1.5 })).rejects.toBeInstanceOf(UnitMismatchError);
    expect(() => paramsOf(definition, { pairs: 0 })).toThrow();
  });
});
