/**
 * NPY, NumPy's array file: magic, version, a header written as a Python dictionary, then the elements. Versions 1 to 3,
 * both byte orders and both memory orders are read; version 1, little-endian, C order is written.
 *
 * Source: numpy.lib.format, "Format Specification: NPY".
 */
import { DataError } from '../core/errors';
import type { DenseArray } from './idx';
import {
  decodeElements,
  type ElementArray,
  type ElementType,
  elementSize,
  elementTypeOf,
  encodeElements,
} from './typed-arrays';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const readable: readonly ElementType[] = ['u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f4', 'f8'];

export const looksLikeNpy = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

interface Header {
  readonly type: ElementType;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Byte where the elements begin. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array, name: string): Header {
  const fail = (code: string, message: string, found: string, expected: string, cure: string): DataError =>
    new DataError({ code, message, path: name, found, expected, cure });
  if (!looksLikeNpy(bytes)) {
    throw fail(
      'data.not-npy',
      `"${name}" is no NPY file.`,
      'other first bytes',
      '\\x93NUMPY',
      'Save it with numpy.save.',
    );
  }
  const cut = () =>
    fail('data.npy-length', `"${name}" is cut short.`, `${bytes.length} bytes`, 'a whole header', 'Save it again.');
  const wide = (bytes[6] as number) >= 2;
  const lengthEnd = wide ? 12 : 10;
  if (bytes.length < lengthEnd) throw cut();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = lengthEnd + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (bytes.length < start) throw cut();
  const text = new TextDecoder().decode(bytes.subarray(lengthEnd, start));
  const descr = /'descr':\s*'([<>|=]?)([a-z?])(\d*)'/i.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  const sizes = /'shape':\s*\(([^)]*)\)/.exec(text);
  const type = descr?.[2] === '?' || descr?.[2] === 'b' ? 'u1' : (`${descr?.[2]}${descr?.[3]}` as ElementType);
  if (!descr || !order || !sizes || !readable.includes(type)) {
    const found = /'descr':\s*([^,}]*)/.exec(text)?.[1]?.trim() ?? 'an unreadable header';
    const cure = 'Convert it first, for example array.astype("float32").';
    throw fail('data.npy-type', `"${name}" holds elements that cannot be read.`, found, readable.join(', '), cure);
  }
  const shape = (sizes[1] as string)
    .split(',')
    .map((size) => size.trim())
    .filter(Boolean)
    .map(Number);
  return { type, littleEndian: descr[1] !== '>', fortranOrder: order[1] === 'True', shape, start };
}

/** Elements in column-major order, rearranged so that the last dimension is fastest. */
function toRowMajor(data: ElementArray, shape: readonly number[]): ElementArray {
  const out = data.slice();
  const index = new Array<number>(shape.length).fill(0);
  for (let to = 0; to < data.length; to++) {
    let from = 0;
    for (let d = shape.length - 1; d >= 0; d--) from = from * (shape[d] as number) + (index[d] as number);
    (out as Float64Array)[to] = (data as Float64Array)[from] as number;
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
  return out;
}

/** Reads an NPY file into row-major order. `name` is for messages. Throws DataError on anything but a whole NPY file. */
export function readNpy(bytes: Uint8Array, name: string): DenseArray {
  const header = readHeader(bytes, name);
  const wanted = header.shape.reduce((product, size) => product * size, 1) * elementSize(header.type);
  if (bytes.length - header.start !== wanted) {
    throw new DataError({
      code: 'data.npy-length',
      message: `"${name}" is cut short or too long for its header.`,
      path: name,
      found: `${bytes.length - header.start} bytes of elements`,
      expected: `${wanted} bytes for ${header.shape.join(' x ') || 'one number'}`,
      cure: 'Save it again.',
    });
  }
  const data = decodeElements(bytes.subarray(header.start), header.type, header.littleEndian);
  const reorder = header.fortranOrder && header.shape.length > 1;
  return { shape: header.shape, type: header.type, data: reorder ? toRowMajor(data, header.shape) : data };
}

/** An NPY file of `data`, row major; an empty `shape` is a single number. */
export function writeNpy(data: ElementArray, shape: readonly number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== data.length) throw new RangeError(`Shape ${shape.join(' x ')} does not hold ${data.length} elements.`);
  const type = elementTypeOf(data);
  const descr = `${elementSize(type) === 1 ? '|' : '<'}${type}`;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // The elements begin at a multiple of 64 bytes, so that they can be mapped into memory.
  const headerLength = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(headerLength - 11)}\n`;
  const bytes = new Uint8Array(headerLength + data.byteLength);
  bytes.set(magic);
  bytes.set([1, 0, header.length & 0xff, header.length >> 8], 6);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(encodeElements(data), headerLength);
  return bytes;
}
