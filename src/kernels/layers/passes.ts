/**
 * Kernels that pass once over images or columns: sums over leading axes (bias gradients), the gradient of max-pooling,
 * sums by segment (the gradient of gather; absent from tfjs 4.22 on `wasm`). Cases not covered go to tfjs's own kernel.
 */
import { tf } from '../../tensor/tf';
import { type HeapKernel, input } from '../heap/replace';
import type { LayerExports } from './exports';

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

export function passKernels(layers: LayerExports): Readonly<Record<string, HeapKernel<never>>> {
  const sum: HeapKernel<{ axis: number | number[]; keepDims: boolean }> = ({ inputs, attributes, heap, fallback }) => {
    const x = input(inputs, 'x');
    const axes = tf.util.parseAxisParam(attributes.axis, x.shape).toSorted((a, b) => a - b);
    const leading = axes.every((axis, i) => axis === i) && axes.length > 0 && axes.length < x.shape.length;
    const rows = tf.util.sizeFromShape(x.shape.slice(0, axes.length));
    const kept = x.shape.slice(axes.length);
    const columns = tf.util.sizeFromShape(kept);
    if (!leading || x.dtype !== 'float32' || columns === 0) return fallback();
    const out = heap.output(attributes.keepDims ? [...axes.map(() => 1), ...kept] : kept);
    layers.columnSum(0, heap.address(x), rows, columns, heap.address(out));
    return out;
  };

  const maxPoolGradient: HeapKernel<PoolAttributes> = ({ inputs, attributes, heap }) => {
    const x = input(inputs, 'input');
    const dy = input(inputs, 'dy');
    const { filterSize, strides, pad, dimRoundingMode } = attributes;
    const info = tf.backend_util.computePool2DInfo(x.shape as Shape4D, filterSize, strides, 1, pad, dimRoundingMode);
    const dx = heap.output(x.shape);
    // biome-ignore format: arguments in the groups that exports.ts names
    layers.maxPoolGradient(
      heap.address(x), heap.address(dy), heap.address(dx), info.batchSize, info.inHeight, info.inWidth, info.inChannels,
      info.outHeight, info.outWidth, info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth,
      info.padInfo.top, info.padInfo.left,
    );
    return dx;
  };

  const segmentSum: HeapKernel<{ numSegments: number }> = ({ inputs, attributes, heap }) => {
    const x = input(inputs, 'x');
    const ids = input(inputs, 'segmentIds');
    if (x.dtype !== 'float32' || ids.dtype !== 'int32')
      throw new Error('UnsortedSegmentSum on wasm takes float32 rows and int32 ids.');
    const rows = tf.util.sizeFromShape(ids.shape);
    const kept = x.shape.slice(ids.shape.length);
    const out = heap.output([attributes.numSegments, ...kept]);
    layers.segmentSum(
      heap.address(x),
      heap.address(ids),
      rows,
      tf.util.sizeFromShape(kept),
      attributes.numSegments,
      heap.address(out),
    );
    return out;
  };

  return {
    Sum: sum,
    MaxPoolGrad: maxPoolGradient,
    UnsortedSegmentSum: segmentSum,
  };
}
