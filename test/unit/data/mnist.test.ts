import { beforeAll, describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { mnistPixels, readMnistImages, readMnistLabels, readMnistManifest } from '../../../src/data/mnist';
import type { AssetReader } from '../../../src/kit/context';
import { preparedData, watched } from '../../support/prepared-data';

let assets: AssetReader;
beforeAll(() => {
  assets = preparedData();
});

const detailsOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('It did not fail.')),
    (error: unknown) => {
      if (error instanceof DataError) return error.details;
      throw error;
    },
  );

describe('MNIST', () => {
  it('has the counts and the first labels that everyone knows', async () => {
    const manifest = await readMnistManifest(assets);
    expect([manifest.splits.train.count, manifest.splits.test.count]).toEqual([60_000, 10_000]);
    const train = await readMnistLabels(assets, manifest, 'train');
    const test = await readMnistLabels(assets, manifest, 'test');
    expect([...train.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });

  it('reads only the chunks that hold the wanted images, in the wanted order', async () => {
    const reader = watched(assets);
    const manifest = await readMnistManifest(reader);
    const out = new Float32Array(3 * mnistPixels);
    await readMnistImages(reader, manifest, 'train', [59_999, 0, 59_998], out, 0);
    expect(reader.paths.slice(1)).toEqual(['mnist/train-images-00.bin', 'mnist/train-images-11.bin']);
    // Row 5 of the first training image, a 5: the well-known bytes 3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127.
    const row = out.subarray(mnistPixels + 5 * 28 + 12, mnistPixels + 5 * 28 + 24);
    expect([...row].map((value) => Math.round(value * 255))).toEqual([
      3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127,
    ]);
    expect(out.subarray(0, mnistPixels)).not.toEqual(out.subarray(2 * mnistPixels));
  });

  it('has the mean and standard deviation that are quoted for the training set', async () => {
    const manifest = await readMnistManifest(assets);
    const out = new Float32Array(5000 * mnistPixels);
    let sum = 0;
    let squares = 0;
    for (let first = 0; first < 60_000; first += 5000) {
      const positions = Array.from({ length: 5000 }, (_, i) => first + i);
      await readMnistImages(assets, manifest, 'train', positions, out, 0);
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

describe('MNIST that is not as it should be', () => {
  it('says which file is missing and what to do', async () => {
    const { createNodeAssetReader } = await import('../../../src/data/asset-reader.node');
    const empty = createNodeAssetReader('/nonexistent/data', assets.imported);
    const details = await detailsOf(readMnistManifest(empty));
    expect(details).toMatchObject({ code: 'data.missing', path: '/nonexistent/data/mnist/manifest.json' });
    expect(details.cure).toContain('npm run datasets');
  });

  it('refuses a short chunk and a damaged one', async () => {
    const manifest = await readMnistManifest(assets);
    const read = (reader: AssetReader) =>
      readMnistImages(reader, manifest, 'test', [0], new Float32Array(mnistPixels), 0);
    const short = watched(assets, (_, bytes) => bytes.subarray(0, 1000));
    expect(await detailsOf(read(short))).toMatchObject({
      code: 'data.short-file',
      path: 'mnist/test-images-00.bin',
      found: '1000 bytes',
      expected: '3920000 bytes',
    });
    const flipped = watched(assets, (_, bytes) => bytes.map((byte, i) => (i === 77 ? byte ^ 1 : byte)));
    expect(await detailsOf(read(flipped))).toMatchObject({
      code: 'data.bad-checksum',
      path: 'mnist/test-images-00.bin',
    });
  });

  it('refuses a manifest that is cut short or of another layout', async () => {
    const cut = watched(assets, (_, bytes) => bytes.subarray(0, 50));
    expect((await detailsOf(readMnistManifest(cut))).code).toBe('data.bad-manifest');
    const other = watched(assets, () => new TextEncoder().encode('{"layout": 99}'));
    expect((await detailsOf(readMnistManifest(other))).found).toContain('layout');
  });
});
