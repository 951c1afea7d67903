/** Runs a trained chain over items, a slice at a time, and gives plain numbers back. */
import { sizeOfShape } from '../kit/blocks';
import type { ComputeContext } from '../kit/context';
import { tf } from '../tensor/tf';
import type { Chain } from './chain';
import { predictSlice } from './forward';
import { type ArrayValues, Weights } from './weights';

/** Small enough for a cancel to be heard in time on a CPU. */
const sliceSize = 16;

/** `inputs` gives normalised rows of the places given. Result of the first `blocks` blocks: [count, ...output], row major. */
export async function predictAll(
  chain: Chain,
  values: ArrayValues,
  count: number,
  inputs: (places: readonly number[]) => Float32Array,
  context: Pick<ComputeContext, 'breathe' | 'progress'>,
  blocks = chain.blocks.length,
): Promise<Float32Array> {
  const width = sizeOfShape(chain.blocks[blocks - 1]?.place.output ?? chain.input);
  const result = new Float32Array(count * width);
  const weights = Weights.of(chain, values);
  try {
    for (let from = 0; from < count; from += sliceSize) {
      const places = Array.from({ length: Math.min(sliceSize, count - from) }, (_, k) => from + k);
      const y = tf.tidy(() =>
        predictSlice(chain, weights, tf.tensor(inputs(places), [places.length, ...chain.input]), blocks),
      );
      try {
        result.set(await y.data<'float32'>(), from * width);
      } finally {
        y.dispose();
      }
      context.progress(from + places.length, count, 'images');
      await context.breathe();
    }
  } finally {
    weights.dispose();
  }
  return result;
}
