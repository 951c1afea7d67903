/**
 * Kernels that only move numbers: joining, splitting and slicing along any axis, and sharing. tfjs 4.22 copies row by
 * row in JavaScript on `wasm`; its Slice first copies the whole tensor out of the heap and its Identity copies at all.
 */
import { tf } from '../../tensor/tf';
import { type HeapKernel, input } from '../heap/replace';
import type { TensorHeap, TensorInfo } from '../heap/tensor-heap';
import type { LayerExports } from './exports';

const size = (shape: readonly number[]): number => tf.util.sizeFromShape([...shape]);

/** Four-byte numbers; strings and booleans go to tfjs. */
const plain = ({ dtype }: TensorInfo): boolean => dtype === 'float32' || dtype === 'int32';

export function copyKernels(layers: LayerExports): Readonly<Record<string, HeapKernel<never>>> {
  const identity: HeapKernel<object> = ({ inputs, heap, fallback }) => {
    const x = input(inputs, 'x');
    // Kernels never write to their inputs and adamStep parts shared arrays first, so sharing is as good as a copy.
    return x.dtype === 'string' ? fallback() : heap.reshaped(x, x.shape);
  };

  const cast: HeapKernel<{ dtype: tf.DataType }> = ({ inputs, attributes, heap, fallback }) => {
    const x = input(inputs, 'x');
    return x.dtype === attributes.dtype && plain(x) ? heap.reshaped(x, x.shape) : fallback();
  };

  const concat: HeapKernel<{ axis: number }> = ({ inputs, attributes, heap, fallback }) => {
    const parts = Object.values(inputs).filter(({ shape }) => size(shape) > 0);
    const [first] = parts;
    if (!first || parts.length < 2 || !parts.every((part) => plain(part) && part.dtype === first.dtype))
      return fallback();
    const axis = tf.util.parseAxisParam(attributes.axis, first.shape)[0] as number;
    const shapes = parts.map(({ shape }) => shape);
    tf.backend_util.assertParamsConsistent(shapes, axis);
    const out = heap.output(tf.backend_util.computeOutShape(shapes, axis), first.dtype);
    const rows = size(first.shape.slice(0, axis));
    const step = 4 * size(out.shape.slice(axis));
    let to = heap.address(out);
    for (const part of parts) {
      const bytes = 4 * size(part.shape.slice(axis));
      layers.copyRows(heap.address(part), bytes, to, step, bytes, rows);
      to += bytes;
    }
    return out;
  };

  const split: HeapKernel<{ numOrSizeSplits: number | number[]; axis: number }> = ({
    inputs,
    attributes,
    heap,
    fallback,
  }) => {
    const x = input(inputs, 'x');
    if (!plain(x) || size(x.shape) === 0) return fallback();
    const axis = tf.util.parseAxisParam(attributes.axis, x.shape)[0] as number;
    const begin = x.shape.map(() => 0);
    return tf.backend_util
      .prepareSplitSize(x as unknown as tf.Tensor, attributes.numOrSizeSplits, axis)
      .map((length) => {
        const part = sliceOf(heap, layers, x, begin, x.shape.with(axis, length));
        begin[axis] = (begin[axis] ?? 0) + length;
        return part;
      });
  };

  const slice: HeapKernel<{ begin: number | number[]; size: number | number[] }> = ({
    inputs,
    attributes,
    heap,
    fallback,
  }) => {
    const x = input(inputs, 'x');
    if (!plain(x) || size(x.shape) === 0) return fallback();
    const [begin, extent] = tf.slice_util.parseSliceParams(
      x as unknown as tf.Tensor,
      attributes.begin,
      attributes.size,
    );
    return sliceOf(heap, layers, x, begin as number[], extent as number[]);
  };

  return { Identity: identity, Cast: cast, Concat: concat, SplitV: split, Slice: slice };
}

/** A copy of a box of x. Whole trailing axes are merged, so that a box of rows or of channels is one call. */
function sliceOf(
  heap: TensorHeap,
  layers: LayerExports,
  x: TensorInfo,
  begin: readonly number[],
  extent: readonly number[],
): TensorInfo {
  const out = heap.output(extent, x.dtype);
  if (size(extent) === 0) return out;
  const strides = x.shape.map((_, axis) => 4 * size(x.shape.slice(axis + 1)));
  const from = begin.reduce((sum, start, axis) => sum + start * (strides[axis] ?? 0), heap.address(x));
  let last = x.shape.length - 1;
  while (last > 0 && extent[last] === x.shape[last]) last--;
  const bytes = last < 0 ? 4 : (extent[last] ?? 1) * (strides[last] ?? 4);
  const rows = last > 0 ? (extent[last - 1] ?? 1) : 1;
  const step = last > 0 ? (strides[last - 1] ?? bytes) : bytes;
  const outer = extent.slice(0, Math.max(0, last - 1));
  let to = heap.address(out);
  for (let index = 0; index < size(outer); index++) {
    let rest = index;
    let at = from;
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const length = outer[axis] ?? 1;
      at += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    layers.copyRows(at, step, to, bytes, bytes, rows);
    to += bytes * rows;
  }
  return out;
}
