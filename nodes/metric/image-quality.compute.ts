/** Joins originals and reconstructions by item id, scores every pair and the mean training image, and summarises. */
import { DataError, NodeComputeError, ShapeMismatchError } from '../../src/core/errors';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import { itemsOf, joinItems, splitIndex } from '../../src/kit/item-table';
import type { ImagesValue, TableColumn, TableRow, TableValue } from '../../src/kit/values';
import { exampleImages, type Scores } from './examples';
import type definition from './image-quality';
import { createSsim, meanSquaredError, peakSignalToNoise, type SsimWindow, windowSize } from './ssim';
import { bootstrapIntervals, summarise } from './statistics';

const metrics = [
  { name: 'psnr', unit: 'dB' },
  { name: 'ssim', unit: '1' },
  { name: 'mse', unit: '1' },
] as const;

function requireComparable(reference: ImagesValue, reconstruction: ImagesValue, window: SsimWindow): void {
  const [a, b] = [reference.shape.slice(1), reconstruction.shape.slice(1)];
  if (a.join() !== b.join()) {
    throw new ShapeMismatchError({
      code: 'quality.shape',
      message: 'Originals and reconstructions differ in size.',
      port: 'reconstruction',
      found: b.join(' x '),
      expected: a.join(' x '),
      cure: 'Wire the images that the decoder was trained to rebuild.',
    });
  }
  const side = windowSize[window];
  const [height = 0, width = 0] = a;
  if (height < side || width < side) {
    throw new ShapeMismatchError({
      code: 'quality.too-small',
      message: 'The images are smaller than the SSIM window.',
      param: 'window',
      found: `${height} x ${width} pixels`,
      expected: `at least ${side} x ${side}`,
      cure: side > 7 ? 'Choose the 7 x 7 window, or larger images.' : 'Use larger images.',
    });
  }
}

/** Pairs of positions with the same id; an empty reconstruction has none, but otherwise there must be one for each. */
function join(reference: ImagesValue, reconstruction: ImagesValue): { a: Int32Array; b: Int32Array } {
  const pairs = joinItems(reconstruction.items, reference.items);
  const count = reconstruction.items.ids.length;
  if (pairs.a.length < count) {
    throw new DataError({
      code: 'quality.no-original',
      message: 'Some reconstructions have no original.',
      port: 'reference',
      found: `${pairs.a.length} of ${count} item ids among the originals`,
      cure: 'Wire the source that the reconstructions were made from.',
    });
  }
  return { a: pairs.b, b: pairs.a };
}

/** Mean over the training items, or null when there are none. */
function meanTrainingImage({ items, data, shape }: ImagesValue): Float64Array | null {
  const positions = itemsOf(items, 'train');
  if (positions.length === 0) return null;
  const size = shape.slice(1).reduce((all, n) => all * n, 1);
  const mean = new Float64Array(size);
  for (const position of positions) {
    const at = position * size;
    for (let p = 0; p < size; p++) mean[p] = (mean[p] as number) + (data[at + p] as number);
  }
  return mean.map((sum) => sum / positions.length);
}

type Place = (k: number) => number;

async function scorePairs(
  x: { readonly data: ArrayLike<number>; readonly at: Place },
  y: { readonly data: ArrayLike<number>; readonly at: Place },
  count: number,
  shape: readonly number[],
  window: SsimWindow,
  rest: (done: number) => Promise<void> | undefined,
): Promise<Scores> {
  const [height = 0, width = 0, channels = 1] = shape;
  const size = height * width * channels;
  const comparer = createSsim(window, height, width, channels);
  const scores = { psnr: new Float64Array(count), ssim: new Float64Array(count), mse: new Float64Array(count) };
  for (let k = 0; k < count; k++) {
    const mse = meanSquaredError(x.data, x.at(k), y.data, y.at(k), size);
    scores.mse[k] = mse;
    scores.psnr[k] = peakSignalToNoise(mse);
    scores.ssim[k] = comparer.compare(x.data, x.at(k), y.data, y.at(k));
    await rest(k + 1);
  }
  return scores;
}

/** Lets messages in every 50 ms; the promise is there only when it does, so that short steps cost nothing. */
function rester(context: ComputeContext, offset: number, total: number): (done: number) => Promise<void> | undefined {
  let rested = performance.now();
  return (done) => {
    if (performance.now() - rested < 50) return undefined;
    context.progress(offset + done, total, 'images');
    rested = performance.now();
    return context.breathe().then(() => {
      rested = performance.now();
    });
  };
}

function requireFinite(scores: Scores, reconstruction: ImagesValue, positions: Int32Array): void {
  const bad = scores.mse.findIndex((mse) => !Number.isFinite(mse));
  if (bad < 0) return;
  throw new NodeComputeError({
    code: 'quality.not-finite',
    message: `Image ${reconstruction.items.ids[positions[bad] as number]} holds values that are no numbers.`,
    port: 'reconstruction',
    cure: 'Training may have diverged: lower the learning rate.',
  });
}

/** A missing number is an empty cell. */
const cell = (value: number): number | null => (Number.isNaN(value) ? null : value);

const number = (name: string, label: string, unit?: string): TableColumn => ({
  name,
  label,
  type: 'number',
  ...(unit === undefined ? {} : { unit }),
});

type Interval = readonly [number, number];

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly scores: Float64Array;
  readonly baseline: Float64Array | null;
}

/** The metrics, and the mean squared error of the test items alone. */
function rowsOf(scores: Scores, baseline: Scores | null, isTest: (k: number) => boolean): Row[] {
  const tested = (values: Float64Array) => values.filter((_, k) => isTest(k));
  return [
    ...metrics.map(({ name, unit }) => ({ name, unit, scores: scores[name], baseline: baseline?.[name] ?? null })),
    { name: 'test loss', unit: '1', scores: tested(scores.mse), baseline: baseline ? tested(baseline.mse) : null },
  ];
}

function summaryTable(rows: readonly Row[], intervals: readonly Interval[]): TableValue {
  return {
    kind: 'table',
    columns: [
      { name: 'metric', label: 'Metric', type: 'text' },
      { name: 'unit', label: 'Unit', type: 'text' },
      number('mean', 'Mean'),
      number('median', 'Median'),
      number('min', 'Min'),
      number('max', 'Max'),
      number('sd', 'SD'),
      number('n', 'Images'),
      number('baseline', 'Baseline'),
      number('ciLow', '95 % from'),
      number('ciHigh', '95 % to'),
      number('infinite', 'Infinite'),
    ],
    rows: rows.map(({ name, unit, scores, baseline }, row): TableRow => {
      const { mean, median, min, max, sd, infinite } = summarise(scores);
      const [ciLow, ciHigh] = intervals[row] as Interval;
      return {
        metric: name,
        unit,
        mean: cell(mean),
        median: cell(median),
        min: cell(min),
        max: cell(max),
        sd: cell(sd),
        n: scores.length,
        baseline: baseline ? cell(summarise(baseline).mean) : null,
        ciLow: cell(ciLow),
        ciHigh: cell(ciHigh),
        infinite,
      };
    }),
  };
}

function itemTable(
  scores: Scores,
  reconstruction: ImagesValue,
  reference: ImagesValue,
  pairs: { a: Int32Array; b: Int32Array },
): TableValue {
  const labels = reference.items.columns.label;
  return {
    kind: 'table',
    columns: [
      number('item', 'Item'),
      ...(labels ? [number('label', 'Label')] : []),
      ...metrics.map(({ name, unit }) => number(name, name.toUpperCase(), unit)),
    ],
    rows: Array.from(pairs.b, (position, k) => ({
      item: reconstruction.items.ids[position] as number,
      ...(labels ? { label: labels[pairs.a[k] as number] as number } : {}),
      psnr: scores.psnr[k] as number,
      ssim: scores.ssim[k] as number,
      mse: scores.mse[k] as number,
    })),
  };
}

const compute: ComputeOf<typeof definition> = async ({ reference, reconstruction }, params, context) => {
  requireComparable(reference, reconstruction, params.window);
  const pairs = join(reference, reconstruction);
  const count = pairs.a.length;
  const shape = reference.shape.slice(1);
  const size = shape.reduce((all, n) => all * n, 1);
  const mean = meanTrainingImage(reference);
  const total = mean ? 2 * count : count;
  const original = { data: reference.data, at: (k: number) => (pairs.a[k] as number) * size };
  const rebuilt = { data: reconstruction.data, at: (k: number) => (pairs.b[k] as number) * size };
  const scores = await scorePairs(original, rebuilt, count, shape, params.window, rester(context, 0, total));
  requireFinite(scores, reconstruction, pairs.b);
  const constant = mean && { data: mean, at: () => 0 };
  const baseline =
    constant && (await scorePairs(original, constant, count, shape, params.window, rester(context, count, total)));
  context.progress(total, total, 'images');
  const rest = rester(context, total, total);
  const test = splitIndex('test');
  const rows = rowsOf(scores, baseline, (k) => reconstruction.items.split[pairs.b[k] as number] === test);
  const interval = (columns: readonly Row[]) =>
    bootstrapIntervals(
      columns.map((row) => row.scores),
      params.resamples,
      params.seed,
      () => rest(0),
    );
  // The test items are fewer, so they are drawn apart.
  const intervals = [...(await interval(rows.slice(0, -1))), ...(await interval(rows.slice(-1)))];
  const summary = summaryTable(rows, intervals);
  const infinite = Number(summary.rows[0]?.infinite);
  if (infinite > 0)
    context.notice(`${infinite} of ${count} images are equal to their original; their PSNR is infinite.`);
  const examples = exampleImages(reference, reconstruction, pairs, scores, params.rankBy, params.examples);
  return { summary, items: itemTable(scores, reconstruction, reference, pairs), examples };
};

export default compute;
