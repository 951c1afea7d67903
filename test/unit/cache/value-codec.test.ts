import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPayload, PayloadReader, totalBytes } from '../../../src/cache/payload';
import { decodeValue, encodeValue, packUnorm8 } from '../../../src/cache/value-codec';

async function roundTrip(value: unknown, limit: number): Promise<unknown> {
  const { parts, textBytes } = encodeValue(value);
  const chunks = [...cutPayload(parts, limit)];
  expect(chunks.every((chunk) => chunk.byteLength <= limit && chunk.buffer.byteLength === chunk.byteLength)).toBe(true);
  return decodeValue(textBytes, new PayloadReader(chunks.length, async (index) => chunks[index] as Uint8Array));
}

const array = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.uint8Array(),
  fc.int16Array(),
  fc.array(fc.nat(255), { minLength: 16 }).map((bytes) => Float32Array.from(bytes, (k) => k / 255)),
);
const plain = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string(),
    array,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$array', '$number', '$', '$$array')), tie('value'), {
      noNullPrototype: true,
    }),
  ),
})).value;

describe('value codec', () => {
  it('gives back any plain data bit for bit, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(plain, fc.integer({ min: 1, max: 300 }), async (value, limit) => {
        expect(await roundTrip({ value }, limit)).toStrictEqual({ value });
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is no plain data', () => {
    expect(() => encodeValue({ read: () => 1 })).toThrow('A function cannot be stored.');
    expect(() => encodeValue(new BigInt64Array(1))).toThrow('BigInt64Array cannot be stored.');
  });

  it('stores the same array once', () => {
    const shared = new Float64Array(1000);
    expect(totalBytes(encodeValue([shared, shared]).parts)).toBeLessThan(8200);
  });

  it('notices a payload that ends early', async () => {
    const { parts, textBytes } = encodeValue(new Float64Array(10));
    const reader = new PayloadReader(1, async () => parts[0] as Uint8Array);
    await expect(decodeValue(textBytes, reader)).rejects.toThrow(RangeError);
  });
});

describe('bytes for images', () => {
  const exact = Float32Array.from({ length: 256 }, (_, k) => k / 255);

  it('packs exactly the values k / 255', () => {
    expect(packUnorm8(exact)).toEqual(Uint8Array.from({ length: 256 }, (_, k) => k));
    expect(totalBytes(encodeValue(exact).parts.slice(1))).toBe(256);
  });

  it('leaves everything else as it is', () => {
    const one = new Float32Array(1);
    const bits = new Uint32Array(one.buffer);
    for (const value of [0.5, -0, Number.NaN, -1, 2, 256 / 255, Number.POSITIVE_INFINITY, 1e-40, -1 / 255]) {
      expect(packUnorm8(Float32Array.of(value)), String(value)).toBeNull();
    }
    // The neighbours of every exact value.
    for (const value of exact) {
      for (const step of [-1, 1]) {
        one[0] = value;
        bits[0] = ((bits[0] as number) + step) >>> 0;
        expect(packUnorm8(one), `${value} ${step}`).toBeNull();
      }
    }
  });
});
