/** The computations of test-catalogue.ts. */
import { NodeComputeError } from '../../src/core/errors';
import type { ComputeContext } from '../../src/kit/context';
import type { ItemTable } from '../../src/kit/item-table';
import type { FeaturesValue, SeriesValue, SpikesValue, TableValue } from '../../src/kit/values';

const seriesOf = (y: Float64Array, name = 'value'): SeriesValue => ({
  kind: 'series',
  xLabel: 'sample',
  xUnit: '1',
  curves: [{ name, unit: '1', x: Float64Array.from(y, (_, i) => i), y }],
});
const valuesOf = (series: SeriesValue): Float64Array => series.curves[0]?.y ?? new Float64Array();
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

export const constant = async (_: object, params: { value: number; length: number }) => ({
  series: seriesOf(new Float64Array(params.length).fill(params.value)),
});

export const scale = async (inputs: { series: SeriesValue }, params: { gain: number; invert: boolean }) => ({
  series: seriesOf(valuesOf(inputs.series).map((value) => value * params.gain * (params.invert ? -1 : 1))),
});

export const add = async (inputs: { a: SeriesValue; b: SeriesValue | undefined }) => {
  const b = inputs.b && valuesOf(inputs.b);
  return { sum: seriesOf(valuesOf(inputs.a).map((value, i) => value + (b?.[i] ?? 0))) };
};

export async function slow(
  inputs: { series: SeriesValue | undefined },
  params: { duration: number },
  context: ComputeContext,
): Promise<{ series: SeriesValue }> {
  const series = inputs.series ?? seriesOf(new Float64Array(1));
  const begin = performance.now();
  for (let passed = 0; passed < params.duration; passed = performance.now() - begin) {
    context.progress(passed, params.duration, 'ms');
    context.partial('series', series);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await context.breathe();
  }
  return { series };
}

export const fail = async (_: object, params: { message: string }): Promise<{ series: SeriesValue }> => {
  throw new NodeComputeError({ code: 'test.failed', message: params.message, cure: 'Remove the node.' });
};

export const collect = async (inputs: { series: readonly SeriesValue[] }): Promise<{ table: TableValue }> => ({
  table: {
    kind: 'table',
    columns: [
      { name: 'place', label: 'Place', type: 'number' },
      { name: 'sum', label: 'Sum', type: 'number' },
    ],
    rows: inputs.series.map((series, place) => ({ place, sum: sum(valuesOf(series)) })),
  },
});

export const tabulate = async (
  inputs: { series: SeriesValue },
  params: { digits: number },
): Promise<{ summary: TableValue }> => {
  const values = valuesOf(inputs.series);
  const total = sum(values);
  const round = (value: number): number => Number(value.toFixed(params.digits));
  return {
    summary: {
      kind: 'table',
      columns: [
        { name: 'metric', label: 'Metric', type: 'text' },
        { name: 'value', label: 'Value', type: 'number' },
      ],
      rows: [
        { metric: 'sum', value: round(total) },
        { metric: 'mean', value: round(total / values.length) },
      ],
    },
  };
};

const itemTable = (count: number): ItemTable => ({
  ids: Int32Array.from({ length: count }, (_, i) => i),
  split: new Uint8Array(count),
  columns: {},
});

export async function spikes(
  _: object,
  params: { dt: number; units: number; items: number },
  context: ComputeContext,
): Promise<{ spikes: SpikesValue }> {
  const writer = await context.spikeWriter({
    items: itemTable(params.items),
    unitCount: params.units,
    populations: [{ name: 'all', start: 0, count: params.units }],
    dt: params.dt,
    stepCount: params.units,
    discardSteps: 0,
  });
  const each = Array.from({ length: params.units }, (_each, unit) => unit);
  for (let item = writer.finishedItems; item < params.items; item++) {
    await writer.add(each, each);
    await context.breathe();
  }
  return { spikes: await writer.finish() };
}

export async function readout(inputs: { spikes: SpikesValue }): Promise<{ features: FeaturesValue }> {
  const { chunks, items, unitCount, read } = inputs.spikes;
  const data = new Float32Array(items.ids.length * unitCount);
  for (let k = 0; k < chunks.length; k++) {
    const { firstItem, itemCount, offsets, units } = await read(k);
    for (let item = 0; item < itemCount; item++) {
      for (let event = offsets[item] as number; event < (offsets[item + 1] as number); event++) {
        const at = (firstItem + item) * unitCount + (units[event] as number);
        data[at] = (data[at] as number) + 1;
      }
    }
  }
  return { features: { kind: 'features', unit: '1', items, shape: [items.ids.length, unitCount], data } };
}

export const compare = async (): Promise<{ table: TableValue }> => ({
  table: { kind: 'table', columns: [], rows: [] },
});
export const fit = async (): Promise<{ losses: SeriesValue }> => ({ losses: seriesOf(new Float64Array()) });
