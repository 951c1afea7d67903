/** What the runner promises of outputs: they are there, whole, or the command fails in words. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readNpy, writeNpy } from '../../../src/data/npy';
import { quickPipeline, report, spikeloom, states } from './support';

// Each call starts a process.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'spikeloom-outputs-'));
const pipeline = join(folder, 'quick.json');

beforeAll(() => {
  writeFileSync(pipeline, quickPipeline());
  // The first call builds the runner when its sources are newer.
  expect(spikeloom(['--version']).status).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Flips a bit in every stored blob. */
function damage(cache: string): number {
  const blobs = readdirSync(join(cache, 'blobs'));
  for (const name of blobs) {
    const path = join(cache, 'blobs', name);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    writeFileSync(path, bytes);
  }
  return blobs.length;
}

describe('--save', () => {
  test('writes what it names also when the leaves are stored and do not need it', () => {
    const cache = join(folder, 'save-cache');
    expect(spikeloom(['run', pipeline, '--cache', cache]).status).toBe(0);
    // Only the leaf is left in the store: what feeds it was evicted.
    const records = join(cache, 'records');
    for (const name of readdirSync(records)) {
      if (!readFileSync(join(records, name), 'utf8').includes('"type":"spikes.readout"')) rmSync(join(records, name));
    }
    const out = join(folder, 'save-out');
    const flags = ['--cache', cache, '--out', out, '--save', 'encoder.spikes', '--save', 'images.labels', '--json'];
    const second = spikeloom(['run', pipeline, ...flags]);
    expect(second.status).toBe(0);
    expect(states(report(second))).toEqual({ images: 'executed', encoder: 'executed', readout: 'stored' });
    expect(readdirSync(out).sort()).toEqual(
      expect.arrayContaining(['encoder.spikes.npz', 'readout.features.npy', 'run.json']),
    );
    expect(readdirSync(out).some((name) => name.startsWith('images.labels'))).toBe(true);
  });
});

describe('an --out that cannot be written is refused before the run, without a stack', () => {
  const refused = (out: string, ...words: string[]) => {
    const cache = join(folder, 'unused-cache');
    const { status, stderr, stdout } = spikeloom(['run', pipeline, '--cache', cache, '--json', '--out', out]);
    expect(status).toBe(2);
    for (const word of [out, 'Name another folder', ...words]) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain('images');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'invalid', problems: [{ code: 'flag.out' }] });
    expect(existsSync(cache)).toBe(false);
  };
  test('it names a file', () => refused(pipeline, 'a file of that name'));
  test('it lies below a file', () => refused(join(pipeline, 'out'), 'a file where a folder is needed'));

  test('and what cannot be written in the end fails the command, naming the file', () => {
    const out = join(folder, 'blocked-out');
    mkdirSync(join(out, 'readout.features.npy'), { recursive: true });
    const { status, stderr, stdout } = spikeloom(['run', pipeline, '--no-cache', '--json', '--out', out]);
    expect(status).toBe(1);
    expect(stderr).toContain(join(out, 'readout.features.npy'));
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      nodes: { readout: { state: 'failed', error: { code: 'output.unwritable' } } },
    });
  });
});

test('a --cache that cannot be used is told on stderr and in run.json, and the run goes on', () => {
  const out = join(folder, 'no-cache-out');
  const { status, stderr } = spikeloom(['run', pipeline, '--cache', pipeline, '--json', '--out', out]);
  expect(status).toBe(0);
  expect(stderr).toContain('The cache directory cannot be used');
  const { notices } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { notices: string[] };
  expect(notices).toEqual([expect.stringContaining('Nothing is kept')]);
});

describe("files of the user's own", () => {
  const own = join(folder, 'own');
  const set = (...settings: string[]) => settings.flatMap((setting) => ['--set', setting]);
  const files = set('images.dataset=files', 'images.height=4', 'images.width=4', 'images.testFraction=0.5');
  const run = (...flags: string[]) => spikeloom(['run', pipeline, '--no-cache', '--json', ...files, ...flags], own);
  beforeAll(() => {
    mkdirSync(join(own, 'cat'), { recursive: true });
    writeFileSync(join(own, 'cat', 'one.npy'), writeNpy(new Uint8Array(16).fill(200), [4, 4]));
    const header = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 4);
    const idx = new Uint8Array(16 + 48).fill(90);
    idx.set(header);
    writeFileSync(join(own, 'train-images-idx3-ubyte.gz'), gzipSync(idx));
  });

  test('are named by path from the current directory, relative or not', () => {
    const list = JSON.stringify(['cat/one.npy', join(own, 'train-images-idx3-ubyte.gz')]);
    const out = join(folder, 'own-out');
    const { status, stderr, stdout } = run(...set(`images.files=${list}`), '--out', out);
    expect(stderr).toContain('readout: done');
    expect(status).toBe(0);
    expect(states(JSON.parse(stdout))).toEqual({ images: 'executed', encoder: 'executed', readout: 'executed' });
    const { data } = readNpy(readFileSync(join(out, 'readout.features.npy')), 'features');
    expect(data.length % 4).toBe(0);
    expect(run(...set('images.files=cat/one.npy')).status).toBe(0);
  });

  test('that are not there are refused with place and cure, exit 2', () => {
    for (const [value, word] of [
      ['["cat/two.npy"]', 'nothing of that name'],
      ['["cat"]', 'a folder'],
      ['["cat/one.npy"', 'not JSON'],
      ['[7]', 'files'],
    ] as const) {
      const { status, stderr } = run(...set(`images.files=${value}`));
      expect(status, value).toBe(2);
      expect(stderr).toContain(word);
      expect(stderr).toContain('images');
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});

describe('a damaged cache', () => {
  test('is computed again in the same run, and the files are written', () => {
    const cache = join(folder, 'damaged');
    const run = (out: string) => spikeloom(['run', pipeline, '--cache', cache, '--json', '--out', join(folder, out)]);
    const first = run('before');
    expect(first.status).toBe(0);
    expect(damage(cache)).toBeGreaterThan(2);
    const second = run('after');
    expect(second.status).toBe(0);
    expect(states(report(second))).toEqual({ images: 'executed', encoder: 'executed', readout: 'executed' });
    const features = (out: string) => readFileSync(join(folder, out, 'readout.features.npy'));
    expect(features('after').equals(features('before'))).toBe(true);
  });
});
