import { beforeAll, describe, expect, it } from 'vitest';
import definition, { parseDigits } from '../../../../nodes/source/images';
import { mnistCounts } from '../../../../nodes/source/mnist-counts';
import { DataError, ParameterError } from '../../../../src/core/errors';
import { readMnistManifest } from '../../../../src/data/mnist';
import { writeNpy } from '../../../../src/data/npy';
import type { AssetReader } from '../../../../src/kit/context';
import { itemsOf } from '../../../../src/kit/item-table';
import { axis } from '../../../../src/kit/port-type';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { pngBytes } from '../../../support/png-bytes';
import { preparedData, watched } from '../../../support/prepared-data';

let assets: AssetReader;
beforeAll(() => {
  assets = preparedData();
});

const load = (given: Parameters<typeof paramsOf<typeof definition.params>>[1], reader: AssetReader = assets) =>
  computeNode(definition, {}, paramsOf(definition, given), createTestContext({ assets: reader }));
const infer = (given: Parameters<typeof paramsOf<typeof definition.params>>[1]) =>
  definition.infer({}, paramsOf(definition, given));

describe('MNIST', () => {
  it('gives the first digits of both files, with ids, splits and labels that everyone knows', async () => {
    const { images, labels } = await load({ trainCount: 3, testCount: 2, validationCount: 1 });
    expect(images.shape).toEqual([6, 28, 28, 1]);
    expect([...images.items.ids]).toEqual([0, 1, 2, 3, 60_000, 60_001]);
    expect([...images.items.split]).toEqual([0, 0, 0, 1, 2, 2]);
    expect([...labels.data]).toEqual([5, 0, 4, 1, 7, 2]);
    expect([...(images.items.columns.label ?? [])]).toEqual([5, 0, 4, 1, 7, 2]);
    expect(labels.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    // The first training image is a 5: row 5, from column 12.
    const row = images.data.subarray(5 * 28 + 12, 5 * 28 + 16);
    expect([...row].map((value) => Math.round(value * 255))).toEqual([3, 18, 18, 18]);
    expect(images.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('has the shape that is told before a run', async () => {
    const given = { trainCount: 20, testCount: 7, validationCount: 5 };
    const inference = infer(given);
    if (!inference.ok) throw new Error(inference.reason);
    const { images, labels } = await load(given);
    expect(inference.outputs.images.axes.map(({ size }) => size)).toEqual(images.shape);
    expect(inference.outputs.labels.axes.map(({ size }) => size)).toEqual(labels.shape);
  });

  it('takes only the classes asked for, and keeps their numbers', async () => {
    const { labels } = await load({ trainCount: 10, testCount: 4, classes: '7, 1' });
    expect(new Set(labels.data)).toEqual(new Set([1, 7]));
    expect(labels.classNames[7]).toBe('7');
  });

  it('takes classes equally often', async () => {
    const { labels, images } = await load({ trainCount: 21, testCount: 0, balanced: true, selection: 'random' });
    const counts = Array.from({ length: 10 }, (_, digit) => labels.data.filter((label) => label === digit).length);
    expect(counts).toEqual([3, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect(new Set(images.items.ids).size).toBe(21);
  });

  it('draws at random from the seed: same seed same bits, and a larger choice holds the smaller', async () => {
    const given = { trainCount: 8, testCount: 4, selection: 'random', seed: 5 } as const;
    const once = await load(given);
    expect(await load(given)).toEqual(once);
    expect((await load({ ...given, seed: 6 })).images.items.ids).not.toEqual(once.images.items.ids);
    const larger = await load({ ...given, trainCount: 12 });
    expect(larger.images.items.ids.slice(0, 8)).toEqual(once.images.items.ids.slice(0, 8));
    const { ids } = once.images.items;
    expect([...ids.slice(0, 8)].every((id) => id < 60_000)).toBe(true);
    expect([...ids.slice(8)].every((id) => id >= 60_000)).toBe(true);
  });

  it('never puts a training image among the validation images', async () => {
    const { images } = await load({
      trainCount: 300,
      validationCount: 300,
      testCount: 0,
      selection: 'random',
      balanced: true,
    });
    expect(new Set(images.items.ids).size).toBe(600);
    expect(itemsOf(images.items, 'validation')).toHaveLength(300);
  });

  it('reads no more chunks than it needs', async () => {
    const reader = watched(assets);
    await load({ trainCount: 100, testCount: 1 }, reader);
    expect(reader.paths.filter((path) => path.includes('images'))).toEqual([
      'mnist/train-images-00.bin',
      'mnist/test-images-00.bin',
    ]);
  });

  it('gives one image, and none', async () => {
    expect((await load({ trainCount: 0, testCount: 1 })).images.shape).toEqual([1, 28, 28, 1]);
    const none = await load({ trainCount: 0, testCount: 0 });
    expect([none.images.shape, none.images.data.length, none.labels.data.length]).toEqual([[0, 28, 28, 1], 0, 0]);
  });

  it('has the class counts that refusals are made from', async () => {
    const manifest = await readMnistManifest(assets);
    expect(manifest.splits.train.classCounts).toEqual([...mnistCounts.train]);
    expect(manifest.splits.test.classCounts).toEqual([...mnistCounts.test]);
  });
});

describe('MNIST that cannot be had', () => {
  it('refuses a count that the classes do not have, with numbers, before a run', async () => {
    expect(infer({ trainCount: 6000, classes: '0' })).toMatchObject({
      ok: false,
      param: 'trainCount',
      code: 'source.too-few',
    });
    expect(infer({ trainCount: 6000, classes: '0' })).toMatchObject({ reason: expect.stringContaining('6,000') });
    expect(infer({ trainCount: 6000, classes: '0' })).toMatchObject({ reason: expect.stringContaining('5,923') });
    expect(infer({ trainCount: 60_000, validationCount: 1 })).toMatchObject({ ok: false });
    expect(infer({ testCount: 9000, balanced: true })).toMatchObject({
      ok: false,
      param: 'testCount',
      reason: expect.stringContaining('892'),
    });
    await expect(load({ trainCount: 6000, classes: '0' })).rejects.toBeInstanceOf(ParameterError);
  });
  it('refuses classes that are no digits, and numbers out of range', () => {
    expect(infer({ classes: 'cat' })).toMatchObject({ ok: false, param: 'classes' });
    expect(parseDigits(' 3,1 3')).toEqual([1, 3]);
    expect(() => paramsOf(definition, { trainCount: 60_001 })).toThrow();
    expect(() => paramsOf(definition, { seed: -1 })).toThrow();
  });
  it('says how to prepare it when it is missing', async () => {
    const { createNodeAssetReader } = await import('../../../../src/data/asset-reader.node');
    const empty = createNodeAssetReader('/nonexistent', assets.imported);
    await expect(load({}, empty)).rejects.toMatchObject({
      details: { code: 'data.missing', cure: expect.stringContaining('npm run datasets') },
    });
  });
});

/** A reader over files in memory, by name. */
const files = (content: Record<string, Uint8Array>) => {
  const references = Object.entries(content).map(([name, bytes]) => ({
    name,
    hash: `hash of ${name}`,
    bytes: bytes.length,
  }));
  const reader: AssetReader = {
    read: (path) => Promise.reject(new Error(path)),
    imported: (_hash, name) => Promise.resolve(content[name] as Uint8Array),
  };
  return { references, reader };
};
const grey = (value: number) =>
  pngBytes({
    width: 2,
    height: 2,
    depth: 8,
    colorType: 0,
    rows: [
      [value, value],
      [value, value],
    ],
  });

describe('files of the user', () => {
  it('are brought to one size and colour, with classes by folder, and split by a seeded draw', async () => {
    const content: Record<string, Uint8Array> = {};
    for (let i = 0; i < 10; i++) content[`${i < 5 ? 'dark' : 'bright'}/${i}.png`] = grey(i * 20);
    const { references, reader } = files(content);
    const given = {
      dataset: 'files',
      files: references,
      height: 6,
      width: 8,
      labelFrom: 'name',
      testFraction: 0.3,
    } as const;
    const { images, labels } = await load(given, reader);
    expect(images.shape).toEqual([10, 6, 8, 1]);
    expect(labels.classNames).toEqual(['bright', 'dark']);
    expect([...labels.data]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    expect(images.data[9 * 48]).toBeCloseTo(180 / 255, 6);
    expect(itemsOf(images.items, 'test')).toHaveLength(3);
    expect(itemsOf(images.items, 'train')).toHaveLength(7);
    expect(await load(given, reader)).toEqual({ images, labels });
    const other = await load({ ...given, seed: 2 }, reader);
    expect(other.images.items.split).not.toEqual(images.items.split);
    const filtered = await load({ ...given, classes: 'bright' }, reader);
    expect([...filtered.images.items.ids]).toEqual([5, 6, 7, 8, 9]);
    expect(infer(given)).toMatchObject({
      ok: true,
      outputs: { images: { axes: [axis('item', null), axis('height', 6), axis('width', 8), axis('channel', 1)] } },
    });
  });

  it('pair stacks of images with class numbers', async () => {
    const { references, reader } = files({
      'x.npy': writeNpy(new Uint8Array(3 * 25).fill(51), [3, 5, 5]),
      'y.npy': writeNpy(BigInt64Array.of(10n, 2n, 10n), [3]),
    });
    const { images, labels } = await load(
      { dataset: 'files', files: references, colour: 'rgb', height: 5, width: 5 },
      reader,
    );
    expect(images.shape).toEqual([3, 5, 5, 3]);
    expect(images.data[0]).toBeCloseTo(0.2, 6);
    expect(labels.classNames).toEqual(['2', '10']);
    expect([...labels.data]).toEqual([1, 0, 1]);
  });

  it('need no classes: a single image becomes a test item when all are held out', async () => {
    const { references, reader } = files({ 'a.png': grey(255) });
    const { images, labels } = await load({ dataset: 'files', files: references, testFraction: 1 }, reader);
    expect([images.shape[0], images.items.split[0], labels.classNames]).toEqual([1, 2, ['unlabelled']]);
    expect(images.items.columns).toEqual({});
  });

  it('are refused with a reason', async () => {
    expect(infer({ dataset: 'files' })).toMatchObject({ ok: false, param: 'files', code: 'source.no-files' });
    const one = { name: 'a', hash: 'h', bytes: 1 };
    expect(infer({ dataset: 'files', files: [one], testFraction: 0.8, validationFraction: 0.3 })).toMatchObject({
      ok: false,
    });
    const check = async (content: Record<string, Uint8Array>, given: object, code: string) => {
      const { references, reader } = files(content);
      const failure = load({ dataset: 'files', files: references, ...given }, reader);
      await expect(failure).rejects.toBeInstanceOf(DataError);
      await expect(failure).rejects.toMatchObject({ details: { code } });
    };
    await check({ 'cat.png': new TextEncoder().encode('not an image') }, {}, 'data.not-image');
    await check({ 'cat.png': grey(1) }, { labelFrom: 'number' }, 'data.no-number');
    await check({ 'cat.png': grey(1) }, { labelFrom: 'name', classes: 'dog' }, 'source.unknown-class');
    await check({ 'a.png': grey(1), 'y.npy': writeNpy(Int32Array.of(1, 2), [2]) }, {}, 'data.label-count');
    await check({ 'y.npy': writeNpy(Int32Array.of(1, 2), [2]) }, {}, 'data.no-images');
  });
});
