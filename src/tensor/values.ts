/** Plain arrays to tensors and back. The arrays are the truth: they are what is stored, and they are never changed. */
import type { NdArray } from '../kit/values';
import { tf } from './tf';

export type AnyArray = NdArray<Float32Array | Int32Array>;

/** True for port values that are one dense array. */
export function isArray(value: object): value is AnyArray {
  const { data, shape } = value as Partial<AnyArray>;
  return (data instanceof Float32Array || data instanceof Int32Array) && Array.isArray(shape);
}

/** A tensor with the array's numbers, float32 or int32 as the data are, owned by the current scope. */
export function toTensor({ shape, data }: AnyArray): tf.Tensor {
  return tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');
}

/** The tensor's numbers in memory of their own; the tensor lives on. */
export async function toArray(tensor: tf.Tensor): Promise<NdArray> {
  if (tensor.dtype !== 'float32') throw new Error(`toArray reads float32 tensors, not ${tensor.dtype}.`);
  const data = await tensor.data<'float32'>();
  // The cpu backend hands out its own buffer.
  return { shape: [...tensor.shape], data: data.slice() };
}
