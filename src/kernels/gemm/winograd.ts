/** When and how a 3x3 convolution runs through winograd.as.ts, which halves its multiplications. */
import type { tf } from '../../tensor/tf';
import type { TensorHeap, TensorInfo } from '../heap/tensor-heap';
import { type GemmExports, TILE_BYTES } from './exports';

/** Must equal L1_BUDGET in winograd.as.ts. */
const L1_BUDGET = 24_576;

/** True for 3x3 filters at stride 1 whose channels fill whole blocks and whose images are worth the transforms. */
export function winogradFits(info: tf.backend_util.Conv2DInfo): boolean {
  const unit =
    info.strideHeight === 1 && info.strideWidth === 1 && info.dilationHeight === 1 && info.dilationWidth === 1;
  const square = info.filterHeight === 3 && info.filterWidth === 3;
  const whole = info.inChannels % 8 === 0 && info.outChannels % 8 === 0 && info.inChannels >= 8;
  return unit && square && whole && info.outHeight >= 4 && info.outWidth >= 4;
}

/** Floats for the 16 places of the squares in work. */
function workFloats(height: number, width: number, cin: number, cout: number): number {
  const across = (width + 1) >> 1;
  const down = (height + 1) >> 1;
  const rows = Math.min(down, Math.max(1, Math.floor(L1_BUDGET / (across * (cin + cout) * 4))));
  return 16 * rows * across * (cin + cout);
}

interface Images {
  readonly tensor: TensorInfo;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

interface Pass {
  readonly from: Images;
  readonly to: Images;
  /** Address of the filter as tfjs holds it. */
  readonly filter: number;
  readonly top: number;
  readonly left: number;
  /** Address of the bias, or 0. */
  readonly biasAt: number;
  readonly activation: 0 | 1;
  /** True for the input gradient: the filter is turned about both axes and its channels change places. */
  readonly turn: boolean;
}

export function winogradConvolve(heap: TensorHeap, gemm: GemmExports, pass: Pass): void {
  const { from, to } = pass;
  const weights = from.channels * to.channels;
  const [transformed = 0, spread = 0, padded = 0, work = 0, tile = 0] = heap.scratch(
    4 * 16 * weights,
    4 * 16 * weights,
    4 * (to.height + 3) * (to.width + 3) * from.channels,
    4 * workFloats(to.height, to.width, from.channels, to.channels),
    TILE_BYTES,
  );
  const [cin, cout] = pass.turn ? [to.channels, from.channels] : [from.channels, to.channels];
  gemm.transformFilter(pass.filter, cin, cout, pass.turn ? 1 : 0, spread, transformed);
  // biome-ignore format: arguments in the groups that exports.ts names
  gemm.winograd(
    heap.address(from.tensor), from.batch, from.height, from.width, from.channels, transformed, to.channels,
    pass.top, pass.left, to.height, to.width, pass.biasAt, pass.activation, heap.address(to.tensor),
    padded, work, tile,
  );
}

export function winogradFilterGradient(
  heap: TensorHeap,
  gemm: GemmExports,
  x: TensorInfo,
  dy: TensorInfo,
  dw: TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const [padded = 0, work = 0] = heap.scratch(
    4 * (outHeight + 3) * (outWidth + 3) * inChannels,
    4 * (workFloats(outHeight, outWidth, inChannels, outChannels) + 16 * inChannels * outChannels),
  );
  // biome-ignore format: arguments in the groups that exports.ts names
  gemm.winogradFilterGradient(
    heap.address(x), batchSize, inHeight, inWidth, inChannels, heap.address(dy), outChannels,
    info.padInfo.top, info.padInfo.left, outHeight, outWidth, heap.address(dw), padded, work,
  );
}
