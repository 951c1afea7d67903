import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/metric/image-quality';
import { DataError, NodeComputeError, ShapeMismatchError } from '../../../../src/core/errors';
import type { ItemTable } from '../../../../src/kit/item-table';
import { axis } from '../../../../src/kit/port-type';
import type { ImagesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { testItems } from '../../../support/memory-spikes';

const side = 16;
type Pixel = (x: number, y: number) => number;
const a: Pixel = (x, y) => (x + y) / 30;
const b: Pixel = (x, y) => a(x, y) + 0.1 * Math.sin((2 * Math.PI * x) / 8);
const c: Pixel = (x, y) => a(x, side - 1 - y);

function imagesOf(pictures: readonly Pixel[], items: ItemTable, size = side): ImagesValue {
  const data = new Float32Array(pictures.length * size * size);
  pictures.forEach((pixel, k) => {
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) data[(k * size + y) * size + x] = pixel(x, y);
  });
  return { kind: 'images', shape: [pictures.length, size, size, 1], data, items };
}

/** Values of the project's test vectors: images A, B and C above. */
const vectors = {
  ab: { mse: 0.005, psnr: 23.0103, gaussian: 0.766119, uniform: 0.752846 },
  ac: { mse: 0.0944444, psnr: 10.2482, gaussian: 0.0806093, uniform: 0.0436553 },
};

const score = (reference: ImagesValue, reconstruction: ImagesValue, given = {}, context = createTestContext()) =>
  computeNode(definition, { reference, reconstruction }, paramsOf(definition, given), context);

const items = testItems(2, 2, 60_000);
const reference = imagesOf([a, a], items);
const reconstruction = imagesOf([b, c], items);

describe('the definitions', () => {
  it.each(['gaussian', 'uniform'] as const)('match the test vectors with the %s window', async (window) => {
    const { items: table } = await score(reference, reconstruction, { window });
    for (const [row, wanted] of [vectors.ab, vectors.ac].entries()) {
      expect(table.rows[row]?.mse).toBeCloseTo(wanted.mse, 7);
      expect(table.rows[row]?.psnr).toBeCloseTo(wanted.psnr, 4);
      expect(table.rows[row]?.ssim).toBeCloseTo(wanted[window], 6);
    }
  });

  const file = resolve(import.meta.dirname, '../../../../../shared/science/test_vectors.json');
  it.skipIf(!existsSync(file))('uses the vectors of the science reference where it is at hand', () => {
    const { A_B, A_C } = JSON.parse(readFileSync(file, 'utf8')).psnr_ssim;
    const named = ({ mse, psnr, ssim_gauss11: gaussian, ssim_uniform7: uniform }: Record<string, number>) => ({
      mse,
      psnr,
      gaussian,
      uniform,
    });
    expect({ ab: named(A_B), ac: named(A_C) }).toEqual(vectors);
  });

  it('averages colour over channels', async () => {
    const mix = (pixels: readonly Pixel[]): ImagesValue => {
      const grey = imagesOf(pixels, testItems(3));
      const plane = side * side;
      const data = Float32Array.from(
        { length: 3 * plane },
        (_, i) => grey.data[(i % 3) * plane + Math.floor(i / 3)] as number,
      );
      return { kind: 'images', shape: [1, side, side, 3], data, items: testItems(1) };
    };
    const { items: table } = await score(mix([a, a, a]), mix([a, b, c]));
    expect(table.rows[0]?.ssim).toBeCloseTo((1 + vectors.ab.gaussian + vectors.ac.gaussian) / 3, 6);
    expect(table.rows[0]?.mse).toBeCloseTo((vectors.ab.mse + vectors.ac.mse) / 3, 7);
  });
});

describe('equal images', () => {
  it('have an infinite PSNR that the mean leaves out', async () => {
    const context = createTestContext();
    const { summary, items: table } = await score(reference, imagesOf([a, b], items), {}, context);
    expect(table.rows[0]).toMatchObject({ mse: 0, psnr: Infinity });
    expect(table.rows[0]?.ssim).toBeCloseTo(1, 12);
    const psnr = summary.rows[0];
    expect(psnr).toMatchObject({ metric: 'psnr', unit: 'dB', n: 2, infinite: 1, max: Infinity });
    expect(psnr?.mean).toBeCloseTo(vectors.ab.psnr, 4);
    expect(context.reports.notices[0]).toContain('1 of 2 images');
  });
  it('all equal: the mean is infinite', async () => {
    const { summary } = await score(reference, reference);
    expect(summary.rows[0]).toMatchObject({
      mean: Infinity,
      median: Infinity,
      min: Infinity,
      sd: null,
      ciLow: null,
      infinite: 2,
    });
  });
});

describe('joining and the baseline', () => {
  const train = {
    ids: Int32Array.of(5, 6, 60_001, 60_000),
    split: Uint8Array.of(0, 0, 2, 2),
    columns: { label: Float64Array.of(1, 2, 3, 4) },
  };
  const full = imagesOf([b, b, c, a], train);

  it('joins by item id, whatever the order, and carries the label', async () => {
    const { items: table } = await score(full, imagesOf([b, c], items));
    expect(table.rows.map(({ item, label }) => [item, label])).toEqual([
      [60_000, 4],
      [60_001, 3],
    ]);
    expect(table.rows[0]?.mse).toBeCloseTo(vectors.ab.mse, 7);
    expect(table.rows[1]?.mse).toBe(0);
  });
  it('scores the mean training image against the same originals', async () => {
    // Every training image is B, so the baseline is the mean of A against B and of C against B.
    const { summary } = await score(full, imagesOf([c, c], items));
    const { summary: direct } = await score(
      imagesOf([c, a], train.split.length === 4 ? { ...items, ids: Int32Array.of(60_001, 60_000) } : items),
      imagesOf([b, b], items),
    );
    for (const row of [0, 1, 2]) expect(summary.rows[row]?.baseline).toBeCloseTo(direct.rows[row]?.mean as number, 5);
    expect(direct.rows[0]?.baseline).toBeNull();
  });
  it('refuses a reconstruction without its original', async () => {
    await expect(score(reference, imagesOf([a], testItems(1, 2, 7)))).rejects.toBeInstanceOf(DataError);
  });
});

describe('statistics over images', () => {
  it('gives mean, median, extremes, spread and a seeded interval', async () => {
    const many = 40;
    const table = testItems(many, 2);
    const originals = imagesOf(
      Array.from({ length: many }, () => a),
      table,
    );
    // Image k is off by (k + 1) / 400 everywhere, so its MSE is the square of that.
    const rebuilt = imagesOf(
      Array.from(
        { length: many },
        (_, k): Pixel =>
          (x, y) =>
            a(x, y) + (k + 1) / 400,
      ),
      table,
    );
    const { summary } = await score(originals, rebuilt, { seed: 3 });
    const mse = summary.rows[2] as Record<string, number>;
    expect(mse.mean).toBeCloseTo(((many + 1) * (2 * many + 1)) / 6 / 160_000, 6);
    expect(mse.min).toBeCloseTo(1 / 160_000, 7);
    expect(mse.max).toBeCloseTo(1600 / 160_000, 6);
    expect(mse.median).toBeCloseTo((400 + 441) / 2 / 160_000, 6);
    expect(mse.n).toBe(many);
    expect(mse.ciLow).toBeLessThan(mse.mean as number);
    expect(mse.ciHigh).toBeGreaterThan(mse.mean as number);
    // The interval of a mean is about +-1.96 standard errors.
    const half = ((mse.ciHigh as number) - (mse.ciLow as number)) / 2;
    expect(half / ((1.96 * (mse.sd as number)) / Math.sqrt(many))).toBeGreaterThan(0.85);
    expect(half / ((1.96 * (mse.sd as number)) / Math.sqrt(many))).toBeLessThan(1.15);
    expect((await score(originals, rebuilt, { seed: 3 })).summary).toEqual(summary);
    expect((await score(originals, rebuilt, { seed: 4 })).summary.rows[2]?.ciLow).not.toBe(mse.ciLow);
  });
  it('leaves the interval out on request', async () => {
    const { summary } = await score(reference, reconstruction, { resamples: 0 });
    expect(summary.rows[0]).toMatchObject({ ciLow: null, ciHigh: null });
  });
  it('handles one image and none', async () => {
    const one = await score(reference, imagesOf([b], testItems(1, 2, 60_000)));
    expect(one.summary.rows[0]).toMatchObject({ n: 1, sd: null });
    expect(one.summary.rows[0]?.mean).toBeCloseTo(vectors.ab.psnr, 4);
    const none = await score(reference, imagesOf([], testItems(0)));
    expect(none.items.rows).toEqual([]);
    expect(none.summary.rows[0]).toMatchObject({ metric: 'psnr', n: 0, mean: null, min: null });
  });
});

describe('test loss', () => {
  it('is the mean squared error of the test items alone, with its own baseline', async () => {
    const mixed = { ...testItems(4), split: Uint8Array.of(0, 1, 2, 2) };
    const originals = imagesOf([a, a, a, a], mixed);
    const rebuilt = imagesOf([c, c, b, a], mixed);
    const { summary } = await score(originals, rebuilt);
    const row = summary.rows[3];
    expect(row).toMatchObject({ metric: 'test loss', n: 2, baseline: 0 });
    expect(row?.mean).toBeCloseTo(vectors.ab.mse / 2, 7);
    expect(row?.max).toBeCloseTo(vectors.ab.mse, 7);
    expect(summary.rows[2]?.mean).toBeCloseTo((vectors.ab.mse + 2 * vectors.ac.mse) / 4, 7);
  });
  it('is empty where nothing is a test item', async () => {
    const { summary } = await score(imagesOf([a], testItems(1)), imagesOf([b], testItems(1)));
    expect(summary.rows[3]).toMatchObject({ metric: 'test loss', n: 0, mean: null, ciLow: null });
  });
});

describe('examples', () => {
  const shades = 9;
  const table = testItems(shades, 2, 100);
  const grey = imagesOf(
    Array.from({ length: shades }, () => () => 0.5),
    table,
  );
  // Image k is off by 0.1 k from item 104 outwards: 0 at 104, 0.4 at both ends.
  const off = imagesOf(
    Array.from(
      { length: shades },
      (_, k): Pixel =>
        () =>
          0.5 + 0.1 * Math.abs(k - 4) + (k > 4 ? 0.01 : 0),
    ),
    table,
  );
  it('are the best, then those in the middle, then the worst, original beside reconstruction', async () => {
    const { examples } = await score(grey, off, { examples: 2 });
    expect(examples.shape).toEqual([6, side, 2 * side, 1]);
    expect(Array.from(examples.items.ids)).toEqual([104, 103, 102, 106, 100, 108]);
    expect(Array.from(examples.items.columns.place as Float64Array)).toEqual([0, 0, 1, 1, 2, 2]);
    const row = Array.from(examples.data.subarray(3 * 2 * side * side, 3 * 2 * side * side + 2 * side));
    expect(row.slice(0, side)).toEqual(new Array(side).fill(0.5));
    expect(row[side]).toBeCloseTo(0.71, 6);
    expect(examples.items.columns.mse?.[3]).toBeCloseTo(0.21 ** 2, 6);
  });
  it('cut values to 0..1 and show each image once where there are few', async () => {
    const { examples } = await score(imagesOf([a, a], items), imagesOf([() => 1.5, a], items));
    expect(Array.from(examples.items.ids)).toEqual([60_001, 60_000]);
    expect(Math.max(...examples.data)).toBe(1);
    expect((await score(reference, imagesOf([], testItems(0)))).examples.shape).toEqual([0, side, 2 * side, 1]);
  });
  it('may be ranked by SSIM, which can disagree with PSNR', async () => {
    const shifted: Pixel = (x, y) => a(x, y) + 0.2;
    const noisy: Pixel = (x, y) => a(x, y) + 0.05 * ((x + y) % 2 === 0 ? 1 : -1);
    const rebuilt = imagesOf([shifted, noisy], items);
    const first = async (rankBy: 'psnr' | 'ssim') =>
      (await score(reference, rebuilt, { rankBy })).examples.items.ids[0];
    expect(await first('psnr')).toBe(60_001);
    expect(await first('ssim')).toBe(60_000);
  });
});

describe('refusals', () => {
  const type = (size: number, channel = 1) => ({
    kind: 'images' as const,
    axes: [axis('item', 4), axis('height', size), axis('width', size), axis('channel', channel)],
    unit: '1',
  });
  it('says before a run that the images are smaller than the window', async () => {
    const inference = definition.infer({ reference: type(8), reconstruction: type(8) }, paramsOf(definition));
    expect(inference).toMatchObject({ ok: false, code: 'quality.too-small', param: 'window' });
    expect(
      definition.infer({ reference: type(8), reconstruction: type(8) }, paramsOf(definition, { window: 'uniform' })).ok,
    ).toBe(true);
    const small = imagesOf([a], testItems(1), 8);
    await expect(score(small, small)).rejects.toBeInstanceOf(ShapeMismatchError);
    expect((await score(small, small, { window: 'uniform' })).items.rows).toHaveLength(1);
  });
  it('refuses images of different sizes or channels', async () => {
    const inference = definition.infer({ reference: type(28), reconstruction: type(28, 3) }, paramsOf(definition));
    expect(inference).toMatchObject({ ok: false, code: 'quality.shape', port: 'reconstruction' });
    await expect(score(reference, imagesOf([a], testItems(1, 2, 60_000), 20))).rejects.toBeInstanceOf(
      ShapeMismatchError,
    );
  });
  it('refuses values that are no numbers, naming the image', async () => {
    const broken = imagesOf([a, () => Number.NaN], items);
    await expect(score(reference, broken)).rejects.toThrow('60001');
    await expect(score(reference, broken)).rejects.toBeInstanceOf(NodeComputeError);
  });
  it('refuses a parameter out of range', () => {
    expect(() => paramsOf(definition, { resamples: -1 })).toThrow();
    expect(() => paramsOf(definition, { window: 'round' as never })).toThrow();
  });
});

it('scores 500 images of 28 x 28, with baseline, in under a second of one core', async () => {
  const n = 600;
  const table = { ...testItems(n), split: Uint8Array.from({ length: n }, (_, i) => (i < 100 ? 0 : 2)) };
  const pixel =
    (k: number): Pixel =>
    (x, y) =>
      ((x * 7 + y * 13 + k * 3) % 17) / 17;
  const originals = imagesOf(
    Array.from({ length: n }, (_, k) => pixel(k)),
    table,
    28,
  );
  const rebuilt = imagesOf(
    Array.from({ length: 500 }, (_, k) => pixel(k + 1)),
    testItems(500, 2, 100),
    28,
  );
  // Time of this process, since the machine may be shared.
  const started = process.cpuUsage();
  const { items: scored } = await score(originals, rebuilt);
  const ms = process.cpuUsage(started).user / 1000;
  expect(scored.rows).toHaveLength(500);
  expect(ms).toBeLessThan(1000);
});
