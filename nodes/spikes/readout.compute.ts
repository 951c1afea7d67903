/** Reads spikes chunk by chunk and adds each event to its item's features. */
import { ParameterError, ShapeMismatchError, UnitMismatchError } from '../../src/core/errors';
import { exactExp } from '../../src/core/random/elementary';
import { stepsPerBin } from '../../src/core/time-steps';
import { formatBytes } from '../../src/core/units';
import type { ComputeOf } from '../../src/kit/define-node';
import { cureWithin } from '../../src/kit/memory-need';
import type { ParamValues } from '../../src/kit/params';
import type { SpikeChunk, SpikesValue } from '../../src/kit/values';
import type definition from './readout';
import { unitOf } from './readout';

type Params = ParamValues<typeof definition.params>;

/** Above this a feature matrix would not fit in a page's memory together with what is made of it. */
const maxBytes = 1e9;
const absent = 0xffffffff;

/** Position of each unit among those that are read; `absent` for the others. */
function columnsOf(spikes: SpikesValue, wanted: Params['population']): { columns: Uint32Array; count: number } {
  const columns = new Uint32Array(spikes.unitCount).fill(absent);
  // Colour encoders have one population per channel: "excitatory red".
  const read = spikes.populations.filter(({ name }) => wanted === 'all' || name.split(' ')[0] === wanted);
  if (wanted !== 'all' && read.length === 0) {
    throw new ParameterError({
      code: 'readout.population',
      message: `The spikes have no ${wanted} units.`,
      param: 'population',
      found: spikes.populations.map(({ name }) => name).join(', ') || 'no populations',
      cure: 'Read all units.',
    });
  }
  const ranges = wanted === 'all' ? [{ start: 0, count: spikes.unitCount }] : read;
  let count = 0;
  for (const range of ranges) {
    for (let unit = range.start; unit < range.start + range.count; unit++) columns[unit] = count++;
  }
  return { columns, count };
}

/** Adds the events of one item to its row of features. `step` counts from the end of the part left out. */
type AddEvents = (row: Float32Array, columns: ArrayLike<number>, steps: ArrayLike<number>, count: number) => void;

interface Reader {
  /** Features per unit. */
  readonly perUnit: number;
  readonly add: AddEvents;
}

function readerFor(params: Params, spikes: SpikesValue, steps: number, unitCount: number): Reader {
  const { dt } = spikes;
  const eachAdds = (weight: (step: number) => number): AddEvents => {
    const weights = Float64Array.from({ length: steps }, (_, step) => weight(step));
    return (row, columns, at, count) => {
      for (let k = 0; k < count; k++) {
        const column = columns[k] as number;
        row[column] = (row[column] as number) + (weights[at[k] as number] as number);
      }
    };
  };
  switch (params.method) {
    case 'count':
      return { perUnit: 1, add: eachAdds(() => 1) };
    case 'rate': {
      // Counted as whole numbers and divided once, so that rates are exact quotients.
      const seconds = (steps * dt) / 1000;
      const countEvents = eachAdds(() => 1);
      return {
        perUnit: 1,
        add: (row, columns, at, count) => {
          countEvents(row, columns, at, count);
          for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / seconds;
        },
      };
    }
    case 'trace':
      return { perUnit: 1, add: eachAdds((step) => exactExp(-((steps - step) * dt) / params.tauTrace)) };
    case 'latency':
      return {
        perUnit: 1,
        add: (row, columns, at, count) => {
          // Events come in step order: only the first of a unit finds 0 there.
          for (let k = 0; k < count; k++) {
            const column = columns[k] as number;
            if (row[column] === 0) row[column] = 1 - (at[k] as number) / steps;
          }
        },
      };
    case 'bins': {
      const perBin = stepsPerBin(params.binWidth, dt);
      if (perBin === null) {
        throw new UnitMismatchError({
          code: 'readout.bin-step',
          message: 'The bin is no whole number of time steps.',
          param: 'binWidth',
          found: `bins of ${params.binWidth} ms, steps of ${dt} ms`,
          cure: `Choose a multiple of ${dt} ms.`,
        });
      }
      const bins = Math.ceil(steps / perBin);
      const lastSteps = steps - (bins - 1) * perBin;
      return {
        perUnit: bins,
        add: (row, columns, at, count) => {
          for (let k = 0; k < count; k++) {
            const place = Math.floor((at[k] as number) / perBin) * unitCount + (columns[k] as number);
            row[place] = (row[place] as number) + 1;
          }
          for (let i = 0; i < row.length; i++) {
            const length = i < (bins - 1) * unitCount ? perBin : lastSteps;
            row[i] = ((row[i] as number) * 1000) / (length * dt);
          }
        },
      };
    }
  }
}

function checkMemory(itemCount: number, features: number, budget: number): void {
  const bytes = itemCount * features * 4;
  const most = Math.min(maxBytes, budget);
  if (bytes <= most) return;
  throw new ShapeMismatchError({
    code: 'readout.too-large',
    message: `${itemCount} items of ${features} features take ${formatBytes(bytes)}.`,
    expected: `at most ${formatBytes(most)}`,
    cure: cureWithin('Choose wider bins, one population, or fewer items.', maxBytes, budget),
  });
}

const compute: ComputeOf<typeof definition> = async ({ spikes }, params, context) => {
  const steps = spikes.stepCount - spikes.discardSteps;
  if (steps < 1) {
    throw new ShapeMismatchError({
      code: 'readout.no-time',
      message: 'The encoder leaves out all of its time, so nothing can be read.',
      port: 'spikes',
      found: `${spikes.discardSteps} of ${spikes.stepCount} steps left out`,
      cure: 'Lower the part that the encoder leaves out.',
    });
  }
  const { columns, count } = columnsOf(spikes, params.population);
  const reader = readerFor(params, spikes, steps, count);
  const width = count * reader.perUnit;
  const total = spikes.items.ids.length;
  checkMemory(total, width, context.runBudget);
  const data = new Float32Array(total * width);
  const itemColumns: number[] = [];
  const itemSteps: number[] = [];

  const readItem = (chunk: SpikeChunk, k: number): void => {
    let events = 0;
    const end = chunk.offsets[k + 1] as number;
    for (let e = chunk.offsets[k] as number; e < end; e++) {
      const step = (chunk.steps[e] as number) - spikes.discardSteps;
      const column = columns[chunk.units[e] as number] as number;
      if (step < 0 || column === absent) continue;
      itemColumns[events] = column;
      itemSteps[events] = step;
      events++;
    }
    const at = (chunk.firstItem + k) * width;
    reader.add(data.subarray(at, at + width), itemColumns, itemSteps, events);
  };

  let rested = performance.now();
  for (let index = 0; index < spikes.chunks.length; index++) {
    const chunk = await spikes.read(index);
    for (let k = 0; k < chunk.itemCount; k++) {
      readItem(chunk, k);
      if (performance.now() - rested > 50) {
        context.progress(chunk.firstItem + k + 1, total, 'items');
        await context.breathe();
        rested = performance.now();
      }
    }
  }
  context.progress(total, total, 'items');
  return {
    features: {
      kind: 'features',
      shape: [total, width],
      data,
      unit: unitOf[params.method],
      items: spikes.items,
    },
  };
};

export default compute;
