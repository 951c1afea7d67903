/**
 * Raw bytes to typed arrays and back for the element types that data files use, in either byte order. What the numbers
 * mean is left to the format readers (IDX, NPY).
 */

export type ElementType = 'u1' | 'i1' | 'u2' | 'i2' | 'u4' | 'i4' | 'u8' | 'i8' | 'f4' | 'f8';
export type ElementArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

const constructors = {
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  u8: BigUint64Array,
  i8: BigInt64Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes per element. */
export const elementSize = (type: ElementType): number => constructors[type].BYTES_PER_ELEMENT;

/** Reverses the bytes of every element in place. */
function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** A copy of `bytes` (a whole number of elements) as an array of `type`. */
export function decodeElements(bytes: Uint8Array, type: ElementType, littleEndian: boolean): ElementArray {
  const copy = bytes.slice();
  const size = elementSize(type);
  if (size > 1 && littleEndian !== hostIsLittleEndian) swapBytes(copy, size);
  return new constructors[type](copy.buffer);
}

/** The little-endian bytes of `array`, without a copy where the host is little-endian. */
export function encodeElements(array: ElementArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (array.BYTES_PER_ELEMENT === 1 || hostIsLittleEndian) return bytes;
  const copy = bytes.slice();
  swapBytes(copy, array.BYTES_PER_ELEMENT);
  return copy;
}

/** The element type of a typed array. */
export function elementTypeOf(array: ElementArray): ElementType {
  const found = Object.entries(constructors).find(([, make]) => array instanceof make);
  if (!found) throw new TypeError('Not a typed array of a known element type.');
  return found[0] as ElementType;
}

/** Elements as ordinary numbers; 64-bit integers lose what a double cannot hold. */
export const numberAt = (array: ElementArray, index: number): number => Number(array[index]);
