/** The connectivity of a network is counted on the graph that made its spikes. */
import { describe, expect, it } from 'vitest';
import connectivity from '../../../../nodes/analysis/connectivity';
import { countInDegrees, pairStatistics } from '../../../../src/analysis/in-degrees';
import type { SpikingNetwork } from '../../../../src/kit/values';
import { computeNode, createTestContext } from '../../../support/compute-context';
import { spikesFrom } from '../../../support/memory-spikes';
import { network as synthetic } from '../../../support/synthetic-spikes';

const network: SpikingNetwork = {
  ...synthetic,
  nExc: 100,
  nInh: 25,
  excInDegree: 10,
  inhInDegree: 2,
  graph: { connectionProbability: 0.1, connectivity: 'fixed-in-degree', multapses: false, seedNetwork: 3 },
  view: { height: 28, width: 28 },
};

async function run(given: SpikingNetwork | undefined) {
  const spikes = await spikesFrom([[]], { unitCount: 125, stepCount: 10, ...(given ? { network: given } : {}) });
  return computeNode(connectivity, { spikes }, {}, createTestContext());
}

describe('in-degrees', () => {
  it('are counted by population of the source', () => {
    // 0 -> 1, 2; 1 -> 2; 2 (inhibitory) -> 0, 1.
    const degrees = countInDegrees([0, 2, 3, 5], [1, 2, 2, 0, 1], 2);
    expect([...degrees.fromExc]).toEqual([0, 1, 2]);
    expect([...degrees.fromInh]).toEqual([1, 1, 0]);
    const pairs = pairStatistics(degrees, 2, 1, 0.5, 3);
    expect(pairs.map(({ from, to, synapses }) => [from, to, synapses])).toEqual([
      ['excitatory', 'excitatory', 1],
      ['inhibitory', 'excitatory', 2],
      ['excitatory', 'inhibitory', 2],
      ['inhibitory', 'inhibitory', 0],
    ]);
    expect(pairs[0]).toMatchObject({ probability: 0.5, mean: 0.5, sd: 0.5, min: 0, max: 1, weight: 0.5 });
    // A single inhibitory neuron has no other to connect to.
    expect(pairs[3]).toMatchObject({ probability: null, weight: -3 });
  });
});

describe('analysis.connectivity', () => {
  it('finds the fixed in-degrees, 2.5 rounded to the even 2', async () => {
    const { table, figure } = await run(network);
    expect(table.rows).toHaveLength(4);
    for (const row of table.rows) {
      const inputs = row['from'] === 'excitatory' ? 10 : 2;
      expect(row).toMatchObject({ in_degree: inputs, in_degree_min: inputs, in_degree_max: inputs, in_degree_sd: 0 });
    }
    expect(table.rows[1]?.['total_mV']).toBeCloseTo(-4, 12);
    expect(figure.panels.map(({ title }) => title)).toContain('Where each neuron looks');
    const looks = figure.panels[2]?.marks[0];
    expect(looks?.type === 'points' && looks.x.length).toBe(100);
    // Three panels of 60 mm, a square image.
    expect(figure.rowHeight).toBe(60 - 14 + 17);
  });

  it('varies from neuron to neuron where connections are independent', async () => {
    const graph = { connectionProbability: 0.1, connectivity: 'bernoulli' as const, multapses: false, seedNetwork: 3 };
    const { table } = await run({ ...network, graph, nExc: 1000, nInh: 250 });
    const fromExc = table.rows[0];
    expect(fromExc?.['in_degree']).toBeGreaterThan(97);
    expect(fromExc?.['in_degree']).toBeLessThan(103);
    // Binomial: sqrt(999 x 0.1 x 0.9) = 9.5.
    expect(fromExc?.['in_degree_sd']).toBeGreaterThan(8.5);
    expect(fromExc?.['in_degree_sd']).toBeLessThan(10.5);
  });

  it('says so when no network made the spikes', async () => {
    await expect(run(undefined)).rejects.toMatchObject({
      details: { code: 'connectivity.no-network', port: 'spikes' },
    });
  });
});
