/** Stores of every kind, values of every kind, and ways to damage them. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import type { Backing } from '../../../src/cache/backing';
import { openFileBacking } from '../../../src/cache/file-backing';
import { IndexedDbBacking } from '../../../src/cache/indexeddb-backing';
import { type ArtifactSchema, upgradeArtifacts } from '../../../src/cache/indexeddb-schema';
import { createMemoryBacking } from '../../../src/cache/memory-backing';
import { contentKey } from '../../../src/core/ids';
import { normal, Purpose, uniform } from '../../../src/core/random/draws';
import type { SpikeHeader } from '../../../src/kit/context';
import type { ItemTable } from '../../../src/kit/item-table';
import type { PortValue, SpikesValue } from '../../../src/kit/values';

/** A place that can be opened more than once, as two tabs or two processes would. */
export interface Place {
  open(): Promise<Backing>;
  remove(): Promise<void>;
}

export const places: Record<Backing['kind'], () => Promise<Place>> = {
  async memory() {
    const backing = createMemoryBacking();
    return { open: async () => ({ ...backing, close: async () => {} }), remove: async () => {} };
  },
  async indexeddb() {
    globalThis.indexedDB = new IDBFactory();
    const name = randomUUID();
    const connect = () => openDB<ArtifactSchema>(name, 1, { upgrade: upgradeArtifacts });
    return { open: async () => new IndexedDbBacking(await connect(), connect), remove: async () => {} };
  },
  async files() {
    const directory = await mkdtemp(join(tmpdir(), 'spikeloom-store-'));
    return { open: () => openFileBacking(directory), remove: () => rm(directory, { recursive: true }) };
  },
};

/** Flips one bit of every blob of at least `bytes` bytes. */
export async function damage(backing: Backing, bytes = 0): Promise<number> {
  let count = 0;
  for (const id of await backing.listBlobs()) {
    const blob = (await backing.getBlob(id))?.slice();
    if (!blob || blob.byteLength < bytes) continue;
    blob[blob.byteLength >> 1] = (blob[blob.byteLength >> 1] as number) ^ 1;
    await backing.putBlob(id, blob);
    count++;
  }
  return count;
}

export const key = (name: string) => contentKey(name.padEnd(32, '0'));

export const itemTable = (n: number): ItemTable => ({
  ids: Int32Array.from({ length: n }, (_, i) => 60_000 + i),
  split: Uint8Array.from({ length: n }, (_, i) => i % 3),
  columns: {
    label: Float64Array.from({ length: n }, (_, i) => i % 10),
    $odd: Float64Array.from({ length: n }, () => Math.PI),
  },
});

export const spikeHeader = (itemCount: number, unitCount = 1280): SpikeHeader => ({
  items: itemTable(itemCount),
  unitCount,
  populations: [
    { name: 'excitatory', start: 0, count: unitCount - 10 },
    { name: 'inhibitory', start: unitCount - 10, count: 10 },
  ],
  dt: 0.1,
  stepCount: 2500,
  discardSteps: 500,
});

/** About `count` spikes of one item, Poisson, in step order. */
export function poissonItem(unitCount: number, stepCount: number, count: number, item: number) {
  const units: number[] = [];
  const steps: number[] = [];
  const mean = count / stepCount;
  for (let step = 0, index = 0; step < stepCount; step++) {
    const here = Math.max(
      0,
      Math.round(mean + Math.sqrt(mean) * normal({ seed: 1, purpose: Purpose.sample, item }, index++)),
    );
    for (let k = 0; k < here; k++) {
      units.push(Math.floor(uniform({ seed: 2, purpose: Purpose.sample, item }, index++) * unitCount));
      steps.push(step);
    }
  }
  return { units: Uint32Array.from(units), steps: Uint32Array.from(steps) };
}

const items = itemTable(5);
const pixels = Float32Array.from({ length: 5 * 28 * 28 }, (_, i) => (i % 256) / 255);
const noise = Float32Array.from({ length: 5 * 16 }, (_, i) => Math.sin(i));

/** One of every kind but spikes, with the awkward numbers. */
export const values: Record<string, PortValue> = {
  images: { kind: 'images', shape: [5, 28, 28, 1], data: pixels, items },
  greyImages: { kind: 'images', shape: [5, 4, 4, 1], data: noise, items },
  labels: { kind: 'labels', shape: [5], data: Int32Array.of(3, 1, 4, 1, 5), classNames: ['zero', 'one'], items },
  rates: {
    kind: 'rates',
    shape: [1, 5, 16],
    data: Float32Array.from(noise, (x) => (x > 0.9 ? Number.NaN : -0)),
    dt: 10,
    items,
  },
  features: { kind: 'features', shape: [5, 16], data: noise, unit: 'Hz', items },
  model: {
    kind: 'model',
    blocks: [{ type: 'mlp', version: 1, params: { hidden: 256, note: '$weird', nested: { $array: 3, rate: -0 } } }],
    trained: {
      weights: [{ name: '0/kernel', shape: [4, 4], data: noise.slice(0, 16) }],
      inputShape: [16],
      targetShape: [28, 28, 1],
      inputMean: noise.slice(3, 9),
      inputScale: new Float32Array(0),
      meanTarget: pixels.slice(0, 784),
      epochs: 3,
    },
  },
  series: {
    kind: 'series',
    xLabel: 'epoch',
    xUnit: '1',
    curves: [
      { name: 'loss', unit: '1', x: Float64Array.of(1, 2), y: Float64Array.of(Number.NEGATIVE_INFINITY, 1e-300) },
    ],
  },
  table: {
    kind: 'table',
    columns: [
      { name: 'metric', label: 'Metric', type: 'text' },
      { name: 'mean', label: 'Mean', unit: 'dB', type: 'number' },
    ],
    rows: [
      { metric: 'psnr', mean: Number.POSITIVE_INFINITY },
      { metric: 'ssim “ä”', mean: null },
      { metric: 'mse', mean: Number.NaN },
    ],
  },
};

/** All events of a spikes value, item by item. */
export async function eventsOf(value: SpikesValue): Promise<{ units: number[]; steps: number[] }[]> {
  const result: { units: number[]; steps: number[] }[] = [];
  for (const [index] of value.chunks.entries()) {
    const { offsets, units, steps, itemCount } = await value.read(index);
    for (let k = 0; k < itemCount; k++) {
      const [from, to] = [offsets[k], offsets[k + 1]];
      result.push({ units: [...units.subarray(from, to)], steps: [...steps.subarray(from, to)] });
    }
  }
  return result;
}
