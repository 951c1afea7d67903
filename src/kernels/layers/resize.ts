/**
 * Nearest-neighbour resizing and its gradient. Up-sampling by powers of two, as a U-Net does, is a plain repetition; any
 * other size goes through tables of source rows and columns. tfjs 4.22 needs replacing for its gradient alone: on `wasm`
 * and `cpu` it takes every image but the first from the wrong place.
 */
import { type HeapKernel, input } from '../heap/replace';
import type { TensorHeap } from '../heap/tensor-heap';
import type { LayerExports } from './exports';

interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  readonly size: [number, number];
}

/** How often each pixel repeats, if every one repeats equally often; powers of two, whose reciprocals are exact. */
function repeats(
  small: readonly number[],
  large: readonly number[],
  { alignCorners, halfPixelCenters }: ResizeAttributes,
) {
  const fy = (large[1] ?? 0) / (small[1] ?? 0);
  const fx = (large[2] ?? 0) / (small[2] ?? 0);
  const even = (factor: number) => factor >= 1 && Number.isInteger(Math.log2(factor));
  return !alignCorners && !halfPixelCenters && even(fy) && even(fx) ? { fy, fx } : null;
}

/** For each of `to` positions the one of `from` that it copies, by TensorFlow's three conventions. */
function sources(from: number, to: number, { alignCorners, halfPixelCenters }: ResizeAttributes): Int32Array {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return Int32Array.from({ length: to }, (_, i) => {
    const at = halfPixelCenters ? (i + 0.5) * scale : i * scale;
    return Math.min(from - 1, alignCorners ? Math.round(at) : Math.floor(at));
  });
}

export function resizeKernels(layers: LayerExports): Readonly<Record<string, HeapKernel<never>>> {
  const resize: HeapKernel<ResizeAttributes> = ({ inputs, attributes, heap, fallback }) => {
    const x = input(inputs, 'images');
    if (x.dtype !== 'float32') return fallback();
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const [toHeight, toWidth] = attributes.size;
    const out = heap.output([batch, toHeight, toWidth, channels]);
    const factor = repeats(x.shape, out.shape, attributes);
    if (factor) {
      layers.upSample(heap.address(x), batch * height, width, channels, factor.fy, factor.fx, heap.address(out));
    } else {
      const [down, across] = tables(heap, [height, toHeight], [width, toWidth], attributes);
      // biome-ignore format: arguments in the groups that exports.ts names
      layers.gatherPixels(
        heap.address(x), batch, height, width, channels, down, across, toHeight, toWidth, heap.address(out),
      );
    }
    return out;
  };

  const resizeGradient: HeapKernel<ResizeAttributes> = ({ inputs, attributes, heap }) => {
    const x = input(inputs, 'images');
    const dy = input(inputs, 'dy');
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const [, fromHeight = 0, fromWidth = 0] = dy.shape;
    const dx = heap.output(x.shape);
    const factor = repeats(x.shape, dy.shape, attributes);
    if (factor) {
      layers.upSampleGradient(
        heap.address(dy),
        batch * height,
        width,
        channels,
        factor.fy,
        factor.fx,
        heap.address(dx),
      );
    } else {
      const [down, across] = tables(heap, [height, fromHeight], [width, fromWidth], attributes);
      // biome-ignore format: arguments in the groups that exports.ts names
      layers.scatterPixels(
        heap.address(dy), batch, height, width, channels, down, across, fromHeight, fromWidth, heap.address(dx),
      );
    }
    return dx;
  };

  return { ResizeNearestNeighbor: resize, ResizeNearestNeighborGrad: resizeGradient };
}

type Sizes = readonly [from: number, to: number];

function tables(
  heap: TensorHeap,
  rows: Sizes,
  columns: Sizes,
  attributes: ResizeAttributes,
): readonly [number, number] {
  const [down = 0, across = 0] = heap.scratch(4 * rows[1], 4 * columns[1]);
  heap.write(down, sources(...rows, attributes));
  heap.write(across, sources(...columns, attributes));
  return [down, across];
}
