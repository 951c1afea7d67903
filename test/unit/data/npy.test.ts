import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { readNpy, writeNpy } from '../../../src/data/npy';
import { readNpz, writeNpz } from '../../../src/data/npz';
import { numpyFiles } from '../../support/numpy-files';

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

describe('NPY as NumPy writes it', () => {
  it('rearranges column-major order', () => {
    const { shape, data } = readNpy(fromBase64(numpyFiles.fortranOrder), 'f');
    expect(shape).toEqual([2, 3]);
    expect([...(data as Float64Array)]).toEqual([0, 1, 2, 3, 4, 5]);
  });
  it('reads big-endian integers', () => {
    expect([...(readNpy(fromBase64(numpyFiles.bigEndian), 'b').data as Int32Array)]).toEqual([-1, 0, 1, 2]);
  });
  it('reads booleans as bytes, 64-bit integers, and a single number', () => {
    expect(readNpy(fromBase64(numpyFiles.bool), 'b').data).toEqual(Uint8Array.of(1, 0, 1));
    expect(readNpy(fromBase64(numpyFiles.int64), 'i').data).toEqual(BigInt64Array.of(1n, -2n, 3n));
    expect(readNpy(fromBase64(numpyFiles.scalar), 's')).toEqual({ shape: [], type: 'f4', data: Float32Array.of(0.25) });
  });
  it('refuses text arrays, naming the file and the type', () => {
    expect(() => readNpy(fromBase64(numpyFiles.text), 'names.npy')).toThrow(DataError);
    expect(() => readNpy(fromBase64(numpyFiles.text), 'names.npy')).toThrow('names.npy');
  });
  it('refuses a file cut anywhere', () => {
    const whole = fromBase64(numpyFiles.int64);
    for (const length of [0, 5, 8, 9, 60, whole.length - 1]) {
      expect(() => readNpy(whole.subarray(0, length), 'cut.npy'), `${length} bytes`).toThrow(DataError);
    }
  });
});

describe('NPY written here', () => {
  it('has the bytes that NumPy writes', () => {
    expect(writeNpy(BigInt64Array.of(1n, -2n, 3n), [3])).toEqual(fromBase64(numpyFiles.int64));
    expect(writeNpy(Float32Array.of(0.25), [])).toEqual(fromBase64(numpyFiles.scalar));
  });
  it('comes back the same', () => {
    fc.assert(
      fc.property(fc.float32Array(), (data) => {
        expect(readNpy(writeNpy(data, [1, data.length]), 'x')).toEqual({ shape: [1, data.length], type: 'f4', data });
      }),
    );
  });
  it('refuses a shape that does not hold the data', () => {
    expect(() => writeNpy(new Float32Array(5), [2, 3])).toThrow(RangeError);
  });
});

describe('NPZ', () => {
  it('reads what NumPy writes, compressed', () => {
    const arrays = readNpz(fromBase64(numpyFiles.npz), 'z');
    expect([...arrays.keys()]).toEqual(['x', 'y']);
    expect(arrays.get('x')?.data).toEqual(Uint8Array.of(0, 1, 2));
    expect(arrays.get('y')).toEqual({ shape: [1, 1], type: 'f4', data: Float32Array.of(1.5) });
  });
  it('comes back the same, and the same arrays give the same bytes', () => {
    const arrays = {
      unit: { data: Uint16Array.of(3, 1), shape: [2] },
      dt_ms: { data: Float64Array.of(0.1), shape: [] },
    };
    const bytes = writeNpz(arrays);
    expect(writeNpz(arrays)).toEqual(bytes);
    expect(readNpz(bytes, 'z').get('unit')?.data).toEqual(arrays.unit.data);
    expect(readNpz(bytes, 'z').get('dt_ms')).toEqual({ shape: [], type: 'f8', data: arrays.dt_ms.data });
  });
  it('refuses a damaged archive', () => {
    expect(() => readNpz(fromBase64(numpyFiles.npz).subarray(0, 150), 'cut.npz')).toThrow(DataError);
  });
});
