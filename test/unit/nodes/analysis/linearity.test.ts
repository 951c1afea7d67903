import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/linearity';
import { DataError, ParameterError, ShapeMismatchError } from '../../../../src/core/errors';
import type { SeriesValue, SpikesValue, TableRow } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom, testItems } from '../../../support/memory-spikes';
import { itemsWith, network, poissonSpikes } from '../../../support/synthetic-spikes';

const run = (spikes: readonly SpikesValue[], given = {}, theory: readonly SeriesValue[] = []) =>
  computeNode(definition, { spikes, theory }, paramsOf(definition, { resamples: 200, ...given }), createTestContext());

const grid = [0, 0.5, 1, 1.5, 2, 2.5, 3];
const trials = 3;
const etas = grid.flatMap((eta) => new Array<number>(trials).fill(eta));

/** 100 units for 1 s, `trials` of each eta, and a ramp that must not count. */
const network100 = (rate: (eta: number) => number, options: object = {}) =>
  poissonSpikes({
    items: itemsWith({
      eta: [...etas, 9],
      shape: [...etas.map(() => 0), 2],
      stimulus: [...etas.keys(), 99].map((k) => Math.floor(k / trials)),
      trial: [...etas.keys(), 99].map((k) => k % trials),
    }),
    unitCount: 100,
    stepCount: 1000,
    rate: (item) => (item < etas.length ? rate(etas[item] as number) : 500),
    ...options,
  });

const linear = (eta: number) => 30 * eta;
const saturating = (eta: number) => (eta < 0.5 ? 0 : 60 + 10 * (1 - Math.exp(-4 * (eta - 0.5))));

describe('a linear network', () => {
  it('has R2 near 1 and its slope; trials are averaged and their spread is given', async () => {
    const { table, fit } = await run([await network100(linear)]);
    expect(table.rows.map(({ eta }) => eta)).toEqual(grid);
    for (const row of table.rows) {
      expect(row['n']).toBe(3);
      // 300 units times 1 s: a standard error of sqrt(rate / 300).
      const rate = linear(row['eta'] as number);
      expect(Math.abs((row['rate_Hz'] as number) - rate)).toBeLessThanOrEqual(4 * Math.sqrt(rate / 300));
    }
    expect(table.rows.at(-1)?.['normalised']).toBe(1);
    expect(table.rows[0]?.['sd_Hz']).toBe(0);
    const [row] = fit.rows;
    expect(row?.['slope_Hz']).toBeCloseTo(30, 0);
    expect(row?.['r2']).toBeGreaterThan(0.999);
    expect(row).toMatchObject({ n: 7, n_active: 6, resampled: 'trials', state: 0 });
    expect(row?.['r2_low']).toBeLessThanOrEqual(row?.['r2'] as number);
    expect(row?.['r2_high']).toBeGreaterThanOrEqual(row?.['r2'] as number);
    expect(row?.['r2_high']).toBeLessThanOrEqual(1);
  });
  it('is fitted from the eta that is asked for', async () => {
    const bent = await network100((eta) => 40 * Math.max(0, eta - 1));
    const [all] = (await run([bent])).fit.rows;
    const [above] = (await run([bent], { etaFrom: 1 })).fit.rows;
    expect(all?.['r2']).toBeLessThan(0.95);
    expect(above).toMatchObject({ n: 5 });
    expect(above?.['slope_Hz']).toBeCloseTo(40, 0);
    expect(above?.['r2']).toBe(above?.['r2_above_1']);
  });
});

it('a saturating network is told apart: its jump is no line', async () => {
  const [row] = (await run([await network100(saturating)])).fit.rows;
  expect(row?.['r2_all']).toBeLessThan(0.6);
  expect(row?.['r2_active']).toBeLessThan(0.95);
});

describe('several wires', () => {
  const states = async () => [
    await network100(linear, { network }),
    await network100(saturating, { network: { ...network, weightInh: 1.2, weightExc: 0.4 } }),
  ];
  it('are states with a row, a name and a panel each', async () => {
    const { table, fit, figure } = await run(await states());
    expect(fit.rows.map(({ state, name }) => [state, name])).toEqual([
      [0, 'g = 5'],
      [1, 'g = 3'],
    ]);
    expect(table.rows.map(({ state }) => state)).toEqual([...grid.map(() => 0), ...grid.map(() => 1)]);
    expect(figure.panels.map(({ title }) => title?.split(':')[0])).toEqual(['g = 5', 'g = 3']);
    expect(figure.columns).toBe(2);
  });
  it('or graphs of one state, whose items are further trials', async () => {
    const graphs = [await network100(linear), await network100(linear, { seed: 2 })];
    const { table, fit } = await run(graphs, { wires: 'graphs' });
    expect(table.rows.map(({ n }) => n)).toEqual(grid.map(() => 6));
    expect(fit.rows).toHaveLength(1);
  });
  it('or none at all', async () => {
    const { table, fit, figure } = await run([]);
    expect([table.rows, fit.rows, figure.panels]).toEqual([[], [], []]);
  });
});

describe('theory', () => {
  const series = (unit: string): SeriesValue => ({
    kind: 'series',
    xLabel: 'eta',
    xUnit: '1',
    curves: [
      { name: 'mean input', unit: 'mV', x: Float64Array.of(0, 3), y: Float64Array.of(0, 60) },
      { name: 'rate', unit, x: Float64Array.of(0.5, 3), y: Float64Array.of(15, 90) },
    ],
  });
  it('stands beside the measured rate, where it reaches, and in the figure', async () => {
    const { table, figure } = await run([await network100(linear)], {}, [series('Hz')]);
    expect(table.rows.map(({ theory_rate_Hz }) => theory_rate_Hz)).toEqual([null, 15, 30, 45, 60, 75, 90]);
    expect(figure.panels[0]?.marks.map(({ name }) => name)).toEqual(['theory', 'straight line', 'measured']);
  });
  it('is refused without a rate', async () => {
    await expect(run([await network100(linear)], {}, [series('mV')])).rejects.toBeInstanceOf(DataError);
  });
});

describe('figure', () => {
  it('is normalised to the largest rate on request', async () => {
    const top = (rows: readonly TableRow[]) => Math.max(...rows.map(({ rate_Hz }) => rate_Hz as number));
    const { table, figure } = await run([await network100(linear)], { normalised: true });
    const [points] = figure.panels[0]?.marks.filter(({ type }) => type === 'points') ?? [];
    expect(points?.type === 'points' && points.y.at(-1)).toBe(1);
    expect(top(table.rows)).toBeGreaterThan(80);
  });
  it('of a silent network stays at 0 when normalised', async () => {
    const spikes = await spikesFrom([[], []], { unitCount: 5, stepCount: 10, items: itemsWith({ eta: [0, 1] }) });
    const { figure } = await run([spikes], { normalised: true });
    const [points] = figure.panels[0]?.marks.filter(({ type }) => type === 'points') ?? [];
    expect(points?.type === 'points' && [...points.y]).toEqual([0, 0]);
  });
});

describe('edges', () => {
  it('items without a drive are in no point of the curve', async () => {
    const events = [1, 2, 3, 5, 7].map((n) => Array.from({ length: n }, (_, k) => [0, k] as const));
    const items = itemsWith({ eta: [Number.NaN, 1, 2, 3, 3], shape: [0, 0, 0, 0, 2] });
    const { table, fit } = await run([await spikesFrom(events, { unitCount: 1, stepCount: 1000, items })]);
    expect(table.rows.map(({ eta, rate_Hz }) => [eta, rate_Hz])).toEqual([
      [1, 2],
      [2, 3],
      [3, 5],
    ]);
    expect(fit.rows[0]).toMatchObject({ n: 3, slope_Hz: expect.closeTo(1.5, 12) });
  });
  it('a single unit, silent: rates 0, no R2, no normalised rate', async () => {
    const spikes = await spikesFrom([[], [], []], {
      unitCount: 1,
      stepCount: 10,
      items: itemsWith({ eta: [0, 1, 2] }),
    });
    const { table, fit } = await run([spikes]);
    expect(table.rows.map(({ rate_Hz, normalised }) => [rate_Hz, normalised])).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(fit.rows[0]).toMatchObject({ r2: null, r2_low: null, r2_active: null, slope_Hz: 0, resampled: 'points' });
  });
  it('spikes of the part left out do not count; chunks do not matter', async () => {
    const events = [[[0, 5] as const, [0, 15] as const], [[0, 3] as const]];
    const header = { unitCount: 1, stepCount: 20, discardSteps: 10, items: itemsWith({ eta: [1, 2] }) };
    const { table } = await run([await spikesFrom(events, header)]);
    expect(table.rows.map(({ rate_Hz }) => rate_Hz)).toEqual([100, 0]);
    expect(await run([await spikesFrom(events, header, 1)])).toEqual(await run([await spikesFrom(events, header)]));
  });
  it('refuses what cannot be read', async () => {
    const bare = await spikesFrom([[]], { unitCount: 1, stepCount: 10 });
    await expect(run([bare])).rejects.toMatchObject({ details: { code: 'analysis.no-eta', port: 'spikes' } });
    const moving = await spikesFrom([[]], { unitCount: 1, stepCount: 9, items: itemsWith({ eta: [1], shape: [2] }) });
    await expect(run([moving])).rejects.toMatchObject({ details: { code: 'linearity.no-constant-items' } });
    const short = await spikesFrom([[]], {
      unitCount: 1,
      stepCount: 5,
      discardSteps: 5,
      items: { ...testItems(1), columns: { eta: Float64Array.of(1) } },
    });
    await expect(run([short])).rejects.toBeInstanceOf(ShapeMismatchError);
    await expect(run([await network100(linear)], { population: 'inhibitory' })).rejects.toBeInstanceOf(ParameterError);
    expect(() => paramsOf(definition, { etaFrom: -1 })).toThrow();
    expect(() => paramsOf(definition, { wires: 'nets' as never })).toThrow();
  });
  it('same seed, same bits; another seed moves only the intervals', async () => {
    const spikes = await network100(linear);
    expect(await run([spikes])).toEqual(await run([spikes]));
    const [one, two] = [await run([spikes]), await run([spikes], { seed: 2 })];
    expect(two.table).toEqual(one.table);
    expect(two.fit.rows[0]?.['r2']).toBe(one.fit.rows[0]?.['r2']);
    expect(two.fit.rows[0]?.['r2_low']).not.toBe(one.fit.rows[0]?.['r2_low']);
  });
});
