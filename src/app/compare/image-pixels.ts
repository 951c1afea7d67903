/** Images of one item as pixels to paint and numbers to read: reconstructions, originals, and signed residuals. */
import { residual } from '../../analysis/compare/residual';
import { divergingColour } from '../../figure/colour-map';
import type { ImagesValue } from '../../kit/values';

/** One picture of the item shown. */
export interface Picture {
  readonly key: string;
  readonly label: string;
  /** Where the label is made of letters: the same in words, for a figure. */
  readonly name?: string;
  /** Of the result it belongs to; null for the reference and differences. */
  readonly place: number | null;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** What a pixel reads, in words. */
  readonly read: (x: number, y: number) => string;
  /** Signed pixels of a residual, for the scale and the figure. */
  readonly signed: Float32Array | null;
  /** Grey values 0..1, for the figure. */
  readonly grey: Float32Array;
}

interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
const sizeOfImages = ({ shape }: ImagesValue): Size => ({
  height: shape[1] ?? 0,
  width: shape[2] ?? 0,
  channels: shape[3] ?? 1,
});

const byte = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));
const written = (value: number): string => value.toFixed(3).replace('-', '−');

export function imagePicture(
  images: ImagesValue,
  position: number,
  named: { readonly key: string; readonly label: string; readonly name?: string; readonly place: number | null },
): Picture {
  const { height, width, channels } = sizeOfImages(images);
  const start = position * height * width * channels;
  const rgba = new Uint8ClampedArray(height * width * 4);
  const grey = new Float32Array(height * width);
  const colour = channels >= 3;
  for (let p = 0; p < height * width; p++) {
    const at = start + p * channels;
    const [r, g, b] = colour
      ? [images.data[at] as number, images.data[at + 1] as number, images.data[at + 2] as number]
      : [images.data[at] as number, images.data[at] as number, images.data[at] as number];
    rgba.set([byte(r), byte(g), byte(b), 255], 4 * p);
    grey[p] = (r + g + b) / 3;
  }
  const read = (x: number, y: number): string => {
    const at = start + (y * width + x) * channels;
    return Array.from({ length: Math.min(3, channels) }, (_, c) => written(images.data[at + c] as number)).join(', ');
  };
  return { ...named, width, height, rgba, read, signed: null, grey };
}

/** Second less first. */
export function differencePicture(
  first: { readonly images: ImagesValue; readonly position: number },
  second: { readonly images: ImagesValue; readonly position: number },
  named: { readonly key: string; readonly label: string; readonly name?: string; readonly place: number | null },
): Omit<Picture, 'rgba'> & { readonly signed: Float32Array } {
  const { height, width, channels } = sizeOfImages(first.images);
  const size = height * width * channels;
  const signed = residual(
    first.images.data,
    first.position * size,
    second.images.data,
    second.position * size,
    height * width,
    channels,
  );
  const read = (x: number, y: number): string => {
    const value = signed[y * width + x] as number;
    return value > 0 ? `+${written(value)}` : written(value);
  };
  return { ...named, width, height, read, signed, grey: signed };
}

/** Signed pixels as colours of a scale from -end to end. */
export function signedColours(
  signed: Float32Array,
  end: number,
  scheme: 'light' | 'dark',
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(signed.length * 4);
  for (let p = 0; p < signed.length; p++) {
    const [r, g, b] = divergingColour(((signed[p] as number) + end) / (2 * end), scheme);
    rgba.set([Math.round(r), Math.round(g), Math.round(b), 255], 4 * p);
  }
  return rgba;
}

export interface CommonItem {
  readonly id: number;
  /** In each of the values. */
  readonly positions: readonly number[];
}

/** The items that all values hold, in the order of the first. */
export function commonItems(values: readonly ImagesValue[]): readonly CommonItem[] {
  const [first, ...others] = values;
  if (!first) return [];
  const where = others.map(({ items }) => new Map(Array.from(items.ids, (id, k) => [id, k])));
  return Array.from(first.items.ids, (id, k) => ({
    id,
    positions: [k, ...where.map((map) => map.get(id) ?? -1)],
  })).filter(({ positions }) => positions.every((position) => position >= 0));
}
