/** How a batch is cut for a block, and the cutting and joining of tensors along the item axis. */
import { tf } from '../tensor/tf';
import type { ChainBlock } from './chain';

export interface Slice {
  readonly from: number;
  readonly count: number;
  readonly ids: Int32Array;
}

/** Dense blocks take the whole batch, convolutional ones a micro-batch at a time. */
export function slicesOf({ block }: ChainBlock, ids: Int32Array, microBatch: number): Slice[] {
  const size = block.slicing === 'batch' ? ids.length : microBatch;
  const slices: Slice[] = [];
  for (let from = 0; from < ids.length; from += size) {
    const part = ids.subarray(from, from + size);
    slices.push({ from, count: part.length, ids: part });
  }
  return slices;
}

export const rows = (tensor: tf.Tensor, { from, count }: Slice): tf.Tensor =>
  tf.slice(tensor, [from, ...tensor.shape.slice(1).fill(0)], [count, ...tensor.shape.slice(1)]);

export const joined = (parts: readonly tf.Tensor[]): tf.Tensor =>
  parts.length === 1 ? (parts[0] as tf.Tensor).clone() : tf.concat([...parts], 0);
