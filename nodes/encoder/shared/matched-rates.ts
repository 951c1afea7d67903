/**
 * Rates of another encoder as a straight line over the pixel that each unit looks at, fitted by least squares:
 *
 *   b_i = cov(r_i, x_p(i)) / var(x_p(i)),  a_i = mean(r_i) - b_i mean(x_p(i));  b_i = 0 where the pixel never changes
 *
 * over the training items, or all items where there are none. Rates are counted in the time that readouts count.
 */
import { NodeComputeError, ShapeMismatchError } from '../../../src/core/errors';
import { pixelOfUnit } from '../../../src/kernels/balanced-snn/retinotopy';
import type { ComputeContext } from '../../../src/kit/context';
import { itemsOf, joinItems } from '../../../src/kit/item-table';
import type { ImagesValue, SpikesValue } from '../../../src/kit/values';

export interface MatchedRates {
  /** a and b of each unit, Hz. */
  readonly base: Float64Array;
  readonly gain: Float64Array;
  /** Place in an image of the number that each unit looks at. */
  readonly pixel: Uint32Array;
}

/** The number of an image that each unit follows. Throws ShapeMismatchError where that is not known. */
export function pixelsOf({ shape }: ImagesValue, { unitCount, network }: SpikesValue): Uint32Array {
  const [, height = 0, width = 0, channels = 1] = shape;
  const units = network ? network.nExc + network.nInh : 0;
  if (
    network?.view &&
    network.view.height === height &&
    network.view.width === width &&
    unitCount === units * channels
  ) {
    const looksAt = pixelOfUnit(network.nExc, network.nInh, height, width);
    return Uint32Array.from(
      { length: unitCount },
      (_, u) => (looksAt[u % units] as number) * channels + Math.floor(u / units),
    );
  }
  if (unitCount === height * width * channels) return Uint32Array.from({ length: unitCount }, (_, u) => u);
  throw new ShapeMismatchError({
    code: 'encoder.match-pixels',
    message: 'It is not known which pixel each unit of the other encoder looks at.',
    port: 'like',
    found: `${unitCount} units, images of ${height} × ${width} × ${channels}`,
    expected: 'a balanced network that was driven by these images, or one unit for each pixel and channel',
    cure: 'Wire the spikes of the encoder that these images drive.',
  });
}

export async function fitRates(
  images: ImagesValue,
  like: SpikesValue,
  context: Pick<ComputeContext, 'breathe'>,
): Promise<MatchedRates> {
  const pixel = pixelsOf(images, like);
  const joined = joinItems(like.items, images.items);
  const trained = new Set(itemsOf(like.items, 'train'));
  const pairs = Array.from(joined.a, (a, k) => [a, joined.b[k] as number] as const);
  const wanted = pairs.some(([a]) => trained.has(a)) ? pairs.filter(([a]) => trained.has(a)) : pairs;
  if (wanted.length === 0) {
    throw new NodeComputeError({
      code: 'encoder.match-items',
      message: 'The other encoder has no item in common with the images.',
      port: 'like',
      found: `${like.items.ids.length} items and ${images.items.ids.length} images`,
      cure: 'Drive both encoders with the same images.',
    });
  }
  const imageOf = new Map(wanted);
  return { ...(await fitLines(images, like, pixel, imageOf, context)), pixel };
}

async function fitLines(
  images: ImagesValue,
  like: SpikesValue,
  pixel: Uint32Array,
  imageOf: ReadonlyMap<number, number>,
  { breathe }: Pick<ComputeContext, 'breathe'>,
): Promise<Pick<MatchedRates, 'base' | 'gain'>> {
  const { unitCount, discardSteps, stepCount, dt } = like;
  const size = images.shape.slice(1).reduce((all, n) => all * n, 1);
  const sum = () => new Float64Array(unitCount);
  const [x, xx, n, xn] = [sum(), sum(), sum(), sum()];
  const counts = new Uint32Array(unitCount);
  for (let index = 0; index < like.chunks.length; index++) {
    const chunk = await like.read(index);
    for (let k = 0; k < chunk.itemCount; k++) {
      const image = imageOf.get(chunk.firstItem + k);
      if (image === undefined) continue;
      counts.fill(0);
      for (let e = chunk.offsets[k] as number; e < (chunk.offsets[k + 1] as number); e++) {
        const unit = chunk.units[e] as number;
        if ((chunk.steps[e] as number) >= discardSteps) counts[unit] = (counts[unit] as number) + 1;
      }
      for (let u = 0; u < unitCount; u++) {
        const value = images.data[image * size + (pixel[u] as number)] as number;
        const count = counts[u] as number;
        x[u] = (x[u] as number) + value;
        xx[u] = (xx[u] as number) + value * value;
        n[u] = (n[u] as number) + count;
        xn[u] = (xn[u] as number) + value * count;
      }
    }
    await breathe();
  }
  const items = imageOf.size;
  const seconds = ((stepCount - discardSteps) * dt) / 1000;
  const base = sum();
  const gain = sum();
  for (let u = 0; u < unitCount; u++) {
    const [meanX, meanN] = [(x[u] as number) / items, (n[u] as number) / items];
    const variance = (xx[u] as number) / items - meanX * meanX;
    // A pixel that never changes leaves a trace of rounding.
    const slope = variance > 1e-9 ? ((xn[u] as number) / items - meanX * meanN) / variance : 0;
    gain[u] = slope / seconds;
    base[u] = (meanN - slope * meanX) / seconds;
  }
  return { base, gain };
}
