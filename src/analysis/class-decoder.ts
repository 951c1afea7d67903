/**
 * Which class an item belongs to, decoded from its features: linear discriminant analysis with a shrunk covariance,
 *   score_k(x) = w_k x - w_k m_k / 2 + ln pi_k,   w_k = C^-1 m_k,
 * m_k mean of the class, C covariance within classes, pi_k share of the class among the training items (Hastie,
 * Tibshirani and Friedman 2009, The Elements of Statistical Learning, section 4.3). Every item is decoded by a decoder
 * that has not seen its fold: scaling, means, covariance and shrinkage are those of the other folds.
 */
import { exactLog } from '../core/random/elementary';
import { type FeatureMatrix, fitScaling, scaleRows } from './feature-scaling';
import { foldCount, splitFold } from './folds';
import { type Shrinkage, solveShrunk } from './shrunk-covariance';
import { dot, type Rest } from './symmetric';

export interface Decoded {
  /** Class of each item by the decoder that did not see it. */
  readonly predicted: Int32Array;
  /**
   * With two classes: where each item lies between the training means of the classes, 0 at the first and 1 at the second.
   */
  readonly axis: Float64Array | null;
  /** Of each fold. */
  readonly shrinkage: readonly number[];
}

export async function decodeClasses(
  features: FeatureMatrix,
  classes: ArrayLike<number>,
  classCount: number,
  folds: ArrayLike<number>,
  shrinkage: Shrinkage,
  rest: Rest,
): Promise<Decoded> {
  const { width } = features;
  const predicted = new Int32Array(classes.length);
  const axis = classCount === 2 ? new Float64Array(classes.length) : null;
  const shares: number[] = [];
  for (let fold = 0; fold < foldCount(folds); fold++) {
    const { held, train } = splitFold(folds, fold);
    const scaling = fitScaling(features, train);
    const x = scaleRows(features, train, scaling);
    const { means, counts } = classMeans(x, train, width, classes, classCount);
    centre(x, train, width, classes, means);
    const solution = await solveShrunk(x, train.length, width, means, classCount, shrinkage, rest);
    shares.push(solution.shrinkage);
    const offsets = Float64Array.from(counts, (count, k) => {
      const half = dot(solution.weights, k * width, means, k * width, width) / 2;
      return count > 0 ? exactLog(count / train.length) - half : -Infinity;
    });
    const tested = scaleRows(features, held, scaling);
    const direction = solution.weights.subarray(0, 2 * width);
    for (let k = 0; k < held.length; k++) {
      const item = held[k] as number;
      let best = -Infinity;
      for (let c = 0; c < classCount; c++) {
        const score = dot(tested, k * width, solution.weights, c * width, width) + (offsets[c] as number);
        if (score > best) {
          best = score;
          predicted[item] = c;
        }
      }
      if (axis) axis[item] = placeBetween(tested, k * width, direction, means, width);
      await rest();
    }
  }
  return { predicted, axis, shrinkage: shares };
}

/** 0 at the first class's mean, 1 at the second's, along w_1 - w_0; NaN where the two do not differ. */
function placeBetween(x: Float64Array, at: number, weights: Float64Array, means: Float64Array, width: number): number {
  const along = (of: Float64Array, from: number) =>
    dot(of, from, weights, width, width) - dot(of, from, weights, 0, width);
  const first = along(means, 0);
  const step = along(means, width) - first;
  return step > 0 ? (along(x, at) - first) / step : Number.NaN;
}

function classMeans(
  x: Float64Array,
  train: Int32Array,
  width: number,
  classes: ArrayLike<number>,
  classCount: number,
): { means: Float64Array; counts: Float64Array } {
  const means = new Float64Array(classCount * width);
  const counts = new Float64Array(classCount);
  for (let k = 0; k < train.length; k++) {
    const c = classes[train[k] as number] as number;
    counts[c] = (counts[c] as number) + 1;
    for (let j = 0; j < width; j++)
      means[c * width + j] = (means[c * width + j] as number) + (x[k * width + j] as number);
  }
  for (let c = 0; c < classCount; c++) {
    const count = Math.max(1, counts[c] as number);
    for (let j = 0; j < width; j++) means[c * width + j] = (means[c * width + j] as number) / count;
  }
  return { means, counts };
}

/** Takes its class's mean from every row. */
function centre(x: Float64Array, train: Int32Array, width: number, classes: ArrayLike<number>, means: Float64Array) {
  for (let k = 0; k < train.length; k++) {
    const at = (classes[train[k] as number] as number) * width;
    for (let j = 0; j < width; j++) x[k * width + j] = (x[k * width + j] as number) - (means[at + j] as number);
  }
}
