/**
 * The user's own files as images and classes, part of images.compute.ts: reads every file, brings the images to one
 * form, finds their classes and splits them by a seeded draw per item.
 */
import { DataError, ShapeMismatchError } from '../../src/core/errors';
import { Purpose } from '../../src/core/random/draws';
import { formatBytes } from '../../src/core/units';
import { classFromName, numberFromName, readImageFile } from '../../src/data/image-files';
import { conform } from '../../src/data/image-ops';
import type { ComputeContext } from '../../src/kit/context';
import { type ItemTable, splitIndex } from '../../src/kit/item-table';
import { cureWithin } from '../../src/kit/memory-need';
import type { AssetReference } from '../../src/kit/params';
import type { ImagesValue, LabelsValue } from '../../src/kit/values';
import { drawnOrder } from './selection';

export interface FileParams {
  readonly files: readonly AssetReference[];
  readonly height: number;
  readonly width: number;
  readonly colour: 'grey' | 'rgb';
  readonly fit: 'crop' | 'stretch';
  readonly labelFrom: 'none' | 'name' | 'number';
  readonly testFraction: number;
  readonly validationFraction: number;
  readonly classes: string;
  readonly seed: number;
}

/** Above this the images would not fit in a page's memory together with what is made of them. */
const maxBytes = 1e9;

interface Gathered {
  /** Conformed pixels of every image, one after the other. */
  readonly pixels: Float32Array[];
  /** Class by file name, by image; null where there is none. */
  readonly named: (string | null)[];
  /** Class numbers from arrays. */
  readonly listed: number[];
}

async function gather(params: FileParams, context: ComputeContext): Promise<Gathered> {
  const { height, width, colour, fit } = params;
  const form = { height, width, colour, crop: fit === 'crop' };
  const imageBytes = height * width * (colour === 'rgb' ? 3 : 1) * 4;
  const gathered: Gathered = { pixels: [], named: [], listed: [] };
  let rested = performance.now();
  for (const [done, reference] of params.files.entries()) {
    context.progress(done, params.files.length, 'files');
    const bytes = await context.assets.imported(reference.hash, reference.name);
    for (const part of readImageFile(bytes, reference.name)) {
      if (part.kind === 'classes') {
        gathered.listed.push(...part.classes);
        continue;
      }
      checkMemory(gathered.pixels.length + part.count, imageBytes, context.runBudget);
      for (let i = 0; i < part.count; i++) {
        gathered.pixels.push(conform(part.picture(i), form).data);
        gathered.named.push(classOf(reference.name, params.labelFrom));
        if (performance.now() - rested > 50) {
          await context.breathe();
          rested = performance.now();
        }
      }
    }
  }
  context.progress(params.files.length, params.files.length, 'files');
  return gathered;
}

function checkMemory(count: number, imageBytes: number, budget: number): void {
  const most = Math.min(maxBytes, budget);
  if (count * imageBytes <= most) return;
  throw new ShapeMismatchError({
    code: 'source.too-many',
    message: `${count} images of this size take ${formatBytes(count * imageBytes)}.`,
    param: 'files',
    expected: `at most ${formatBytes(most)}`,
    cure: cureWithin('Choose fewer files, a smaller size, or grey.', maxBytes, budget),
  });
}

function classOf(name: string, from: FileParams['labelFrom']): string | null {
  if (from === 'none') return null;
  if (from === 'name') return classFromName(name);
  const number = numberFromName(name);
  if (number !== null) return String(number);
  throw new DataError({
    code: 'data.no-number',
    message: `The name "${name}" holds no number to tell its class.`,
    path: name,
    expected: 'a name such as "7_012.png"',
    cure: 'Rename the file, or take the class from the folder or name.',
  });
}

/** Class name per image: from arrays of class numbers if there are any, else from names; null when unlabelled. */
function classesOf({ pixels, named, listed }: Gathered, files: readonly AssetReference[]): (string | null)[] {
  if (listed.length === 0) return named;
  if (listed.length === pixels.length) return listed.map(String);
  throw new DataError({
    code: 'data.label-count',
    message: 'There are not as many class numbers as images.',
    path: files.map(({ name }) => name).join(', '),
    found: `${listed.length} class numbers`,
    expected: `${pixels.length}, one for each image`,
    cure: 'Choose the label file that belongs to the images.',
  });
}

const byName = new Intl.Collator('en', { numeric: true });

/** Positions of the images whose class is asked for. */
function filterByClass(classes: readonly (string | null)[], wanted: string): number[] {
  const names = wanted
    .split(/[,;]+/)
    .map((name) => name.trim())
    .filter(Boolean);
  const all = classes.map((_, position) => position);
  if (names.length === 0) return all;
  const known = [...new Set(classes)].filter((name) => name !== null).sort(byName.compare);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) {
    throw new DataError({
      code: 'source.unknown-class',
      message: `No image is of the class "${missing}".`,
      param: 'classes',
      found: known.length > 0 ? `the classes ${known.slice(0, 20).join(', ')}` : 'images without classes',
      cure: known.length > 0 ? 'Choose among these, or leave it empty.' : 'Choose where the class comes from first.',
    });
  }
  return all.filter((position) => names.includes(classes[position] as string));
}

export async function readUserImages(
  params: FileParams,
  context: ComputeContext,
): Promise<{ images: ImagesValue; labels: LabelsValue }> {
  const gathered = await gather(params, context);
  if (gathered.pixels.length === 0) {
    throw new DataError({
      code: 'data.no-images',
      message: 'The chosen files hold class numbers but no images.',
      path: params.files.map(({ name }) => name).join(', '),
      cure: 'Add the file that holds the images.',
    });
  }
  const classes = classesOf(gathered, params.files);
  const kept = filterByClass(classes, params.classes);
  const n = kept.length;
  const channels = params.colour === 'rgb' ? 3 : 1;
  const size = params.height * params.width * channels;
  const data = new Float32Array(n * size);
  kept.forEach((position, k) => {
    data.set(gathered.pixels[position] as Float32Array, k * size);
  });

  const labelled = classes.some((name) => name !== null);
  const classNames = labelled ? [...new Set(classes.map((name) => name ?? ''))].sort(byName.compare) : ['unlabelled'];
  const labels = Int32Array.from(kept, (position) => (labelled ? classNames.indexOf(classes[position] ?? '') : 0));
  const ids = Int32Array.from(kept);
  const items: ItemTable = {
    ids,
    split: splitByDraw(ids, params),
    columns: labelled ? { label: Float64Array.from(labels) } : {},
  };
  return {
    images: { kind: 'images', shape: [n, params.height, params.width, channels], data, items },
    labels: { kind: 'labels', shape: [n], data: labels, classNames, items },
  };
}

/** The items with the smallest draws are the test items, the next the validation items. */
function splitByDraw(ids: Int32Array, params: FileParams): Uint8Array {
  const order = drawnOrder(ids, params.seed, Purpose.split);
  const testCount = Math.round(ids.length * params.testFraction);
  const validationCount = Math.min(ids.length - testCount, Math.round(ids.length * params.validationFraction));
  const split = new Uint8Array(ids.length).fill(splitIndex('train'));
  order.forEach((position, rank) => {
    if (rank < testCount) split[position] = splitIndex('test');
    else if (rank < testCount + validationCount) split[position] = splitIndex('validation');
  });
  return split;
}
