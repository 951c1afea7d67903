import { expect, test } from 'vitest';
import { collectOutputs } from '../../../src/cli/collect-outputs';
import type { ContentKey } from '../../../src/core/ids';
import type { Engine } from '../../../src/scheduler/engine';
import { at, catalogue, planOf } from '../scheduler/toy';

const plan = planOf(
  ['source', 'toy.constant', { value: 1, note: '', seed: 1 }],
  ['long', 'toy.slow', { steps: 2 }, { a: 'source' }],
);
const keys = new Map<string, ContentKey>(plan.steps.map(({ node }) => [node, node as unknown as ContentKey]));
const lossy = { value: async () => null } as unknown as Engine;
const collect = (saved: readonly string[], isDone: boolean) =>
  collectOutputs(
    {
      engine: lossy,
      catalogue,
      plan,
      keys,
      saved: saved.map((node) => ({ node: at(node), port: 'table' })),
      out: undefined,
      pipeline: '',
    },
    () => isDone,
  );

test('an output that was asked for and is gone is a loss, another table is not', async () => {
  const { tables, lost } = await collect([], true);
  expect(tables).toEqual({});
  expect(lost).toEqual([expect.objectContaining({ code: 'output.lost', node: 'long', port: 'table' })]);
  expect((await collect(['source'], true)).lost.map(({ node }) => node)).toEqual(['source', 'long']);
});

test('nothing is expected of a node that failed', async () => {
  expect((await collect(['source'], false)).lost).toEqual([]);
});
