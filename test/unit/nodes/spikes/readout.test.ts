import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/spikes/readout';
import { ParameterError, ShapeMismatchError, UnitMismatchError } from '../../../../src/core/errors';
import { axis } from '../../../../src/kit/port-type';
import type { FeaturesValue, SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom } from '../../../support/memory-spikes';

const read = async (spikes: SpikesValue, given = {}): Promise<FeaturesValue> =>
  (await computeNode(definition, { spikes }, paramsOf(definition, given), createTestContext())).features;

/** Three units, 100 ms of which the first 20 are left out. Item 0 spikes, item 1 is silent, item 2 only early. */
const example = (chunkEvents?: number) =>
  spikesFrom(
    [
      [
        [0, 5],
        [2, 19],
        [0, 20],
        [1, 60],
        [0, 60],
        [1, 99],
      ],
      [],
      [[1, 3]],
    ],
    {
      unitCount: 3,
      stepCount: 100,
      discardSteps: 20,
      populations: [
        { name: 'excitatory', start: 0, count: 2 },
        { name: 'inhibitory', start: 2, count: 1 },
      ],
    },
    chunkEvents,
  );

const rows = ({ shape: [n = 0, width = 0], data }: FeaturesValue): number[][] =>
  Array.from({ length: n }, (_, i) => [...data.subarray(i * width, (i + 1) * width)]);

describe('by hand', () => {
  it('counts spikes after the part left out', async () => {
    const features = await read(await example(), { method: 'count' });
    expect(features).toMatchObject({ shape: [3, 3], unit: '1' });
    expect(rows(features)).toEqual([
      [2, 2, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
  it('divides by the counted time for rates: 2 spikes in 80 ms are 25 Hz', async () => {
    const features = await read(await example());
    expect(features.unit).toBe('Hz');
    expect(rows(features)[0]).toEqual([25, 25, 0]);
  });
  it('reads latency as 1 - t1 / T', async () => {
    // Unit 0 at the very start, unit 1 after 40 of 80 ms.
    expect(rows(await read(await example(), { method: 'latency' }))).toEqual([
      [1, 0.5, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
  it('filters exponentially towards the end', async () => {
    const [first] = rows(await read(await example(), { method: 'trace', tauTrace: 20 }));
    expect(first?.[0]).toBeCloseTo(Math.exp(-80 / 20) + Math.exp(-40 / 20), 6);
    expect(first?.[1]).toBeCloseTo(Math.exp(-40 / 20) + Math.exp(-1 / 20), 6);
    expect(first?.[2]).toBe(0);
  });
  it('bins rates: bin after bin, units within, a shorter last bin by its own length', async () => {
    const features = await read(await example(), { method: 'bins', binWidth: 30 });
    // Bins of 30, 30 and 20 ms.
    expect(features.shape).toEqual([3, 9]);
    const hz = 1000 / 30;
    const wanted = [hz, 0, 0, hz, hz, 0, 0, 50, 0];
    rows(features)[0]?.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] as number, 4);
    });
  });
  it('uses dt: the same steps at 0.1 ms are a tenth of the time', async () => {
    const fine = await spikesFrom(
      [
        [
          [0, 10],
          [0, 50],
        ],
      ],
      { unitCount: 1, stepCount: 100, dt: 0.1 },
    );
    expect(rows(await read(fine))).toEqual([[200]]);
    expect((await read(fine, { method: 'bins', binWidth: 0.5 })).shape).toEqual([1, 20]);
  });
});

describe('populations', () => {
  it('reads one population', async () => {
    expect(rows(await read(await example(), { population: 'excitatory', method: 'count' }))[0]).toEqual([2, 2]);
    expect((await read(await example(), { population: 'inhibitory' })).shape).toEqual([3, 1]);
  });
  it('joins the populations of the colour channels', async () => {
    const colour = await spikesFrom(
      [
        [
          [0, 1],
          [2, 1],
          [3, 1],
        ],
      ],
      {
        unitCount: 4,
        stepCount: 10,
        populations: [
          { name: 'excitatory red', start: 0, count: 1 },
          { name: 'inhibitory red', start: 1, count: 1 },
          { name: 'excitatory green', start: 2, count: 1 },
          { name: 'inhibitory green', start: 3, count: 1 },
        ],
      },
    );
    expect(rows(await read(colour, { population: 'inhibitory', method: 'count' }))).toEqual([[0, 1]]);
  });
  it('refuses a population that is not there, naming those that are', async () => {
    const poisson = await spikesFrom([[]], {
      unitCount: 1,
      stepCount: 1,
      populations: [{ name: 'poisson', start: 0, count: 1 }],
    });
    const failure = read(poisson, { population: 'inhibitory' });
    await expect(failure).rejects.toBeInstanceOf(ParameterError);
    await expect(failure).rejects.toMatchObject({ details: { param: 'population', found: 'poisson' } });
  });
});

describe('chunks', () => {
  it.each(['rate', 'latency', 'trace', 'bins'] as const)('do not change %s', async (method) => {
    const whole = await read(await example(), { method });
    expect(await read(await example(1), { method })).toEqual(whole);
  });
  it('are read one at a time', async () => {
    const spikes = await example(1);
    let open = 0;
    let most = 0;
    const watched: SpikesValue = {
      ...spikes,
      read: async (index) => {
        most = Math.max(most, ++open);
        const chunk = await spikes.read(index);
        open--;
        return chunk;
      },
    };
    expect(spikes.chunks.length).toBeGreaterThan(1);
    await read(watched);
    expect(most).toBe(1);
  });
});

describe('edges', () => {
  it('reads no items, and a single unit', async () => {
    expect((await read(await spikesFrom([], { unitCount: 3, stepCount: 10 }))).shape).toEqual([0, 3]);
    expect(rows(await read(await spikesFrom([[[0, 0]]], { unitCount: 1, stepCount: 1 })))).toEqual([[1000]]);
  });
  it('tells the type before a run', () => {
    const spikes = { kind: 'spikes' as const, axes: [axis('item', 7), axis('unit', 60)], unit: '1', dt: 0.1 };
    const typeOf = (given: object) => {
      const inference = definition.infer({ spikes }, paramsOf(definition, given));
      return inference.ok ? inference.outputs.features : inference;
    };
    expect(typeOf({})).toMatchObject({ axes: [axis('item', 7), axis('feature', 60)], unit: 'Hz' });
    expect(typeOf({ method: 'bins' })).toMatchObject({ axes: [axis('item', 7), axis('feature', null)] });
    expect(typeOf({ method: 'bins', binWidth: 0.25 })).toMatchObject({ ok: false, param: 'binWidth' });
  });
  it('refuses what cannot be read', async () => {
    await expect(read(await example(), { method: 'bins', binWidth: 1.5 })).rejects.toBeInstanceOf(UnitMismatchError);
    await expect(read(await spikesFrom([[]], { unitCount: 1, stepCount: 5, discardSteps: 5 }))).rejects.toBeInstanceOf(
      ShapeMismatchError,
    );
    expect(() => paramsOf(definition, { tauTrace: 0 })).toThrow();
    expect(() => paramsOf(definition, { method: 'mean' as never })).toThrow();
  });
  it('gives the same bits again', async () => {
    expect(await read(await example(), { method: 'trace' })).toEqual(await read(await example(), { method: 'trace' }));
  });
});
