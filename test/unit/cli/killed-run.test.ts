/**
 * A runner that is killed in the middle of encoding, without a chance to tidy up, goes on behind its last stored chunk: the
 * spikes are those of a run that nobody stopped, and the images that were finished are not encoded again.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoredChunk, StoredRecord } from '../../../src/cache/backing';
import { report, root, spikeloom, states } from './support';

const folder = mkdtempSync(join(tmpdir(), 'spikeloom-killed-'));
const pipeline = join(root, 'pipelines/mnist-balanced-unet.json');
const count = 500;
/** Some 10,000 spikes an image fill a chunk of 2 MiB in a fourth of the run. */
const flags = [
  ...['images.trainCount=480', 'images.testCount=20'].flatMap((setting) => ['--set', setting]),
  ...['--only', 'encoder', '--save', 'encoder.spikes', '--json'],
];

beforeAll(() => {
  // The first call builds the runner when its sources are newer.
  expect(spikeloom(['--version']).status).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The chunks of spikes that a cache holds in records of this role. */
function chunksIn(cache: string, role: StoredRecord['role']): readonly StoredChunk[] {
  const records = join(cache, 'records');
  let names: string[];
  try {
    names = readdirSync(records);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(records, name), 'utf8')) as StoredRecord)
    .filter((record) => record.role === role)
    .flatMap(({ ports }) => ports['spikes']?.chunks ?? []);
}

const itemsOf = (chunks: readonly StoredChunk[]) => chunks.reduce((sum, { itemCount }) => sum + itemCount, 0);

/** Starts the run and kills it as soon as a chunk is stored; gives the signal that ended it. */
async function killWhileEncoding(cache: string): Promise<NodeJS.Signals | null> {
  const args = [join(root, 'src/tools/spikeloom.mjs'), 'run', pipeline, ...flags, '--cache', cache];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  while (child.exitCode === null && chunksIn(cache, 'unfinished').length === 0) await pause(5);
  child.kill('SIGKILL');
  return ended;
}

test('gives the spikes of an uninterrupted run, and encodes only what was not stored', async () => {
  const cache = join(folder, 'cache');
  const written = (out: string) => readFileSync(join(folder, out, 'encoder.spikes.npz'));

  expect(await killWhileEncoding(cache)).toBe('SIGKILL');
  const before = chunksIn(cache, 'unfinished');
  const done = itemsOf(before);
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(count);
  expect(itemsOf(chunksIn(cache, 'result'))).toBe(0);
  const filesOf = (chunks: readonly StoredChunk[]) =>
    chunks.flatMap(({ blobs }) => blobs.map(({ id }) => [id, statSync(join(cache, 'blobs', id)).mtimeMs]));
  const kept = filesOf(before);

  const again = spikeloom(['run', pipeline, ...flags, '--cache', cache, '--out', join(folder, 'again')]);
  expect(again.stderr).toContain(`Resuming: ${done} of ${count} items were encoded by an earlier run.`);
  expect(again.status).toBe(0);
  expect(states(report(again))).toMatchObject({ images: 'stored', encoder: 'executed' });
  const after = chunksIn(cache, 'result');
  expect(itemsOf(after)).toBe(count);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(filesOf(after).slice(0, kept.length)).toEqual(kept);

  const whole = spikeloom(['run', pipeline, ...flags, '--no-cache', '--out', join(folder, 'whole')]);
  expect(whole.status).toBe(0);
  expect(whole.stderr).not.toContain('Resuming');
  expect(written('whole').byteLength).toBeGreaterThan(1e6);
  expect(written('again').equals(written('whole'))).toBe(true);
}, 240_000);
