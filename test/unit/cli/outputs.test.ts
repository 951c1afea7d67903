/** What the runner promises of outputs: they are there, whole, or the command fails in words. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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
