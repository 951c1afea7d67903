import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/source/drive';
import { ParameterError, ShapeMismatchError } from '../../../../src/core/errors';
import { repeatItems } from '../../../../src/kit/item-table';
import { axis } from '../../../../src/kit/port-type';
import type { SeriesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';

const drive = async (given = {}, before?: SeriesValue): Promise<SeriesValue> =>
  (await computeNode(definition, { before }, paramsOf(definition, given), createTestContext())).drive;
const infer = (given = {}) => definition.infer({ before: undefined }, paramsOf(definition, given));

/** Value at t ms: held from each point until the next, the first also before its time. */
function at({ curves }: SeriesValue, item: number, t: number): number {
  const { x, y } = curves[item] as SeriesValue['curves'][number];
  let k = 0;
  while (k + 1 < x.length && (x[k + 1] as number) <= t) k++;
  return y[k] as number;
}

describe('shapes', () => {
  it('constant: one point', async () => {
    const value = await drive({ level: 1.5 });
    expect(value).toMatchObject({ kind: 'series', xLabel: 'time', xUnit: 'ms' });
    expect(value.curves).toEqual([
      { name: 'drive 0', unit: '1', x: Float64Array.of(0), y: Float64Array.of(1.5), labels: { item: 0 } },
    ]);
    expect(value.items?.columns).toEqual({ level: Float64Array.of(1.5), shape: Float64Array.of(0) });
  });
  it('grid: 0 to 4 in steps of 0.25 by default, free of rounding', async () => {
    const value = await drive({ shape: 'grid' });
    expect(value.curves).toHaveLength(17);
    expect([...(value.items?.columns.level ?? [])].slice(0, 3)).toEqual([0, 0.25, 0.5]);
    expect(value.items?.columns.level?.[16]).toBe(4);
    expect([...(value.items?.ids ?? [])]).toEqual(Array.from({ length: 17 }, (_, k) => k));
    const tenths = await drive({ shape: 'grid', from: 0, to: 1, step: 0.1 });
    expect([...(tenths.items?.columns.level ?? [])]).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect((await drive({ shape: 'grid', from: 2, to: 2 })).curves).toHaveLength(1);
    expect((await drive({ shape: 'grid', from: 0, to: 1, step: 0.3 })).items?.columns.level?.[3]).toBe(0.9);
  });
  it('step: 1 until 500 ms, then 2', async () => {
    const value = await drive({ shape: 'step' });
    expect([0, 499.9, 500, 10_000].map((t) => at(value, 0, t))).toEqual([1, 1, 2, 2]);
    expect(value.items?.columns).toEqual({ level: Float64Array.of(2), shape: Float64Array.of(1) });
    expect((await drive({ shape: 'step', onset: 0 })).curves[0]?.y).toEqual(Float64Array.of(2));
  });
  it('ramp: 1 to 3 over 700 ms, a value each ms, held at both ends', async () => {
    const value = await drive({ shape: 'ramp' });
    expect(value.curves[0]?.x).toHaveLength(701);
    expect([0, 350, 350.9, 700, 900].map((t) => at(value, 0, t))).toEqual([1, 2, 2, 3, 3]);
    expect(value.items?.columns).toEqual({ level: Float64Array.of(3), shape: Float64Array.of(2) });
    const late = await drive({ shape: 'ramp', rampStart: 100, rampEnd: 102.5, rampFrom: 2, rampTo: 0 });
    expect([...(late.curves[0]?.x ?? [])]).toEqual([100, 101, 102, 102.5]);
    expect([0, 100, 101, 500].map((t) => at(late, 0, t))).toEqual([2, 2, 1.2, 0]);
  });
  it('sine: around its mean, exact at the quarters', async () => {
    const value = await drive({ shape: 'sine', mean: 1, amplitude: 1, frequency: 5, duration: 200 });
    expect([0, 50, 100, 150, 200].map((t) => at(value, 0, t))).toEqual([1, 2, 1, 0, 1]);
    expect(at(value, 0, 25)).toBeCloseTo(1 + Math.SQRT1_2, 12);
    expect(value.items?.columns).toEqual({ level: Float64Array.of(1), shape: Float64Array.of(3) });
    expect(Math.min(...(value.curves[0]?.y ?? []))).toBeGreaterThanOrEqual(0);
  });
  it('are the same bits again', async () => {
    for (const shape of ['grid', 'ramp', 'sine'] as const)
      expect(await drive({ shape })).toEqual(await drive({ shape }));
  });
});

describe('a drive before', () => {
  it('comes first, and numbers go on', async () => {
    const step = await drive({ shape: 'step' }, await drive({ shape: 'grid', to: 1, step: 0.5 }));
    const all = await drive({ shape: 'ramp' }, step);
    expect([...(all.items?.ids ?? [])]).toEqual([0, 1, 2, 3, 4]);
    expect([...(all.items?.columns.shape ?? [])]).toEqual([0, 0, 0, 1, 2]);
    expect([...(all.items?.columns.level ?? [])]).toEqual([0, 0.5, 1, 2, 3]);
    expect(all.curves.map(({ labels }) => labels?.item)).toEqual([0, 1, 2, 3, 4]);
    expect(all.items && repeatItems(all.items, 20).ids).toHaveLength(100);
  });
  it('must be a drive', async () => {
    const loss: SeriesValue = { kind: 'series', xLabel: 'epoch', xUnit: '1', curves: [] };
    await expect(drive({}, loss)).rejects.toBeInstanceOf(ShapeMismatchError);
    await expect(drive({}, loss)).rejects.toMatchObject({ details: { port: 'before' } });
  });
  it('is counted in the type', () => {
    const before = { kind: 'series' as const, axes: [axis('item', 17)], unit: '1' };
    const found = definition.infer({ before }, paramsOf(definition, { shape: 'step' }));
    expect(found).toMatchObject({ ok: true, outputs: { drive: { axes: [axis('item', 18)], unit: '1' } } });
  });
});

describe('refusals', () => {
  it.each([
    [{ shape: 'grid', from: 2, to: 1 }, 'to'],
    [{ shape: 'grid', to: 4, step: 0.001 }, 'step'],
    [{ shape: 'ramp', rampStart: 700, rampEnd: 700 }, 'rampEnd'],
    [{ shape: 'ramp', rampEnd: 100_000, sampling: 0.01 }, 'sampling'],
    [{ shape: 'sine', mean: 1, amplitude: 1.5 }, 'amplitude'],
    [{ shape: 'sine', frequency: 600 }, 'sampling'],
  ] as const)('%o names %s, before a run and in it', async (given, param) => {
    expect(infer(given)).toMatchObject({ ok: false, param });
    await expect(drive(given)).rejects.toBeInstanceOf(ParameterError);
    await expect(drive(given)).rejects.toMatchObject({ details: { param } });
  });
  it('looks only at the shape in use', () => {
    expect(infer({ shape: 'constant', amplitude: 9, mean: 1 }).ok).toBe(true);
  });
  it.each([{ level: -1 }, { step: 0 }, { sampling: 0 }, { level: Number.NaN }])('%o is out of range', (given) => {
    expect(() => paramsOf(definition, given)).toThrow();
  });
});

it('says in a few words what it is', () => {
  const words = (given = {}) => definition.keyInfo?.(paramsOf(definition, given), {});
  expect(words({ shape: 'grid' })).toBe('17 levels, 0 to 4');
  expect(words({ shape: 'step' })).toBe('1 to 2 at 500 ms');
  expect(words({ shape: 'ramp' })).toBe('1 to 3 in 700 ms');
});
