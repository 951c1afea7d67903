/**
 * The shipped pipelines of images, from images to the last table, in a form that takes seconds: drawn images instead of
 * files, few of them, small networks, little training. Their numbers mean nothing then; that there are numbers does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../nodes';
import { parsePipeline } from '../../src/document/parse-pipeline';
import { compile } from '../../src/graph/compile';
import type { RunPlan } from '../../src/scheduler/protocol';
import { tfjsRuntime } from '../../src/scheduler/tfjs-runtime';
import { numbersIn } from '../support/numbers-in';
import { runWhole } from '../support/whole-engine';

const folder = new URL('../../pipelines/', import.meta.url);
/** Those of the studies. mnist-balanced-unet is run by the tests of the command line and of the page. */
const files = readdirSync(folder).filter(
  (name) => /^(mnist|cifar10)-/.test(name) && name !== 'mnist-balanced-unet.json',
);

type Params = Record<string, unknown>;
interface Node {
  readonly type: string;
  readonly params: Params;
}

/** A network of 80 neurons, with weights that let it fire as the large one does. */
const network = { nExc: 64, nInh: 16, jExc: 1.5, duration: 60, discard: 10 };
const tiny: Readonly<Record<string, (params: Params) => Params>> = {
  'source.images': ({ dataset, testCount, validationCount = 0 }) => ({
    dataset: dataset === 'cifar10' ? 'textures' : 'glyphs',
    trainCount: 60,
    validationCount: validationCount === 0 ? 0 : 10,
    testCount: testCount === 0 ? 0 : 30,
  }),
  'encoder.balanced-snn': () => network,
  'encoder.poisson': () => ({ duration: 60, discard: 10 }),
  'model.mlp': () => ({ hiddenUnits: 32 }),
  'model.unet': () => ({ baseChannels: 4, levels: 1 }),
  'learn.train': ({ warmUpEpochs }) => ({ epochs: 2, warmUpEpochs: warmUpEpochs === 0 ? 0 : 1 }),
  'metric.information': () => ({ folds: 2, components: 5, pixels: 8 }),
};

async function tinyPlan(file: string): Promise<RunPlan> {
  const pipeline = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { nodes: Node[] };
  for (const { type, params } of pipeline.nodes) Object.assign(params, tiny[type]?.(params));
  return compile(parsePipeline(JSON.stringify(pipeline)).document, catalogue);
}

/** Nodes that no other reads, with the outputs that they give. */
function ends({ steps }: RunPlan): string[] {
  const read = new Set(
    steps.flatMap(({ inputs }) => Object.values(inputs).flatMap((from) => from.map(({ node }) => node))),
  );
  return steps
    .filter(({ node }) => !read.has(node))
    .flatMap(({ node, type }) => Object.keys(catalogue.get(type)?.outputs ?? {}).map((port) => `${node}.${port}`));
}

beforeAll(() => tfjsRuntime.start('wasm', null));

describe.each(files)('%s in a tiny form', (file) => {
  it('runs every node and ends in finite numbers', async () => {
    const plan = await tinyPlan(file);
    const { outcome, failures, executed, value } = await runWhole(file, plan);
    expect(failures).toEqual([]);
    expect(outcome).toBe('succeeded');
    expect([...executed].sort()).toEqual(plan.steps.map(({ node }) => node).sort());
    expect(ends(plan).length).toBeGreaterThan(0);
    for (const end of ends(plan)) {
      const [node = '', port = ''] = end.split('.');
      const found = await value(node, port);
      expect(found, end).toBeTruthy();
      if (!found) continue;
      const { finite, all, distinct } = await numbersIn(found);
      expect(finite, `${end}: finite numbers of ${all}`).toBeGreaterThan(0);
      expect(distinct, end).toBeGreaterThan(1);
    }
    // What the comparisons of two branches are for: a difference with its interval.
    for (const { node } of plan.steps.filter(({ type }) => type === 'stats.test')) {
      const table = await value(node, 'table');
      if (table?.kind !== 'table') throw new Error(`${node} gave no table.`);
      const difference = table.rows.find(({ quantity }) => quantity === 'difference');
      for (const column of ['value', 'low', 'high']) {
        expect(Number.isFinite(difference?.[column]), `${node}: ${column} of ${JSON.stringify(difference)}`).toBe(true);
      }
    }
  }, 60_000);
});
