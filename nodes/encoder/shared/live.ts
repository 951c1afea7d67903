/** A running item as spikes to look at: those of the neurons that the simulation shows, over the time simulated so far. */
import type { PartialSpikes } from '../../../src/kernels/balanced-snn/partial-spikes';
import type { SpikeChunk, SpikesValue } from '../../../src/kit/values';

export function liveSpikes(
  { itemId, units, steps, sample, stepsDone }: PartialSpikes,
  nExc: number,
  dt: number,
  discardSteps: number,
): SpikesValue {
  const rowOf = new Map(Array.from(sample, (unit, row) => [unit, row]));
  const exc = sample.filter((unit) => unit < nExc).length;
  const chunk: SpikeChunk = {
    firstItem: 0,
    itemCount: 1,
    offsets: Uint32Array.of(0, units.length),
    units: Uint32Array.from(units, (unit) => rowOf.get(unit) ?? 0),
    steps,
  };
  return {
    kind: 'spikes',
    items: { ids: Int32Array.of(itemId), split: Uint8Array.of(0), columns: {} },
    unitCount: sample.length,
    populations: [
      { name: 'excitatory', start: 0, count: exc },
      { name: 'inhibitory', start: exc, count: sample.length - exc },
    ].filter(({ count }) => count > 0),
    dt,
    stepCount: stepsDone,
    discardSteps: Math.min(discardSteps, stepsDone),
    spikeCount: units.length,
    chunks: [{ firstItem: 0, itemCount: 1, spikeCount: units.length }],
    read: () => Promise.resolve(chunk),
  };
}
