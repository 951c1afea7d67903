/**
 * Items of a port value as rows of numbers, on the host: which shape one item has, and how the rows of a batch are
 * gathered. Rates [time, item, unit] become time x unit features, time first.
 */
import type { ItemShape } from '../kit/blocks';
import type { ItemTable } from '../kit/item-table';
import type { FeaturesValue, ImagesValue, LabelsValue, RatesValue } from '../kit/values';

export type SampleValue = FeaturesValue | ImagesValue | RatesValue;

export interface Rows {
  readonly items: ItemTable;
  readonly shape: ItemShape;
  /** Numbers per item. */
  readonly width: number;
  /** Writes the rows at `positions` one after another. */
  readonly gather: (positions: ArrayLike<number>) => Float32Array;
}

/** Classes as rows that hold 1 at the item's class and 0 elsewhere. */
export function classRows({ items, data, classNames }: LabelsValue): Rows {
  const width = classNames.length;
  const gather = (positions: ArrayLike<number>) => {
    const out = new Float32Array(positions.length * width);
    for (let k = 0; k < positions.length; k++) out[k * width + (data[positions[k] as number] as number)] = 1;
    return out;
  };
  return { items, shape: [width], width, gather };
}

export function rowsOf(value: SampleValue): Rows {
  const { items, data } = value;
  if (value.kind !== 'rates') {
    const shape = value.shape.slice(1);
    const width = shape.reduce((product, size) => product * size, 1);
    const gather = (positions: ArrayLike<number>) => {
      const out = new Float32Array(positions.length * width);
      for (let k = 0; k < positions.length; k++) {
        const from = (positions[k] as number) * width;
        out.set(data.subarray(from, from + width), k * width);
      }
      return out;
    };
    return { items, shape, width, gather };
  }
  const [times = 0, count = 0, units = 0] = value.shape;
  const width = times * units;
  const gather = (positions: ArrayLike<number>) => {
    const out = new Float32Array(positions.length * width);
    for (let k = 0; k < positions.length; k++) {
      for (let time = 0; time < times; time++) {
        const from = (time * count + (positions[k] as number)) * units;
        out.set(data.subarray(from, from + units), k * width + time * units);
      }
    }
    return out;
  };
  return { items, shape: [width], width, gather };
}
