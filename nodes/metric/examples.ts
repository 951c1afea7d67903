/** The best, the median and the worst reconstructions, each beside its original: what a mean score looks like. */
import { selectItems } from '../../src/kit/item-table';
import type { ImagesValue } from '../../src/kit/values';

/** One of each pair of images. */
export interface Scores {
  readonly psnr: Float64Array;
  readonly ssim: Float64Array;
  readonly mse: Float64Array;
}

/** The column `place`. */
const placeOf = { best: 0, median: 1, worst: 2 } as const;

/**
 * Which of `values` are shown, higher ones first: `count` from the top, the middle and the bottom, none twice. Where the
 * three would overlap, the middle gives way, then the bottom.
 */
export function choosePlaces(values: ArrayLike<number>, count: number): { index: number; place: number }[] {
  const order = Array.from({ length: values.length }, (_, k) => k);
  // Equal values, infinite ones among them, stay in order of item.
  order.sort((a, b) => (values[a] === values[b] ? a - b : (values[b] as number) - (values[a] as number)));
  const n = order.length;
  const top = Math.min(count, n);
  const bottom = Math.max(top, n - count);
  const from = Math.max(top, Math.min(bottom, Math.floor((n - count) / 2)));
  const to = Math.min(bottom, from + count);
  const part = (start: number, end: number, place: number) =>
    order.slice(start, end).map((index) => ({ index, place }));
  return [...part(0, top, placeOf.best), ...part(from, to, placeOf.median), ...part(bottom, n, placeOf.worst)];
}

/** `pairs.a` are positions in the originals, `pairs.b` in the reconstructions. */
export function exampleImages(
  reference: ImagesValue,
  reconstruction: ImagesValue,
  pairs: { readonly a: Int32Array; readonly b: Int32Array },
  scores: Scores,
  rankBy: 'psnr' | 'ssim',
  count: number,
): ImagesValue {
  const chosen = choosePlaces(scores[rankBy], count);
  const [height = 0, width = 0, channels = 0] = reference.shape.slice(1);
  const row = width * channels;
  const data = new Float32Array(chosen.length * 2 * height * row);
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  chosen.forEach(({ index }, k) => {
    [
      { from: reference.data, at: (pairs.a[index] as number) * height * row, shift: 0 },
      { from: reconstruction.data, at: (pairs.b[index] as number) * height * row, shift: row },
    ].forEach(({ from, at, shift }) => {
      for (let y = 0; y < height; y++) {
        const to = (k * height + y) * 2 * row + shift;
        for (let i = 0; i < row; i++) data[to + i] = clip(from[at + y * row + i] as number);
      }
    });
  });
  const items = selectItems(
    reconstruction.items,
    chosen.map(({ index }) => pairs.b[index] as number),
  );
  const column = (read: (shown: { index: number; place: number }) => number) => Float64Array.from(chosen, read);
  return {
    kind: 'images',
    shape: [chosen.length, height, 2 * width, channels],
    data,
    items: {
      ...items,
      columns: {
        ...items.columns,
        place: column(({ place }) => place),
        psnr: column(({ index }) => scores.psnr[index] as number),
        ssim: column(({ index }) => scores.ssim[index] as number),
        mse: column(({ index }) => scores.mse[index] as number),
      },
    },
  };
}
