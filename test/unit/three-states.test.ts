/**
 * The pipeline of the three states, shortened (fewer drives, 0.8 s each), to its verdicts: the balanced network
 * passes every test and the other two are named by those that they fail. `npm run verify` runs it whole.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../nodes';
import { parsePipeline } from '../../src/document/parse-pipeline';
import { compile } from '../../src/graph/compile';
import type { TableRow } from '../../src/kit/values';
import { tfjsRuntime } from '../../src/scheduler/tfjs-runtime';
import { runWhole, type WholeRun } from '../support/whole-engine';

interface Pipeline {
  readonly nodes: { readonly id: string; readonly type: string; readonly params: Record<string, unknown> }[];
}

async function shortened() {
  const text = readFileSync(new URL('../../pipelines/balanced-three-states.json', import.meta.url), 'utf8');
  const pipeline = JSON.parse(text) as Pipeline;
  for (const { id, type, params } of pipeline.nodes) {
    if (id === 'grid') Object.assign(params, { from: 1, step: 0.5 });
    if (type === 'encoder.balanced-snn') params['duration'] = 800;
    if (type.startsWith('analysis.')) params['resamples'] = 200;
  }
  return compile(parsePipeline(JSON.stringify(pipeline)).document, catalogue);
}

let done: WholeRun;
beforeAll(async () => {
  await tfjsRuntime.start('wasm', null);
  done = await runWhole('three-states', await shortened());
}, 240_000);

async function rowsOf(node: string): Promise<readonly TableRow[]> {
  const table = await done.value(node, 'table');
  if (table?.kind !== 'table') throw new Error(`${node} gave no table.`);
  return table.rows;
}

it('runs whole', () => {
  expect(done.failures).toEqual([]);
  expect(done.outcome).toBe('succeeded');
});

it.each([
  ['balanced', 'balanced'],
  ['excitation', 'not balanced: (b) linearity, (c) drive margin, (d) irregularity, (e) tracking'],
  ['threshold', 'not balanced: (a) response, (d) irregularity, (e) tracking'],
])('judges %s: %s', async (state, verdict) => {
  const said = (await rowsOf(`${state}Verdict`)).find(({ test }) => test === 'verdict');
  expect(said?.['result']).toBe(verdict);
});

it('shows the balanced one linear and tracking, and neither of the other two', async () => {
  const ramps: number[] = [];
  for (const state of ['balanced', 'excitation', 'threshold']) {
    const [row] = await rowsOf(`${state}Tracking`);
    ramps.push(row?.['r2'] as number);
  }
  const [balanced = 0, ...others] = ramps;
  expect(balanced).toBeGreaterThan(0.95);
  expect(Math.max(...others)).toBeLessThan(0.85);
});
