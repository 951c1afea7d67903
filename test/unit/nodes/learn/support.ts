/** A small decoding problem: 4 x 4 images with one bright quadrant, seen through noisy linear features. */
import type { FeaturesValue, ImagesValue, ModelValue } from '../../../../src/kit/values';
import { mlpSpec, pattern, unetSpec } from '../../learn/support';

export const features = 10;

/** Ids 100, 101, ...; every fourth item is a test item. The feature in place 3 is constant. */
export function quadrants(count: number): { images: ImagesValue; features: FeaturesValue } {
  const ids = Int32Array.from({ length: count }, (_, i) => 100 + i);
  const split = Uint8Array.from({ length: count }, (_, i) => (i % 4 === 3 ? 2 : 0));
  const items = { ids, split, columns: {} };
  const noise = pattern(count * features);
  const images = new Float32Array(count * 16);
  const rows = new Float32Array(count * features);
  for (let i = 0; i < count; i++) {
    const quadrant = (i * 7 + Math.floor(i / 5)) % 4;
    for (let p = 0; p < 16; p++) {
      const here = (p >> 3) * 2 + ((p & 3) >> 1);
      images[i * 16 + p] = here === quadrant ? 1 : 0;
    }
    for (let j = 0; j < features; j++) {
      const seen = j % 4 === quadrant ? 20 : 0;
      rows[i * features + j] = j === 3 ? 42 : seen + 4 * (noise[i * features + j] as number);
    }
  }
  return {
    images: { kind: 'images', shape: [count, 4, 4, 1], data: images, items },
    features: { kind: 'features', unit: 'Hz', shape: [count, features], data: rows, items },
  };
}

export const smallModel: ModelValue = {
  kind: 'model',
  blocks: [mlpSpec({ hiddenUnits: 16, dropout: 0.1 }), unetSpec()],
};
