/**
 * A user's own file as images or class numbers. PNG and JPEG are one image; IDX and NPY hold an image, a stack of
 * images or one class number per image; NPZ holds several such arrays; the binary form of CIFAR-10 holds images and their
 * class numbers; any of them may lie in a GZIP file. Bytes are scaled by 255, 16-bit numbers by 65,535; real numbers must
 * lie in 0..1 already.
 */
import { DataError } from '../core/errors';
import { readCifarBinary } from './cifar-binary';
import { readGzip } from './gzip';
import type { DenseArray } from './idx';
import { readIdx } from './idx';
import { readNpy } from './npy';
import { readNpz } from './npz';
import { decodePicture, type Picture } from './picture';
import { sniffFormat } from './sniff';
import { numberAt } from './typed-arrays';

export type ImageFile =
  | { readonly kind: 'images'; readonly count: number; readonly picture: (index: number) => Picture }
  | { readonly kind: 'classes'; readonly classes: readonly number[] };

/** What the file holds. Throws DataError when it is neither images nor class numbers. */
export function readImageFile(bytes: Uint8Array, name: string): ImageFile[] {
  switch (sniffFormat(bytes)) {
    case 'idx':
      return [fromArray(readIdx(bytes, name), name)];
    case 'npy':
      return [fromArray(readNpy(bytes, name), name)];
    case 'cifar': {
      const { classes, picture } = readCifarBinary(bytes);
      return [
        { kind: 'images', count: classes.length, picture },
        { kind: 'classes', classes },
      ];
    }
    case 'gzip':
      return readImageFile(readGzip(bytes, name), name.replace(/\.gz$/i, ''));
    case 'zip': {
      // By name, so that x_test, x_train meet y_test, y_train in the same order.
      const arrays = [...readNpz(bytes, name)].sort(([a], [b]) => (a < b ? -1 : 1));
      if (arrays.length === 0) throw notImages(name, 'an archive without arrays');
      return arrays.map(([entry, array]) => fromArray(array, `${name}/${entry}`));
    }
    default: {
      const picture = decodePicture(bytes, name);
      return [{ kind: 'images', count: 1, picture: () => picture }];
    }
  }
}

const notImages = (name: string, found: string): DataError =>
  new DataError({
    code: 'data.not-image-array',
    message: `"${name}" holds no images.`,
    path: name,
    found,
    expected: '[height, width], [item, height, width], [height, width, channel] or [item, height, width, channel]',
    cure: 'Channels come last, 1 to 4 of them. An array of one dimension holds a class number per image.',
  });

interface Layout {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Three dimensions are a stack of grey images, unless the last is 3 or 4: then one image in colour. */
function layoutOf(shape: readonly number[]): Layout | null {
  const [a = 0, b = 0, c = 0, d = 0] = shape;
  if (shape.length === 2) return { count: 1, height: a, width: b, channels: 1 };
  if (shape.length === 3 && (c === 3 || c === 4)) return { count: 1, height: a, width: b, channels: c };
  if (shape.length === 3) return { count: a, height: b, width: c, channels: 1 };
  if (shape.length === 4 && d >= 1 && d <= 4) return { count: a, height: b, width: c, channels: d };
  return null;
}

function fromArray(array: DenseArray, name: string): ImageFile {
  const { shape, data } = array;
  if (shape.length === 1) {
    const classes = Array.from({ length: data.length }, (_, i) => numberAt(data, i));
    const bad = classes.find((value) => !Number.isInteger(value) || value < 0);
    if (bad !== undefined) throw notImages(name, `one dimension, with ${bad} where class numbers are expected`);
    return { kind: 'classes', classes };
  }
  const layout = layoutOf(shape);
  if (!layout || layout.height === 0 || layout.width === 0) throw notImages(name, `the shape ${shape.join(' x ')}`);
  const { count, height, width, channels } = layout;
  const divisor = divisorOf(array, name);
  const size = height * width * channels;
  return {
    kind: 'images',
    count,
    picture: (index) => {
      const values = new Float32Array(size);
      for (let i = 0; i < size; i++) values[i] = numberAt(data, index * size + i) / divisor;
      return { height, width, channels: channels as Picture['channels'], data: values };
    },
  };
}

/** What to divide by to reach 0..1. Throws when the numbers tell of another range. */
function divisorOf({ type, data }: DenseArray, name: string): number {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = numberAt(data, i);
    if (Number.isNaN(value)) throw outOfRange(name, 'a value that is no number (NaN)');
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const divisor = type === 'f4' || type === 'f8' ? 1 : type === 'u2' ? 65_535 : 255;
  if (data.length > 0 && (min < 0 || max > divisor)) throw outOfRange(name, `values from ${min} to ${max}`);
  return divisor;
}

const outOfRange = (name: string, found: string): DataError =>
  new DataError({
    code: 'data.image-range',
    message: `The values in "${name}" are not those of an image.`,
    path: name,
    found,
    expected: 'real numbers in 0..1 or whole numbers in 0..255 (0..65,535 for 16 bits)',
    cure: 'Scale the array before saving it, for example divide by its largest value.',
  });

/** Class of a file by its folder, else by its name without the number at the end: "cat/7.png" and "cat_07.png" are "cat". */
export function classFromName(name: string): string {
  const parts = name.split(/[\\/]/).filter(Boolean);
  const folder = parts.at(-2);
  if (folder !== undefined) return folder;
  const stem = stemOf(name);
  return stem.replace(/[-_ .]*\d+$/, '') || stem;
}

/** First whole number in the file's name, or null: "7_012.png" is 7. */
export function numberFromName(name: string): number | null {
  const digits = /\d+/.exec(stemOf(name))?.[0];
  return digits === undefined ? null : Number(digits);
}

const stemOf = (name: string): string => (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[^.]+$/, '');
