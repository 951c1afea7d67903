/** spikes.transform: each operation by hand, its laws, edges and refusals. */
import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/spikes/transform';
import { repeatItems } from '../../../../src/kit/item-table';
import { axis } from '../../../../src/kit/port-type';
import type { SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom, testItems } from '../../../support/memory-spikes';

type Events = readonly (readonly [number, number])[];

async function eventsOf(spikes: SpikesValue): Promise<[number, number][][]> {
  const all: [number, number][][] = [];
  for (let c = 0; c < spikes.chunks.length; c++) {
    const chunk = await spikes.read(c);
    for (let k = 0; k < chunk.itemCount; k++) {
      const [from, to] = [chunk.offsets[k] as number, chunk.offsets[k + 1] as number];
      const item: [number, number][] = [];
      for (let e = from; e < to; e++) item.push([chunk.units[e] as number, chunk.steps[e] as number]);
      all.push(item);
    }
  }
  return all;
}

const transform = async (spikes: SpikesValue, params: object): Promise<SpikesValue> =>
  (await computeNode(definition, { spikes }, paramsOf(definition, params), createTestContext({ chunkEvents: 50 })))
    .spikes;

/** Unit 0 in every fifth step, unit 1 in every seventh. */
const regular: Events = Array.from({ length: 100 }, (_, step) => step).flatMap((step) => [
  ...(step % 5 === 0 ? [[0, step] as const] : []),
  ...(step % 7 === 0 ? [[1, step] as const] : []),
]);

describe('operations on single items', () => {
  it('cut a window from the end of the part left out, which becomes the whole', async () => {
    const spikes = await spikesFrom(
      [
        [
          [0, 5],
          [1, 20],
          [0, 29],
          [1, 30],
        ],
      ],
      { unitCount: 2, stepCount: 100, discardSteps: 10, dt: 0.5 },
    );
    const cut = await transform(spikes, { operation: 'window', from: 5, length: 5 });
    expect(await eventsOf(cut)).toEqual([
      [
        [1, 0],
        [0, 9],
      ],
    ]);
    expect([cut.stepCount, cut.discardSteps]).toEqual([10, 0]);
    await expect(transform(spikes, { operation: 'window', from: 42, length: 5 })).rejects.toMatchObject({
      details: { code: 'transform.window' },
    });
  });
  it('jitter by a normal distribution: mean 0, the given spread; none at 0', async () => {
    const middle = Array.from({ length: 2000 }, () => [0, 500] as const);
    const spikes = await spikesFrom([middle], { unitCount: 1, stepCount: 1000, dt: 0.5 });
    const [moved = []] = await eventsOf(await transform(spikes, { operation: 'jitter', jitter: 10 }));
    expect(moved).toHaveLength(2000);
    const shifts = moved.map(([, step]) => step - 500);
    const mean = shifts.reduce((sum, x) => sum + x, 0) / 2000;
    const variance = shifts.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 1999;
    // 20 steps; rounding adds 1/12; five standard errors.
    expect(Math.abs(mean)).toBeLessThan((5 * 20) / Math.sqrt(2000));
    expect(Math.abs(variance - 400 - 1 / 12)).toBeLessThan(5 * 400 * Math.sqrt(2 / 2000));
    expect(await eventsOf(await transform(spikes, { operation: 'jitter', jitter: 0 }))).toEqual([middle]);
  });
  it('lose what is jittered out of the item, and keep step order', async () => {
    const spikes = await spikesFrom([regular], { unitCount: 2, stepCount: 100 });
    const [moved = []] = await eventsOf(await transform(spikes, { operation: 'jitter', jitter: 50 }));
    expect(moved.length).toBeLessThan(regular.length);
    expect(moved.length).toBeGreaterThan(5);
  });
  it('delete a share of the spikes by chance', async () => {
    const many = Array.from({ length: 4000 }, (_, k) => [0, Math.floor(k / 4)] as const);
    const spikes = await spikesFrom([many], { unitCount: 1, stepCount: 1000 });
    const [half = []] = await eventsOf(await transform(spikes, { operation: 'delete', share: 0.5 }));
    expect(Math.abs(half.length - 2000)).toBeLessThan(5 * Math.sqrt(1000));
    expect((await eventsOf(await transform(spikes, { operation: 'delete', share: 1 })))[0]).toEqual([]);
    expect((await eventsOf(await transform(spikes, { operation: 'delete', share: 0 })))[0]).toEqual(many);
    expect((await eventsOf(await transform(spikes, { operation: 'delete', share: 0.5, seed: 2 })))[0]).not.toEqual(
      half,
    );
  });
  it('silence the same units in every item, more of them including the fewer', async () => {
    const all = Array.from({ length: 20 }, (_, unit) => [unit, unit] as const);
    const spikes = await spikesFrom([all, all], { unitCount: 20, stepCount: 20 });
    const unitsLeft = async (share: number) => {
      const [a, b] = await eventsOf(await transform(spikes, { operation: 'drop', share }));
      expect(a).toEqual(b);
      return (a ?? []).map(([unit]) => unit);
    };
    const [some, few] = [await unitsLeft(0.25), await unitsLeft(0.75)];
    expect([some.length, few.length]).toEqual([15, 5]);
    expect(few.every((unit) => some.includes(unit))).toBe(true);
  });
  it('keep one population, of every colour, as units from 0 on', async () => {
    const populations = [
      { name: 'excitatory red', start: 0, count: 2 },
      { name: 'inhibitory red', start: 2, count: 1 },
      { name: 'excitatory green', start: 3, count: 1 },
    ];
    const spikes = await spikesFrom(
      [
        [
          [0, 1],
          [2, 2],
          [3, 3],
          [1, 4],
        ],
      ],
      { unitCount: 4, stepCount: 10, populations },
    );
    const kept = await transform(spikes, { operation: 'population' });
    expect(await eventsOf(kept)).toEqual([
      [
        [0, 1],
        [2, 3],
        [1, 4],
      ],
    ]);
    expect([kept.unitCount, kept.populations]).toEqual([
      3,
      [
        { name: 'excitatory red', start: 0, count: 2 },
        { name: 'excitatory green', start: 2, count: 1 },
      ],
    ]);
    const plain = await spikesFrom([[]], { unitCount: 1, stepCount: 5 });
    await expect(transform(plain, { operation: 'population', population: 'inhibitory' })).rejects.toMatchObject({
      details: { code: 'transform.population' },
    });
  });
});

describe('shuffled stimuli', () => {
  const items = {
    ids: Int32Array.from({ length: 12 }, (_, i) => i),
    split: Uint8Array.from({ length: 12 }, (_, i) => (i < 7 ? 0 : 2)),
    columns: { label: Float64Array.from({ length: 12 }, (_, i) => i) },
  };
  const events = Array.from({ length: 12 }, (_, i) => [[0, i] as const]);

  it('give each item the spikes of another one of its split, each once', async () => {
    const spikes = await spikesFrom(events, { unitCount: 1, stepCount: 12, items }, 3);
    const shuffled = await transform(spikes, { operation: 'stimuli' });
    const from = (await eventsOf(shuffled)).map((item) => item[0]?.[1] as number);
    expect(from.every((source, i) => source !== i && source < 7 === i < 7)).toBe(true);
    expect([...from].sort((a, b) => a - b)).toEqual([...items.ids]);
    expect(shuffled.items).toEqual(items);
    expect((await eventsOf(await transform(spikes, { operation: 'stimuli' }))).flat(2)).toEqual(
      (await eventsOf(shuffled)).flat(2),
    );
  });
  it('leave a lone item and an empty set as they are', async () => {
    const lone = await spikesFrom([[[0, 3]]], { unitCount: 1, stepCount: 5 });
    expect(await eventsOf(await transform(lone, { operation: 'stimuli' }))).toEqual([[[0, 3]]]);
    const none = await spikesFrom([], { unitCount: 1, stepCount: 5, items: testItems(0) });
    expect((await transform(none, { operation: 'stimuli' })).spikeCount).toBe(0);
  });
});

describe('shuffled trials', () => {
  it('keep every train of every unit of a stimulus, and break what trials share', async () => {
    const items = repeatItems(testItems(2), 40);
    // Both units of a trial fire as often: their correlation is 1.
    const events = Array.from({ length: 80 }, (_, i) =>
      Array.from(
        { length: i % 40 },
        (_, step) =>
          [
            [0, step],
            [1, step],
          ] as const,
      ).flat(),
    );
    const spikes = await spikesFrom(events, { unitCount: 2, stepCount: 50, items });
    const shuffled = await eventsOf(await transform(spikes, { operation: 'trials' }));
    const counts = (unit: number) => shuffled.map((item) => item.filter(([u]) => u === unit).length);
    const [a, b] = [counts(0), counts(1)];
    for (const stimulus of [0, 40]) {
      const sorted = [...a.slice(stimulus, stimulus + 40)].sort((x, y) => x - y);
      expect(sorted).toEqual(Array.from({ length: 40 }, (_, k) => k));
    }
    expect(a.slice(0, 40)).not.toEqual(a.slice(40));
    const correlation = (x: number[], y: number[]) => {
      const mean = (v: number[]) => v.reduce((s, e) => s + e, 0) / v.length;
      const [mx, my] = [mean(x), mean(y)];
      const cov = mean(x.map((e, i) => (e - mx) * ((y[i] as number) - my)));
      return cov / Math.sqrt(mean(x.map((e) => (e - mx) ** 2)) * mean(y.map((e) => (e - my) ** 2)));
    };
    // Five standard errors of a correlation of 0 in 80 pairs.
    expect(Math.abs(correlation(a, b))).toBeLessThan(5 / Math.sqrt(80));
  });
  it('are refused without trials', async () => {
    const spikes = await spikesFrom([[], []], { unitCount: 1, stepCount: 5 });
    await expect(transform(spikes, { operation: 'trials' })).rejects.toMatchObject({
      details: { code: 'transform.no-trials', cure: expect.stringContaining('trials') },
    });
  });
});

describe('before a run', () => {
  const type = {
    kind: 'spikes' as const,
    axes: [axis('item', 7), axis('unit', 20)],
    unit: '1',
    dt: 0.1,
    note: '250 ms',
  };
  it('tells the type', () => {
    expect(definition.infer({ spikes: type }, paramsOf(definition))).toMatchObject({
      ok: true,
      outputs: { spikes: { axes: [axis('item', 7), axis('unit', 20)], dt: 0.1, note: '250 ms' } },
    });
    expect(definition.infer({ spikes: type }, paramsOf(definition, { operation: 'population' }))).toMatchObject({
      outputs: { spikes: { axes: [axis('item', 7), axis('unit', null)] } },
    });
    expect(definition.infer({ spikes: undefined }, paramsOf(definition)).ok).toBe(true);
  });
  it('refuses what cannot be', () => {
    const coarse = { ...type, dt: 5 };
    expect(
      definition.infer({ spikes: coarse }, paramsOf(definition, { operation: 'window', length: 1 })),
    ).toMatchObject({
      ok: false,
      param: 'length',
    });
    expect(() => paramsOf(definition, { share: 1.1 })).toThrow();
  });
});
