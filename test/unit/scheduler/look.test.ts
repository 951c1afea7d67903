import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readEmbedded } from '../../../src/data/embed/embedded';
import type { RasterLook, RasterRequest } from '../../../src/kit/look';
import type { ImagesValue, ModelValue, RatesValue, SeriesValue, SpikesValue } from '../../../src/kit/values';
import { buffersOf, lookAt } from '../../../src/scheduler/look/look';
import { lookAtRaster } from '../../../src/scheduler/look/raster';
import { thin } from '../../../src/scheduler/look/series';

const items = (n: number) => ({
  ids: Int32Array.from({ length: n }, (_, k) => 10 + k),
  split: new Uint8Array(n),
  columns: {},
});

/** Each unit fires once per item, at step = unit; so many items per chunk. */
function diagonal(itemCount: number, unitCount: number, perChunk: number): SpikesValue & { reads: number[] } {
  const reads: number[] = [];
  const chunks = Array.from({ length: Math.ceil(itemCount / perChunk) }, (_, k) => {
    const count = Math.min(perChunk, itemCount - k * perChunk);
    return { firstItem: k * perChunk, itemCount: count, spikeCount: count * unitCount };
  });
  const ramp = Uint32Array.from({ length: unitCount }, (_, k) => k);
  return {
    kind: 'spikes',
    items: items(itemCount),
    unitCount,
    populations: [{ name: 'E', start: 0, count: unitCount }],
    dt: 0.1,
    stepCount: unitCount,
    discardSteps: 0,
    spikeCount: itemCount * unitCount,
    chunks,
    reads,
    async read(index) {
      reads.push(index);
      const { firstItem, itemCount: n } = chunks[index] as (typeof chunks)[number];
      const units = new Uint32Array(n * unitCount);
      for (let k = 0; k < n; k++) units.set(ramp, k * unitCount);
      return {
        firstItem,
        itemCount: n,
        offsets: Uint32Array.from({ length: n + 1 }, (_, k) => k * unitCount),
        units,
        steps: units,
      };
    },
  };
}

const request = (part: Partial<RasterRequest>): RasterRequest => ({
  what: 'raster',
  fromStep: 0,
  toStep: 40,
  fromUnit: 0,
  toUnit: 10,
  columns: 8,
  rows: 2,
  marks: 1000,
  chunk: 0,
  ...part,
});

describe('a window of a raster', () => {
  it('counts spikes per cell over several items, lowest unit first', async () => {
    const look = await lookAtRaster(diagonal(4, 10, 2), request({}));
    expect([look.spikes, look.next]).toEqual([40, null]);
    // 5 steps per column, 5 units per row: each item is a small diagonal.
    expect([...look.counts]).toEqual([5, 0, 5, 0, 5, 0, 5, 0, 0, 5, 0, 5, 0, 5, 0, 5]);
  });
  it('reads no chunk outside, and tells spikes one by one where they are few', async () => {
    const value = diagonal(6, 10, 2);
    const look = await lookAtRaster(value, request({ fromStep: 22, toStep: 28, fromUnit: 3, toUnit: 6 }));
    expect(value.reads).toEqual([1]);
    expect([...(look.units ?? [])]).toEqual([3, 4, 5]);
    expect([...(look.steps ?? [])]).toEqual([23, 24, 25]);
    const many = await lookAtRaster(value, request({ marks: 5 }));
    expect([many.units, many.steps]).toEqual([null, null]);
  });
  it('comes in parts that add up to the whole', async () => {
    const value = diagonal(6, 10, 1);
    const whole = request({ toStep: 60, columns: 12 });
    const sum = new Uint16Array(24);
    let parts = 0;
    let time = 0;
    for (let chunk: number | null = 0; chunk !== null; parts++) {
      // Every look at the clock is 50 ms later: two chunks to a part.
      const look: RasterLook = await lookAtRaster(value, { ...whole, chunk }, () => (time += 50));
      look.counts.forEach((count, cell) => {
        sum[cell] = (sum[cell] as number) + count;
      });
      chunk = look.next;
    }
    expect(parts).toBe(3);
    const once = await lookAtRaster(value, whole);
    expect([...sum]).toEqual([...once.counts]);
    expect(value.reads.filter((index) => index === 0)).toHaveLength(2);
  });
  it('of five million spikes is answered in parts, none of them long', async () => {
    const value = diagonal(5000, 1000, 100);
    const all = request({ toStep: 5_000_000, toUnit: 1000, columns: 1000, rows: 400, marks: 6000 });
    let spikes = 0;
    let longest = 0;
    for (let chunk: number | null = 0; chunk !== null; ) {
      const begun = performance.now();
      const look: RasterLook = await lookAtRaster(value, { ...all, chunk });
      longest = Math.max(longest, performance.now() - begun);
      spikes += look.spikes;
      chunk = look.next;
    }
    expect(spikes).toBe(5_000_000);
    expect(longest).toBeLessThan(1000);
  });
  it('of an empty stretch is empty', async () => {
    const look = await lookAtRaster(diagonal(1, 10, 1), request({ fromUnit: 0, toUnit: 2, fromStep: 5, toStep: 9 }));
    expect([look.spikes, look.next, look.units?.length]).toEqual([0, null, 0]);
  });
});

describe('windows of dense values', () => {
  const images: ImagesValue = {
    kind: 'images',
    shape: [3, 1, 2, 1],
    data: Float32Array.of(0, 1, 2, 3, 4, 5),
    items: items(3),
  };
  it('images: some of them, with who they are', async () => {
    const look = await lookAt(images, { what: 'images', first: 1, count: 5 });
    expect(look).toMatchObject({
      first: 1,
      total: 3,
      data: Float32Array.of(2, 3, 4, 5),
      ids: Int32Array.of(11, 12),
      splits: ['train', 'train'],
    });
    expect(images.data).toHaveLength(6);
    expect(buffersOf(look)).toHaveLength(2);
    expect(await lookAt(images, { what: 'table' })).toBeNull();
  });
  it('rates: one item, as means of cells', async () => {
    const rates: RatesValue = {
      kind: 'rates',
      shape: [2, 2, 2],
      data: Float32Array.of(1, 2, 10, 20, 3, 4, 30, 40),
      dt: 1,
      items: items(2),
    };
    const all = await lookAt(rates, { what: 'matrix', item: 1, rows: 9, columns: 9 });
    expect(all).toMatchObject({
      rows: 2,
      columns: 2,
      values: Float32Array.of(10, 20, 30, 40),
      min: 10,
      max: 40,
      itemCount: 2,
    });
    const mean = await lookAt(rates, { what: 'matrix', item: 1, rows: 1, columns: 1 });
    expect(mean).toMatchObject({ values: Float32Array.of(25), totalRows: 2, totalColumns: 2 });
  });
  it('weights: spread and matrix of one array; none before training', async () => {
    const untrained: ModelValue = { kind: 'model', blocks: [] };
    const ask = { what: 'weights', array: 0, rows: 9, columns: 9, bins: 4 } as const;
    expect(await lookAt(untrained, ask)).toBeNull();
    const model = {
      ...untrained,
      trained: { weights: [{ name: '0/kernel', shape: [2, 2], data: Float32Array.of(-1, 0, 0, 3) }] },
    } as unknown as ModelValue;
    const look = await lookAt(model, ask);
    expect(look).toMatchObject({
      count: 4,
      mean: 0.5,
      min: -1,
      max: 3,
      histogram: Uint32Array.of(1, 2, 0, 1),
      rows: 2,
      columns: 2,
    });
    expect(look?.what === 'weights' && look.sd).toBeCloseTo(Math.sqrt(3), 6);
  });
  it('curves: thinned, but every peak is kept', () => {
    const n = 10_000;
    const curve = { name: 'c', unit: '1', x: Float64Array.from({ length: n }, (_, k) => k), y: new Float64Array(n) };
    curve.y[7777] = 9;
    curve.y[123] = -4;
    const { x, y } = thin(curve, 0, n, 200);
    expect(y.length).toBeLessThanOrEqual(200);
    expect([Math.max(...y), Math.min(...y)]).toEqual([9, -4]);
    expect(x[y.indexOf(9)]).toBe(7777);
    const close = thin(curve, 7770, 7780, 200);
    expect([...close.x]).toEqual([7769, 7770, 7771, 7772, 7773, 7774, 7775, 7776, 7777, 7778, 7779, 7780, 7781]);
  });
  it('files: one as it is, several as a ZIP; a picture carries the pipeline, single images stay data', async () => {
    const origin = { pipeline: '{"title":"Made by"}', run: '{"outcome":"succeeded"}' };
    const series: SeriesValue = {
      kind: 'series',
      xLabel: 'time',
      xUnit: 'ms',
      curves: [{ name: 'a', unit: 'mV', x: Float64Array.of(1), y: Float64Array.of(2) }],
    };
    const one = await lookAt(series, { what: 'files', name: 'node.port', origin });
    expect(one).toMatchObject({ what: 'files', name: 'node.port.csv', type: 'text/csv' });
    const zip = await lookAt(images, { what: 'files', name: 'node.port', origin });
    expect(zip).toMatchObject({ name: 'node.port.zip', type: 'application/zip' });
    const files = zip?.what === 'files' ? unzipSync(zip.bytes) : {};
    const carried = Object.entries(files).flatMap(([path, bytes]) => {
      const embedded = readEmbedded(bytes);
      return embedded ? [[path, embedded] as const] : [];
    });
    expect(carried).toEqual([['node.port.png', origin]]);
    expect(Object.keys(files).filter((path) => path.endsWith('.png')).length).toBeGreaterThan(1);
  });
});
