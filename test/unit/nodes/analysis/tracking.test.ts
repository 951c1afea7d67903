import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/tracking';
import { DataError, ParameterError, UnitMismatchError } from '../../../../src/core/errors';
import { repeatItems } from '../../../../src/kit/item-table';
import type { SeriesValue, SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom } from '../../../support/memory-spikes';
import { itemsWith, poissonSpikes } from '../../../support/synthetic-spikes';

const duration = 700;
/** Item 0 constant, 1 a ramp from 1 to 3 over the item, 2 a sine of 140 ms. */
const drives = [() => 1, (t: number) => 1 + (2 * t) / duration, (t: number) => 2 + Math.sin((2 * Math.PI * t) / 140)];
const items = itemsWith({ shape: [0, 2, 3], level: [1, 3, 2] });
const drive: SeriesValue = {
  kind: 'series',
  xLabel: 'time',
  xUnit: 'ms',
  items,
  curves: drives.map((of, k) => ({
    name: `item ${k}`,
    unit: '1',
    x: Float64Array.from({ length: k === 0 ? 1 : duration }, (_, t) => t),
    y: Float64Array.from({ length: k === 0 ? 1 : duration }, (_, t) => of(t)),
  })),
};
const trials = 8;

/** 200 units at `gain` Hz per unit of drive, `lag` ms late. */
const follow = (lag: number, gain = (value: number) => 40 * value, options: object = {}) => {
  const repeated = repeatItems(items, trials);
  const driveOf = (item: number) => drives[repeated.columns['stimulus']?.[item] ?? 0] as (time: number) => number;
  return poissonSpikes({
    items: repeated,
    unitCount: 200,
    stepCount: duration,
    // The drive holds for the whole of each millisecond.
    rate: (item, time) => gain(driveOf(item)(Math.max(0, Math.floor(time - lag)))),
    ...options,
  });
};

const run = (spikes: SpikesValue, given = {}, from = drive) =>
  computeNode(
    definition,
    { spikes, drive: from },
    paramsOf(definition, { resamples: 40, ...given }),
    createTestContext(),
  );

describe('a population that follows', () => {
  it('has R2 near 1 and its gain; a constant drive is left to others', async () => {
    const { table } = await run(await follow(0));
    expect(table.rows.map(({ item, shape, trials: n }) => [item, shape, n])).toEqual([
      [1, 'ramp', 8],
      [2, 'sine', 8],
    ]);
    const [ramp, sine] = table.rows;
    // Noise: 80 Hz in 1600 units and 10 ms have a standard error of 2.2 Hz against a spread of the ramp of 23 Hz.
    expect(ramp?.['r2']).toBeGreaterThan(0.98);
    expect(ramp?.['slope_Hz']).toBeCloseTo(40, -0.5);
    expect(ramp?.['rate_Hz']).toBeCloseTo(80, -0.5);
    expect(Math.abs(ramp?.['lag_ms'] as number)).toBeLessThanOrEqual(10);
    expect(sine?.['r2']).toBeGreaterThan(0.98);
    expect(Math.abs(sine?.['lag_ms'] as number)).toBeLessThanOrEqual(1);
    expect(ramp?.['r2_low']).toBeLessThan(ramp?.['r2'] as number);
    expect(ramp?.['r2_low']).toBeGreaterThan(0.95);
  });
  it('late is found late: 15 ms', async () => {
    const [, sine] = (await run(await follow(15))).table.rows;
    expect(Math.abs((sine?.['lag_ms'] as number) - 15)).toBeLessThanOrEqual(1);
    const [low, high] = [sine?.['lag_ms_low'] as number, sine?.['lag_ms_high'] as number];
    expect(high - low).toBeGreaterThan(0.1);
    expect(high - low).toBeLessThan(2);
    expect(sine?.['r2']).toBeLessThan(0.8);
  });
  it('hands on rate and scaled drive, and draws both', async () => {
    const { series, figure } = await run(await follow(0));
    expect(series.curves.map(({ labels }) => [labels?.['item'], labels?.['quantity']])).toEqual([
      [1, 'rate'],
      [1, 'scaled drive'],
      [2, 'rate'],
      [2, 'scaled drive'],
    ]);
    const [rate] = series.curves;
    expect(rate?.x).toHaveLength(duration);
    expect(rate?.x[0]).toBe(0.5);
    expect(figure.panels).toHaveLength(2);
    expect(figure.panels[0]?.title).toMatch(/^Ramp: R² = 0\.9/);
  });
});

it('a population that saturates or is silent does not track', async () => {
  const clipped = await run(await follow(0, (value) => (value > 1.5 ? 60 : 0)));
  expect(clipped.table.rows[0]?.['r2']).toBeLessThan(0.8);
  const silent = await run(await follow(0, () => 0));
  expect(silent.table.rows[0]).toMatchObject({ r2: null, r2_low: null, lag_ms: null, rate_Hz: 0 });
});

it('of a ramp the rests before and after do not count for R2: they are no part of it', async () => {
  // It follows the ramp from 1 to 3 up to 2 only.
  const one = itemsWith({ shape: [2] });
  const level = (t: number) => 1 + Math.min(2, Math.max(0, (t - 200) / 200));
  const x = Float64Array.from({ length: 401 }, (_, k) => 200 + k);
  const ramp: SeriesValue = { ...drive, items: one, curves: [{ name: 'ramp', unit: '1', x, y: x.map(level) }] };
  const spikes = await poissonSpikes({
    items: repeatItems(one, trials),
    unitCount: 200,
    stepCount: 1000,
    rate: (_, time) => 200 * Math.min(2, level(Math.floor(time))),
  });
  const [row] = (await run(spikes, {}, ramp)).table.rows;
  expect(row).toMatchObject({ from_ms: 200, to_ms: 600 });
  expect(Math.abs(row?.['lag_ms'] as number)).toBeLessThanOrEqual(10);
  // Of x even over 0..1 and min(x, 1/2), by integration, R2 is 0.8; with the rests it would be above 0.9.
  expect(Math.abs((row?.['r2'] as number) - 0.8)).toBeLessThan(0.015);
});

it('smoothing and trials lift R2, as they take noise away', async () => {
  const spikes = await follow(0);
  const r2 = async (given: object) => (await run(spikes, given)).table.rows[0]?.['r2'] as number;
  expect(await r2({ smoothing: 0 })).toBeLessThan((await r2({})) - 0.05);
});

describe('edges', () => {
  it('a single unit and a single trial: an answer without an interval', async () => {
    const one = itemsWith({ shape: [2] });
    const ramp: SeriesValue = { ...drive, items: one, curves: drive.curves.slice(1, 2) };
    const spikes = await spikesFrom([Array.from({ length: 10 }, (_, k) => [0, 10 * k] as const)], {
      unitCount: 1,
      stepCount: 100,
      items: one,
    });
    const [row] = (await run(spikes, {}, ramp)).table.rows;
    expect(row).toMatchObject({ trials: 1, rate_Hz: 100, r2_low: null, lag_ms_low: null });
  });
  it('chunks do not matter; same seed, same bits', async () => {
    const whole = await run(await follow(0));
    expect(await run(await follow(0, undefined, { chunkEvents: 500 }))).toEqual(whole);
    expect((await run(await follow(0), { seed: 5 })).table).not.toEqual(whole.table);
  });
  it('refuses what cannot be read', async () => {
    const spikes = await follow(0);
    const { items: _, ...loose } = drive;
    await expect(run(spikes, {}, loose)).rejects.toMatchObject({ details: { code: 'analysis.no-drive-items' } });
    const still: SeriesValue = { ...drive, items: { ...items, columns: {} } };
    await expect(run(spikes, {}, still)).rejects.toBeInstanceOf(DataError);
    await expect(run(spikes, { binWidth: 1.5 })).rejects.toBeInstanceOf(UnitMismatchError);
    await expect(run(spikes, { from: 700 })).rejects.toBeInstanceOf(ParameterError);
    expect(() => paramsOf(definition, { smoothing: -1 })).toThrow();
    const type = { kind: 'spikes' as const, axes: [], unit: '1', dt: 1 };
    expect(definition.infer({ spikes: type, drive: undefined }, paramsOf(definition, { binWidth: 1.5 }))).toMatchObject(
      {
        ok: false,
        param: 'binWidth',
      },
    );
  });
});
