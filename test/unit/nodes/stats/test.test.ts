import { describe, expect, it } from 'vitest';
import quality from '../../../../nodes/metric/image-quality';
import definition from '../../../../nodes/stats/test';
import { DataError, ParameterError } from '../../../../src/core/errors';
import { normal, Purpose } from '../../../../src/core/random/draws';
import type { TableRow, TableValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { rowImages } from '../../../support/gaussian-clouds';
import { testItems } from '../../../support/memory-spikes';

const tableOf = (rows: readonly TableRow[]): TableValue => ({
  kind: 'table',
  columns: Object.keys(rows[0] ?? { item: 0, psnr: 0 }).map((name) => ({
    name,
    label: name,
    type: 'number' as const,
    ...(name === 'psnr' ? { unit: 'dB' } : {}),
  })),
  rows,
});
const scores = (values: readonly (number | null)[], from = 0) =>
  tableOf(values.map((psnr, k) => ({ item: from + k, psnr })));

const run = (
  first: readonly TableValue[],
  second: readonly TableValue[] = [],
  given = {},
  context = createTestContext(),
) => computeNode(definition, { first, second }, paramsOf(definition, { resamples: 2000, ...given }), context);

const rowOf = (table: TableValue, quantity: string): TableRow => {
  const found = table.rows.find((row) => row['quantity'] === quantity);
  if (!found) throw new Error(`No row ${quantity}.`);
  return found;
};

const draw = (item: number, k: number) => normal({ seed: 5, purpose: Purpose.sample, item }, k);
/** Graph r, item i: 20 + r effect + noise shared by both conditions; the first is `gain` higher plus noise `own`. */
function graphs(count: number, items: number, gain: number, own: number, graphSpread = 0) {
  const of = (r: number, extra: (i: number) => number) =>
    scores(Array.from({ length: items }, (_, i) => 20 + 3 * draw(r, i) + extra(i)));
  return {
    first: Array.from({ length: count }, (_, r) =>
      of(r, (i) => gain + graphSpread * draw(900, r) + own * draw(100 + r, i)),
    ),
    second: Array.from({ length: count }, (_, r) => of(r, () => 0)),
  };
}

describe('one pair of tables', () => {
  it('by hand: differences 1, 2, 3 in any order of rows', async () => {
    const second = tableOf([
      { item: 2, psnr: 10 },
      { item: 0, psnr: 10 },
      { item: 1, psnr: 10 },
    ]);
    const { table, figure } = await run([scores([11, 12, 13])], [second]);
    expect(rowOf(table, 'mean first')['value']).toBe(12);
    expect(rowOf(table, 'mean second')['value']).toBe(10);
    expect(rowOf(table, 'difference')).toMatchObject({ value: 2, n: 3, replicates: 1 });
    // All positive: W- = 0 and p = 2 / 2^3; one replicate cannot differ from 0 by itself.
    expect(rowOf(table, 'signed rank, items')).toMatchObject({ value: 0, p: 0.25, n: 3 });
    expect(rowOf(table, 'signed rank, replicates')).toMatchObject({ p: 1, n: 1 });
    expect(rowOf(table, 'verdict')['note']).toBe('first higher');
    expect(table.columns.find(({ name }) => name === 'value')?.unit).toBe('dB');
    expect(figure.panels[0]?.x.categories).toEqual(['1', 'all']);
  });
  it('has the interval of the mean of independent differences', async () => {
    const { first, second } = graphs(1, 400, 0.5, 2);
    const { table } = await run(first, second);
    const { value, low, high } = rowOf(table, 'difference') as Record<string, number>;
    const half = ((high as number) - (low as number)) / 2;
    expect(half / ((1.96 * 2) / 20)).toBeGreaterThan(0.85);
    expect(half / ((1.96 * 2) / 20)).toBeLessThan(1.15);
    expect(Math.abs((value as number) - 0.5)).toBeLessThan(0.4);
  });
  it('leaves out and counts what has no partner or no value', async () => {
    const context = createTestContext();
    const { table } = await run([scores([11, null, Infinity, 15, 9])], [scores([10, 10, 10, 10])], {}, context);
    expect(rowOf(table, 'difference')).toMatchObject({ value: 3, n: 2 });
    expect(context.reports.notices).toEqual([
      '1 rows have no partner and are left out.',
      '2 pairs lack a finite value and are left out.',
    ]);
  });
  it('of one item has no interval and no verdict', async () => {
    const { table } = await run([scores([11])], [scores([10])]);
    expect(rowOf(table, 'difference')).toMatchObject({
      value: 1,
      low: null,
      high: null,
      note: 'One pair has no interval.',
    });
    expect(rowOf(table, 'verdict')['note']).toBe('none');
  });
});

describe('replicates', () => {
  it('decide: a spread between graphs widens the interval however many items there are', async () => {
    const apart = graphs(8, 200, 0.2, 0.1, 1);
    const { table } = await run(apart.first, apart.second);
    const { low, high } = rowOf(table, 'difference') as Record<string, number>;
    const own = Array.from({ length: 8 }, (_, r) => draw(900, r));
    const mean = own.reduce((sum, value) => sum + value, 0) / 8;
    const sd = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8);
    expect(Math.abs(((high as number) - (low as number)) / ((2 * 1.96 * sd) / Math.sqrt(8)) - 1)).toBeLessThan(0.15);
    expect(table.rows.filter((row) => row['quantity'] === 'replicate')).toHaveLength(8);
  });
  it('that share their items do not average out what is particular to an item', async () => {
    // Item effects of sd 1 in every graph, nothing else: 50 items leave 1 / sqrt 50, ten graphs or not.
    const items = 50;
    const first = Array.from({ length: 10 }, () => scores(Array.from({ length: items }, (_, i) => draw(7, i))));
    const second = Array.from({ length: 10 }, () => scores(new Array(items).fill(0)));
    const half = async (given: object) => {
      const { low, high } = rowOf((await run(first, second, given)).table, 'difference') as Record<string, number>;
      return ((high as number) - (low as number)) / 2;
    };
    expect(Math.abs((await half({})) / (1.96 / Math.sqrt(items)) - 1)).toBeLessThan(0.15);
    expect(Math.abs((await half({ items: 'own' })) / (1.96 / Math.sqrt(items * 10)) - 1)).toBeLessThan(0.15);
  });
  it('may be named by a column, conditions by another', async () => {
    const rows = [0, 1, 2].flatMap((graph) =>
      ['balanced', 'unbalanced'].flatMap((arm) =>
        [0, 1].map((item) => ({ graph, arm, item, psnr: 10 + graph + item + (arm === 'balanced' ? 1 + graph : 0) })),
      ),
    );
    const given = { group: 'arm', firstGroup: 'balanced', secondGroup: 'unbalanced', replicate: 'graph' };
    const { table } = await run([tableOf(rows)], [], given);
    expect(rowOf(table, 'difference')).toMatchObject({ value: 2, n: 6, replicates: 3 });
    expect(table.rows.filter((row) => row['quantity'] === 'replicate').map((row) => row['value'])).toEqual([1, 2, 3]);
    await expect(run([tableOf(rows)], [], { ...given, firstGroup: 'none' })).rejects.toBeInstanceOf(ParameterError);
    // Without the replicate, rows of different graphs have one name.
    await expect(run([tableOf(rows)], [], { ...given, replicate: '' })).rejects.toBeInstanceOf(DataError);
  });
});

it('two decoders are compared on the same images, as image quality scores them', async () => {
  const items = testItems(12, 2, 60_000);
  const square = (value: (item: number, pixel: number) => number) => {
    const { data } = rowImages(items, 49, value);
    return { kind: 'images' as const, shape: [12, 7, 7, 1], data, items };
  };
  const originals = square((item, pixel) => 0.5 + 0.01 * ((item * 7 + pixel) % 20));
  const off = (by: (item: number) => number) =>
    square((item, pixel) => (originals.data[item * 49 + pixel] as number) + by(item));
  const tableFor = async (reconstruction: ReturnType<typeof off>) =>
    (
      await computeNode(
        quality,
        { reference: originals, reconstruction },
        paramsOf(quality, { window: 'uniform' }),
        createTestContext(),
      )
    ).items;
  // Errors twice as large cost 20 log10 2 = 6.02 dB in every image.
  const [near, far] = [
    await tableFor(off((item) => 0.01 + item / 500)),
    await tableFor(off((item) => 0.02 + item / 250)),
  ];
  const { table } = await run([near], [far]);
  expect(rowOf(table, 'difference')['value']).toBeCloseTo(6.0206, 3);
  expect(rowOf(table, 'difference')['n']).toBe(12);
  expect(rowOf(table, 'signed rank, items')['p']).toBeCloseTo(2 / 2 ** 12, 12);
  expect(rowOf(table, 'verdict')['note']).toBe('first higher');
});

it('one row of a summary is compared over replicates', async () => {
  const summary = (bits: number) =>
    tableOf([
      { measure: 'accuracy', value: 0.5 },
      { measure: 'bits', value: bits },
    ]);
  const given = { value: 'value', on: 'measure', whereColumn: 'measure', whereValue: 'bits' };
  const { table } = await run([summary(3), summary(5), summary(4)], [summary(2), summary(2), summary(2)], given);
  expect(rowOf(table, 'difference')).toMatchObject({ value: 2, n: 3, replicates: 3 });
  // Means of three draws of 1, 2, 3: 1 and 3 once in 27 each, so that the 95 % interval reaches nearly both.
  expect(rowOf(table, 'difference')['low']).toBeCloseTo(1, 0);
  expect(rowOf(table, 'signed rank, replicates')['p']).toBe(0.25);
  // t(2) = 4.303, standard deviation 1.
  expect(rowOf(table, 'difference, t over replicates')['high']).toBeCloseTo(2 + 4.303 / Math.sqrt(3), 9);
  await expect(run([summary(3)], [summary(2)], { ...given, whereValue: 'none' })).rejects.toBeInstanceOf(DataError);
  await expect(run([summary(3)], [summary(2)], { ...given, whereColumn: 'no' })).rejects.toBeInstanceOf(ParameterError);
});

describe('equivalence', () => {
  it('is shown for a difference within the margin, and not for one that is only not significant', async () => {
    const near = graphs(10, 100, 0.05, 0.5, 0.05);
    const { table } = await run(near.first, near.second);
    expect(rowOf(table, 'verdict')['note']).toMatch(/^equivalent/);
    expect(rowOf(table, 'equivalence')['p']).toBeLessThan(0.05);
    const noisy = graphs(4, 10, 0, 4, 1);
    const { table: wide } = await run(noisy.first, noisy.second);
    expect(rowOf(wide, 'verdict')['note']).toBe('undecided, few replicates');
    expect(rowOf(wide, 'equivalence')['p']).toBeGreaterThan(0.05);
  });
  it('needs the 90 % interval within the margin, whatever the size of the difference', async () => {
    const near = graphs(10, 100, 0.25, 0.5);
    const strict = (await run(near.first, near.second, { margin: 0.1 })).table;
    expect(rowOf(strict, 'verdict')['note']).toBe('first higher');
    const loose = (await run(near.first, near.second, { margin: 1 })).table;
    expect(rowOf(loose, 'verdict')['note']).toBe('equivalent (first higher)');
  });
});

describe('edges', () => {
  it('same seed, same bits; another seed, other resamples', async () => {
    const { first, second } = graphs(3, 20, 0.1, 1, 0.2);
    const one = await run(first, second);
    expect(await run(first, second)).toEqual(one);
    const other = await run(first, second, { seed: 2 });
    expect(rowOf(other.table, 'difference')['low']).not.toBe(rowOf(one.table, 'difference')['low']);
    expect(rowOf(other.table, 'difference')['value']).toBe(rowOf(one.table, 'difference')['value']);
  });
  it('refuses missing columns, tables without a common item, and no table', async () => {
    const table = scores([1, 2]);
    await expect(run([table], [table], { value: 'ssim' })).rejects.toBeInstanceOf(ParameterError);
    await expect(run([table], [scores([1, 2], 10)])).rejects.toBeInstanceOf(DataError);
    await expect(run([], [])).rejects.toBeInstanceOf(DataError);
    expect(() => paramsOf(definition, { margin: -1 })).toThrow();
  });
  it('says before a run what is missing', () => {
    const type = { kind: 'table' as const, axes: [], unit: '1' };
    const infer = (first: number, second: number, given = {}) =>
      definition.infer(
        { first: new Array(first).fill(type), second: new Array(second).fill(type) },
        paramsOf(definition, given),
      );
    expect(infer(2, 1)).toMatchObject({ ok: false, code: 'stats.unequal' });
    expect(infer(1, 0)).toMatchObject({ ok: false, code: 'stats.one-side' });
    expect(infer(1, 0, { group: 'arm' })).toMatchObject({ ok: false, code: 'stats.same-group' });
    expect(infer(1, 0, { group: 'arm', firstGroup: 'a' }).ok).toBe(true);
    expect(infer(2, 2).ok).toBe(true);
  });
});
