import { describe, expect, it } from 'vitest';
import definition from '../../../nodes/encoder/poisson';
import { fitRates, pixelsOf } from '../../../nodes/encoder/shared/matched-rates';
import { ParameterError, UnitMismatchError } from '../../../src/core/errors';
import { type ItemTable, selectItems } from '../../../src/kit/item-table';
import { axis } from '../../../src/kit/port-type';
import type { ImagesValue, RatesValue, SpikesValue, SpikingNetwork } from '../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../support/compute-context';
import { spikesFrom, testItems } from '../../support/memory-spikes';

const images = (pixels: readonly (readonly number[])[], items: ItemTable = testItems(pixels.length)): ImagesValue => ({
  kind: 'images',
  shape: [pixels.length, 1, pixels[0]?.length ?? 1, 1],
  data: Float32Array.from(pixels.flat()),
  items,
});
const rates = (shape: [number, number, number], dt: number, data: readonly number[]): RatesValue => ({
  kind: 'rates',
  shape,
  dt,
  data: Float32Array.from(data),
  items: testItems(shape[1]),
});

const encode = async (drive: ImagesValue | RatesValue, given = {}, chunkEvents?: number): Promise<SpikesValue> =>
  (
    await computeNode(
      definition,
      { drive, like: undefined },
      paramsOf(definition, given),
      createTestContext({ chunkEvents }),
    )
  ).spikes;

/** Events per item as [unit, step]. */
async function eventsOf(spikes: SpikesValue): Promise<[number, number][][]> {
  const all: [number, number][][] = [];
  for (let c = 0; c < spikes.chunks.length; c++) {
    const chunk = await spikes.read(c);
    for (let k = 0; k < chunk.itemCount; k++) {
      const item: [number, number][] = [];
      for (let e = chunk.offsets[k] as number; e < (chunk.offsets[k + 1] as number); e++) {
        item.push([chunk.units[e] as number, chunk.steps[e] as number]);
      }
      all.push(item);
    }
  }
  return all;
}

describe('the law of the spikes', () => {
  const n = 4000;
  const p = 1 - Math.exp(-0.105);

  it('has the mean and variance of independent steps with p = 1 - exp(-r dt)', async () => {
    const spikes = await encode(images(Array.from({ length: n }, () => [1])));
    const counts = (await eventsOf(spikes)).map((item) => item.length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / n;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
    // 250 steps; five standard errors of each estimate.
    expect(Math.abs(mean - 250 * p)).toBeLessThan(5 * Math.sqrt((250 * p * (1 - p)) / n));
    expect(Math.abs(variance / mean - (1 - p))).toBeLessThan(5 * (1 - p) * Math.sqrt(2 / n));
  });

  it('has the same rate in every step, the first and the last included', async () => {
    const spikes = await encode(images(Array.from({ length: n }, () => [1])), { duration: 20 });
    const perStep = new Array<number>(20).fill(0);
    for (const item of await eventsOf(spikes))
      for (const [, step] of item) perStep[step] = (perStep[step] as number) + 1;
    const chiSquare = perStep.reduce((sum, count) => sum + (count - n * p) ** 2 / (n * p * (1 - p)), 0);
    // Chi-square with 20 degrees of freedom: above 45.3 once in a thousand times.
    expect(chiSquare).toBeLessThan(45.3);
  });

  it('has geometric intervals between spikes', async () => {
    const spikes = await encode(images(Array.from({ length: 500 }, () => [1])), { duration: 2000 });
    const counts = [0, 0, 0, 0];
    let total = 0;
    for (const item of await eventsOf(spikes)) {
      // Intervals that begin well before the end, so that none is cut off.
      for (let k = 1; k < item.length && (item[k - 1]?.[1] as number) < 1800; k++) {
        const interval = (item[k]?.[1] as number) - (item[k - 1]?.[1] as number);
        if (interval <= 4) counts[interval - 1] = (counts[interval - 1] as number) + 1;
        total++;
      }
    }
    counts.forEach((count, i) => {
      const wanted = p * (1 - p) ** i;
      expect(Math.abs(count / total - wanted)).toBeLessThan(5 * Math.sqrt((wanted * (1 - wanted)) / total));
    });
  });

  it('follows the pixel: dark units spike at the base rate, and not at all without one', async () => {
    const spikes = await encode(images(Array.from({ length: n }, () => [0, 0.5])), { rateBase: 0 });
    const units = (await eventsOf(spikes)).flat().map(([unit]) => unit);
    expect(units.filter((unit) => unit === 0)).toEqual([]);
    expect(Math.abs(units.length / n / 250 - (1 - Math.exp(-0.05)))).toBeLessThan(0.001);
  });

  it('spikes at most once a step, however high the rate', async () => {
    const [item] = await eventsOf(
      await encode(images([[1]]), { rateBase: 1000, rateGain: 1000, dt: 20, duration: 200 }),
    );
    expect(item?.map(([, step]) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('rates as input', () => {
  it('are used as they are: equal to an image of the same rate', async () => {
    const fromImages = await encode(images([[1, 0.5]]), { duration: 100, rateBase: 0 });
    const steady = rates(
      [10, 1, 2],
      10,
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 100 : 50)),
    );
    const fromRates = await encode(steady, { rateBase: 77 });
    expect(await eventsOf(fromRates)).toEqual(await eventsOf(fromImages));
    expect([fromRates.stepCount, fromRates.dt]).toEqual([100, 1]);
  });
  it('change from bin to bin, with axes time, item, unit', async () => {
    // Two bins, two items, one unit: item 0 is silent first, item 1 last.
    const [first, second] = await eventsOf(await encode(rates([2, 2, 1], 50, [0, 900, 900, 0])));
    expect(first?.length).toBeGreaterThan(15);
    expect(first?.every(([, step]) => step >= 50)).toBe(true);
    expect(second?.length).toBeGreaterThan(15);
    expect(second?.every(([, step]) => step < 50)).toBe(true);
  });
  it('refuse a time step that does not divide their bins', async () => {
    const type = {
      kind: 'rates' as const,
      axes: [axis('time', 2), axis('item', 1), axis('unit', 1)],
      unit: 'Hz',
      dt: 5,
    };
    expect(definition.infer({ drive: type, like: undefined }, paramsOf(definition, { dt: 2 }))).toMatchObject({
      ok: false,
      param: 'dt',
    });
    expect(definition.infer({ drive: type, like: undefined }, paramsOf(definition, { dt: 0.1 })).ok).toBe(true);
    await expect(encode(rates([2, 1, 1], 5, [1, 1]), { dt: 2 })).rejects.toBeInstanceOf(UnitMismatchError);
  });
});

describe('draws', () => {
  const pixels = Array.from({ length: 6 }, (_, i) => [i / 6, 0.3, 1]);
  const source = images(pixels, testItems(6, 0, 60_000));

  it('same seed, same bits; another seed, other spikes', async () => {
    const once = await eventsOf(await encode(source, { seed: 9 }));
    expect(await eventsOf(await encode(source, { seed: 9 }, 10))).toEqual(once);
    expect(await eventsOf(await encode(source, { seed: 10 }))).not.toEqual(once);
    // The exact spikes are part of stored results: a change here needs a new version of the node.
    expect(once[0]?.slice(0, 6)).toMatchInlineSnapshot(`
      [
        [
          2,
          2,
        ],
        [
          2,
          4,
        ],
        [
          2,
          15,
        ],
        [
          1,
          20,
        ],
        [
          2,
          24,
        ],
        [
          2,
          32,
        ],
      ]
    `);
  });
  it('belong to the item, not to its place', async () => {
    const order = [4, 1];
    const some = images(
      order.map((i) => pixels[i] as number[]),
      selectItems(source.items, order),
    );
    const whole = await eventsOf(await encode(source));
    expect(await eventsOf(await encode(some))).toEqual(order.map((i) => whole[i]));
  });
  it('keep the earlier spikes when the duration grows', async () => {
    const short = await eventsOf(await encode(source, { duration: 100 }));
    const long = await eventsOf(await encode(source, { duration: 300 }));
    expect(long.map((item) => item.filter(([, step]) => step < 100))).toEqual(short);
  });
});

describe('like another encoder', () => {
  const like = (events: readonly (readonly (readonly [number, number])[])[], unitCount: number, more = {}) =>
    spikesFrom(events, { unitCount, stepCount: 1000, discardSteps: 200, ...more });

  it('fits mean and slope of each unit over its pixel, by hand', async () => {
    const source = images([
      [0, 0.5],
      [1, 0.5],
      [0.5, 0.5],
    ]);
    // Unit 0: 4, 12 and 8 spikes in the 0.8 s that count; unit 1, whose pixel never changes, 2, 4 and 3. Early ones do not count.
    const train = (unit: number, count: number) => Array.from({ length: count }, (_, k) => [unit, 300 + k] as const);
    const item = (a: number, b: number) =>
      [[0, 10] as const, ...train(0, a), ...train(1, b)].sort((x, y) => x[1] - y[1]);
    const spikes = await like([item(4, 2), item(12, 4), item(8, 3)], 2);
    const { base, gain, pixel } = await fitRates(source, spikes, createTestContext());
    expect([...pixel]).toEqual([0, 1]);
    expect(base[0]).toBeCloseTo(5, 9);
    expect(gain[0]).toBeCloseTo(10, 9);
    expect(base[1]).toBeCloseTo(3 / 0.8, 9);
    expect(gain[1]).toBe(0);
  });
  it('fits on the training items alone where there are any', async () => {
    const items = { ids: Int32Array.of(0, 1, 2), split: Uint8Array.of(0, 0, 2), columns: {} };
    const source = images([[0], [1], [1]], items);
    const busy = Array.from({ length: 400 }, (_, k) => [0, 300 + k] as const);
    const spikes = await like(
      [
        [[0, 500]],
        [
          [0, 500],
          [0, 600],
        ],
        busy,
      ],
      1,
      { items },
    );
    const { base, gain } = await fitRates(source, spikes, createTestContext());
    expect([base[0], gain[0]].map((x) => Number(x?.toFixed(9)))).toEqual([1.25, 1.25]);
  });
  it('copies the mean of a balanced network, its times and populations, with the noise of a Poisson process', async () => {
    const n = 300;
    const source = images(
      Array.from({ length: n }, () => [1]),
      testItems(n),
    );
    // A clock: 80 spikes in each second, without any noise.
    const clock = Array.from({ length: 80 }, (_, k) => [0, 5 + k * 12] as const);
    const spikes = await like(
      Array.from({ length: n }, () => clock),
      1,
      { dt: 1, populations: [{ name: 'excitatory', start: 0, count: 1 }] },
    );
    const copy = (
      await computeNode(
        definition,
        { drive: source, like: spikes },
        paramsOf(definition, { mode: 'match' }),
        createTestContext(),
      )
    ).spikes;
    expect([copy.stepCount, copy.discardSteps, copy.dt, copy.populations[0]?.name]).toEqual([
      1000,
      200,
      1,
      'excitatory',
    ]);
    const counted = (item: readonly (readonly [number, number])[]) => item.filter(([, step]) => step >= 200).length;
    const wanted = counted(clock);
    const p = wanted / 800;
    const counts = (await eventsOf(copy)).map(counted);
    const mean = counts.reduce((sum, count) => sum + count, 0) / n;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
    expect(Math.abs(mean - wanted)).toBeLessThan(5 * Math.sqrt((wanted * (1 - p)) / n));
    expect(Math.abs(variance / mean - (1 - p))).toBeLessThan(5 * (1 - p) * Math.sqrt(2 / n));
  });
  it('knows which pixel a balanced network looks at, and refuses units of unknown sight', async () => {
    const source = { ...images([]), shape: [1, 4, 4, 1], data: new Float32Array(16), items: testItems(1) };
    const network = { nExc: 4, nInh: 1, view: { height: 4, width: 4 } } as SpikingNetwork;
    const spikes = await like([[]], 5, { network });
    expect([...pixelsOf(source, spikes)]).toEqual([5, 7, 13, 15, 10]);
    const strange = await like([[]], 7);
    await expect(
      computeNode(
        definition,
        { drive: source, like: strange },
        paramsOf(definition, { mode: 'match' }),
        createTestContext(),
      ),
    ).rejects.toMatchObject({ details: { code: 'encoder.match-pixels', port: 'like' } });
  });
  it('says what is missing before a run', () => {
    const match = paramsOf(definition, { mode: 'match' });
    const type = {
      kind: 'images' as const,
      axes: [axis('item', 7), axis('height', 4), axis('width', 4), axis('channel', 1)],
      unit: '1',
    };
    const other = { kind: 'spikes' as const, axes: [axis('item', 7), axis('unit', 20)], unit: '1', dt: 0.1 };
    expect(definition.infer({ drive: type, like: undefined }, match)).toMatchObject({ ok: false, port: 'like' });
    expect(definition.infer({ drive: { ...type, kind: 'rates' }, like: other }, match)).toMatchObject({
      ok: false,
      port: 'drive',
    });
    expect(definition.infer({ drive: type, like: other }, match)).toMatchObject({
      ok: true,
      outputs: { spikes: { axes: [axis('item', 7), axis('unit', 20)], dt: 0.1 } },
    });
  });
  it('refuses spikes of other images', async () => {
    const spikes = await like([[]], 1, { items: testItems(1, 0, 50) });
    await expect(
      computeNode(
        definition,
        { drive: images([[1]]), like: spikes },
        paramsOf(definition, { mode: 'match' }),
        createTestContext(),
      ),
    ).rejects.toMatchObject({ details: { code: 'encoder.match-items' } });
  });
});

describe('edges', () => {
  it('encodes nothing, and a single unit', async () => {
    const none = await encode({ ...images([]), shape: [0, 28, 28, 1] });
    expect([none.unitCount, none.spikeCount, none.chunks.length]).toEqual([784, 0, 0]);
    const one = await encode(images([[1]]), { discard: 50 });
    expect([one.unitCount, one.discardSteps, one.populations[0]?.count]).toEqual([1, 50, 1]);
  });
  it('tells the type before a run', () => {
    const type = {
      kind: 'images' as const,
      axes: [axis('item', 7), axis('height', 4), axis('width', 5), axis('channel', 3)],
      unit: '1',
    };
    expect(definition.infer({ drive: type, like: undefined }, paramsOf(definition))).toMatchObject({
      ok: true,
      outputs: { spikes: { axes: [axis('item', 7), axis('unit', 60)], dt: 1 } },
    });
  });
  it('refuses to leave out everything, and parameters out of range', async () => {
    expect(
      definition.infer({ drive: undefined, like: undefined }, paramsOf(definition, { discard: 250 })),
    ).toMatchObject({
      ok: false,
      param: 'discard',
    });
    await expect(encode(images([[1]]), { discard: 250 })).rejects.toBeInstanceOf(ParameterError);
    expect(() => paramsOf(definition, { rateBase: -1 })).toThrow();
    expect(() => paramsOf(definition, { dt: 0 })).toThrow();
  });
  it('stops when cancelled and reports progress', async () => {
    const controller = new AbortController();
    controller.abort();
    const many = {
      ...images([]),
      shape: [4500, 28, 28, 1],
      data: new Float32Array(4500 * 784).fill(0.2),
      items: testItems(4500),
    };
    const context = createTestContext({ signal: controller.signal });
    await expect(
      computeNode(definition, { drive: many, like: undefined }, paramsOf(definition), context),
    ).rejects.toMatchObject({
      details: { code: 'run.cancelled' },
    });
    expect(context.reports.progress[0]).toMatchObject({ total: 4500, label: 'items' });
  });
});
