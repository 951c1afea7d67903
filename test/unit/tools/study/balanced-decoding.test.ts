/** The study in miniature, as a user runs it: the report has its parts, and a second run computes nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePipeline } from '../../../../src/document/parse-pipeline';
import { warmUp } from '../../../../src/tools/study/balanced-decoding/arms';

const root = resolve(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'spikeloom-study-'));
const study = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'src/tools/study.mjs'), ...args, '--cache', join(folder, 'cache')], {
    cwd: root,
    encoding: 'utf8',
  });
const miniature = (out: string) => study('balanced-decoding', '--miniature', '--out', join(folder, out));
const reportOf = (out: string) => readFileSync(join(folder, out, 'balanced-decoding.md'), 'utf8');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run study -- balanced-decoding', () => {
  let first = { status: null as number | null, stderr: '' };
  beforeAll(() => {
    first = miniature('first');
  }, 300_000);

  it('ends well and writes a report with all of its parts', () => {
    expect(first.stderr).not.toContain('rror');
    expect(first.status).toBe(0);
    const report = reportOf('first');
    for (const part of [
      '# Does a balanced network encode images better?',
      '## Answer',
      '**Does g influence the balance?**',
      '**Does the power of the decoder make the difference trivial?**',
      '## The published comparison, repeated',
      '### What differs from the published numbers, and why',
      '## Every arm against the balanced network',
      '## The curve over g',
      "## The decoder's power",
      '## A small step of contrast',
      '## How the spikes are read',
      '## When spikes are cut short, moved or lost',
      '## Settings',
      '### Drives that were solved for',
      '### Time and machine',
    ]) {
      expect(report).toContain(part);
    }
    expect(report).toContain('This is the miniature study');
    expect(report).not.toMatch(/NaN|undefined|null/);
  });

  it('has a row for every arm, and the published numbers beside ours', () => {
    const report = reportOf('first');
    const row = (start: string) => report.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '';
    expect(row('balanced, g = 5')).toMatch(/\| 2 \| \d+\.\d \| \d+\.\d\d ± \d+\.\d\d \|/);
    for (const arm of [
      'g = 3.5, same drive',
      'no recurrence, same drive',
      'Poisson, like balanced',
      'pixels themselves',
    ]) {
      expect(row(arm)).toMatch(/\| 2 \|.*\[[+-]?\d+\.\d\d, [+-]?\d+\.\d\d\]/);
    }
    expect(report).toContain(
      '| MNIST, MLP + U-Net | balanced | published |  | 29.65 | 29.45 | 26.92 to 32.06 | 0.984 |',
    );
    expect(report).toMatch(/\| MNIST, MLP \+ VAE \| unbalanced \| here \| 1 \| \d+\.\d\d \|/);
  });

  it('reads the same spikes in other ways, where the number of spikes tells what the rate does', () => {
    const report = reportOf('first');
    const row = (start: string) => report.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '';
    expect(row('number of spikes instead of the rate')).toMatch(/\| [+-]?0\.00 \[[+-]?0\.00, [+-]?0\.00\] \|/);
    expect(row('inputs as z-scores')).toMatch(/\| 1 \| \d+\.\d\d \|/);
    for (const change of ['first 20 ms', 'jitter of 5 ms', '50 % of spikes lost', '90 % of neurons lost']) {
      expect(row(change)).toMatch(/\| 1 \| \d+\.\d\d \|/);
    }
    expect(report.split('## A small step of contrast')[1]).toMatch(
      /\| g = 3\.5, same drive \| 2 \| \d+ ± \d+ \| -?\d+\.\d\d ± \d+\.\d\d \|/,
    );
    // Nothing is cut beyond the time that counts in these networks.
    expect(row('first 50 ms')).not.toBe('');
    expect(row('first 100 ms')).toBe('');
  });

  it('draws its figures and a sheet of reconstructions', () => {
    const pictures = join(folder, 'first', 'balanced-decoding');
    expect(readdirSync(pictures).sort()).toEqual([
      'curve.svg',
      'differences.svg',
      'examples.png',
      'ladder.svg',
      'robustness.svg',
    ]);
    for (const link of reportOf('first').matchAll(/\]\((balanced-decoding\/[^)]+)\)/g)) {
      expect(existsSync(join(folder, 'first', link[1] as string))).toBe(true);
    }
    expect(readFileSync(join(pictures, 'differences.svg'), 'utf8')).toContain('Balanced less other');
  });

  it('goes on from its records: a second run gives the same numbers and trains nothing', () => {
    const records = () => readFileSync(join(folder, 'cache', 'balanced-decoding', 'records.ndjson'), 'utf8');
    const before = records();
    const again = miniature('second');
    expect(again.status).toBe(0);
    expect(again.stderr).not.toContain('train-');
    expect(records()).toBe(before);
    const numbers = (text: string) => text.split('### Time and machine')[0];
    expect(numbers(reportOf('second'))).toBe(numbers(reportOf('first')));
  }, 120_000);

  it('refuses a study that is not there', () => {
    const refused = study('other');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('balanced-decoding');
  }, 60_000);
});

it('takes the MLP alone from the warm-up that the pipeline has', () => {
  const { document } = parsePipeline(readFileSync(join(root, 'pipelines/mnist-balanced-vs-unbalanced.json'), 'utf8'));
  const train = document.nodes.find(({ id }) => id === 'train-balanced');
  expect(train?.params['warmUpEpochs']).toBe(warmUp);
});
