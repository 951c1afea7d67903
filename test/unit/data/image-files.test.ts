import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { classFromName, type ImageFile, numberFromName, readImageFile } from '../../../src/data/image-files';
import { writeNpy } from '../../../src/data/npy';
import { writeNpz } from '../../../src/data/npz';
import { pngBytes } from '../../support/png-bytes';

const pixelsOf = (file: ImageFile | undefined, index = 0): number[] => {
  if (file?.kind !== 'images') throw new Error('No images.');
  return [...file.picture(index).data];
};
const only = (files: ImageFile[]): ImageFile => {
  expect(files).toHaveLength(1);
  return files[0] as ImageFile;
};

describe('what a file holds', () => {
  it('is one image in a PNG', () => {
    const file = only(
      readImageFile(pngBytes({ width: 2, height: 1, depth: 8, colorType: 0, rows: [[0, 255]] }), 'a.png'),
    );
    expect(file).toMatchObject({ kind: 'images', count: 1 });
    expect(pixelsOf(file)).toEqual([0, 1]);
  });
  it.each([
    [[2, 3], 1, { height: 2, width: 3, channels: 1 }],
    [[5, 2, 3], 1, { height: 5, width: 2, channels: 3 }],
    [[4, 2, 2], 4, { height: 2, width: 2, channels: 1 }],
    [[2, 1, 1, 3], 2, { height: 1, width: 1, channels: 3 }],
  ])('is told by the shape %j of an array', (shape, count, form) => {
    const data = new Uint8Array(shape.reduce((all, n) => all * n, 1)).map((_, i) => i);
    const file = only(readImageFile(writeNpy(data, shape), 'a.npy'));
    expect(file).toMatchObject({ kind: 'images', count });
    if (file.kind !== 'images') throw new Error('No images.');
    expect(file.picture(count - 1)).toMatchObject(form);
    expect(file.picture(count - 1).data.at(-1)).toBeCloseTo((data.length - 1) / 255, 6);
  });
  it('is class numbers in an array of one dimension', () => {
    expect(only(readImageFile(writeNpy(Int32Array.of(3, 1, 4), [3]), 'y.npy'))).toEqual({
      kind: 'classes',
      classes: [3, 1, 4],
    });
    expect(() => readImageFile(writeNpy(Float32Array.of(0.5), [1]), 'y.npy')).toThrow(DataError);
  });
  it('is images and classes in the binary form of CIFAR-10, plane by plane', () => {
    const bytes = new Uint8Array(2 * 3073);
    bytes[0] = 6;
    bytes[3073] = 9;
    // The second pixel of the second image: red 51, green 102, blue 255.
    [51, 102, 255].forEach((value, c) => {
      bytes[3073 + 1 + 1024 * c + 1] = value;
    });
    const [images, classes] = readImageFile(bytes, 'data_batch_1.bin');
    expect(classes).toEqual({ kind: 'classes', classes: [6, 9] });
    expect(images).toMatchObject({ kind: 'images', count: 2 });
    expect(pixelsOf(images, 1).slice(0, 7)).toEqual([0, 0, 0, Math.fround(0.2), Math.fround(0.4), 1, 0]);
    expect(pixelsOf(images, 0).every((value) => value === 0)).toBe(true);
    // Another length, or a class that there is not, is no such file.
    expect(() => readImageFile(bytes.subarray(1), 'a.bin')).toThrow(DataError);
    bytes[3073] = 10;
    expect(() => readImageFile(bytes, 'a.bin')).toThrow(DataError);
  });
  it('is unpacked from GZIP first, as MNIST is published', () => {
    const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, 102, 255);
    const file = only(readImageFile(gzipSync(idx), 't10k-images-idx3-ubyte.gz'));
    expect(file).toMatchObject({ kind: 'images', count: 2 });
    expect(pixelsOf(file, 1)).toEqual([Math.fround(0.4), 1]);
    const labels = gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 2));
    expect(only(readImageFile(labels, 'l.gz'))).toEqual({ kind: 'classes', classes: [7, 2] });
  });
  it('is refused in words when a GZIP file is cut, damaged or claims too much', () => {
    const whole = gzipSync(new Uint8Array(500).fill(3));
    const huge = whole.slice();
    new DataView(huge.buffer).setUint32(huge.length - 4, 3e9, true);
    for (const bytes of [whole.subarray(0, 12), whole.subarray(0, whole.length - 6), huge, Uint8Array.of(0x1f, 0x8b)]) {
      expect(() => readImageFile(bytes, 'a.gz')).toThrow(expect.objectContaining({ name: 'DataError' }));
    }
  });
  it('is read from an archive in the order of names', () => {
    const files = readImageFile(
      writeNpz({
        x_train: { data: new Uint8Array(8), shape: [2, 2, 2] },
        y_train: { data: Uint8Array.of(0, 1), shape: [2] },
        x_test: { data: new Uint8Array(4), shape: [1, 2, 2] },
        y_test: { data: Uint8Array.of(9), shape: [1] },
      }),
      'set.npz',
    );
    expect(files.map((file) => (file.kind === 'images' ? file.count : file.classes))).toEqual([1, 2, [9], [0, 1]]);
  });
});

describe('the range of values', () => {
  it('divides bytes by 255, 16 bits by 65,535, and takes real numbers as they are', () => {
    expect(pixelsOf(readImageFile(writeNpy(Uint8Array.of(255), [1, 1]), 'a')[0])).toEqual([1]);
    expect(pixelsOf(readImageFile(writeNpy(Uint16Array.of(13107), [1, 1]), 'a')[0])[0]).toBeCloseTo(0.2, 6);
    expect(pixelsOf(readImageFile(writeNpy(BigInt64Array.of(51n), [1, 1]), 'a')[0])[0]).toBeCloseTo(0.2, 6);
    expect(pixelsOf(readImageFile(writeNpy(Float64Array.of(0.25), [1, 1]), 'a')[0])).toEqual([0.25]);
  });
  it.each([
    [Float32Array.of(0, 254), 'values from 0 to 254'],
    [Float32Array.of(-0.5, 1), 'values from -0.5 to 1'],
    [Int32Array.of(0, 300), 'values from 0 to 300'],
    [Float32Array.of(Number.NaN, 1), 'NaN'],
  ])('refuses %j', (data, found) => {
    const read = () => readImageFile(writeNpy(data, [1, 2]), 'bad.npy');
    expect(read).toThrow('bad.npy');
    expect(read).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ found: expect.stringContaining(found) }) }),
    );
  });
  it('refuses shapes that are no images', () => {
    for (const shape of [[1, 1, 1, 5], [1, 1, 1, 1, 1], [0, 3], []]) {
      const data = new Uint8Array(shape.reduce((all, n) => all * n, 1));
      expect(() => readImageFile(writeNpy(data, shape), 'odd.npy'), shape.join()).toThrow(DataError);
    }
  });
});

describe('classes by name', () => {
  it('come from the folder, else from the name before its number', () => {
    expect(['animals/cat/7.png', 'cat_07.png', 'cat12.jpg', 'tabby-cat (3).png', '12.png'].map(classFromName)).toEqual([
      'cat',
      'cat',
      'cat',
      'tabby-cat (3)',
      '12',
    ]);
  });
  it('or are the first number of the name', () => {
    expect(['7_012.png', 'digit3.png', 'a/9.png', 'none.png'].map(numberFromName)).toEqual([7, 3, 9, null]);
  });
});
