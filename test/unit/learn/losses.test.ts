/** The losses on the reference images of the science notes, and what SSIM may not depend on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { structuralSimilarity } from '../../../src/learn/layers/structural-similarity';
import { lossNamed } from '../../../src/learn/losses';
import { tf } from '../../../src/tensor/tf';
import { pattern } from './support';

/** 16 x 16: A = (x + y) / 30, B = A + 0.1 sin(2 pi x / 8), C = A upside down. Values from the science notes, 2.4. */
const image = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: 256 }, (_, i) => value(i % 16, Math.floor(i / 16)));
const a = image((x, y) => (x + y) / 30);
const b = image((x, y) => (x + y) / 30 + 0.1 * Math.sin((2 * Math.PI * x) / 8));
const c = image((x, y) => (x + 15 - y) / 30);

const scalar = (make: () => tf.Tensor): number => tf.tidy(() => make().dataSync()[0] as number);
const single = (values: Float32Array) => tf.tensor4d(values, [1, 16, 16, 1]);
const similarity = (p: Float32Array, q: Float32Array) => scalar(() => structuralSimilarity(single(p), single(q)));

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startTensors(backend);
  });

  test('SSIM of the reference images, and 1 of an image with itself', () => {
    expect(similarity(a, b)).toBeCloseTo(0.766119, 4);
    expect(similarity(a, c)).toBeCloseTo(0.0806093, 4);
    expect(similarity(c, c)).toBeCloseTo(1, 5);
    expect(similarity(b, a)).toBeCloseTo(similarity(a, b), 6);
  });

  test('the loss adds the weighted dissimilarity to the squared error', () => {
    const value = (name: 'mse' | 'mse-ssim', weight: number) =>
      scalar(() => lossNamed(name, weight).of(single(a), single(b)));
    expect(value('mse', 3)).toBeCloseTo(0.005, 6);
    expect(value('mse-ssim', 0.5)).toBeCloseTo(0.005 + 0.5 * (1 - 0.766119), 4);
    expect(value('mse-ssim', 0)).toBeCloseTo(0.005, 6);
  });

  test('cross-entropy of scores by hand, and its gradient: (softmax - target) / n', () => {
    const { of, shown, unit } = lossNamed('cross-entropy', 0);
    const scores = () => tf.tensor2d([0, Math.log(3), 0, 1000, -1000, 0], [2, 3]);
    const truth = () => tf.tensor2d([0, 1, 0, 1, 0, 0], [2, 3]);
    // Probabilities 1/5, 3/5, 1/5, and 1, 0, 0 without an overflow.
    expect(scalar(() => of(scores(), truth()))).toBeCloseTo(-Math.log(0.6) / 2, 6);
    expect(unit).toBe('nat');
    const rows = tf.tidy(() => [...shown(scores()).dataSync()]);
    for (const [k, p] of [0.2, 0.6, 0.2, 1, 0, 0].entries()) expect(rows[k]).toBeCloseTo(p, 6);
    const slope = tf.tidy(() => [
      ...tf
        .grad((y) => of(y, truth()))(scores())
        .dataSync(),
    ]);
    for (const [k, g] of [0.1, -0.2, 0.1, 0, 0, 0].entries()) expect(slope[k]).toBeCloseTo(g, 6);
  });

  test('it is the mean over images and channels, of images that are not square too', () => {
    const [p, q] = [pattern(2 * 12 * 15 * 3, 1), pattern(2 * 12 * 15 * 3, 2)];
    const whole = scalar(() => structuralSimilarity(tf.tensor4d(p, [2, 12, 15, 3]), tf.tensor4d(q, [2, 12, 15, 3])));
    let sum = 0;
    for (let n = 0; n < 2; n++) {
      for (let k = 0; k < 3; k++) {
        const plane = (values: Float32Array) =>
          tf.tensor4d(
            Float32Array.from({ length: 180 }, (_, i) => values[n * 540 + 3 * i + k] as number),
            [1, 12, 15, 1],
          );
        sum += scalar(() => structuralSimilarity(plane(p), plane(q)));
      }
    }
    expect(whole).toBeCloseTo(sum / 6, 5);
  });
});
