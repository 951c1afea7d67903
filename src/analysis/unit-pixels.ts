/**
 * How well each unit tells whether its own pixel is dark or bright: d' between held-out items, the unit's pixel being the
 * one that it correlates with most in the other folds (by size of r), so that the choice is not tested on itself. The sign
 * is that of r in those folds: above 0 the unit goes on as it did. Signed, because the choices of two folds share items,
 * so that a square would be biased even though each fold is tested fairly.
 */
import { dPrime } from './discriminability';
import { type FeatureMatrix, fitScaling, scaleRows } from './feature-scaling';
import { foldCount, splitFold } from './folds';
import type { Rest } from './symmetric';

/** Enough to find the pixel; more would only take time. */
const maxSearched = 300;

export interface Thresholds {
  readonly dark: number;
  readonly bright: number;
}

/** 0 dark, 1 bright, null between. */
export const sideOf = (value: number, { dark, bright }: Thresholds): 0 | 1 | null =>
  value <= dark ? 0 : value >= bright ? 1 : null;

/** Sums of one unit over dark and bright items: n, sum, sum of squares of each. */
const fields = 6;

export interface UnitPixelSums {
  /** By block, then unit, then the six sums. */
  readonly blocks: readonly Float64Array[];
  readonly units: number;
}

/** `blocks` names the block of each item, for a jackknife. */
export async function unitPixelSums(
  features: FeatureMatrix,
  images: FeatureMatrix,
  folds: ArrayLike<number>,
  thresholds: Thresholds,
  blocks: { readonly of: ArrayLike<number>; readonly count: number },
  rest: Rest,
): Promise<UnitPixelSums> {
  const { width } = features;
  const sums = Array.from({ length: blocks.count }, () => new Float64Array(width * fields));
  for (let fold = 0; fold < foldCount(folds); fold++) {
    const { held, train } = splitFold(folds, fold);
    const stride = Math.max(1, Math.ceil(train.length / maxSearched));
    const searched = train.filter((_, k) => k % stride === 0);
    const { pixelOf, signOf } = await bestPixels(features, images, searched, rest);
    const scaling = fitScaling(features, train);
    const x = scaleRows(features, held, scaling);
    for (let k = 0; k < held.length; k++) {
      const item = held[k] as number;
      const into = sums[blocks.of[item] as number] as Float64Array;
      for (let unit = 0; unit < width; unit++) {
        const pixel = pixelOf[unit] as number;
        if (pixel < 0) continue;
        const side = sideOf(images.data[item * images.width + pixel] as number, thresholds);
        if (side === null) continue;
        const at = unit * fields + 3 * side;
        const value = (signOf[unit] as number) * (x[k * width + unit] as number);
        into[at] = (into[at] as number) + 1;
        into[at + 1] = (into[at + 1] as number) + value;
        into[at + 2] = (into[at + 2] as number) + value * value;
      }
      await rest();
    }
  }
  return { blocks: sums, units: width };
}

/** Pixel of the largest |r| of each unit; -1 for a unit or images that do not vary. */
async function bestPixels(features: FeatureMatrix, images: FeatureMatrix, positions: Int32Array, rest: Rest) {
  const x = scaleRows(features, positions, fitScaling(features, positions));
  const y = scaleRows(images, positions, fitScaling(images, positions));
  const [units, pixels] = [features.width, images.width];
  const pixelOf = new Int32Array(units).fill(-1);
  const signOf = new Int8Array(units);
  const cross = new Float64Array(pixels);
  for (let unit = 0; unit < units; unit++) {
    cross.fill(0);
    // Two items at a time: one load and store of the sum for two products.
    for (let k = 0; k < positions.length; k += 2) {
      const one = x[k * units + unit] as number;
      const other = k + 1 < positions.length ? (x[(k + 1) * units + unit] as number) : 0;
      const [at, next] = [k * pixels, Math.min(k + 1, positions.length - 1) * pixels];
      for (let p = 0; p < pixels; p++) {
        cross[p] = (cross[p] as number) + (one * (y[at + p] as number) + other * (y[next + p] as number));
      }
    }
    let most = 0;
    for (let p = 0; p < pixels; p++) {
      const size = Math.abs(cross[p] as number);
      if (size <= most) continue;
      most = size;
      pixelOf[unit] = p;
      signOf[unit] = Math.sign(cross[p] as number);
    }
    await rest();
  }
  return { pixelOf, signOf };
}

/** d' of each unit, leaving out one block where given; NaN for a unit that does not vary. */
export function unitPixelDPrimes({ blocks, units }: UnitPixelSums, without = -1): Float64Array {
  const total = new Float64Array(units * fields);
  blocks.forEach((block, b) => {
    if (b === without) return;
    for (let k = 0; k < block.length; k++) total[k] = (total[k] as number) + (block[k] as number);
  });
  return Float64Array.from({ length: units }, (_, unit) => {
    const side = (from: number) => {
      const [n, sum, squares] = [total[from] as number, total[from + 1] as number, total[from + 2] as number];
      return { n, mean: sum / n, variance: Math.max(0, squares - (sum * sum) / n) / (n - 1) };
    };
    const [dark, bright] = [side(unit * fields), side(unit * fields + 3)];
    return dPrime({
      n0: dark.n,
      n1: bright.n,
      mean0: dark.mean,
      mean1: bright.mean,
      variance0: dark.variance,
      variance1: bright.variance,
    });
  });
}
