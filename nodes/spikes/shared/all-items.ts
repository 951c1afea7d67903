/** All spikes in memory, so that items can be read in any order; refused where they would not fit. */
import { ShapeMismatchError } from '../../../src/core/errors';
import { formatBytes } from '../../../src/core/units';
import type { ComputeContext } from '../../../src/kit/context';
import { cureWithin } from '../../../src/kit/memory-need';
import type { SpikeChunk, SpikesValue } from '../../../src/kit/values';
import type { ItemEvents } from './event-changes';

const maxBytes = 1e9;
const bytesPerSpike = 8;

export async function readAll(
  spikes: SpikesValue,
  context: Pick<ComputeContext, 'breathe' | 'runBudget'>,
): Promise<(item: number) => ItemEvents> {
  const bytes = spikes.spikeCount * bytesPerSpike;
  const most = Math.min(maxBytes, context.runBudget);
  if (bytes > most) {
    throw new ShapeMismatchError({
      code: 'transform.too-large',
      message: `${spikes.spikeCount.toLocaleString('en-US')} spikes take ${formatBytes(bytes)} in memory to be shuffled.`,
      port: 'spikes',
      expected: `at most ${formatBytes(most)}`,
      cure: cureWithin(
        'Encode fewer items or a shorter time, or keep one population first.',
        maxBytes,
        context.runBudget,
      ),
    });
  }
  const chunks: SpikeChunk[] = [];
  const chunkOf = new Uint32Array(spikes.items.ids.length);
  for (let index = 0; index < spikes.chunks.length; index++) {
    const chunk = await spikes.read(index);
    chunks.push(chunk);
    chunkOf.fill(index, chunk.firstItem, chunk.firstItem + chunk.itemCount);
    await context.breathe();
  }
  return (item) => {
    const { offsets, units, steps, firstItem } = chunks[chunkOf[item] as number] as SpikeChunk;
    const [from, to] = [offsets[item - firstItem] as number, offsets[item - firstItem + 1] as number];
    return { units: units.subarray(from, to), steps: steps.subarray(from, to) };
  };
}
