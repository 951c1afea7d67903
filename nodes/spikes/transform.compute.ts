/** Applies the chosen operation item by item and writes the result; shuffles read all items first (shared/all-items.ts). */
import { ParameterError } from '../../src/core/errors';
import type { ComputeContext, SpikeHeader, SpikeWriter } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { ParamValues } from '../../src/kit/params';
import type { SpikesValue } from '../../src/kit/values';
import { readAll } from './shared/all-items';
import { type Change, eventChange, type ItemEvents } from './shared/event-changes';
import { otherItems, trialOrders } from './shared/shuffles';
import type definition from './transform';

type Params = ParamValues<typeof definition.params>;

const headerOf = ({
  items,
  unitCount,
  populations,
  dt,
  stepCount,
  discardSteps,
  network,
}: SpikesValue): SpikeHeader => ({
  items,
  unitCount,
  populations,
  dt,
  stepCount,
  discardSteps,
  ...(network ? { network } : {}),
});

/** Spikes with fewer units are no longer those of the whole network that theory speaks of. */
function withoutNetwork({ network: _, ...header }: SpikeHeader): SpikeHeader {
  return header;
}

function cutHeader(header: SpikeHeader, params: Params): SpikeHeader {
  const first = header.discardSteps + Math.round(params.from / header.dt);
  const stepCount = Math.round(params.length / header.dt);
  if (stepCount >= 1 && first + stepCount <= header.stepCount) return { ...header, stepCount, discardSteps: 0 };
  const counted = (header.stepCount - header.discardSteps) * header.dt;
  throw new ParameterError({
    code: 'transform.window',
    message: 'The window does not lie within the time that counts.',
    param: 'length',
    found: `${params.from} to ${params.from + params.length} ms`,
    expected: `at most ${counted} ms in all`,
    cure: 'Shorten the window, or let it start earlier.',
  });
}

function keptPopulation(header: SpikeHeader, wanted: Params['population']) {
  const kept = header.populations.filter(({ name }) => name.split(' ')[0] === wanted);
  if (kept.length === 0) {
    throw new ParameterError({
      code: 'transform.population',
      message: `The spikes have no ${wanted} units.`,
      param: 'population',
      found: header.populations.map(({ name }) => name).join(', ') || 'no populations',
      cure: 'Choose another population or another operation.',
    });
  }
  return kept;
}

/** Header and change of the operations that go item by item. */
function planOf(spikes: SpikesValue, params: Params): { header: SpikeHeader; change: Change } {
  const header = headerOf(spikes);
  switch (params.operation) {
    case 'window': {
      const cut = cutHeader(header, params);
      const first = header.discardSteps + Math.round(params.from / header.dt);
      return { header: cut, change: eventChange.window(first, cut.stepCount) };
    }
    case 'jitter':
      return { header, change: eventChange.jitter(params.jitter / header.dt, header.stepCount, params.seed) };
    case 'delete':
      return { header, change: eventChange.delete(params.share, params.seed) };
    case 'drop':
      return { header, change: eventChange.drop(params.share, header.unitCount, params.seed) };
    default: {
      const kept = keptPopulation(header, params.population);
      let start = 0;
      const populations = kept.map(({ name, count }) => {
        const moved = { name, start, count };
        start += count;
        return moved;
      });
      const change = eventChange.select(kept, header.unitCount);
      return { header: withoutNetwork({ ...header, unitCount: start, populations }), change };
    }
  }
}

async function changeItems(spikes: SpikesValue, change: Change, writer: SpikeWriter, pace: Pace): Promise<void> {
  for (let index = 0; index < spikes.chunks.length; index++) {
    const chunk = await spikes.read(index);
    for (let k = 0; k < chunk.itemCount; k++) {
      const item = chunk.firstItem + k;
      if (item < writer.finishedItems) continue;
      const [from, to] = [chunk.offsets[k] as number, chunk.offsets[k + 1] as number];
      const events = { units: chunk.units.subarray(from, to), steps: chunk.steps.subarray(from, to) };
      const changed = change(events, spikes.items.ids[item] as number);
      await writer.add(changed.units, changed.steps);
      await pace(item + 1);
    }
  }
}

type Pace = (done: number) => Promise<void>;

function paceOf(context: ComputeContext, total: number): Pace {
  let rested = performance.now();
  return async (done) => {
    if (performance.now() - rested < 50) return;
    context.progress(done, total, 'items');
    await context.breathe();
    rested = performance.now();
  };
}

const compute: ComputeOf<typeof definition> = async ({ spikes }, params, context) => {
  const total = spikes.items.ids.length;
  const pace = paceOf(context, total);
  if (params.operation === 'stimuli' || params.operation === 'trials') {
    const eventsOf =
      params.operation === 'stimuli'
        ? shuffledStimuli(spikes, params.seed, await readAll(spikes, context))
        : shuffledTrials(spikes, params.seed, await readAll(spikes, context));
    const writer = await context.spikeWriter(headerOf(spikes));
    for (let item = writer.finishedItems; item < total; item++) {
      const { units, steps } = eventsOf(item);
      await writer.add(units, steps);
      await pace(item + 1);
    }
    context.progress(total, total, 'items');
    return { spikes: await writer.finish() };
  }
  const { header, change } = planOf(spikes, params);
  const writer = await context.spikeWriter(header);
  await changeItems(spikes, change, writer, pace);
  context.progress(total, total, 'items');
  return { spikes: await writer.finish() };
};

type ReadItem = (item: number) => ItemEvents;

function shuffledStimuli(spikes: SpikesValue, seed: number, read: ReadItem): ReadItem {
  const source = otherItems(spikes.items, seed);
  return (item) => read(source[item] as number);
}

function shuffledTrials(spikes: SpikesValue, seed: number, read: ReadItem): ReadItem {
  const sourceOf = trialOrders(spikes.items, spikes.unitCount, seed);
  return (item) => {
    const { trials, sources } = sourceOf(item);
    const events: { unit: number; step: number }[] = [];
    for (const trial of trials) {
      const { units, steps } = read(trial);
      for (let e = 0; e < units.length; e++) {
        const unit = units[e] as number;
        if (sources[unit] === trial) events.push({ unit, step: steps[e] as number });
      }
    }
    events.sort((a, b) => a.step - b.step || a.unit - b.unit);
    return { units: Uint32Array.from(events, ({ unit }) => unit), steps: Uint32Array.from(events, ({ step }) => step) };
  };
}

export default compute;
