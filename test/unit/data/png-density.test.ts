/** The printed size of a PNG. */
import { describe, expect, it } from 'vitest';
import { decodePicture, encodePng } from '../../../src/data/picture';
import { withDensity } from '../../../src/data/png-density';

const picture = { height: 2, width: 3, channels: 1 as const, data: Float32Array.of(0, 1, 0, 1, 0, 1) };

describe('withDensity', () => {
  it('adds a pHYs chunk with dots per metre and its checksum, and leaves the picture as it was', () => {
    const png = encodePng(picture);
    const dense = withDensity(png, 300);
    expect(dense.length).toBe(png.length + 21);
    const chunk = dense.subarray(33, 54);
    // 300 / 0.0254 = 11811 = 0x2e23; the checksum by zlib's crc32 of "pHYs" and its data.
    expect(Array.from(chunk, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(
      '00000009704859730000' + '2e2300002e230178a53f76',
    );
    expect(decodePicture(dense, 'p')).toEqual(decodePicture(png, 'p'));
  });
  it('refuses what is no PNG', () => {
    expect(() => withDensity(new Uint8Array(100), 300)).toThrow('no PNG');
    expect(() => withDensity(new Uint8Array(0), 300)).toThrow('no PNG');
  });
});
