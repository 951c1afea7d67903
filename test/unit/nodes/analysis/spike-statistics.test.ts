import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/spike-statistics';
import { ShapeMismatchError, UnitMismatchError } from '../../../../src/core/errors';
import type { SpikeHeader } from '../../../../src/kit/context';
import type { FigureMark } from '../../../../src/kit/figure';
import type { ItemTable } from '../../../../src/kit/item-table';
import { axis } from '../../../../src/kit/port-type';
import type { FigureValue, SeriesValue, SpikesValue, TableValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom, testItems } from '../../../support/memory-spikes';
import { currentsOf } from '../../analysis/currents';
import { presets } from '../../analysis/networks';
import { clock, erlangTrains, eventsOf } from '../../analysis/trains';

const measure = (spikes: SpikesValue, given = {}, currents?: SeriesValue, context = createTestContext()) =>
  computeNode(definition, { spikes, currents }, paramsOf(definition, given), context);

const populations = [
  { name: 'excitatory', start: 0, count: 8 },
  { name: 'inhibitory', start: 8, count: 2 },
];

/** Items of ten trains each; steps of 1 ms. */
function spikesOf(
  items: readonly (readonly (readonly number[])[])[],
  stepCount: number,
  header: Partial<SpikeHeader> = {},
  chunkEvents?: number,
) {
  const events = items.map((trains) => {
    const { units, steps } = eventsOf(trains);
    return units.map((unit, k): [number, number] => [unit, steps[k] as number]);
  });
  return spikesFrom(events, { unitCount: 10, stepCount, populations, ...header }, chunkEvents);
}

const withEta = (etas: readonly number[], shape?: readonly number[]): ItemTable => ({
  ...testItems(etas.length),
  columns: { eta: Float64Array.from(etas), ...(shape ? { shape: Float64Array.from(shape) } : {}) },
});
const row = (table: TableValue, population: string) => table.rows.find((one) => one.population === population);
const marksOf = (figure: FigureValue, panel: number): readonly FigureMark[] => figure.panels[panel]?.marks ?? [];

const regular = Array.from({ length: 10 }, (_, unit) => clock(20, 2200, unit));

describe('known trains', () => {
  it('of clocks: 50 Hz, no variability', async () => {
    const { table } = await measure(await spikesOf([regular], 2200, { discardSteps: 200 }));
    expect(table.rows.map(({ population, neurons }) => [population, neurons])).toEqual([
      ['excitatory', 8],
      ['inhibitory', 2],
      ['all', 10],
    ]);
    for (const one of table.rows) {
      expect(one).toMatchObject({ items: 1, rate_Hz: 50, cv_isi: 0, cv2: 0, fano: 0, label: 'regular' });
      expect(one.cv_n).toBe(one.neurons);
    }
  });
  it('of Poisson processes: CV, CV2 and Fano factor near 1, irregular', async () => {
    const poisson = erlangTrains(10, 20, 100_000, 1, 1);
    const { table } = await measure(await spikesOf([poisson], 100_000), { fanoWindow: 500 });
    const all = row(table, 'all');
    for (const name of ['cv_isi', 'cv2'] as const) expect(Math.abs((all?.[name] as number) - 1)).toBeLessThan(0.03);
    expect(Math.abs((all?.fano as number) - 1)).toBeLessThan(0.1);
    expect(Math.abs((all?.rate_Hz as number) - 50)).toBeLessThan(1.5);
    expect(all?.label).toBe('irregular');
  });
  it('are counted by population', async () => {
    const mixed = [...regular.slice(0, 8), ...erlangTrains(2, 10, 2200, 1, 2)];
    const { table } = await measure(await spikesOf([mixed], 2200, { discardSteps: 200 }));
    expect(row(table, 'excitatory')).toMatchObject({ rate_Hz: 50, cv_isi: 0, label: 'regular' });
    expect(row(table, 'inhibitory')?.label).toBe('irregular');
    const counted = mixed.flat().filter((step) => step >= 200).length;
    expect(row(table, 'all')?.rate_Hz).toBeCloseTo(counted / (10 * 2), 9);
  });
  it('pool over items and trials: every neuron of every item counts once', async () => {
    const silent = Array.from({ length: 10 }, () => []);
    const { table } = await measure(await spikesOf([regular, silent], 2200, { discardSteps: 200 }));
    expect(row(table, 'all')).toMatchObject({ items: 2, rate_Hz: 25, cv_isi: 0, cv_n: 10 });
  });
  it('do not depend on the chunks, and give the same bits again', async () => {
    const items = [erlangTrains(10, 20, 2000, 1, 1), [], erlangTrains(10, 30, 2000, 2, 2), regular];
    const whole = await measure(await spikesOf(items, 2200));
    expect(await measure(await spikesOf(items, 2200, {}, 10))).toEqual(whole);
  });
});

describe('by drive', () => {
  const network = presets.balancedSmall;
  it('has a row for each drive, with what theory predicts for it', async () => {
    const slow = Array.from({ length: 10 }, (_, unit) => clock(40, 2200, unit));
    const items = withEta([2, 1, 2, 2], [0, 0, 0, 2]);
    const spikes = await spikesOf([regular, slow, slow, slow], 2200, { discardSteps: 200, network, items });
    const { byCondition, table } = await measure(spikes);
    expect(byCondition.rows).toMatchObject([
      { eta: 1, shape: 'constant', items: 1, rate_Hz: 25 },
      { eta: 2, shape: 'constant', items: 2, rate_Hz: 37.5 },
      { eta: 2, shape: 'ramp', items: 1, rate_Hz: 25, theory_rate_Hz: null },
    ]);
    expect(byCondition.rows[0]?.theory_rate_Hz).toBeCloseTo(20.1, 1);
    expect(byCondition.rows[1]?.theory_rate_Hz).toBeCloseTo(67.6, 1);
    // The ramp has no prediction, so all items together have none.
    expect(row(table, 'all')?.theory_rate_Hz).toBeNull();
  });
  it('predicts the same rate for every population of one drive', async () => {
    const { table } = await measure(await spikesOf([regular], 2200, { network, items: withEta([2]) }));
    for (const one of table.rows) expect(one.theory_rate_Hz).toBeCloseTo(67.6, 1);
  });
  it('has the drive margin of the rate measured: balanced_small at 69.3 Hz has 0.65', async () => {
    const events = Math.round(69.3 * 22);
    const trains = Array.from({ length: 10 }, (_, unit) =>
      Array.from({ length: events / 10 + (unit < events % 10 ? 1 : 0) }, (_, k) => k * 12),
    );
    const spikes = await spikesOf([trains], 2200, { network, items: withEta([2]) });
    const { table, byCondition } = await measure(spikes);
    expect(row(table, 'all')?.rate_Hz).toBeCloseTo(69.3, 0);
    expect(Math.abs((row(table, 'all')?.drive_margin as number) - 0.65)).toBeLessThan(0.01);
    expect(byCondition.rows[0]?.drive_margin).toBe(row(table, 'all')?.drive_margin);
    expect(row(table, 'excitatory')?.drive_margin).toBeNull();
  });
  it('has no rows for images, and no prediction', async () => {
    const { byCondition, table } = await measure(await spikesOf([regular], 2200, { network }));
    expect(byCondition.rows).toEqual([]);
    expect(row(table, 'all')).toMatchObject({ theory_rate_Hz: null, drive_margin: null });
  });
});

describe('currents', () => {
  const recorded = currentsOf([
    { item: 0, neuron: 1, excitatory: [9, 1, 2, 3], external: [9, 1, 1, 1], inhibitory: [0, 2, 1, 3] },
    { item: 0, neuron: 9, excitatory: [0, 2, 4, 6], external: [0, 0, 0, 0], inhibitory: [0, 1, 2, 3] },
    { item: 0, 'mean membrane': [50, 1, 3, 1], 'membrane variance': [8] },
  ]);
  it('give balance by population and synchrony for all, after the transient', async () => {
    const spikes = await spikesOf([regular], 2200, { discardSteps: 1 });
    const { table } = await measure(spikes, {}, recorded);
    expect(row(table, 'excitatory')).toMatchObject({ currents_n: 1, synchrony: null });
    expect(row(table, 'excitatory')?.ei_correlation).toBeCloseTo(0.5, 12);
    expect(row(table, 'excitatory')?.input_ratio).toBeCloseTo(2 / 3, 12);
    expect(row(table, 'inhibitory')?.ei_correlation).toBeCloseTo(1, 12);
    expect(row(table, 'all')?.ei_correlation).toBeCloseTo(0.75, 12);
    expect(row(table, 'all')?.input_ratio).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
    // Variance of 1, 3, 1 is 8/9.
    expect(row(table, 'all')?.synchrony).toBeCloseTo(1 / 3, 12);
  });
  it('belong to their item only', async () => {
    const items = { ...withEta([1, 2]), ids: Int32Array.of(7, 0) };
    const { byCondition } = await measure(await spikesOf([regular, regular], 2200, { items }), {}, recorded);
    expect(byCondition.rows.map(({ currents_n }) => currents_n)).toEqual([0, 2]);
    expect(byCondition.rows[0]).toMatchObject({ ei_correlation: null, input_ratio: null, synchrony: null });
  });
  it('that are none are noticed', async () => {
    const context = createTestContext();
    const loss: SeriesValue = { kind: 'series', xLabel: 'epoch', xUnit: '1', curves: [] };
    const { table } = await measure(await spikesOf([regular], 2200), {}, loss, context);
    expect(context.reports.notices).toHaveLength(1);
    expect(row(table, 'all')?.input_ratio).toBeNull();
  });
});

describe('intervals and figure', () => {
  it('density of the intervals sums to 1, and is exponential for a Poisson process', async () => {
    const poisson = erlangTrains(10, 20, 100_000, 1, 3);
    const { isi, figure } = await measure(await spikesOf([poisson], 100_000));
    expect(isi.curves.map(({ name }) => name)).toEqual(['excitatory', 'inhibitory', 'all']);
    for (const { y } of isi.curves) expect(y.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    const fit = marksOf(figure, 1).find(({ name }) => name === 'exponential');
    expect(fit?.type).toBe('line');
    if (fit?.type !== 'line') return;
    const bins = isi.curves[2];
    fit.x.slice(2, 30).forEach((x, k) => {
      const measured = bins?.y[bins.x.indexOf(x)] as number;
      expect(Math.abs(measured - (fit.y[k + 2] as number))).toBeLessThan(0.004);
    });
  });
  it('draws the shown item: evenly chosen neurons, in the time shown', async () => {
    const { figure } = await measure(await spikesOf([[], regular], 2200, { discardSteps: 200 }), {
      itemShown: 1,
      neuronsShown: 5,
      timeShown: 100,
    });
    const [exc, inh] = marksOf(figure, 0);
    if (exc?.type !== 'raster' || inh?.type !== 'raster') throw new Error('no raster');
    expect([exc.hue, inh.hue]).toEqual(['excitatory', 'inhibitory']);
    expect([...new Set(exc.y)].sort()).toEqual([0, 1, 2, 3]);
    expect([...new Set(inh.y)]).toEqual([4]);
    // Five spikes each in 100 ms.
    expect([exc.x.length, inh.x.length]).toEqual([20, 5]);
    expect(Math.min(...exc.x)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...exc.x)).toBeLessThan(300);
    const [rate] = marksOf(figure, 2);
    if (rate?.type !== 'line') throw new Error('no rate');
    expect(rate.x[0]).toBe(200);
    expect(rate.y.reduce((sum, value) => sum + value, 0) / rate.y.length).toBeCloseTo(50, 9);
  });
  it('pools intervals over the trials of the shown drive only', async () => {
    const slow = Array.from({ length: 10 }, () => clock(50, 2200));
    const spikes = await spikesOf([regular, slow, slow], 2200, { items: withEta([1, 2, 2]) });
    const { isi, figure } = await measure(spikes, { itemShown: 2 });
    const all = isi.curves[2];
    expect(all?.y.filter((y) => y > 0)).toEqual(Float64Array.of(1));
    expect(all?.x[all.y.findIndex((y) => y > 0)]).toBe(50.5);
    expect(figure.caption).toContain('2 items of the same condition');
    expect(marksOf(figure, 1)).toHaveLength(1);
  });
  it('shows the last item where there are fewer, and says so', async () => {
    const context = createTestContext();
    const { figure } = await measure(await spikesOf([regular], 2200), { itemShown: 4 }, undefined, context);
    expect(figure.caption).toContain('Item 0');
    expect(context.reports.notices[0]).toContain('the last one, 0');
  });
});

describe('edges', () => {
  const noNaN = (table: TableValue) =>
    table.rows.every((one) => Object.values(one).every((value) => typeof value !== 'number' || Number.isFinite(value)));
  it('no items, no spikes, single spikes and single units have empty cells', async () => {
    const none = await measure(await spikesOf([], 2200));
    expect(row(none.table, 'all')).toMatchObject({ items: 0, rate_Hz: null, cv_isi: null, fano: null, label: null });
    const silent = await measure(await spikesOf([[]], 2200));
    expect(row(silent.table, 'all')).toMatchObject({ rate_Hz: 0, cv_isi: null, cv2: null, fano: null, label: null });
    expect(silent.isi.curves.every(({ x }) => x.length === 0)).toBe(true);
    const one = await measure(await spikesFrom([[[0, 5]]], { unitCount: 1, stepCount: 1000 }));
    expect(row(one.table, 'all')).toMatchObject({ neurons: 1, rate_Hz: 1, cv_isi: null });
    for (const { table } of [none, silent, one]) expect(noNaN(table)).toBe(true);
  });
  it('an empty population has no rate', async () => {
    const lone = [
      { name: 'excitatory', start: 0, count: 10 },
      { name: 'inhibitory', start: 10, count: 0 },
    ];
    const { table } = await measure(
      await spikesOf([regular], 2200, { populations: lone, network: presets.balancedSmall }),
    );
    expect(row(table, 'inhibitory')).toMatchObject({ neurons: 0, rate_Hz: null, theory_rate_Hz: null, label: null });
  });
  it('too short for two windows: no Fano factor', async () => {
    const { table } = await measure(await spikesOf([regular], 2200), { fanoWindow: 2000 });
    expect(row(table, 'all')).toMatchObject({ fano: null, cv_isi: 0 });
  });
  it('refuses windows off the time step, before a run and in it', async () => {
    const spikes = { kind: 'spikes' as const, axes: [axis('item', 1)], unit: '1', dt: 0.1 };
    const found = definition.infer({ spikes, currents: undefined }, paramsOf(definition, { binWidth: 0.25 }));
    expect(found).toMatchObject({ ok: false, param: 'binWidth' });
    expect(definition.infer({ spikes, currents: undefined }, paramsOf(definition)).ok).toBe(true);
    const failure = measure(await spikesOf([regular], 2200), { fanoWindow: 10.5 });
    await expect(failure).rejects.toBeInstanceOf(UnitMismatchError);
    await expect(failure).rejects.toMatchObject({ details: { param: 'fanoWindow' } });
  });
  it('refuses spikes of which nothing is left, and parameters out of range', async () => {
    const failure = measure(await spikesOf([[]], 5, { discardSteps: 5 }));
    await expect(failure).rejects.toBeInstanceOf(ShapeMismatchError);
    expect(() => paramsOf(definition, { minIntervals: 1 })).toThrow();
    expect(() => paramsOf(definition, { fanoWindow: 0 })).toThrow();
  });
  it('stops when asked', async () => {
    const controller = new AbortController();
    const spikes = await spikesOf([regular], 2200, {}, 1);
    const slow: SpikesValue = {
      ...spikes,
      read: async (index) => {
        controller.abort();
        await new Promise((resolve) => setTimeout(resolve, 60));
        return spikes.read(index);
      },
    };
    const context = createTestContext({ signal: controller.signal });
    await expect(measure(slow, {}, undefined, context)).rejects.toMatchObject({ details: { code: 'run.cancelled' } });
  });
});
