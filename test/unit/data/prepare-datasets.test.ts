import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Preparation {
  prepareDatasets(options: { folder: string; from?: string; force?: boolean }): Promise<'fresh' | 'written'>;
}

const script: string = pathToFileURL(resolve(import.meta.dirname, '../../../src/tools/prepare-datasets.mjs')).href;
let prepareDatasets: Preparation['prepareDatasets'];
let folder: string;
beforeAll(async () => {
  ({ prepareDatasets } = (await import(/* @vite-ignore */ script)) as Preparation);
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-datasets-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('writes MNIST once, and again only what is not whole', async () => {
  expect(await prepareDatasets({ folder })).toBe('written');
  expect(await prepareDatasets({ folder })).toBe('fresh');
  const chunk = join(folder, 'mnist/train-images-03.bin');
  const whole = await readFile(chunk);
  expect(whole.length).toBe(5000 * 784);
  // As after a full disk.
  await writeFile(chunk, whole.subarray(0, 100));
  expect(await prepareDatasets({ folder })).toBe('written');
  expect((await readFile(chunk)).equals(whole)).toBe(true);
  await rm(join(folder, 'mnist/manifest.json'));
  expect(await prepareDatasets({ folder })).toBe('written');
}, 60_000);

it('takes nothing but the original files', async () => {
  const from = await mkdtemp(join(tmpdir(), 'spikeloom-originals-'));
  const other = join(from, 'other');
  await expect(prepareDatasets({ folder: other, from })).rejects.toThrow('npm ci');
  await writeFile(join(from, 'train-images-idx3-ubyte'), Uint8Array.of(0, 0, 8, 3));
  await expect(prepareDatasets({ folder: other, from })).rejects.toThrow('SHA-256');
  await rm(from, { recursive: true });
});
