/** The second study in miniature, as a user runs it, and the sentences of its report both ways round. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statesSection } from '../../../../src/tools/study/balanced-elsewhere/report-states';
import type { State } from '../../../../src/tools/study/balanced-elsewhere/states';

const root = resolve(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'spikeloom-elsewhere-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run study -- balanced-elsewhere', () => {
  let report = '';
  beforeAll(() => {
    const args = ['balanced-elsewhere', '--miniature', '--out', join(folder, 'out'), '--cache', join(folder, 'cache')];
    const ended = spawnSync(process.execPath, [join(root, 'src/tools/study.mjs'), ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(ended.stderr).not.toContain('rror');
    expect(ended.status).toBe(0);
    report = readFileSync(join(folder, 'out', 'balanced-elsewhere.md'), 'utf8');
  }, 300_000);

  it('has its parts, and no hole in any', () => {
    for (const part of [
      '# Balanced or not: does it hold elsewhere?',
      '## Answer',
      '## The comparison in other places',
      '## Which networks are balanced',
      '## What the spikes tell',
      '## The decoder with many images',
      '### Drives that were solved for',
      '### Time and machine',
    ]) {
      expect(report).toContain(part);
    }
    expect(report).toContain('This is the miniature study');
    expect(report).not.toMatch(/NaN|undefined|null/);
  });

  it('makes the comparison in every place, the rate of each stated', () => {
    const row = (start: string) => report.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '';
    for (const place of [
      'digits, 1,280 neurons',
      'photographs (CIFAR-10, grey)',
      'low rate (0.6 + 0.6 x)',
      '320 neurons',
      '5,120 neurons',
    ]) {
      expect(row(place)).toMatch(/\| 1 \| \d+\.\d \| \d+\.\d\d \| \d+\.\d \| \d+\.\d\d \|.*\[[+-]?\d+\.\d\d/);
    }
    expect(report).toMatch(/Without any inhibition \(g = 0, same drive\) neurons fire at \d+ Hz/);
  });
});

describe('the verdicts over g', () => {
  const state = (...failed: readonly string[]): State => ({
    values: { a: 20, b: 0.99, c: 0.5, d: null, e: 0.97 },
    failed,
  });
  it('are summed up by graph, with the tests that failed', () => {
    const found = statesSection({
      states: new Map([
        [
          '3',
          new Map([
            [1, state('drive margin')],
            [2, state('drive margin', 'tracking')],
          ]),
        ],
        [
          '5',
          new Map([
            [1, state()],
            [2, state()],
          ]),
        ],
        [
          '6',
          new Map([
            [1, state()],
            [2, state('tracking')],
          ]),
        ],
      ]),
    });
    expect(found?.answer).toBe(
      'The balance node (analysis.balance) calls the network balanced at g = 5 in every graph, not balanced at g = 3 in any (2 graphs).',
    );
    expect(found?.text).toContain('| 3 | 2 | 20.0 | 0.990 | 0.50 | - | 0.970 | 0 of 2 | drive margin and tracking |');
    expect(found?.text).toContain('| 5 | 2 | 20.0 | 0.990 | 0.50 | - | 0.970 | 2 of 2 | - |');
    expect(found?.text).toContain('| 6 | 2 | 20.0 | 0.990 | 0.50 | - | 0.970 | 1 of 2 | tracking |');
  });
  it('are left out where none were run', () => {
    expect(statesSection({ states: new Map() })).toBeNull();
  });
});
