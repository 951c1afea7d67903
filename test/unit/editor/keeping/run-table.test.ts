/** Runs as a table: columns of metrics, search, order. */
import { describe, expect, it } from 'vitest';
import { chooseRuns, columnsOf, metricsOf, summariseNodes } from '../../../../src/editor/keeping/run-table';
import type { RunRecord } from '../../../../src/library/library';

const run = (id: string, started: number, psnr: number | null, part: Partial<RunRecord> = {}): RunRecord => ({
  id,
  documentId: 'a',
  documentHash: `hash-${id}`,
  title: 'Digits',
  started,
  ms: 5,
  outcome: 'succeeded',
  backend: { name: 'wasm' },
  seeds: { 'encoder.seedNetwork': 7 },
  nodes: { encoder: { state: 'executed' }, quality: { state: 'stored' }, train: { state: 'executed' } },
  metrics:
    psnr === null
      ? {}
      : {
          'quality.summary': [
            { metric: 'psnr', unit: 'dB', mean: psnr },
            { metric: 'ssim', unit: '1', mean: 0.5 },
          ],
        },
  versions: { 'learn.train': '3' },
  ...part,
});
const query = { text: '', documentId: null, pinned: new Set<string>(), by: null };
const ids = (list: readonly RunRecord[]): string[] => list.map(({ id }) => id);

describe('runs as a table', () => {
  it('takes numbers from summary tables, with the node where several score', () => {
    expect(metricsOf(run('x', 1, 20))).toEqual([
      { name: 'psnr', value: 20, unit: 'dB' },
      { name: 'ssim', value: 0.5, unit: '1' },
    ]);
    const metrics = {
      'q1.summary': [{ metric: 'psnr', mean: 1 }],
      'q2.summary': [{ measure: 'accuracy', value: 0.9, unit: '%' }, { nothing: true }, 'odd'],
      'q3.summary': 'odd',
    } as never;
    expect(metricsOf({ metrics })).toEqual([
      { name: 'q1: psnr', value: 1, unit: '1' },
      { name: 'q2: accuracy', value: 0.9, unit: '%' },
    ]);
  });

  it('makes columns of what most runs have', () => {
    const odd = run('y', 2, null, { metrics: { 'c.summary': [{ metric: 'odd', mean: 1 }] } });
    const records = [odd, run('x', 1, 20), run('z', 3, 21)];
    expect(columnsOf(records).map(({ name }) => name)).toEqual(['psnr', 'ssim', 'odd']);
    expect(columnsOf(records, 1)).toEqual([{ name: 'psnr', unit: 'dB' }]);
  });

  it('finds by title, node, type, seed, outcome and hash; and filters by document', () => {
    const records = [
      run('x', 1, 20, { title: 'Faces' }),
      run('y', 2, 21, { outcome: 'failed', documentId: 'b' }),
      run('z', 3, 22, { seeds: { 'encoder.seedInput': 99 } }),
    ];
    expect(ids(chooseRuns(records, query))).toEqual(['z', 'y', 'x']);
    expect(ids(chooseRuns(records, { ...query, text: 'faces' }))).toEqual(['x']);
    expect(ids(chooseRuns(records, { ...query, text: 'failed' }))).toEqual(['y']);
    expect(ids(chooseRuns(records, { ...query, text: 'seedinput 99' }))).toEqual(['z']);
    expect(ids(chooseRuns(records, { ...query, text: 'hash-z' }))).toEqual(['z']);
    expect(ids(chooseRuns(records, { ...query, text: 'learn.train' }))).toHaveLength(3);
    expect(ids(chooseRuns(records, { ...query, documentId: 'b' }))).toEqual(['y']);
  });

  it('puts pinned ones first, then the latest or the best', () => {
    const records = [run('x', 1, 23), run('y', 2, null), run('z', 3, 22)];
    expect(ids(chooseRuns(records, { ...query, pinned: new Set(['x']) }))).toEqual(['x', 'z', 'y']);
    expect(ids(chooseRuns(records, { ...query, by: 'psnr' }))).toEqual(['x', 'z', 'y']);
  });

  it('says what the nodes did', () => {
    expect(summariseNodes(run('x', 1, 1))).toBe('2 executed, 1 stored');
  });
});
