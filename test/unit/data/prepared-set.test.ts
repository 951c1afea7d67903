import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { createNodeAssetReader } from '../../../src/data/asset-reader.node';
import type { ImageStore } from '../../../src/data/image-store';
import { openPreparedSet } from '../../../src/data/prepared-set';
import { cifar10, mnist } from '../../../src/data/prepared-sets';
import type { AssetReader } from '../../../src/kit/context';
import { preparedData, watched } from '../../support/prepared-data';
import { cifar10Script, type SmallCifar10, smallCifar10, tarball } from '../../support/small-cifar10';

const mnistPixels = 28 * 28;
let assets: AssetReader;
/** A folder with a small set in the form of CIFAR-10. */
let small: SmallCifar10;
let smallAssets: AssetReader;
let folder: string;
beforeAll(async () => {
  assets = preparedData();
  const script = await cifar10Script();
  small = smallCifar10(script);
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-prepared-'));
  const from = join(folder, 'small.tgz');
  await writeFile(from, tarball(small.files));
  await script.prepareCifar10({ folder, from, set: small.set });
  smallAssets = createNodeAssetReader(folder, assets.imported);
});
afterAll(() => rm(folder, { recursive: true }));

const detailsOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('It did not fail.')),
    (error: unknown) => {
      if (error instanceof DataError) return error.details;
      throw error;
    },
  );
const read = async (
  store: ImageStore,
  file: 'train' | 'test',
  positions: readonly number[],
  grey = false,
): Promise<Float32Array> => {
  const [height, width, channels] = store.shape;
  const out = new Float32Array(positions.length * height * width * (grey ? 1 : channels));
  await store.images(file, positions, { out, at: 0, grey });
  return out;
};

describe('MNIST', () => {
  it('has the counts and the first labels that everyone knows', async () => {
    const store = await openPreparedSet(assets, mnist);
    const train = await store.labels('train');
    const test = await store.labels('test');
    expect([train.length, test.length]).toEqual([60_000, 10_000]);
    expect([...train.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });

  it('reads only the chunks that hold the wanted images, in the wanted order', async () => {
    const reader = watched(assets);
    const out = await read(await openPreparedSet(reader, mnist), 'train', [59_999, 0, 59_998]);
    expect(reader.paths.slice(1)).toEqual(['mnist/train-images-00.bin', 'mnist/train-images-11.bin']);
    // Row 5 of the first training image, a 5: the well-known bytes 3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127.
    const row = out.subarray(mnistPixels + 5 * 28 + 12, mnistPixels + 5 * 28 + 24);
    expect([...row].map((value) => Math.round(value * 255))).toEqual([
      3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127,
    ]);
    expect(out.subarray(0, mnistPixels)).not.toEqual(out.subarray(2 * mnistPixels));
  });

  it('has the mean and standard deviation that are quoted for the training set', async () => {
    const store = await openPreparedSet(assets, mnist);
    const out = new Float32Array(5000 * mnistPixels);
    let sum = 0;
    let squares = 0;
    for (let first = 0; first < 60_000; first += 5000) {
      const positions = Array.from({ length: 5000 }, (_, i) => first + i);
      await store.images('train', positions, { out, at: 0, grey: false });
      for (const value of out) {
        sum += value;
        squares += value * value;
      }
    }
    const n = 60_000 * mnistPixels;
    expect(sum / n).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / n - (sum / n) ** 2)).toBeCloseTo(0.3081, 4);
  });
});

describe('a set in colour', () => {
  it('keeps red, green and blue of a pixel together, from the first pixel of a row on', async () => {
    const store = await openPreparedSet(smallAssets, cifar10);
    expect(store.classNames).toHaveLength(10);
    const out = await read(store, 'test', [7, 3]);
    const { test } = small.pixels;
    expect([...out.subarray(0, 3)]).toEqual([
      ...Float32Array.from(test.subarray(7 * 3072), (v) => v / 255).subarray(0, 3),
    ]);
    expect(out.subarray(3072)).toEqual(Float32Array.from(test.subarray(3 * 3072, 4 * 3072), (value) => value / 255));
  });

  it('gives luma as grey', async () => {
    const out = await read(await openPreparedSet(smallAssets, cifar10), 'train', [99], true);
    const [r, g, b] = small.pixels.train.subarray(99 * 3072 + 3) as unknown as [number, number, number];
    expect(out).toHaveLength(1024);
    expect(out[1]).toBeCloseTo((0.299 * r + 0.587 * g + 0.114 * b) / 255, 6);
    expect(out.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('refuses an image that the set has not', async () => {
    const store = await openPreparedSet(smallAssets, cifar10);
    await expect(read(store, 'test', [20])).rejects.toThrow('CIFAR-10 test has no image 20');
  });
});

/** Nothing of CIFAR-10 itself is in the project: where it has been prepared it is held to what is published of it. */
it('CIFAR-10, where it is prepared, is the published one; else it says how to get it', async () => {
  const there = await assets.read('cifar10/manifest.json').then(
    () => true,
    () => false,
  );
  if (!there) {
    const details = await detailsOf(openPreparedSet(assets, cifar10));
    expect(details).toMatchObject({
      code: 'data.missing',
      cure: expect.stringContaining('npm run datasets -- cifar10'),
    });
    return;
  }
  const store = await openPreparedSet(assets, cifar10);
  const [train, test] = [await store.labels('train'), await store.labels('test')];
  expect([train.length, test.length]).toEqual([50_000, 10_000]);
  // Frog, truck, truck, deer, automobile; cat, ship, ship, airplane, frog.
  expect([...train.subarray(0, 5)]).toEqual([6, 9, 9, 4, 1]);
  expect([...test.subarray(0, 5)]).toEqual([3, 8, 8, 0, 6]);
  // The means and standard deviations of red, green and blue that are quoted for the training set.
  const out = new Float32Array(2000 * 3072);
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (let first = 0; first < 50_000; first += 2000) {
    const positions = Array.from({ length: 2000 }, (_, i) => first + i);
    await store.images('train', positions, { out, at: 0, grey: false });
    for (let i = 0; i < out.length; i++) {
      const value = out[i] as number;
      (sums[i % 3] as number) += value;
      (squares[i % 3] as number) += value * value;
    }
  }
  const n = 50_000 * 1024;
  const means = sums.map((sum) => sum / n);
  [0.4914, 0.4822, 0.4465].forEach((mean, c) => {
    expect(means[c]).toBeCloseTo(mean, 4);
  });
  [0.247, 0.2435, 0.2616].forEach((deviation, c) => {
    expect(Math.sqrt((squares[c] as number) / n - (means[c] as number) ** 2)).toBeCloseTo(deviation, 4);
  });
}, 60_000);

describe('a set that is not as it should be', () => {
  it('says what is missing, what to do, and what there is instead', async () => {
    const empty = createNodeAssetReader('/nonexistent/data', assets.imported);
    const details = await detailsOf(openPreparedSet(empty, mnist));
    expect(details).toMatchObject({ code: 'data.missing', path: '/nonexistent/data/mnist/manifest.json' });
    expect(details.cure).toContain('"npm run datasets"');
    const colour = await detailsOf(openPreparedSet(empty, cifar10));
    expect(colour.message).toContain('CIFAR-10');
    expect(colour.cure).toContain('"npm run datasets -- cifar10"');
    expect(colour.cure).toContain('Coloured shapes');
  });

  it('names the command of the set when a chunk alone is missing', async () => {
    const holed: AssetReader = {
      ...smallAssets,
      read: (path) => (path.endsWith('.json') ? smallAssets.read(path) : smallAssets.read(`${path}.gone`)),
    };
    const details = await detailsOf(read(await openPreparedSet(holed, cifar10), 'test', [0]));
    expect(details).toMatchObject({
      code: 'data.missing',
      cure: expect.stringContaining('npm run datasets -- cifar10'),
    });
  });

  it('refuses a short chunk and a damaged one', async () => {
    const test = async (change: (bytes: Uint8Array) => Uint8Array) => {
      const reader = watched(assets, (path, bytes) => (path.endsWith('.json') ? bytes : change(bytes)));
      return detailsOf(read(await openPreparedSet(reader, mnist), 'test', [0]));
    };
    expect(await test((bytes) => bytes.subarray(0, 1000))).toMatchObject({
      code: 'data.short-file',
      path: 'mnist/test-images-00.bin',
      found: '1000 bytes',
      expected: '3920000 bytes',
      cure: expect.stringContaining('npm run datasets -- mnist --force'),
    });
    expect(await test((bytes) => bytes.map((byte, i) => (i === 77 ? byte ^ 1 : byte)))).toMatchObject({
      code: 'data.bad-checksum',
      path: 'mnist/test-images-00.bin',
    });
  });

  it('refuses a manifest that is cut short, of another layout, or of another set', async () => {
    const cut = watched(assets, (_, bytes) => bytes.subarray(0, 50));
    expect((await detailsOf(openPreparedSet(cut, mnist))).code).toBe('data.bad-manifest');
    const other = watched(assets, () => new TextEncoder().encode('{"layout": 99}'));
    expect((await detailsOf(openPreparedSet(other, mnist))).found).toContain('layout');
    const swapped: AssetReader = { ...assets, read: () => assets.read('mnist/manifest.json') };
    expect((await detailsOf(openPreparedSet(swapped, cifar10))).found).toContain('shape');
  });
});
