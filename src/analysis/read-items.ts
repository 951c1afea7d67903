/** Goes through the spikes of items, chunk by chunk, so that a run of any size needs the memory of one chunk. */
import { ParameterError, ShapeMismatchError } from '../core/errors';
import type { SpikesValue } from '../kit/values';
import type { Pace } from './pacing';

export type PopulationChoice = 'all' | 'excitatory' | 'inhibitory';

/** `units` and `steps` of one item, in step order; views of the chunk, good until the call (or its promise) ends. */
export type VisitItem = (position: number, units: Uint32Array, steps: Uint32Array) => Promise<void> | void;

/** Visits the items at which `wanted` is true, in order. Chunks without any are not read. */
export async function readItems(
  spikes: SpikesValue,
  wanted: (position: number) => boolean,
  visit: VisitItem,
  pace: Pace,
): Promise<void> {
  const total = spikes.items.ids.length;
  for (let index = 0; index < spikes.chunks.length; index++) {
    const info = spikes.chunks[index];
    if (!info) continue;
    const positions = Array.from({ length: info.itemCount }, (_, k) => info.firstItem + k);
    if (!positions.some(wanted)) continue;
    const chunk = await spikes.read(index);
    for (const position of positions) {
      if (!wanted(position)) continue;
      const k = position - chunk.firstItem;
      const [from, to] = [chunk.offsets[k] as number, chunk.offsets[k + 1] as number];
      await visit(position, chunk.units.subarray(from, to), chunk.steps.subarray(from, to));
      await pace(position + 1, total, 'items');
    }
  }
}

/** Position of the first of the rising `steps` that is not before `from`. */
export function firstFrom(steps: Uint32Array, from: number): number {
  let first = 0;
  while (first < steps.length && (steps[first] as number) < from) first++;
  return first;
}

export interface ChosenUnits {
  /** 1 for a unit that is read. */
  readonly isChosen: Uint8Array;
  readonly count: number;
}

/** Colour encoders have one population per channel ("excitatory red"): the first word counts. Throws ParameterError. */
export function chooseUnits(spikes: SpikesValue, choice: PopulationChoice): ChosenUnits {
  if (choice === 'all') return { isChosen: new Uint8Array(spikes.unitCount).fill(1), count: spikes.unitCount };
  const isChosen = new Uint8Array(spikes.unitCount);
  let count = 0;
  for (const population of spikes.populations) {
    if (population.name.split(' ')[0] !== choice) continue;
    isChosen.fill(1, population.start, population.start + population.count);
    count += population.count;
  }
  if (count > 0) return { isChosen, count };
  throw new ParameterError({
    code: 'analysis.population',
    message: `The spikes have no ${choice} units.`,
    param: 'population',
    found: spikes.populations.map(({ name }) => name).join(', ') || 'no populations',
    cure: 'Read all units.',
  });
}

/** Time that counts in each item, s. Throws where nothing is left of it. */
export function countedSeconds({ stepCount, discardSteps, dt }: SpikesValue): number {
  if (stepCount > discardSteps) return ((stepCount - discardSteps) * dt) / 1000;
  throw new ShapeMismatchError({
    code: 'analysis.no-time',
    message: 'The encoder leaves out the whole time of each item.',
    port: 'spikes',
    found: `${stepCount * dt} ms, of which ${discardSteps * dt} ms are left out`,
    cure: 'Simulate longer, or leave out less.',
  });
}
