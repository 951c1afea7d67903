import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { luma } from '../../../../src/data/image-ops';
import { type DrawnSet, openDrawnSet } from '../../../../src/data/procedural/drawn-set';
import { drawnDigits } from '../../../../src/data/procedural/glyphs';
import { colouredShapes } from '../../../../src/data/procedural/shapes';

const sets = [
  ['drawn digits', drawnDigits],
  ['coloured shapes', colouredShapes],
] as const;

const sizeOf = ({ shape: [height, width, channels] }: DrawnSet) => height * width * channels;
async function draw(set: DrawnSet, seed: number, count: number, file: 'train' | 'test' = 'train') {
  const out = new Float32Array(count * sizeOf(set));
  const positions = Array.from({ length: count }, (_, i) => i);
  await openDrawnSet(set, seed).images(file, positions, { out, at: 0, grey: false });
  return out;
}
const imageOf = (set: DrawnSet, out: Float32Array, i: number) => out.subarray(i * sizeOf(set), (i + 1) * sizeOf(set));
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(sets)('%s', (name, set) => {
  it('lie in 0..1, all different, with classes taking turns', async () => {
    const out = await draw(set, 3, 300);
    expect(out.every((value) => value >= 0 && value <= 1)).toBe(true);
    const texts = new Set(Array.from({ length: 300 }, (_, i) => imageOf(set, out, i).join()));
    expect(texts.size).toBe(300);
    const labels = await openDrawnSet(set, 3).labels('test');
    expect([...labels.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect(labels).toHaveLength(10_000);
  });

  it('are the same bits on every machine', async () => {
    const known = {
      'drawn digits': '4a3f2449d670cca8',
      'coloured shapes': '147244535ad91fec',
    }[name];
    const bytes = new Uint8Array((await draw(set, 1, 40)).buffer);
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(known);
  });

  it('follow from seed and id alone', async () => {
    const all = await draw(set, 1, 25);
    const some = new Float32Array(2 * sizeOf(set) + 1);
    await openDrawnSet(set, 1).images('train', [24, 7], { out: some, at: 1, grey: false });
    expect(some[0]).toBe(0);
    expect(some.subarray(1, 1 + sizeOf(set))).toEqual(imageOf(set, all, 24));
    expect(some.subarray(1 + sizeOf(set))).toEqual(imageOf(set, all, 7));
    expect(await draw(set, 2, 25)).not.toEqual(all);
    // Test images are others than the training images at the same places.
    expect(await draw(set, 1, 25, 'test')).not.toEqual(all);
  });

  it('refuse an image that the set has not', async () => {
    const one = { out: new Float32Array(sizeOf(set)), at: 0, grey: false };
    await expect(openDrawnSet(set, 1).images('test', [10_000], one)).rejects.toThrow('no image 10000');
    await expect(openDrawnSet(set, 1).images('train', [], one)).resolves.toBeUndefined();
  });
});

/** Share of the second half of `images` whose class has the nearest mean image of the first half; classes take turns. */
function nearestMeanScore(images: readonly Float32Array[]): number {
  const half = images.length / 2;
  const size = (images[0] as Float32Array).length;
  const means = Array.from({ length: 10 }, (_, label) => {
    const members = images.slice(0, half).filter((_image, i) => i % 10 === label);
    return Float32Array.from(
      { length: size },
      (_value, p) => members.reduce((sum, image) => sum + (image[p] as number), 0) / members.length,
    );
  });
  const right = images.slice(half).filter((image, i) => {
    const distances = means.map((m) => m.reduce((sum, value, p) => sum + (value - (image[p] as number)) ** 2, 0));
    return distances.indexOf(Math.min(...distances)) === (half + i) % 10;
  });
  return right.length / half;
}

describe('drawn digits', () => {
  it('can be told apart', async () => {
    const out = await draw(drawnDigits, 5, 1000);
    const score = nearestMeanScore(Array.from({ length: 1000 }, (_, i) => imageOf(drawnDigits, out, i)));
    expect(score).toBeGreaterThan(0.7);
  });

  it('lie inside their frame in the middle, bright on black, with strokes 2 to 3 pixels wide', async () => {
    const count = 1000;
    const out = await draw(drawnDigits, 7, count);
    let across = 0;
    let down = 0;
    for (let i = 0; i < count; i++) {
      const image = imageOf(drawnDigits, out, i);
      let edge = 0;
      let [ink, x, y] = [0, 0, 0];
      image.forEach((value, p) => {
        const [row, column] = [Math.floor(p / 28), p % 28];
        if (row === 0 || row === 27 || column === 0 || column === 27) edge = Math.max(edge, value);
        ink += value;
        x += value * column;
        y += value * row;
      });
      expect(edge).toBeLessThan(0.1);
      expect(Math.max(...image)).toBeGreaterThan(0.7);
      expect(ink).toBeGreaterThan(20);
      expect(ink).toBeLessThan(784 / 4);
      across += x / ink / count;
      down += y / ink / count;
    }
    expect(Math.abs(across - 13.5)).toBeLessThan(1);
    expect(Math.abs(down - 13.5)).toBeLessThan(1);
  });

  it('are shifted by up to 2 pixels and turned by up to 12 degrees, both ways', async () => {
    // By the middle and the long axis of the ellipse of a zero, from the moments of its ink.
    const out = await draw(drawnDigits, 7, 3000);
    const [shifts, turns]: [number[], number[]] = [[], []];
    for (let i = 0; i < 3000; i += 10) {
      const image = imageOf(drawnDigits, out, i);
      const moment = (f: (x: number, y: number) => number) =>
        image.reduce((sum, value, p) => sum + value * f(p % 28, Math.floor(p / 28)), 0) / (mean(image) * 784);
      const [x, y] = [moment((column) => column), moment((_, row) => row)];
      shifts.push(x - 13.5, y - 13.5);
      const [xx, yy, xy] = [
        moment((column) => (column - x) ** 2),
        moment((_, row) => (row - y) ** 2),
        moment((column, row) => (column - x) * (row - y)),
      ];
      turns.push((Math.atan2(-2 * xy, yy - xx) / 2) * (180 / Math.PI));
    }
    for (const [values, most] of [
      [shifts, 2],
      [turns, 12],
    ] as const) {
      expect(Math.max(...values)).toBeGreaterThan(0.95 * most);
      expect(Math.max(...values)).toBeLessThan(1.03 * most);
      expect(Math.min(...values)).toBeLessThan(-0.95 * most);
      expect(Math.min(...values)).toBeGreaterThan(-1.03 * most);
    }
  });

  it('have strokes that hold the ink of their width: a one is a line and a hook', async () => {
    // Ink of a straight stroke is about its length times its width, whatever blur does to it.
    const out = await draw(drawnDigits, 7, 500);
    const inks = Array.from({ length: 50 }, (_, k) => mean(imageOf(drawnDigits, out, 10 * k + 1)) * 784);
    const long = 8 * (2 + Math.sqrt(0.35 * 0.35 + 0.4 * 0.4));
    expect(Math.min(...inks)).toBeGreaterThan(0.85 * 2 * long * 0.85);
    expect(Math.max(...inks)).toBeLessThan(1.15 * 3 * (long + 3) * 1.05);
  });
});

/** 1 where the image differs from the gradient through three of its corners. */
function maskOf(image: Float32Array): Uint8Array {
  const pixel = (x: number, y: number, c: number) => image[(y * 32 + x) * 3 + c] as number;
  return Uint8Array.from({ length: 1024 }, (_, p) => {
    const [x, y] = [p % 32, Math.floor(p / 32)];
    return [0, 1, 2].some((c) => {
      const [a, b, d] = [pixel(0, 0, c), pixel(31, 0, c), pixel(0, 31, c)];
      return Math.abs(pixel(x, y, c) - (a + ((b - a) * x) / 31 + ((d - a) * y) / 31)) > 1e-4;
    })
      ? 1
      : 0;
  });
}

/** The mask, moved to the middle and scaled to 16 x 16 by its larger side. */
function aligned(image: Float32Array): Float32Array {
  const mask = maskOf(image);
  const places = [...mask.keys()].filter((p) => mask[p] === 1);
  const [xs, ys] = [places.map((p) => p % 32), places.map((p) => Math.floor(p / 32))];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const half = Math.max(right - left, bottom - top) / 2;
  return Float32Array.from({ length: 256 }, (_, p) => {
    const x = Math.round((left + right) / 2 + half * (((p % 16) - 7.5) / 8));
    const y = Math.round((top + bottom) / 2 + half * ((Math.floor(p / 16) - 7.5) / 8));
    return x < 0 || y < 0 || x > 31 || y > 31 ? 0 : (mask[y * 32 + x] as number);
  });
}

describe('coloured shapes', () => {
  it('differ from the background in luma at their middle or rim, so that grey holds them', async () => {
    const out = await draw(colouredShapes, 9, 400);
    let seen = 0;
    for (let i = 0; i < 400; i++) {
      const image = imageOf(colouredShapes, out, i);
      const at = (x: number, y: number) =>
        luma(...([...image.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)] as [number, number, number]));
      // The largest step between neighbours: of a gradient alone it is at most 1 in 31 steps of 1 along an axis.
      let step = 0;
      for (let y = 0; y < 32; y++)
        for (let x = 1; x < 32; x++) step = Math.max(step, Math.abs(at(x, y) - at(x - 1, y)));
      if (step > 0.08) seen++;
    }
    expect(seen / 400).toBeGreaterThan(0.99);
  });

  it('stand on a straight gradient between two colours', async () => {
    const out = await draw(colouredShapes, 9, 50);
    for (let i = 0; i < 50; i++) {
      const image = imageOf(colouredShapes, out, i);
      // Opposite corners of a straight gradient have the same mean; a shape may lie on one of them, hence the minimum of three.
      const pixel = (x: number, y: number, c: number) => image[(y * 32 + x) * 3 + c] as number;
      for (let c = 0; c < 3; c++) {
        const diagonal = pixel(0, 0, c) + pixel(31, 31, c);
        const other = pixel(31, 0, c) + pixel(0, 31, c);
        expect(Math.abs(diagonal - other)).toBeLessThan(1e-5);
      }
    }
  });

  it('are ten shapes that can be told apart, once brought to one place and size', async () => {
    const out = await draw(colouredShapes, 5, 1000);
    const score = nearestMeanScore(Array.from({ length: 1000 }, (_, i) => aligned(imageOf(colouredShapes, out, i))));
    expect(score).toBeGreaterThan(0.95);
  });

  it('have areas that follow from their size', async () => {
    const out = await draw(colouredShapes, 9, 500);
    for (let i = 0; i < 500; i += 10) {
      // A disc, of half size 5 to 12 pixels; the antialiased rim counts whole.
      const covered = maskOf(imageOf(colouredShapes, out, i)).reduce((sum, inside) => sum + inside, 0);
      expect(covered).toBeGreaterThan(Math.PI * 5 ** 2 * 0.95);
      expect(covered).toBeLessThan(Math.PI * 13 ** 2);
    }
  });
});
