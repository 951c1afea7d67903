import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { decodePicture, encodePng } from '../../../src/data/picture';
import { jpegTwoColours } from '../../support/jpeg-bytes';
import { pngBytes } from '../../support/png-bytes';

const values = (data: Float32Array, max: number): number[] => [...data].map((value) => Math.round(value * max));

function refusalOf(bytes: Uint8Array, name: string): DataError['details'] {
  try {
    decodePicture(bytes, name);
  } catch (error) {
    if (error instanceof DataError) return error.details;
    throw error;
  }
  throw new Error('It was decoded.');
}

describe('PNG', () => {
  it('decodes 8-bit grey', () => {
    const picture = decodePicture(
      pngBytes({ width: 3, height: 1, depth: 8, colorType: 0, rows: [[0, 128, 255]] }),
      'g',
    );
    expect(picture).toMatchObject({ width: 3, height: 1, channels: 1 });
    expect([...picture.data]).toEqual([0, Math.fround(128 / 255), 1]);
  });
  it('decodes 16-bit grey to its full depth', () => {
    const rows = [[0x12, 0x34, 0xff, 0xff]];
    const picture = decodePicture(pngBytes({ width: 2, height: 1, depth: 16, colorType: 0, rows }), 'g16');
    expect(values(picture.data, 65535)).toEqual([0x1234, 0xffff]);
  });
  it('decodes packed bits, every row beginning at a byte', () => {
    const one = {
      width: 9,
      height: 2,
      depth: 1,
      colorType: 0,
      rows: [
        [0b10101010, 0x80],
        [0x0f, 0x00],
      ],
    };
    expect(values(decodePicture(pngBytes(one), 'b').data, 1)).toEqual([
      1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0,
    ]);
    const four = { width: 3, height: 1, depth: 4, colorType: 0, rows: [[0x3f, 0x80]] };
    expect(values(decodePicture(pngBytes(four), 'n').data, 15)).toEqual([3, 15, 8]);
  });
  it('decodes a palette, with and without alpha', () => {
    const parts = {
      width: 3,
      height: 1,
      depth: 2,
      colorType: 3,
      rows: [[0b00_01_10_00]],
      palette: [255, 0, 0, 0, 255, 0, 1, 2, 3],
    };
    const plain = decodePicture(pngBytes(parts), 'p');
    expect(plain.channels).toBe(3);
    expect(values(plain.data, 255)).toEqual([255, 0, 0, 0, 255, 0, 1, 2, 3]);
    const alpha = decodePicture(pngBytes({ ...parts, paletteAlpha: [51] }), 'pa');
    expect(alpha.channels).toBe(4);
    expect(values(alpha.data, 255)).toEqual([255, 0, 0, 51, 0, 255, 0, 255, 1, 2, 3, 255]);
  });
  it('decodes grey and colour with alpha', () => {
    const grey = decodePicture(pngBytes({ width: 1, height: 1, depth: 8, colorType: 4, rows: [[10, 20]] }), 'ga');
    expect([grey.channels, ...values(grey.data, 255)]).toEqual([2, 10, 20]);
    const colour = decodePicture(pngBytes({ width: 1, height: 1, depth: 8, colorType: 6, rows: [[1, 2, 3, 4]] }), 'ca');
    expect([colour.channels, ...values(colour.data, 255)]).toEqual([4, 1, 2, 3, 4]);
  });
  it('reads a view into a larger buffer', () => {
    const bytes = pngBytes({ width: 1, height: 1, depth: 8, colorType: 0, rows: [[7]] });
    const larger = new Uint8Array(bytes.length + 100);
    larger.set(bytes, 50);
    expect(values(decodePicture(larger.subarray(50, 50 + bytes.length), 'v').data, 255)).toEqual([7]);
  });
  it.each([1, 2, 3, 4] as const)('comes back the same after encoding with %i channels', (channels) => {
    const data = Float32Array.from({ length: 6 * channels }, (_, i) => ((i * 37) % 256) / 255);
    const again = decodePicture(encodePng({ width: 3, height: 2, channels, data }, { Comment: 'x' }), 'r');
    expect(again).toEqual({ width: 3, height: 2, channels, data });
  });
  it('clips values outside 0..1 and writes not-a-number as 0', () => {
    const data = Float32Array.of(-1, 2, Number.NaN);
    expect(values(decodePicture(encodePng({ width: 3, height: 1, channels: 1, data }), 'c').data, 255)).toEqual([
      0, 255, 0,
    ]);
  });
});

describe('JPEG', () => {
  it('decodes what a browser wrote', () => {
    const picture = decodePicture(jpegTwoColours, 'j');
    expect(picture).toMatchObject({ width: 16, height: 8, channels: 3 });
    const left = values(picture.data.subarray(0, 3), 255);
    for (const [channel, wanted] of [200, 100, 50].entries())
      expect(Math.abs((left[channel] as number) - wanted)).toBeLessThan(3);
    const right = values(picture.data.subarray(picture.data.length - 3), 255);
    for (const [channel, wanted] of [0, 255, 255].entries())
      expect(Math.abs((right[channel] as number) - wanted)).toBeLessThan(3);
  });
});

describe('an image that is no image', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'an empty file'],
    ['text', new TextEncoder().encode('hello, world'), 'text that begins with "hello, world"'],
    ['a web page', new TextEncoder().encode('\n<!DOCTYPE html><html>'), 'a web page (HTML)'],
    ['a GIF', new TextEncoder().encode('GIF89a....'), 'a GIF image'],
    ['an IDX file', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), 'a IDX file'],
  ])('says what %s is', (_, bytes, found) => {
    expect(refusalOf(bytes, 'cat.png')).toMatchObject({ code: 'data.not-image', path: 'cat.png', found });
    expect(refusalOf(bytes, 'cat.png').cure).toBeTruthy();
  });
  it('says that a picture is damaged wherever it is cut', () => {
    const png = pngBytes({
      width: 4,
      height: 4,
      depth: 8,
      colorType: 0,
      rows: Array.from({ length: 4 }, () => [1, 2, 3, 4]),
    });
    for (const length of [8, 20, 40, png.length - 13]) {
      expect(refusalOf(png.subarray(0, length), 'cut.png'), `${length}`).toMatchObject({
        code: 'data.damaged-image',
        path: 'cut.png',
      });
    }
    expect(refusalOf(jpegTwoColours.subarray(0, 300), 'cut.jpg').code).toBe('data.damaged-image');
  });
  it('notices a changed byte', () => {
    const png = pngBytes({ width: 1, height: 1, depth: 8, colorType: 0, rows: [[1]] });
    png[png.length - 20] = (png[png.length - 20] as number) ^ 0xff;
    expect(refusalOf(png, 'flip.png').code).toBe('data.damaged-image');
  });
  it('refuses a size that would fill the memory before decoding it', () => {
    const png = pngBytes({ width: 60000, height: 60000, depth: 8, colorType: 0, rows: [[1]] });
    expect(refusalOf(png, 'bomb.png').found).toContain('60000 x 60000 pixels');
  });
});
