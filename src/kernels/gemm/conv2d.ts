/**
 * 2-D convolution and its two gradients as tfjs kernels, NHWC. Replaces tfjs's Conv2D, FusedConv2D and
 * Conv2DBackpropInput on `wasm` and adds Conv2DBackpropFilter, which tfjs 4.22 lacks there (tensorflow/tfjs#8474).
 * The arithmetic is in gemm.as.ts; this file turns shapes and pads into its arguments.
 */
import { tf } from '../../tensor/tf';
import type { TensorHeap, TensorInfo } from '../heap/tensor-heap';
import { type GemmExports, panels, TILE_BYTES } from './exports';
import { winogradConvolve, winogradFilterGradient, winogradFits } from './winograd';

type ConvInfo = tf.backend_util.Conv2DInfo;

export interface ConvAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes of a convolution; refuses NCHW as tfjs's own WASM kernels do. */
export function convolutionInfo(x: readonly number[], filter: readonly number[], attributes: ConvAttributes): ConvInfo {
  if (attributes.dataFormat === 'NCHW') throw new Error('Convolution on the wasm backend needs NHWC data.');
  return tf.backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
}

/** Where the image sits in its zero-padded copy, and how large that is. Equal to the image if nothing is padded. */
function padding(info: ConvInfo) {
  const { top, left } = info.padInfo;
  const height = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;
  const none = top === 0 && left === 0 && height <= info.inHeight && width <= info.inWidth;
  return none ? { top: 0, left: 0, height: info.inHeight, width: info.inWidth } : { top, left, height, width };
}

/** y = activation(x * filter + bias). `bias` is a vector of outChannels or null; activation 0 is none, 1 is ReLU. */
export function convolve(
  heap: TensorHeap,
  gemm: GemmExports,
  x: TensorInfo,
  filter: TensorInfo,
  info: ConvInfo,
  bias: TensorInfo | null = null,
  activation: 0 | 1 = 0,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const biasAt = heap.biasAddress(bias, outChannels);
  const out = heap.output(info.outShape);
  if (winogradFits(info)) {
    const { top, left } = info.padInfo;
    const from = { tensor: x, batch: batchSize, height: inHeight, width: inWidth, channels: inChannels };
    const to = { tensor: out, batch: batchSize, height: outHeight, width: outWidth, channels: outChannels };
    winogradConvolve(heap, gemm, {
      from,
      to,
      filter: heap.address(filter),
      top,
      left,
      biasAt,
      activation,
      turn: false,
    });
    return out;
  }
  const area = padding(info);
  const kh = info.effectiveFilterHeight;
  const kw = info.effectiveFilterWidth;
  const k = kh * kw * inChannels;
  const [packed = 0, padded = 0, biases = 0, spread = 0, tile = 0] = heap.scratch(
    4 * k * panels(outChannels),
    4 * area.height * area.width * inChannels,
    4 * panels(outChannels),
    dilated(info) ? 4 * k * outChannels : 0,
    TILE_BYTES,
  );
  let weights = heap.address(filter);
  if (dilated(info)) {
    gemm.dilate(
      weights,
      info.filterHeight,
      info.filterWidth,
      inChannels * outChannels,
      info.dilationHeight,
      info.dilationWidth,
      spread,
    );
    weights = spread;
  }
  gemm.pack(weights, k, outChannels, 0, packed);
  if (biasAt) gemm.pack(biasAt, 1, outChannels, 0, biases);
  // biome-ignore format: arguments in the groups that exports.ts names
  gemm.convolve(
    heap.address(x), batchSize, inHeight, inWidth, inChannels,
    outChannels === 1 ? weights : packed, kh, kw, outChannels, info.strideHeight, info.strideWidth,
    area.top, area.left, area.height, area.width, outHeight, outWidth,
    biasAt ? biases : 0, activation, heap.address(out), padded, tile,
  );
  return out;
}

const dilated = (info: ConvInfo): boolean => info.dilationHeight > 1 || info.dilationWidth > 1;

/** dx of a convolution from dy and the filter. */
export function convolveInputGradient(
  heap: TensorHeap,
  gemm: GemmExports,
  dy: TensorInfo,
  filter: TensorInfo,
  info: ConvInfo,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight: kh, filterWidth: kw, strideHeight, strideWidth } = info;
  const { top, left } = info.padInfo;
  const dx = heap.output(info.inShape);
  const backTop = kh - 1 - top;
  const backLeft = kw - 1 - left;
  if (winogradFits(info) && backTop >= 0 && backLeft >= 0) {
    const from = { tensor: dy, batch: batchSize, height: outHeight, width: outWidth, channels: outChannels };
    const to = { tensor: dx, batch: batchSize, height: inHeight, width: inWidth, channels: inChannels };
    const pads = { top: backTop, left: backLeft };
    winogradConvolve(heap, gemm, {
      from,
      to,
      filter: heap.address(filter),
      ...pads,
      biasAt: 0,
      activation: 0,
      turn: true,
    });
    return dx;
  }
  if (strideHeight === 1 && strideWidth === 1 && backTop >= 0 && backLeft >= 0) {
    // At stride 1 the input gradient is a convolution of dy with the turned filter, cropped or padded to x's size.
    const k = kh * kw * outChannels;
    const height = inHeight + kh - 1;
    const width = inWidth + kw - 1;
    const plain = backTop === 0 && backLeft === 0 && height <= outHeight && width <= outWidth;
    const [turned = 0, packed = 0, padded = 0, tile = 0] = heap.scratch(
      4 * k * inChannels,
      4 * k * panels(inChannels),
      4 * height * width * outChannels,
      TILE_BYTES,
    );
    gemm.flip(heap.address(filter), kh, kw, inChannels, outChannels, turned);
    gemm.pack(turned, k, inChannels, 0, packed);
    // biome-ignore format: arguments in the groups that exports.ts names
    gemm.convolve(
      heap.address(dy), batchSize, outHeight, outWidth, outChannels,
      inChannels === 1 ? turned : packed, kh, kw, inChannels, 1, 1,
      backTop, backLeft, plain ? outHeight : height, plain ? outWidth : width, inHeight, inWidth,
      0, 0, heap.address(dx), padded, tile,
    );
    return dx;
  }
  const k = kh * kw * inChannels;
  const height = Math.max((outHeight - 1) * strideHeight + kh, inHeight + top);
  const width = Math.max((outWidth - 1) * strideWidth + kw, inWidth + left);
  const [packed = 0, padded = 0, columns = 0, tile = 0] = heap.scratch(
    4 * outChannels * panels(k),
    4 * height * width * inChannels,
    4 * outWidth * k,
    TILE_BYTES,
  );
  gemm.pack(heap.address(filter), outChannels, k, 1, packed);
  // biome-ignore format: arguments in the groups that exports.ts names
  gemm.convolveInputGradientStrided(
    heap.address(dy), batchSize, inHeight, inWidth, inChannels, packed, kh, kw, outChannels, strideHeight, strideWidth,
    top, left, height, width, outHeight, outWidth, heap.address(dx), padded, columns, tile,
  );
  return dx;
}

/** dw of a convolution from x and dy, summed over the batch. */
export function convolveFilterGradient(
  heap: TensorHeap,
  gemm: GemmExports,
  x: TensorInfo,
  dy: TensorInfo,
  info: ConvInfo,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const dw = heap.output(info.filterShape);
  if (winogradFits(info)) {
    winogradFilterGradient(heap, gemm, x, dy, dw, info);
    return dw;
  }
  const area = padding(info);
  const [padded = 0, wide = 0, tile = 0] = heap.scratch(
    4 * area.height * area.width * inChannels,
    outChannels % 8 ? 4 * outHeight * outWidth * panels(outChannels) : 0,
    TILE_BYTES,
  );
  // biome-ignore format: arguments in the groups that exports.ts names
  gemm.convolveFilterGradient(
    heap.address(x), batchSize, inHeight, inWidth, inChannels, heap.address(dy),
    info.filterHeight, info.filterWidth, outChannels, info.strideHeight, info.strideWidth,
    area.top, area.left, area.height, area.width, outHeight, outWidth, heap.address(dw), padded, wide, tile,
  );
  return dw;
}
