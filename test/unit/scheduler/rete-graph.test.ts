import { describe, expect, test } from 'vitest';
import { createCatalogue, defineNode, output } from '../../../src/kit/define-node';
import { buildReteGraph, type PortOutputs } from '../../../src/scheduler/rete-graph';
import { at, constant, planOf, catalogue as toys } from './toy';

const series = defineNode({
  ...constant,
  type: 'toy.series',
  outputs: { table: output('series', 'Series', 'Not a table.') },
  infer: () => ({ ok: true, outputs: { table: { kind: 'series', axes: [], unit: '1' } } }),
});
const catalogue = createCatalogue([...toys.values(), series]);
const none = async (): Promise<PortOutputs> => ({});

describe('the guard on the Rete graph', () => {
  test('refuses a wire between kinds that do not match', async () => {
    const plan = planOf(['s', 'toy.series'], ['x', 'toy.slow', {}, { a: 's' }]);
    expect((await buildReteGraph(plan, catalogue, none)).refused).toEqual(['"a" of x does not take series.']);
  });

  test('refuses a wire that closes a cycle', async () => {
    const plan = planOf(['x', 'toy.slow', {}, { a: 'y' }], ['y', 'toy.slow', {}, { a: 'x' }]);
    expect((await buildReteGraph(plan, catalogue, none)).refused).toEqual(['The wire would close a cycle.']);
  });

  test('refuses a wire to a port that does not exist', async () => {
    const plan = planOf(['s', 'toy.constant'], ['x', 'toy.slow', {}, { nowhere: 's' }]);
    expect((await buildReteGraph(plan, catalogue, none)).refused).toEqual([
      'A wire ends at a port that does not exist.',
    ]);
  });

  test('takes a chain of 1,500 nodes without overflowing the stack, and produces each once', async () => {
    const steps = Array.from({ length: 1500 }, (_, i) =>
      i === 0 ? (['n0', 'toy.constant'] as const) : ([`n${i}`, 'toy.slow', {}, { a: `n${i - 1}` }] as const),
    );
    let produced = 0;
    const graph = await buildReteGraph(planOf(...steps), catalogue, async (_node, fetchInputs) => {
      await fetchInputs();
      produced++;
      return { table: { kind: 'table', columns: [], rows: [] } };
    });
    await graph.fetch(at('n1499'));
    expect(produced).toBe(1500);
  });

  test('asks for inputs only if the node does', async () => {
    const asked: string[] = [];
    const graph = await buildReteGraph(
      planOf(['s', 'toy.constant'], ['x', 'toy.slow', {}, { a: 's' }]),
      catalogue,
      async (node) => {
        asked.push(node);
        return { table: { kind: 'table', columns: [], rows: [] } };
      },
    );
    await graph.fetch(at('x'));
    expect(asked).toEqual(['x']);
  });
});
