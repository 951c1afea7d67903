/**
 * Plain data with typed arrays, to bytes and back, bit for bit. The text part is JSON in which a typed array is
 * {"$array": index} and a number that JSON cannot hold is {"$number": text}; keys that begin with "$" gain another one.
 * The arrays follow the text as raw little-endian bytes, except Float32 arrays that hold only k / 255 (images of 8-bit
 * origin), which are stored as the bytes k. Spikes have a codec of their own: spike-codec.ts.
 */
import type { PayloadReader } from './payload';

const arrayTypes = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;
type ArrayTypeName = keyof typeof arrayTypes;
type AnyArray = InstanceType<(typeof arrayTypes)[ArrayTypeName]>;

interface ArraySpec {
  readonly type: ArrayTypeName;
  readonly length: number;
  readonly packing?: 'unorm8';
}
interface TextPart {
  readonly value: unknown;
  readonly arrays: readonly ArraySpec[];
}
export interface EncodedValue {
  readonly textBytes: number;
  readonly parts: readonly Uint8Array[];
}

const unorm8 = Float32Array.from({ length: 256 }, (_, k) => k / 255);

/** The bytes k if every element is exactly k / 255 rounded to Float32, else null. */
export function packUnorm8(values: Float32Array): Uint8Array | null {
  const packed = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const k = (value * 255 + 0.5) | 0;
    // Out of range gives undefined, and NaN equals nothing. Minus zero equals zero but is another value.
    if (unorm8[k] !== value || (k === 0 && Object.is(value, -0))) return null;
    packed[i] = k;
  }
  return packed;
}

const rawBytes = (array: AnyArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** The parts share memory with the value's own arrays. Throws TypeError on anything that is not plain data. */
export function encodeValue(value: unknown): EncodedValue {
  const arrays: ArraySpec[] = [];
  const payload: Uint8Array[] = [];
  const seen = new Map<AnyArray, number>();

  function addArray(array: AnyArray): number {
    const known = seen.get(array);
    if (known !== undefined) return known;
    const type = array.constructor.name as ArrayTypeName;
    if (!(type in arrayTypes)) throw new TypeError(`${type} cannot be stored.`);
    const packed = array instanceof Float32Array && array.length >= 16 ? packUnorm8(array) : null;
    const index =
      arrays.push({ type, length: array.length, ...(packed ? { packing: 'unorm8' } : {}) } as ArraySpec) - 1;
    payload.push(packed ?? rawBytes(array));
    seen.set(array, index);
    return index;
  }

  function plain(entry: unknown): unknown {
    if (typeof entry === 'number') {
      return Number.isFinite(entry) && !Object.is(entry, -0)
        ? entry
        : { $number: Object.is(entry, -0) ? '-0' : String(entry) };
    }
    if (entry === null || typeof entry === 'string' || typeof entry === 'boolean') return entry;
    if (Array.isArray(entry)) return entry.map(plain);
    if (ArrayBuffer.isView(entry)) return { $array: addArray(entry as AnyArray) };
    if (typeof entry !== 'object') throw new TypeError(`A ${typeof entry} cannot be stored.`);
    const fields = Object.entries(entry).filter(([, field]) => field !== undefined);
    return Object.fromEntries(fields.map(([name, field]) => [name.startsWith('$') ? `$${name}` : name, plain(field)]));
  }

  const text = new TextEncoder().encode(JSON.stringify({ value: plain(value), arrays } satisfies TextPart));
  return { textBytes: text.byteLength, parts: [text, ...payload] };
}

async function readArray(spec: ArraySpec, reader: PayloadReader): Promise<AnyArray> {
  if (spec.packing === 'unorm8') {
    const packed = new Uint8Array(spec.length);
    await reader.fill(packed);
    const values = new Float32Array(spec.length);
    for (let i = 0; i < packed.length; i++) values[i] = unorm8[packed[i] as number] as number;
    return values;
  }
  const array = new arrayTypes[spec.type](spec.length);
  await reader.fill(rawBytes(array));
  return array;
}

/** Inverse of encodeValue. */
export async function decodeValue(textBytes: number, reader: PayloadReader): Promise<unknown> {
  const text = new Uint8Array(textBytes);
  await reader.fill(text);
  const { value, arrays: specs } = JSON.parse(new TextDecoder().decode(text)) as TextPart;
  const arrays: AnyArray[] = [];
  for (const spec of specs) arrays.push(await readArray(spec, reader));

  function revive(entry: unknown): unknown {
    if (entry === null || typeof entry !== 'object') return entry;
    if (Array.isArray(entry)) return entry.map(revive);
    const fields = entry as Record<string, unknown>;
    if (typeof fields['$array'] === 'number') return arrays[fields['$array']];
    if (typeof fields['$number'] === 'string') return Number(fields['$number']);
    return Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name.startsWith('$') ? name.slice(1) : name, revive(field)]),
    );
  }
  return revive(value);
}
