/** The numbers that a value carries: how many, how many of them finite, and how many different ones. */
import type { PortValue } from '../../src/kit/values';

export interface Numbers {
  readonly all: number;
  readonly finite: number;
  /** Of the first 100,000 finite ones. */
  readonly distinct: number;
}

function gather(value: unknown, into: number[]): void {
  if (typeof value === 'number') into.push(value);
  else if (ArrayBuffer.isView(value)) for (const each of value as Float32Array) into.push(each);
  else if (Array.isArray(value)) for (const each of value) gather(each, into);
  else if (value && typeof value === 'object') for (const each of Object.values(value)) gather(each, into);
}

/** What tells: cells of number columns, weights, times and units of spikes, values of arrays, coordinates of marks. */
async function dataOf(value: PortValue): Promise<unknown> {
  switch (value.kind) {
    case 'spikes':
      return Promise.all(value.chunks.map((_, place) => value.read(place)));
    case 'table': {
      const names = value.columns.filter(({ type }) => type === 'number').map(({ name }) => name);
      return value.rows.flatMap((row) => names.map((name) => row[name] ?? Number.NaN));
    }
    case 'model':
      return value.trained?.weights.map(({ data }) => data) ?? [];
    case 'series':
      return value.curves.map(({ x, y }) => [x, y]);
    case 'figure':
      return value.panels;
    default:
      return value.data;
  }
}

export async function numbersIn(value: PortValue): Promise<Numbers> {
  const numbers: number[] = [];
  gather(await dataOf(value), numbers);
  const finite = numbers.filter(Number.isFinite);
  return { all: numbers.length, finite: finite.length, distinct: new Set(finite.slice(0, 100_000)).size };
}
