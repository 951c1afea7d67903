import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstTestId, imageSetNames, imageSets, parseClasses } from '../../../../nodes/source/image-sets';
import definition from '../../../../nodes/source/images';
import type { JsonObject } from '../../../../src/core/canonical-json';
import { DataError, ParameterError } from '../../../../src/core/errors';
import { createNodeAssetReader } from '../../../../src/data/asset-reader.node';
import { writeNpy } from '../../../../src/data/npy';
import { openPreparedSet } from '../../../../src/data/prepared-set';
import { mnist } from '../../../../src/data/prepared-sets';
import { drawnDigits } from '../../../../src/data/procedural/glyphs';
import { colouredShapes } from '../../../../src/data/procedural/shapes';
import type { AssetReader } from '../../../../src/kit/context';
import { itemsOf } from '../../../../src/kit/item-table';
import { axis } from '../../../../src/kit/port-type';
import { keyOf } from '../../../../src/scheduler/keys';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { pngBytes } from '../../../support/png-bytes';
import { preparedData, watched } from '../../../support/prepared-data';
import { cifar10Script, type SmallCifar10, smallCifar10, tarball } from '../../../support/small-cifar10';

let assets: AssetReader;
/** A reader that has no files at all. */
const nothing: AssetReader = {
  read: (path) => Promise.reject(new Error(`"${path}" was read.`)),
  imported: (_hash, name) => Promise.reject(new Error(`"${name}" was read.`)),
};
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
    const { classCounts, classNames } = await openPreparedSet(assets, mnist);
    expect(classCounts.train).toEqual([...imageSets.mnist.train]);
    expect(classCounts.test).toEqual([...imageSets.mnist.test]);
    expect(classNames).toEqual(imageSets.mnist.classNames);
    expect(firstTestId(imageSets.mnist)).toBe(60_000);
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
    expect(parseClasses(' 3,1 3', imageSets.mnist.classNames)).toEqual([1, 3]);
    expect(parseClasses('10', imageSets.mnist.classNames)).toBeNull();
    expect(() => paramsOf(definition, { trainCount: 60_001 })).toThrow();
    expect(() => paramsOf(definition, { seed: -1 })).toThrow();
  });
  it('says how to prepare it when it is missing', async () => {
    const empty = createNodeAssetReader('/nonexistent', assets.imported);
    await expect(load({}, empty)).rejects.toMatchObject({
      details: { code: 'data.missing', cure: expect.stringContaining('npm run datasets') },
    });
  });
});

describe('saved pipelines', () => {
  it('keep the keys, and so the stored results, that they had before there was more than MNIST', async () => {
    const params = paramsOf(definition, { trainCount: 3000, testCount: 500 });
    const { key } = await keyOf(definition, params as unknown as JsonObject, {}, 'exact');
    expect(key).toBe('7cc2cf1b1ef7276c29cd3a81b783e326');
  });
  it('of MNIST stay grey whatever a hidden parameter says', async () => {
    const { images } = await load({ trainCount: 1, testCount: 0, colour: 'rgb' });
    expect(images.shape).toEqual([1, 28, 28, 1]);
    expect(infer({ colour: 'rgb' })).toMatchObject({ outputs: { images: { axes: { 3: axis('channel', 1) } } } });
  });
});

describe('CIFAR-10', () => {
  let small: SmallCifar10;
  let reader: AssetReader;
  let folder: string;
  beforeAll(async () => {
    const script = await cifar10Script();
    small = smallCifar10(script);
    folder = await mkdtemp(join(tmpdir(), 'spikeloom-source-'));
    await writeFile(join(folder, 'small.tgz'), tarball(small.files));
    await script.prepareCifar10({ folder, from: join(folder, 'small.tgz'), set: small.set });
    reader = createNodeAssetReader(folder, assets.imported);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('comes in grey, or in colour, as told before the run, with classes by name', async () => {
    const given = { dataset: 'cifar10', trainCount: 4, testCount: 2, validationCount: 1 } as const;
    const { images, labels } = await load({ ...given, colour: 'rgb' }, reader);
    expect(images.shape).toEqual([7, 32, 32, 3]);
    expect([...images.items.ids]).toEqual([0, 1, 2, 3, 4, 50_000, 50_001]);
    expect([...images.items.split]).toEqual([0, 0, 0, 0, 1, 2, 2]);
    expect(images.data.subarray(5 * 3072)).toEqual(
      Float32Array.from(small.pixels.test.subarray(0, 2 * 3072), (value) => value / 255),
    );
    expect(labels.classNames[labels.data[1] as number]).toBe('cat');
    const grey = await load(given, reader);
    expect(grey.images.shape).toEqual([7, 32, 32, 1]);
    for (const colour of ['grey', 'rgb'] as const) {
      const inference = infer({ ...given, colour });
      if (!inference.ok) throw new Error(inference.reason);
      const { images: made } = await load({ ...given, colour }, reader);
      expect(inference.outputs.images.axes.map(({ size }) => size)).toEqual(made.shape);
    }
  });

  it('takes classes by name or number', async () => {
    const { labels } = await load({ dataset: 'cifar10', trainCount: 6, testCount: 0, classes: 'Cat, 9' }, reader);
    expect(new Set(labels.data)).toEqual(new Set([3, 9]));
  });

  it('has 50,000 and 10,000 images, 5,000 and 1,000 of each class, and refuses more', () => {
    const dataset = 'cifar10' as const;
    expect(infer({ dataset, trainCount: 50_000, testCount: 10_000 })).toMatchObject({ ok: true });
    expect(infer({ dataset, trainCount: 50_001 })).toMatchObject({ ok: false, param: 'trainCount' });
    expect(infer({ dataset, trainCount: 5001, classes: 'frog' })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/5,001.*CIFAR-10.*5,000/),
    });
    expect(infer({ dataset, testCount: 1001, trainCount: 0, classes: 'frog' })).toMatchObject({ param: 'testCount' });
    expect(infer({ dataset, classes: 'frog, unicorn' })).toMatchObject({
      param: 'classes',
      cure: expect.stringContaining('airplane'),
    });
  });

  it('says how to get it, and what needs no files, when it is missing', async () => {
    const empty = createNodeAssetReader('/nonexistent', assets.imported);
    const failure = load({ dataset: 'cifar10' }, empty);
    await expect(failure).rejects.toBeInstanceOf(DataError);
    await expect(failure).rejects.toMatchObject({
      details: {
        code: 'data.missing',
        cure: expect.stringMatching(/npm run datasets -- cifar10.*Coloured shapes/),
      },
    });
  });
});

describe('drawn sets', () => {
  const drawn = [
    ['textures', 'rgb', [32, 32, 3]],
    ['textures', 'grey', [32, 32, 1]],
    ['glyphs', 'grey', [28, 28, 1]],
  ] as const;

  it.each(drawn)('%s in %s need no files and have the shape that is told', async (dataset, colour, shape) => {
    const given = { dataset, colour, trainCount: 30, validationCount: 20, testCount: 10 } as const;
    const inference = infer(given);
    if (!inference.ok) throw new Error(inference.reason);
    const { images, labels } = await load(given, nothing);
    expect(images.shape).toEqual([60, ...shape]);
    expect(inference.outputs.images.axes.map(({ size }) => size)).toEqual(images.shape);
    expect(images.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    // Classes take turns, so that any whole tens hold them equally often.
    const counts = Array.from({ length: 10 }, (_, label) => labels.data.filter((value) => value === label).length);
    expect(counts).toEqual(new Array(10).fill(6));
    expect(images.items.ids[50]).toBe(firstTestId(imageSets[dataset]));
    expect(itemsOf(images.items, 'test')).toHaveLength(10);
  });

  it('give the same image for the same seed and id, whatever else is asked for', async () => {
    const given = { dataset: 'textures', colour: 'rgb', trainCount: 12, testCount: 3 } as const;
    const first = await load(given, nothing);
    expect(await load(given, nothing)).toEqual(first);
    const fewer = await load({ ...given, trainCount: 2, classes: 'triangle' }, nothing);
    expect(fewer.images.items.ids[1]).toBe(12);
    expect(fewer.images.data.subarray(0, 3072)).toEqual(first.images.data.subarray(2 * 3072, 3 * 3072));
    const other = await load({ ...given, seed: 2 }, nothing);
    expect(other.images.data).not.toEqual(first.images.data);
    expect(other.labels.data).toEqual(first.labels.data);
  });

  it('report progress and let messages in while they are drawn', async () => {
    const context = createTestContext({ assets: nothing });
    await computeNode(
      definition,
      {},
      paramsOf(definition, { dataset: 'glyphs', trainCount: 500, testCount: 0 }),
      context,
    );
    expect(context.reports.progress.length).toBeGreaterThan(5);
    expect(context.reports.progress.at(-1)).toMatchObject({ done: 500, total: 500 });
  });

  it('are as large as is told before a run', () => {
    expect(imageSets.textures.classNames).toEqual(colouredShapes.classNames);
    expect(firstTestId(imageSets.textures)).toBe(colouredShapes.counts.train);
    expect(firstTestId(imageSets.glyphs)).toBe(drawnDigits.counts.train);
    for (const name of ['textures', 'glyphs'] as const) {
      expect(infer({ dataset: name, trainCount: 0, testCount: 10_000 })).toMatchObject({ ok: true });
      expect(infer({ dataset: name, trainCount: 60_000, validationCount: 1 })).toMatchObject({ ok: false });
    }
    expect(imageSetNames).toEqual(['mnist', 'cifar10', 'textures', 'glyphs']);
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
