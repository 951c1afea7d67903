/** Why each node ran, or will: the words, and where the next run begins. */
import { describe, expect, it } from 'vitest';
import { contentKey } from '../../../src/core/ids';
import { type NodeRun, noRun } from '../../../src/editor/run-state';
import { causesOf, whyRows } from '../../../src/editor/why-rows';
import type { PlanReport, StepVerdict } from '../../../src/scheduler/protocol';

const key = contentKey('k'.padEnd(32, '0'));
const verdict = (action: StepVerdict['action'], reason: string): StepVerdict => ({ action, reason, key });
const report: PlanReport = {
  backend: null,
  steps: {
    images: verdict('stored', 'stored'),
    encoder: verdict('run', 'parameter inhExcRatio (5 to 3.5) changed'),
    train: verdict('run', 'input inputs changed'),
    other: verdict('blocked', 'input missing'),
    unused: verdict('unneeded', ''),
  },
};
const executed = { phase: 'executed', key, ms: 3200, bytes: 4_000_000, reason: 'never run', kept: true } as const;
const nodes: Record<string, NodeRun> = {
  images: { ...executed, phase: 'stored', reason: 'stored' },
  encoder: executed,
  train: { phase: 'blocked', key: null, by: 'encoder' },
  gone: { phase: 'cancelled', key: null },
};

describe('why', () => {
  const rows = whyRows({ run: { ...noRun, nodes }, report });
  const of = (node: string) => rows.find((row) => row.node === node);

  it('says what each node did and would do, in the order of a run', () => {
    expect(rows.map(({ node }) => node)).toEqual(['images', 'encoder', 'train', 'other', 'unused', 'gone']);
    expect(of('encoder')).toEqual({
      node: 'encoder',
      last: { text: 'Executed in 3.2 s, 4 MB', reason: 'It had not run before.', tone: 'run' },
      next: { text: 'Would run', reason: 'Parameter inhExcRatio (5 to 3.5) changed.', tone: 'run' },
    });
    expect(of('train')?.last).toEqual({ text: 'Not run', reason: '"encoder" failed before it.', tone: 'bad' });
    expect(of('images')?.next).toMatchObject({ text: 'Would be taken from the store', tone: 'stored' });
    expect(of('other')?.next).toMatchObject({ text: 'Cannot run', tone: 'bad' });
    expect(of('unused')).toMatchObject({ last: null, next: { text: 'Would be skipped' } });
    expect(of('gone')).toMatchObject({ last: { text: 'Cancelled' }, next: null });
  });

  it('names where the next run begins, and not what only follows', () => {
    expect(causesOf(rows)).toEqual(['encoder']);
    expect(causesOf(whyRows({ run: noRun, report: null }))).toEqual([]);
  });
});
