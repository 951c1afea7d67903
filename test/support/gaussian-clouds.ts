/** Features with known answers: Gaussian draws around given means, and the items that carry their classes. */
import { normal, Purpose } from '../../src/core/random/draws';
import type { ItemTable } from '../../src/kit/item-table';
import type { FeaturesValue, ImagesValue, LabelsValue } from '../../src/kit/values';

/** Standard normal number k of a stream. */
export const gauss = (stream: number, k: number, seed = 3): number =>
  normal({ seed, purpose: Purpose.sample, item: 1000 + stream }, k);

export const withColumns = (items: ItemTable, columns: Readonly<Record<string, ArrayLike<number>>>): ItemTable => ({
  ...items,
  columns: {
    ...items.columns,
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
  },
});

export function featuresOf(
  items: ItemTable,
  width: number,
  value: (item: number, unit: number) => number,
): FeaturesValue {
  const n = items.ids.length;
  const data = Float32Array.from({ length: n * width }, (_, k) => value(Math.floor(k / width), k % width));
  return { kind: 'features', shape: [n, width], data, unit: '1', items };
}

export const labelsOf = (items: ItemTable, labels: ArrayLike<number>, classes: number): LabelsValue => ({
  kind: 'labels',
  shape: [items.ids.length],
  data: Int32Array.from(labels),
  classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
  items,
});

export function rowImages(
  items: ItemTable,
  width: number,
  value: (item: number, pixel: number) => number,
): ImagesValue {
  const n = items.ids.length;
  const data = Float32Array.from({ length: n * width }, (_, k) => value(Math.floor(k / width), k % width));
  return { kind: 'images', shape: [n, 1, width, 1], data, items };
}
