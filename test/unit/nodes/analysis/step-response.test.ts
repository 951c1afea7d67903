import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/step-response';
import { DataError, ParameterError } from '../../../../src/core/errors';
import { repeatItems } from '../../../../src/kit/item-table';
import type { SeriesValue, SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { itemsWith, poissonSpikes } from '../../../support/synthetic-spikes';

const at = 250;
const items = itemsWith({ shape: [1], level: [2] });
const drive: SeriesValue = {
  kind: 'series',
  xLabel: 'time',
  xUnit: 'ms',
  items,
  curves: [{ name: 'step', unit: '1', x: Float64Array.of(0, at), y: Float64Array.of(1, 2) }],
};

/** 300 units, 20 trials, from 20 to 70 Hz with a time constant. */
const stepped = (tau: number, options: object = {}) =>
  poissonSpikes({
    items: repeatItems(items, 20),
    unitCount: 300,
    stepCount: 500,
    rate: (_, time) => (time < at ? 20 : 70 - 50 * Math.exp(-(time - at) / tau)),
    ...options,
  });

const run = (spikes: SpikesValue, given = {}, from = drive) =>
  computeNode(
    definition,
    { spikes, drive: from },
    paramsOf(definition, { resamples: 100, ...given }),
    createTestContext(),
  );

describe('a population with a known time constant', () => {
  it.each([2, 10])('shows it as t63: %i ms', async (tau) => {
    const [row] = (await run(await stepped(tau))).table.rows;
    // A bin holds 6000 trial-units: 0.1 expected spikes per Hz, a standard error of 2.9 Hz at 50 Hz.
    const t63 = row?.['t63_ms'] as number;
    expect(t63).toBeGreaterThan(tau === 2 ? 1.5 : 7);
    expect(t63).toBeLessThan(tau + (tau === 2 ? 1.5 : 3));
    expect(row?.['t63_ms_low']).toBeLessThanOrEqual(t63);
    expect(row).toMatchObject({ from: 1, to: 2, at_ms: at, trials: 20 });
    expect(row?.['before_Hz']).toBeCloseTo(20, 0);
    expect(row?.['after_Hz']).toBeCloseTo(70, 0);
    expect(row?.['overshoot']).toBeLessThan(1.25);
  });
  it('bins start at the step, wherever it is', async () => {
    const curves = [{ name: 'step', unit: '1', x: Float64Array.of(0, at), y: Float64Array.of(1, 2) }];
    const { series, table } = await run(await stepped(5), { binWidth: 20 }, { ...drive, curves });
    expect(table.rows[0]?.['at_ms']).toBe(at);
    expect(series.curves[0]?.x).toContain(10);
    expect(series.curves[0]?.x).toContain(-10);
  });
  it('is drawn around the step', async () => {
    const { figure } = await run(await stepped(2));
    const [panel] = figure.panels;
    expect(panel?.x.domain).toEqual([-50, 100]);
    expect(panel?.marks.map(({ type }) => type)).toEqual(['line', 'line', 'rule']);
  });
});

describe('edges', () => {
  it('a silent population has no t63 and no overshoot', async () => {
    const { table, figure } = await run(await stepped(2, { rate: () => 0 }));
    expect(table.rows[0]).toMatchObject({ before_Hz: 0, after_Hz: 0, t63_ms: null, overshoot: null, t63_ms_low: null });
    expect(figure.panels[0]?.marks.map(({ type }) => type)).toEqual(['line', 'line']);
  });
  it('a single unit and a single trial give no interval', async () => {
    const rate = (_: number, time: number) => (time < at ? 100 : 900);
    const [row] = (await run(await stepped(2, { items, unitCount: 1, rate }))).table.rows;
    expect(row).toMatchObject({ trials: 1, t63_ms_low: null });
    expect(row?.['t63_ms']).toBeLessThan(5);
  });
  it('same seed, same bits, whatever the chunks', async () => {
    expect(await run(await stepped(2, { chunkEvents: 999 }))).toEqual(await run(await stepped(2)));
  });
  it('refuses a step without time around it', async () => {
    const spikes = await stepped(2);
    await expect(run(spikes, { settle: 250 })).rejects.toBeInstanceOf(ParameterError);
    const late = [{ name: 'step', unit: '1', x: Float64Array.of(0, 500), y: Float64Array.of(1, 2) }];
    await expect(run(spikes, {}, { ...drive, curves: late })).rejects.toBeInstanceOf(ParameterError);
    const flat = [{ name: 'step', unit: '1', x: Float64Array.of(0, 250), y: Float64Array.of(1, 1) }];
    await expect(run(spikes, {}, { ...drive, curves: flat })).rejects.toBeInstanceOf(ParameterError);
    const ramp = { ...drive, items: itemsWith({ shape: [2] }) };
    await expect(run(spikes, {}, ramp)).rejects.toBeInstanceOf(DataError);
    expect(() => paramsOf(definition, { baseline: 0 })).toThrow();
  });
});
