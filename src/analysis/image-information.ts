/** What features tell of images: the Gaussian bound over principal components, and d' of dark against bright pixels. */
import { Purpose, permutation } from '../core/random/draws';
import type { InformationOptions } from './class-information';
import { dPrime, twoSamples } from './discriminability';
import type { FeatureMatrix } from './feature-scaling';
import { drawFolds, foldCount } from './folds';
import { centredCorrelation, gaussianBound } from './gaussian-bound';
import { groupInterval, groupPositions } from './grouped-items';
import { type DecodedImages, decodeImages } from './image-decoder';
import { drawBlocks, jackknifeInterval } from './jackknife';
import { type Measure, type MeasureName, measured, undefinedMeasure } from './measure';
import { meanOf } from './moments';
import { sideOf, type Thresholds, unitPixelDPrimes, unitPixelSums } from './unit-pixels';

export interface ImageInformation {
  readonly measures: readonly Measure[];
  /** Held-out correlation of each component. */
  readonly correlations: readonly number[];
}

export interface ImageOptions extends InformationOptions {
  readonly components: number;
  /** At most so many pixels are decoded. */
  readonly pixels: number;
  readonly thresholds: Thresholds;
}

/** Fewer images than this say nothing about a fold. */
const minImages = 20;
/** Dark and bright items that a pixel needs. */
const minSide = 10;
const blockCount = 20;

const name = (measure: string, label: string, unit: string, overWhat: string): MeasureName => ({
  measure,
  label,
  unit,
  overWhat,
  perSpike: unit === 'bit',
});
const boundName = name('gaussian bound', 'Gaussian bound over image components', 'bit', 'components');
const pixelName = name("pixel d' pooled", "d' of dark and bright pixels, linear decoder", '1', 'pixels');
const unitName = name("pixel d' unit", "d' of a unit for its pixel, mean", '1', 'units');

export async function imageInformation(
  features: FeatureMatrix,
  images: FeatureMatrix,
  stimuli: ArrayLike<number>,
  options: ImageOptions,
): Promise<ImageInformation> {
  const groups = groupPositions(stimuli);
  const n = stimuli.length;
  if (groups.length < minImages) {
    const why = `${groups.length} images, at least ${minImages} are needed.`;
    return {
      measures: [boundName, pixelName, unitName].map((each) => undefinedMeasure(each, n, why)),
      correlations: [],
    };
  }
  const folds = drawFolds(stimuli, null, options.folds, options.seed);
  const eligible = eligiblePixels(images, groups, options.thresholds);
  const pixels = drawPixels(eligible, options.pixels, options.seed);
  const decoded = await decodeImages(features, images, { ...options, pixels, folds });
  const correlations = decoded.truth.map((truth, k) => centredCorrelation(truth, decoded.decoded[k] as Float64Array));
  const about = `${foldCount(folds)} folds, shrinkage ${meanOf(decoded.shrinkage).toPrecision(2)}`;
  return {
    measures: [
      await bound(decoded, correlations, groups, options, n, about),
      await pixelMeasure(decoded, images, pixels, groups, options, n, about),
      await unitMeasure(features, images, stimuli, folds, groups, eligible.length, options),
    ],
    correlations,
  };
}

async function bound(
  decoded: DecodedImages,
  correlations: readonly number[],
  groups: readonly Int32Array[],
  options: ImageOptions,
  n: number,
  about: string,
): Promise<Measure> {
  if (options.components === 0) return undefinedMeasure(boundName, n, 'No components were asked for.');
  if (correlations.length === 0) return undefinedMeasure(boundName, n, 'The images do not vary.');
  // Trials of one image share what is particular to it: chance is that of the number of images.
  const independent = groups.length;
  const value = gaussianBound(correlations, independent);
  const { resamples, seed, rest } = options;
  const interval = await groupInterval(
    value,
    groups,
    (rows) =>
      gaussianBound(
        decoded.truth.map((truth, k) => centredCorrelation(truth, decoded.decoded[k] as Float64Array, rows)),
        independent,
      ),
    { resamples, seed, stream: 3, within: [0, Infinity], rest },
  );
  const note = `${about}. A lower bound if the scores are Gaussian.`;
  return measured(boundName, { value, interval, chance: 0, n, over: correlations.length, note });
}

/** Pixels that are dark in enough images and bright in enough others. */
function eligiblePixels(images: FeatureMatrix, groups: readonly Int32Array[], thresholds: Thresholds): number[] {
  const found: number[] = [];
  for (let pixel = 0; pixel < images.width; pixel++) {
    const counts = [0, 0];
    for (const group of groups) {
      const side = sideOf(images.data[(group[0] as number) * images.width + pixel] as number, thresholds);
      if (side !== null) counts[side] = (counts[side] as number) + 1;
    }
    if (Math.min(...counts) >= minSide) found.push(pixel);
  }
  return found;
}

function drawPixels(eligible: readonly number[], wanted: number, seed: number): number[] {
  if (eligible.length <= wanted) return [...eligible];
  const order = permutation({ seed, purpose: Purpose.sample, item: 2 }, eligible.length);
  return Array.from(order.subarray(0, wanted), (k) => eligible[k] as number).sort((a, b) => a - b);
}

const noPixel = ({ dark, bright }: Thresholds): string =>
  `No pixel is at most ${dark} in ${minSide} images and at least ${bright} in ${minSide} others.`;

async function pixelMeasure(
  decoded: DecodedImages,
  images: FeatureMatrix,
  pixels: readonly number[],
  groups: readonly Int32Array[],
  options: ImageOptions,
  n: number,
  about: string,
): Promise<Measure> {
  if (options.pixels === 0) return undefinedMeasure(pixelName, n, 'No pixels were asked for.');
  if (pixels.length === 0) return undefinedMeasure(pixelName, n, noPixel(options.thresholds));
  const of = (rows: Int32Array) => {
    const each = decoded.pixels.map((values, p) => {
      const pixel = pixels[p] as number;
      return dPrime(
        twoSamples(
          Float64Array.from(rows, (item) => values[item] as number),
          (k) => sideOf(images.data[(rows[k] as number) * images.width + pixel] as number, options.thresholds),
        ),
      );
    });
    return meanOf(each);
  };
  const value = of(Int32Array.from({ length: n }, (_, i) => i));
  const { resamples, seed, rest } = options;
  return measured(pixelName, {
    value,
    interval: await groupInterval(value, groups, of, { resamples, seed, stream: 4, rest }),
    chance: 0,
    n,
    over: pixels.length,
    note: `Mean over pixels. ${about}.`,
  });
}

async function unitMeasure(
  features: FeatureMatrix,
  images: FeatureMatrix,
  stimuli: ArrayLike<number>,
  folds: Int32Array,
  groups: readonly Int32Array[],
  eligible: number,
  options: ImageOptions,
): Promise<Measure> {
  const n = stimuli.length;
  if (eligible === 0) return undefinedMeasure(unitName, n, noPixel(options.thresholds));
  const drawn = drawBlocks(groups.length, blockCount, options.seed);
  const blockOf = new Int32Array(n);
  groups.forEach((group, g) => {
    for (const item of group) blockOf[item] = drawn[g] as number;
  });
  const blocks = { of: blockOf, count: blockCount };
  const sums = await unitPixelSums(features, images, folds, options.thresholds, blocks, options.rest);
  const mean = (without?: number) =>
    meanOf(unitPixelDPrimes(sums, without).filter((dPrimeOfUnit) => !Number.isNaN(dPrimeOfUnit)));
  const value = mean();
  const interval =
    options.resamples > 0 ? await jackknifeInterval(value, blockCount, (b) => mean(b), options.rest) : null;
  const over = unitPixelDPrimes(sums).filter((dPrimeOfUnit) => !Number.isNaN(dPrimeOfUnit)).length;
  const note = "A unit's pixel is the one it follows most in the other folds.";
  return measured(unitName, { value, interval, chance: 0, n, over, note });
}
