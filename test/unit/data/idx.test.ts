import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { readIdx } from '../../../src/data/idx';

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);

function thrownBy(work: () => unknown): DataError {
  try {
    work();
  } catch (error) {
    if (error instanceof DataError) return error;
  }
  throw new Error('No DataError was thrown.');
}

describe('IDX', () => {
  it('reads images and labels', () => {
    expect(readIdx(images, 'a')).toEqual({ shape: [2, 1, 3], type: 'u1', data: Uint8Array.of(1, 2, 3, 4, 5, 255) });
    const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);
    expect(readIdx(labels, 'l')).toEqual({ shape: [2], type: 'u1', data: Uint8Array.of(7, 9) });
  });

  it('reads big-endian numbers of more than one byte', () => {
    const ints = Uint8Array.of(0, 0, 0x0c, 1, 0, 0, 0, 2, 0, 0, 1, 2, 255, 255, 255, 254);
    expect([...(readIdx(ints, 'i').data as Int32Array)]).toEqual([258, -2]);
    const floats = Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0);
    expect([...(readIdx(floats, 'f').data as Float32Array)]).toEqual([1.5]);
  });

  it('holds no elements when a dimension is 0', () => {
    expect(readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), 'e')).toMatchObject({ shape: [0], data: new Uint8Array(0) });
  });

  it('refuses a wrong magic number, naming the file', () => {
    const error = thrownBy(() => readIdx(Uint8Array.of(0, 0, 7, 3, 0, 0, 0, 0), 'digits.idx'));
    expect(error.details).toMatchObject({
      code: 'data.not-idx',
      path: 'digits.idx',
      found: 'the first bytes 00000703',
    });
  });

  it.each([images.length - 1, 12, 5])('refuses a file cut to %i bytes', (length) => {
    const error = thrownBy(() => readIdx(images.subarray(0, length), 'cut.idx'));
    expect(error.details).toMatchObject({ code: 'data.idx-length', path: 'cut.idx', found: `${length} bytes` });
  });

  it('refuses bytes after the end', () => {
    const longer = Uint8Array.of(...images, 0);
    expect(thrownBy(() => readIdx(longer, 'x')).details.expected).toContain('22 bytes');
  });
});
