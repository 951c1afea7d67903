import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/theory/mean-field';
import { DataError, ParameterError } from '../../../../src/core/errors';
import type { CellsMark } from '../../../../src/kit/figure';
import { axis } from '../../../../src/kit/port-type';
import type { FigureValue, SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom, testItems } from '../../../support/memory-spikes';
import { networkOf } from '../../analysis/networks';

const predict = (given = {}, spikes?: SpikesValue, context = createTestContext()) =>
  computeNode(definition, { spikes }, paramsOf(definition, { regimeMap: false, ...given }), context);
const brunel = { nExc: 10_000, nInh: 2500, jExc: 0.1 };
const at = { etaFrom: 2, etaTo: 2 };

const cellsOf = (figure: FigureValue) =>
  figure.panels.flatMap(({ marks }) => marks.filter((mark): mark is CellsMark => mark.type === 'cells'));

/** Silent spikes of a network, one item for each drive. */
const silent = (etas: readonly number[] | null, network = networkOf(), shape?: readonly number[]) => {
  const count = etas?.length ?? 1;
  return spikesFrom(
    Array.from({ length: count }, () => []),
    {
      unitCount: 12_500,
      stepCount: 10,
      network,
      items: {
        ...testItems(count),
        columns: etas ? { eta: Float64Array.from(etas), ...(shape ? { shape: Float64Array.from(shape) } : {}) } : {},
      },
    },
  );
};

describe('own parameters', () => {
  it.each([
    [3, 2, 327.0],
    [6, 4, 55.8],
    [5, 2, 37.95],
    [4.5, 0.9, 6.52],
  ])("give Brunel's rate at g = %d, eta = %d: %d Hz", async (inhExcRatio, eta, wanted) => {
    const { table } = await predict({ ...brunel, inhExcRatio, etaFrom: eta, etaTo: eta });
    expect(table.rows).toHaveLength(1);
    expect(Math.abs((table.rows[0]?.rate_Hz as number) / wanted - 1)).toBeLessThan(0.01);
  });
  it('balanced_small: 67.6 Hz, driven by fluctuations, far below the limit of large networks', async () => {
    const { table } = await predict(at);
    expect(table.rows[0]).toMatchObject({ eta: 2, regime: 'fluctuation-driven' });
    expect(table.rows[0]?.rate_Hz).toBeCloseTo(67.6, 1);
    expect(table.rows[0]?.mu_mV).toBeCloseTo(40 - 0.2 * (table.rows[0]?.rate_Hz as number), 3);
    expect(table.rows[0]?.limit_Hz).toBeCloseTo(100, 6);
  });
  it.each([
    [{ inhExcRatio: 3.5 }, 'mean-driven'],
    [{ vThreshold: 60 }, 'silent'],
    [{ inhExcRatio: 0, tRef: 0 }, 'runaway'],
    [{ inhExcRatio: 4.5 }, 'between'],
  ])('%o is %s', async (given, regime) => {
    const { table, series } = await predict({ ...at, ...given });
    expect(table.rows[0]?.regime).toBe(regime);
    if (regime === 'runaway') {
      expect(table.rows[0]).toMatchObject({ rate_Hz: null, mu_mV: null, margin: null, limit_Hz: null });
      expect(series.curves).toEqual([]);
    }
  });
  it('has a row for each drive and a finer curve through all of them', async () => {
    const { table, series } = await predict();
    expect(table.rows.map(({ eta }) => eta)).toEqual(Array.from({ length: 17 }, (_, k) => k / 4));
    const [rate, limit] = series.curves;
    expect(rate).toMatchObject({ unit: 'Hz', labels: { quantity: 'rate' } });
    for (const row of table.rows) {
      expect(rate?.y[rate.x.indexOf(row.eta as number)]).toBe(row.rate_Hz);
    }
    expect(limit?.y.at(-1)).toBeCloseTo(300, 6);
    expect((await predict({ inhExcRatio: 3 })).series.curves.map(({ name }) => name)).toEqual(['predicted rate']);
  });
  it('takes the noise out of a constant input', async () => {
    const { table } = await predict({ ...at, externalKind: 'constant', connectionProbability: 0 });
    // 40 mV on a lone neuron.
    expect(table.rows[0]).toMatchObject({ sigma_mV: 0, margin: null, regime: 'mean-driven' });
    expect(table.rows[0]?.rate_Hz).toBeCloseTo(98.92, 2);
  });
  it('gives the same bits again', async () => {
    expect(await predict({ regimeMap: true })).toEqual(await predict({ regimeMap: true }));
  });
});

describe('spikes', () => {
  it('bring their network and their drives, each once, rising', async () => {
    const { table } = await predict({}, await silent([4, 2, 4], networkOf({ g: 6 })));
    expect(table.rows.map(({ eta }) => eta)).toEqual([2, 4]);
    expect(Math.abs((table.rows[1]?.rate_Hz as number) / 55.8 - 1)).toBeLessThan(0.01);
  });
  it('give a row only for drives that hold still', async () => {
    const { table } = await predict({}, await silent([2, 3], networkOf(), [0, 2]));
    expect(table.rows.map(({ eta }) => eta)).toEqual([2]);
  });
  it('without a drive are predicted over the grid', async () => {
    const { table } = await predict({ etaFrom: 1, etaTo: 2, etaStep: 1 }, await silent(null));
    expect(table.rows.map(({ eta }) => eta)).toEqual([1, 2]);
  });
  it('of no network are refused', async () => {
    const poisson = await spikesFrom([[]], { unitCount: 1, stepCount: 1 });
    await expect(predict({}, poisson)).rejects.toBeInstanceOf(DataError);
    await expect(predict({}, poisson)).rejects.toMatchObject({ details: { port: 'spikes' } });
  });
});

describe('the figure', () => {
  it('holds the curve, the margin and a map of both', async () => {
    const { figure } = await predict({ regimeMap: true, gFrom: 4, gTo: 6, gStep: 1, etaStep: 1 });
    expect(figure.panels.map(({ title }) => title)).toEqual([
      'Predicted rate',
      'Drive margin',
      'Rate over g and η',
      'Margin over g and η',
    ]);
    const line = figure.panels[1]?.marks.find(({ type }) => type === 'line');
    expect(line?.type === 'line' && Math.min(...line.y)).toBeGreaterThanOrEqual(-5);
    const [rate, margin] = cellsOf(figure);
    expect(rate?.x).toHaveLength(15);
    // Without drive there is no noise, so no margin.
    expect(margin?.x).toHaveLength(12);
    const here = rate?.x.findIndex((eta, k) => eta === 2 && rate.y[k] === 5) ?? -1;
    expect(rate?.value[here]).toBeCloseTo(67.6, 1);
    // More inhibition, lower rate.
    expect(rate?.value[rate.x.findIndex((eta, k) => eta === 2 && rate.y[k] === 6)]).toBeLessThan(60);
  });
  it('says how far the map is, and stops when asked', async () => {
    const controller = new AbortController();
    const context = createTestContext({ signal: controller.signal });
    const running = predict({ regimeMap: true, gStep: 0.1, etaStep: 0.05 }, undefined, context);
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toMatchObject({ details: { code: 'run.cancelled' } });
    expect(context.reports.progress[0]?.label).toBe('cells of the map');
  });
});

describe('refusals', () => {
  const infer = (given = {}) => definition.infer({ spikes: undefined }, paramsOf(definition, given));
  it.each([
    [{ etaFrom: 2, etaTo: 1 }, 'etaTo'],
    [{ etaTo: 100, etaStep: 0.01 }, 'etaStep'],
    [{ regimeMap: true, gFrom: 3, gTo: 2 }, 'gTo'],
    [{ regimeMap: true, gStep: 0.01, etaStep: 0.05 }, 'gStep'],
    [{ vReset: 20 }, 'vReset'],
  ])('%o names %s, before a run and in it', async (given, param) => {
    expect(infer({ regimeMap: false, ...given })).toMatchObject({ ok: false, param });
    await expect(predict(given)).rejects.toBeInstanceOf(ParameterError);
    await expect(predict(given)).rejects.toMatchObject({ details: { param } });
  });
  it('looks at the neuron only without spikes, and tells the rows', () => {
    const spikes = { kind: 'spikes' as const, axes: [axis('item', 1)], unit: '1', dt: 0.1 };
    const found = definition.infer({ spikes }, paramsOf(definition, { vReset: 20 }));
    expect(found).toMatchObject({ ok: true, remarks: [expect.stringContaining('not used')] });
    expect(infer()).toMatchObject({ ok: true, outputs: { table: { axes: [axis('item', 17)] } } });
  });
  it('checks the range of parameters', () => {
    expect(() => paramsOf(definition, { jExc: 0 })).toThrow();
    expect(() => paramsOf(definition, { connectionProbability: 1.5 })).toThrow();
  });
});
