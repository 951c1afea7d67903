/** Files of every schema version that was ever saved (test/documents): they must open for ever. Never change one; add. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { compile } from '../../../src/graph/compile';
import { checkDocument } from '../../../src/graph/infer';
import { testCatalogue } from '../../support/test-catalogue';

const folder = new URL('../../documents/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => /^v\d+$/.test(name))
  .flatMap((version) => readdirSync(new URL(`${version}/`, folder)).map((name) => `${version}/${name}`));
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

describe('stored documents', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(4);
  });

  it.each(files)(
    '%s opens, compiles and, if it is of the current version, is saved with the same bytes',
    async (file) => {
      const { document } = parsePipeline(read(file));
      const plan = await compile(document, testCatalogue);
      expect(plan.steps.length).toBeGreaterThan(0);
      if (file.startsWith(`v${document.schema}/`)) expect(serialisePipeline(document)).toBe(read(file));
    },
  );

  // What each meant when it was stored: hashes and problems must not drift.
  it.each([
    ['v1/plain.json', []],
    ['v1/older-nodes.json', []],
    ['v1/unknown-parts.json', ['a param.unknown', 'odd node.unknown-type']],
    ['v1/loop-and-mistakes.json', ['t wire.kind', 'x graph.cycle', 'y graph.cycle', 'y param.range']],
  ])('%s has the problems %j', (file, problems) => {
    const found = checkDocument(parsePipeline(read(file)).document, testCatalogue);
    expect(found.map(({ node, code }) => `${node} ${code}`).sort()).toEqual(problems);
  });

  it('plain.json runs with the parameters and wires that it had', async () => {
    const plan = await compile(parsePipeline(read('v1/plain.json')).document, testCatalogue);
    expect(plan.steps.map(({ node, params, inputs }) => ({ node, params, inputs }))).toEqual([
      { node: 'a', params: { value: 2.5, length: 6, seed: 1, colour: 'red' }, inputs: {} },
      { node: 'scale', params: { gain: 10, invert: false }, inputs: { series: [{ node: 'a', port: 'series' }] } },
      { node: '7', params: { digits: 3 }, inputs: { series: [{ node: 'scale', port: 'series' }] } },
    ]);
  });

  it('older-nodes.json runs its old nodes by their migrations', async () => {
    const plan = await compile(parsePipeline(read('v1/older-nodes.json')).document, testCatalogue);
    expect(plan.steps.find((step) => step.node === 'one')).toMatchObject({ version: 3, params: { gain: 2.5 } });
    expect(plan.steps.find((step) => step.node === 'all')?.inputs['series']).toEqual([
      { node: 'a', port: 'series' },
      { node: 'one', port: 'series' },
    ]);
  });
});
