/** A few items whose reconstructions are shown while a training goes on: always the same, so that progress is seen. */
import type { ImagesValue } from '../kit/values';
import { tf } from '../tensor/tf';
import { type Chain, sameShape } from './chain';
import { predictSlice } from './forward';
import type { Loss } from './losses';
import type { SampleSet } from './trainer';
import type { Weights } from './weights';

/** Items shown. */
const shownCount = 8;

/** The first few items of a set. */
export const shownPlaces = (samples: SampleSet): number[] =>
  Array.from({ length: Math.min(shownCount, samples.ids.length) }, (_, k) => k);

/** What the first `active` blocks make of them, within 0..1; null where that is not of the target's shape. */
export async function reconstruct(
  chain: Chain,
  weights: Weights,
  samples: SampleSet,
  loss: Loss,
  active = chain.blocks.length,
): Promise<Float32Array | null> {
  const output = chain.blocks[active - 1]?.place.output;
  if (!output || !sameShape(output, chain.output)) return null;
  const places = shownPlaces(samples);
  const images = tf.tidy(() => {
    const x = tf.tensor(samples.inputs(places), [places.length, ...chain.input]);
    return loss.shown(predictSlice(chain, weights, x, active));
  });
  try {
    return (await images.data<'float32'>()).slice();
  } finally {
    images.dispose();
  }
}

/**
 * As images, with the ids of their items; probabilities of classes as a row of pixels. `split` is an index into the splits.
 */
export function reconstructionImages(
  { ids, split }: SampleSet,
  shape: readonly number[],
  data: Float32Array,
): ImagesValue {
  const count = Math.min(shownCount, ids.length);
  return {
    kind: 'images',
    shape: [count, ...(shape.length === 3 ? shape : [1, ...shape, 1])],
    data,
    items: {
      ids: ids.slice(0, count),
      split: new Uint8Array(count).fill(split ?? 0),
      columns: {},
    },
  };
}
