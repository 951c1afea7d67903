import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/regime-map';
import { DataError } from '../../../../src/core/errors';
import type { SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom } from '../../../support/memory-spikes';
import { itemsWith, network, poissonSpikes } from '../../../support/synthetic-spikes';

const run = (spikes: readonly SpikesValue[], given = {}) =>
  computeNode(definition, { spikes }, paramsOf(definition, given), createTestContext());

const withG = (g: number) => ({ ...network, weightInh: g * network.weightExc });
const sine = (hertz: number, time: number) => 1 + Math.SQRT2 * Math.sin((2 * Math.PI * hertz * time) / 1000);

/** Five drives: silent, asynchronous, slow and fast oscillation; a step that must not count. */
const irregular = (g: number, options: object = {}) =>
  poissonSpikes({
    items: itemsWith({ eta: [0, 1, 2, 3, 9], shape: [0, 0, 0, 0, 1] }),
    unitCount: 200,
    stepCount: 1200,
    discardSteps: 200,
    rate: (item, time) => [0, 30, 30 * sine(20, time), 30 * sine(180, time), 100][item] as number,
    network: withG(g),
    ...options,
  });

/** Clocks of 20 ms, in phase (eta 1) or spread over the period (eta 2). */
const regular = () =>
  spikesFrom(
    [0, 1].map((spread) =>
      Array.from({ length: 1200 }, (_, step) =>
        Array.from({ length: 100 }, (_, unit) => unit).flatMap((unit) =>
          (step + spread * unit) % 20 === 0 ? [[unit, step] as const] : [],
        ),
      ).flat(),
    ),
    { unitCount: 100, stepCount: 1200, discardSteps: 200, items: itemsWith({ eta: [1, 2] }), network: withG(3) },
  );

describe('regimes', () => {
  it('are told apart, and g is read from the network', async () => {
    const { table } = await run([await irregular(5), await regular()]);
    expect(table.rows.map(({ g, eta, regime }) => [g, eta, regime])).toEqual([
      [3, 1, 'SR'],
      [3, 2, 'AR'],
      [5, 0, 'silent'],
      [5, 1, 'AI'],
      [5, 2, 'SI slow'],
      [5, 3, 'SI fast'],
    ]);
    const [together, , , poisson, slow, fast] = table.rows;
    expect(together).toMatchObject({ rate_Hz: 50, cv_isi: 0, items: 1 });
    // All in one bin of 20: variance 19 mean^2 less the mean.
    expect(together?.['rate_synchrony']).toBeCloseTo(Math.sqrt(19 - 1 / 5), 2);
    expect(poisson?.['cv_isi']).toBeCloseTo(0.97, 1);
    expect(poisson?.['rate_synchrony']).toBeLessThan(0.15);
    expect(Math.abs((slow?.['frequency_Hz'] as number) - 20)).toBeLessThanOrEqual(4);
    expect(Math.abs((fast?.['frequency_Hz'] as number) - 180)).toBeLessThanOrEqual(4);
  });
  it('follow the bounds', async () => {
    const { table } = await run([await irregular(5)], { synchrony: 50, minRate: 0 });
    expect(table.rows.map(({ regime }) => regime)).toEqual(['AI', 'AI', 'AI', 'AI']);
  });
});

it('wires of one g are pooled', async () => {
  const { table } = await run([await irregular(5), await irregular(5, { seed: 2 })]);
  expect(table.rows.map(({ items }) => items)).toEqual([2, 2, 2, 2]);
});

it('draws three maps with the names in the cells', async () => {
  const { figure } = await run([await irregular(5), await regular()]);
  expect(figure.panels.map(({ title }) => title)).toEqual(['Rate', 'Irregularity', 'Synchrony']);
  const [rate, cv] = figure.panels;
  expect(rate?.x.categories).toEqual(['3', '5']);
  expect(rate?.y.categories).toEqual(['0', '1', '2', '3']);
  const [cells, names] = cv?.marks ?? [];
  // The silent cell has no CV, but a name.
  expect(cells?.type === 'cells' && cells.value).toHaveLength(5);
  expect(names?.type === 'text' && names.text).toEqual(['SR', 'AR', '·', 'AI', 'SIs', 'SIf']);
  expect(figure.caption).toContain('· silent');
});

describe('edges', () => {
  it('nothing wired, a single silent unit', async () => {
    expect((await run([])).table.rows).toEqual([]);
    const silent = await spikesFrom([[]], { unitCount: 1, stepCount: 10, items: itemsWith({ eta: [1] }), network });
    expect((await run([silent])).table.rows).toEqual([
      {
        g: 5,
        eta: 1,
        items: 1,
        rate_Hz: 0,
        cv_isi: null,
        rate_synchrony: null,
        frequency_Hz: null,
        regime: 'silent',
      },
    ]);
  });
  it('chunks do not matter', async () => {
    expect(await run([await irregular(5, { chunkEvents: 500 })])).toEqual(await run([await irregular(5)]));
  });
  it('refuses spikes without a network or without eta', async () => {
    const bare = await spikesFrom([[]], { unitCount: 1, stepCount: 10, items: itemsWith({ eta: [1] }) });
    await expect(run([bare])).rejects.toMatchObject({ details: { code: 'regime.no-network' } });
    const lost = await spikesFrom([[]], { unitCount: 1, stepCount: 10, network });
    await expect(run([lost])).rejects.toBeInstanceOf(DataError);
    expect(() => paramsOf(definition, { fastFrom: 1 })).toThrow();
  });
});
