/**
 * What features tell of images, each item decoded by a linear map that has not seen its fold: the scores of the first
 * principal components of the training images, and chosen pixels,
 *   y(x) = mean y + W x,   W = C^-1 X^T Y / n,   C the shrunk covariance of the training features.
 * Scaling, components, covariance and shrinkage are those of the other folds.
 */
import { type FeatureMatrix, fitScaling, scaleRows } from './feature-scaling';
import { foldCount, splitFold } from './folds';
import { principalComponents } from './principal-components';
import { type Shrinkage, solveShrunk } from './shrunk-covariance';
import { dot, type Rest } from './symmetric';

export interface DecodedImages {
  /** By component, then item: true and decoded, less their means in the fold that was held out. */
  readonly truth: readonly Float64Array[];
  readonly decoded: readonly Float64Array[];
  /** By chosen pixel, then item. */
  readonly pixels: readonly Float64Array[];
  readonly shrinkage: readonly number[];
}

export interface ImageDecoderOptions {
  readonly components: number;
  /** Indices of pixels. */
  readonly pixels: ArrayLike<number>;
  readonly folds: ArrayLike<number>;
  readonly shrinkage: Shrinkage;
  readonly seed: number;
  readonly rest: Rest;
}

const blank = (count: number, length: number) => Array.from({ length: count }, () => new Float64Array(length));

export async function decodeImages(
  features: FeatureMatrix,
  images: FeatureMatrix,
  options: ImageDecoderOptions,
): Promise<DecodedImages> {
  const { pixels, folds, rest } = options;
  const items = folds.length;
  let components = options.components;
  const truth = blank(components, items);
  const decoded = blank(components, items);
  const pixelValues = blank(pixels.length, items);
  const shrinkage: number[] = [];
  for (let fold = 0; fold < foldCount(folds); fold++) {
    const { held, train } = splitFold(folds, fold);
    const seen = centredRows(images, train);
    const found = await principalComponents(seen.rows, train.length, images.width, components, options.seed, rest);
    // Rounding leaves equal images with a variance of about 1e-32 of their brightness.
    const least = 1e-20 * dot(seen.mean, 0, seen.mean, 0, images.width);
    components = Math.min(components, found.variances.filter((variance) => variance > least).length);
    const targets = components + pixels.length;
    const y = targetsOf(seen.rows, train.length, images.width, found.directions, components, pixels);
    const scaling = fitScaling(features, train);
    const x = scaleRows(features, train, scaling);
    const right = await crossProducts(x, train.length, features.width, y, targets, rest);
    const solved = await solveShrunk(x, train.length, features.width, right, targets, options.shrinkage, rest);
    shrinkage.push(solved.shrinkage);
    const tested = scaleRows(features, held, scaling);
    const shown = centredRows(images, held, seen.mean).rows;
    const actual = targetsOf(shown, held.length, images.width, found.directions, components, pixels);
    for (let k = 0; k < held.length; k++) {
      const item = held[k] as number;
      for (let c = 0; c < targets; c++) {
        const value = dot(tested, k * features.width, solved.weights, c * features.width, features.width);
        if (c < components) {
          (truth[c] as Float64Array)[item] = actual[k * targets + c] as number;
          (decoded[c] as Float64Array)[item] = value;
        } else {
          const pixel = c - components;
          (pixelValues[pixel] as Float64Array)[item] = value + (seen.mean[pixels[pixel] as number] as number);
        }
      }
      await rest();
    }
    for (const column of [...truth, ...decoded]) centreAt(column, held);
  }
  return { truth: truth.slice(0, components), decoded: decoded.slice(0, components), pixels: pixelValues, shrinkage };
}

function centredRows({ data, width }: FeatureMatrix, positions: ArrayLike<number>, mean?: Float64Array) {
  const n = positions.length;
  const middle = mean ?? new Float64Array(width);
  for (let k = 0; k < n && !mean; k++) {
    const at = (positions[k] as number) * width;
    for (let j = 0; j < width; j++) middle[j] = (middle[j] as number) + (data[at + j] as number) / n;
  }
  const rows = new Float64Array(n * width);
  for (let k = 0; k < n; k++) {
    const at = (positions[k] as number) * width;
    for (let j = 0; j < width; j++) rows[k * width + j] = (data[at + j] as number) - (middle[j] as number);
  }
  return { rows, mean: middle };
}

/** One row for each item: component scores, then pixels. */
function targetsOf(
  rows: Float64Array,
  n: number,
  width: number,
  directions: Float64Array,
  components: number,
  pixels: ArrayLike<number>,
): Float64Array {
  const count = components + pixels.length;
  const out = new Float64Array(n * count);
  for (let k = 0; k < n; k++) {
    for (let c = 0; c < components; c++) out[k * count + c] = dot(rows, k * width, directions, c * width, width);
    for (let c = 0; c < pixels.length; c++)
      out[k * count + components + c] = rows[k * width + (pixels[c] as number)] as number;
  }
  return out;
}

/** X^T Y / n, one row of length `columns` for each target. */
async function crossProducts(
  x: Float64Array,
  n: number,
  columns: number,
  y: Float64Array,
  targets: number,
  rest: Rest,
) {
  const out = new Float64Array(targets * columns);
  for (let k = 0; k < n; k++) {
    for (let c = 0; c < targets; c++) {
      const weight = (y[k * targets + c] as number) / n;
      for (let j = 0; j < columns; j++) {
        out[c * columns + j] = (out[c * columns + j] as number) + weight * (x[k * columns + j] as number);
      }
    }
    await rest();
  }
  return out;
}

function centreAt(values: Float64Array, positions: Int32Array): void {
  let sum = 0;
  for (let k = 0; k < positions.length; k++) sum += values[positions[k] as number] as number;
  const mean = sum / positions.length;
  for (let k = 0; k < positions.length; k++) {
    const item = positions[k] as number;
    values[item] = (values[item] as number) - mean;
  }
}
