import { describe, expect, it } from 'vitest';
import { startTensors } from '../../../../src/kernels/start';
import { tf } from '../../../../src/tensor/tf';
import { expectSameOnBoth, random } from '../../../support/compare-backends';

type Image = tf.Tensor4D;

/** Value and gradient of a function of one image, with a random gradient from above. */
function withGradient(x: () => tf.Tensor, f: (x: tf.Tensor) => tf.Tensor): () => tf.Tensor[] {
  return () => {
    const input = x();
    const y = f(input);
    return [y, tf.grad(f)(input, random(y.shape, 77))];
  };
}

describe('max-pooling', () => {
  it.each([
    [2, 2, 'valid', 8, 8, 16],
    [2, 2, 'valid', 7, 9, 5],
    [3, 2, 'same', 9, 7, 6],
    [3, 1, 'same', 6, 6, 4],
    [2, 3, 'valid', 8, 8, 1],
  ] as const)('window %i, stride %i, %s, image %ix%ix%i', async (window, stride, pad, h, w, c) => {
    await expectSameOnBoth(
      withGradient(
        () => random([2, h, w, c], 5),
        (x) => tf.maxPool(x as Image, window, stride, pad),
      ),
    );
  });

  it('gives the gradient of a tie to the first pixel only', async () => {
    await expectSameOnBoth(
      withGradient(
        () => tf.relu(random([2, 8, 8, 9], 5)),
        (x) => tf.maxPool(x as Image, 2, 2, 'valid'),
      ),
    );
  });
});

describe('nearest resizing', () => {
  const sizes = [
    [7, 7, 14, 14, 16],
    [5, 3, 20, 6, 3],
    [4, 4, 4, 4, 2],
    [6, 6, 9, 15, 2],
    [8, 8, 4, 4, 2],
    [1, 3, 5, 1, 2],
  ] as const;

  // One image only, and more than one pixel high: with more images the cpu backend of tfjs 4.22 takes the gradient from
  // the wrong one, and with aligned corners on a single row it never returns.
  it.each(sizes.slice(0, -1))('%ix%i to %ix%i, %i channels', async (h, w, toH, toW, c) => {
    for (const alignCorners of [false, true]) {
      await expectSameOnBoth(
        withGradient(
          () => random([1, h, w, c], 5),
          (x) => tf.image.resizeNearestNeighbor(x as Image, [toH, toW], alignCorners),
        ),
      );
    }
    await expectSameOnBoth(() =>
      tf.image.resizeNearestNeighbor(random([2, h, w, c], 5) as Image, [toH, toW], false, true),
    );
  });

  it.each(sizes)('%ix%i to %ix%i is linear, and its gradient is its transpose', async (h, w, toH, toW, c) => {
    await startTensors('wasm');
    for (const halfPixelCenters of [false, true]) {
      const [forward, backward] = tf.tidy(() => {
        const resize = (x: tf.Tensor) =>
          tf.image.resizeNearestNeighbor(x as Image, [toH, toW], false, halfPixelCenters);
        const x = random([3, h, w, c], 5);
        const dy = random([3, toH, toW, c], 6);
        return [tf.sum(tf.mul(resize(x), dy)), tf.sum(tf.mul(x, tf.grad(resize)(x, dy)))].map(
          (t) => t.dataSync()[0] ?? 0,
        );
      });
      expect(backward).toBeCloseTo(forward as number, 4);
    }
  });
});

describe('sums', () => {
  it.each([
    [[300, 33], [0], false],
    [[2, 9, 9, 16], [0, 1, 2], false],
    [[2, 9, 9, 23], [0, 1, 2], true],
    [[4, 5, 6], [0, 1], true],
    [[4, 5, 6], [1], false],
    [[4, 5, 6], [2], false],
    [[4, 5], undefined, false],
  ])('of %j over axes %j', async (shape, axes, keepDims) => {
    await expectSameOnBoth(() => tf.sum(random(shape, 4), axes, keepDims));
  });

  it('rounds a long column no worse than 2e-6', async () => {
    await startTensors('wasm');
    const rows = 100_000;
    const sum = tf.tidy(() => tf.sum(tf.fill([rows, 4], 0.1), 0).dataSync());
    const exact = rows * Math.fround(0.1);
    for (const value of sum) expect(Math.abs(value / exact - 1)).toBeLessThan(2e-6);
  });

  it('sums rows by segment, as the gradient of gather does', async () => {
    await expectSameOnBoth(() => {
      const ids = tf.tensor1d([2, 0, 2, 5, -1], 'int32');
      const table = random([6, 3], 2);
      return [
        tf.unsortedSegmentSum(random([5, 3], 1), ids, 4),
        tf.grad((t) => tf.gather(t, tf.tensor1d([1, 1, 4], 'int32')))(table),
      ];
    });
  });
});

describe('everything else that a convolutional network trains through', () => {
  it.each([
    ['relu', (x: tf.Tensor) => tf.relu(x)],
    ['relu6', (x: tf.Tensor) => tf.relu6(tf.mul(x, 9))],
    ['leaky relu', (x: tf.Tensor) => tf.leakyRelu(x, 0.1)],
    ['elu', (x: tf.Tensor) => tf.elu(x)],
    ['sigmoid', (x: tf.Tensor) => tf.sigmoid(x)],
    ['tanh', (x: tf.Tensor) => tf.tanh(x)],
    ['softplus', (x: tf.Tensor) => tf.softplus(x)],
    ['softmax', (x: tf.Tensor) => tf.softmax(x)],
    ['log softmax', (x: tf.Tensor) => tf.logSoftmax(x)],
    ['mean', (x: tf.Tensor) => tf.mean(x, [1, 2])],
    ['clip', (x: tf.Tensor) => tf.clipByValue(x, -0.3, 0.4)],
    ['average pooling', (x: tf.Tensor) => tf.avgPool(x as Image, 2, 2, 'valid')],
    ['average pooling, padded', (x: tf.Tensor) => tf.avgPool(x as Image, 3, 2, 'same')],
    [
      'padding',
      (x: tf.Tensor) =>
        tf.pad(x, [
          [0, 0],
          [1, 2],
          [0, 1],
          [0, 0],
        ]),
    ],
    ['transposing', (x: tf.Tensor) => tf.transpose(x, [0, 3, 1, 2])],
    // The cpu backend of tfjs 4.22 mixes up height and width here, so the image is square.
    [
      'bilinear resizing',
      (x: tf.Tensor) => tf.image.resizeBilinear(tf.slice(x, [0, 0, 1, 0], [2, 6, 6, 6]) as Image, [12, 7]),
    ],
    ['squared error', (x: tf.Tensor) => tf.mean(tf.squaredDifference(x, 0.5))],
    ['absolute error', (x: tf.Tensor) => tf.mean(tf.abs(tf.sub(x, 0.5)))],
    [
      'batch normalisation',
      (x: tf.Tensor) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        return tf.batchNorm(x as Image, mean as tf.Tensor1D, variance as tf.Tensor1D, tf.zeros([6]), tf.ones([6]));
      },
    ],
    [
      'transposed convolution',
      (x: tf.Tensor) => tf.conv2dTranspose(x as Image, random([3, 3, 4, 6], 3) as Image, [2, 12, 16, 4], 2, 'same'),
    ],
  ] as const)('%s', async (_, f) => {
    await expectSameOnBoth(
      withGradient(() => random([2, 6, 8, 6], 5), f),
      2e-5,
    );
  });
});
