/**
 * IDX, the format of MNIST: two zero bytes, an element type, the number of dimensions, the sizes as big-endian 32-bit
 * integers, then the elements, big-endian, last dimension fastest. 0x00000803 are images, 0x00000801 labels.
 */
import { DataError } from '../core/errors';
import { decodeElements, type ElementArray, type ElementType, elementSize } from './typed-arrays';

const elementTypes: Readonly<Record<number, ElementType>> = {
  8: 'u1',
  9: 'i1',
  11: 'i2',
  12: 'i4',
  13: 'f4',
  14: 'f8',
};

export interface DenseArray {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly data: ElementArray;
}

const magicOf = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Whether the first bytes are those of an IDX file. */
export const looksLikeIdx = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 &&
  bytes[0] === 0 &&
  bytes[1] === 0 &&
  elementTypes[bytes[2] as number] !== undefined &&
  (bytes[3] as number) >= 1 &&
  (bytes[3] as number) <= 8;

/** Reads an IDX file. `name` is for messages. Throws DataError if it is no IDX file, or not of the length it states. */
export function readIdx(bytes: Uint8Array, name: string): DenseArray {
  if (!looksLikeIdx(bytes)) {
    throw new DataError({
      code: 'data.not-idx',
      message: `"${name}" is no IDX file.`,
      path: name,
      found: bytes.length < 4 ? `${bytes.length} bytes` : `the first bytes ${magicOf(bytes)}`,
      expected: '00000803 (images) or 00000801 (labels)',
      cure: 'Unpack it first if it is compressed (.gz).',
    });
  }
  const type = elementTypes[bytes[2] as number] as ElementType;
  const rank = bytes[3] as number;
  const start = 4 + 4 * rank;
  const shape: number[] = [];
  if (bytes.length >= start) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let d = 0; d < rank; d++) shape.push(view.getUint32(4 + 4 * d));
  }
  const wanted = start + shape.reduce((product, size) => product * size, 1) * elementSize(type);
  if (shape.length < rank || bytes.length !== wanted) {
    throw new DataError({
      code: 'data.idx-length',
      message: `"${name}" is cut short or too long for its header.`,
      path: name,
      found: `${bytes.length} bytes`,
      expected: shape.length < rank ? `at least ${start} bytes` : `${wanted} bytes for ${shape.join(' x ')} elements`,
      cure: 'Get the file again.',
    });
  }
  return { shape, type, data: decodeElements(bytes.subarray(start), type, false) };
}
