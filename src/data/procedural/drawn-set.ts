/**
 * A data set that is drawn on demand and needs no files. Every image is a function of the seed and its item id alone (draws
 * of purpose `texture`), so that it never depends on which others are asked for; exact arithmetic (elementary.ts) gives
 * the same bits in page and Node. Classes follow one another, id modulo their number: any run of ids holds them equally often.
 */
import { type DrawKey, Purpose } from '../../core/random/draws';
import { luma } from '../image-ops';
import { type ImageStore, imageSize } from '../image-store';

export interface DrawnSet {
  readonly shape: readonly [number, number, number];
  readonly classNames: readonly string[];
  /** How many images each file has. */
  readonly counts: { readonly train: number; readonly test: number };
  /** Writes the image of a class, in 0..1, to `out`: height x width x channels. */
  draw(key: DrawKey, label: number, out: Float32Array): void;
}

/** Images between two steps; about 10 ms of drawing. */
const imagesPerStep = 50;

export function openDrawnSet(set: DrawnSet, seed: number): ImageStore {
  const { shape, classNames, counts } = set;
  const labelOf = (id: number) => id % classNames.length;
  return {
    shape,
    classNames,
    labels: (file) => Promise.resolve(Uint8Array.from({ length: counts[file] }, (_, position) => labelOf(position))),
    async images(file, positions, { out, at, grey }, onStep) {
      const drawn = new Float32Array(imageSize(set, false));
      const size = imageSize(set, grey);
      const steps = Math.ceil(positions.length / imagesPerStep);
      for (let step = 0; step < steps; step++) {
        for (let k = step * imagesPerStep; k < Math.min(positions.length, (step + 1) * imagesPerStep); k++) {
          const position = positions[k] as number;
          if (!(position >= 0 && position < counts[file])) throw new RangeError(`There is no image ${position}.`);
          const item = file === 'train' ? position : counts.train + position;
          set.draw({ seed, purpose: Purpose.texture, item }, labelOf(position), drawn);
          if (grey && shape[2] === 3) writeGrey(drawn, out, at + k * size, size);
          else out.set(drawn, at + k * size);
        }
        await onStep?.(step + 1, steps);
      }
    },
  };
}

function writeGrey(drawn: Float32Array, out: Float32Array, to: number, size: number): void {
  for (let p = 0; p < size; p++) {
    const i = 3 * p;
    // A last bit above 1 would leave the range: the weights sum to 1 only before rounding.
    out[to + p] = Math.min(1, luma(drawn[i] as number, drawn[i + 1] as number, drawn[i + 2] as number));
  }
}
