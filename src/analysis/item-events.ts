/** Spikes item by item: chunks are read one at a time, and messages are let in every 50 ms. */
import type { ComputeContext } from '../kit/context';
import type { Population, SpikesValue } from '../kit/values';

/** The events of one item, in step order. */
export interface ItemEvents {
  /** Position in the item table. */
  readonly index: number;
  readonly id: number;
  readonly units: Uint32Array;
  /** From the start of the item, the part left out included. */
  readonly steps: Uint32Array;
}

/** Calls `visit` for every item, in order; the arrays are views and must not be kept. Throws RunCancelled. */
export async function forEachItem(
  spikes: SpikesValue,
  context: Pick<ComputeContext, 'progress' | 'breathe'>,
  visit: (item: ItemEvents) => void,
): Promise<void> {
  const total = spikes.items.ids.length;
  let rested = performance.now();
  for (let chunkIndex = 0; chunkIndex < spikes.chunks.length; chunkIndex++) {
    const chunk = await spikes.read(chunkIndex);
    for (let k = 0; k < chunk.itemCount; k++) {
      const index = chunk.firstItem + k;
      const [from, to] = [chunk.offsets[k] as number, chunk.offsets[k + 1] as number];
      const [units, steps] = [chunk.units.subarray(from, to), chunk.steps.subarray(from, to)];
      visit({ index, id: spikes.items.ids[index] as number, units, steps });
      if (performance.now() - rested < 50) continue;
      context.progress(index + 1, total, 'items');
      await context.breathe();
      rested = performance.now();
    }
  }
  context.progress(total, total, 'items');
}

/** The events from step `from` on: those after the part that the encoder leaves out. */
export function eventsFrom(item: ItemEvents, from: number): ItemEvents {
  let first = 0;
  while (first < item.steps.length && (item.steps[first] as number) < from) first++;
  return first === 0 ? item : { ...item, units: item.units.subarray(first), steps: item.steps.subarray(first) };
}

/** Populations that a table has a row for: those of the spikes, and all units together. */
export const withAll = (spikes: SpikesValue): readonly Population[] => [
  ...spikes.populations,
  { name: 'all', start: 0, count: spikes.unitCount },
];
