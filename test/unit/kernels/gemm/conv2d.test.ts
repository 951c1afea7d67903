import { describe, expect, it } from 'vitest';
import { startTensors } from '../../../../src/kernels/start';
import { tf } from '../../../../src/tensor/tf';
import { expectSameOnBoth, noise, random } from '../../../support/compare-backends';

interface Case {
  batch: number;
  h: number;
  w: number;
  cin: number;
  cout: number;
  k: [number, number];
  stride: [number, number];
  pad: 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];
}

const explicit: Case['pad'] = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];
const cases: Case[] = [];
for (const k of [1, 3, 5, 7]) {
  for (const stride of [1, 2]) {
    for (const pad of ['same', 'valid'] as const) {
      for (const [cin, cout] of [
        [1, 16],
        [3, 5],
        [16, 1],
        [16, 24],
      ] as const) {
        cases.push({ batch: 2, h: 11, w: 9, cin, cout, k: [k, k], stride: [stride, stride], pad });
      }
    }
  }
}
cases.push(
  { batch: 1, h: 28, w: 28, cin: 16, cout: 16, k: [3, 3], stride: [1, 1], pad: 'same' },
  { batch: 3, h: 7, w: 7, cin: 64, cout: 64, k: [3, 3], stride: [1, 1], pad: 'same' },
  { batch: 2, h: 14, w: 13, cin: 64, cout: 32, k: [3, 3], stride: [1, 1], pad: 'same' },
  { batch: 2, h: 5, w: 4, cin: 8, cout: 8, k: [3, 3], stride: [1, 1], pad: explicit },
  { batch: 1, h: 40, w: 40, cin: 32, cout: 40, k: [3, 3], stride: [1, 1], pad: 'valid' },
  { batch: 1, h: 1, w: 1, cin: 4, cout: 9, k: [1, 1], stride: [1, 1], pad: 'valid' },
  { batch: 2, h: 10, w: 6, cin: 3, cout: 8, k: [2, 4], stride: [2, 1], pad: 'same' },
  { batch: 2, h: 10, w: 6, cin: 3, cout: 8, k: [2, 4], stride: [3, 2], pad: explicit },
  { batch: 2, h: 9, w: 9, cin: 2, cout: 3, k: [3, 3], stride: [1, 1], pad: explicit },
  { batch: 2, h: 9, w: 9, cin: 2, cout: 3, k: [3, 3], stride: [1, 1], pad: 4 },
  { batch: 2, h: 8, w: 8, cin: 2, cout: 3, k: [1, 1], stride: [2, 2], pad: 'valid' },
);

const name = (c: Case) =>
  `${c.batch}x${c.h}x${c.w}x${c.cin} by ${c.k.join('x')}x${c.cout}, stride ${c.stride.join(',')}, pad ${JSON.stringify(c.pad)}`;

describe('convolution on wasm', () => {
  it.each(cases.map((c) => [name(c), c] as const))('%s: forward and both gradients', async (_, c) => {
    await expectSameOnBoth(() => {
      const x = random([c.batch, c.h, c.w, c.cin], 1) as tf.Tensor4D;
      const filter = random([...c.k, c.cin, c.cout], 2) as tf.Tensor4D;
      const y = tf.conv2d(x, filter, c.stride, c.pad);
      const dy = random(y.shape, 3) as tf.Tensor4D;
      const [dx, dw] = tf.grads((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, c.stride, c.pad))(
        [x, filter],
        dy,
      );
      return [y, dx as tf.Tensor, dw as tf.Tensor];
    });
  });

  it('agrees on a dilated filter', async () => {
    await expectSameOnBoth(() =>
      tf.conv2d(
        random([2, 12, 10, 3], 1) as tf.Tensor4D,
        random([3, 2, 3, 5], 2) as tf.Tensor4D,
        1,
        'same',
        'NHWC',
        [2, 3],
      ),
    );
  });

  it.each(['linear', 'relu', 'relu6', 'sigmoid', 'elu'] as const)('fuses bias and %s', async (activation) => {
    for (const cout of [1, 5, 16]) {
      await expectSameOnBoth(() =>
        tf.fused.conv2d({
          x: random([2, 9, 8, 3], 1) as tf.Tensor4D,
          filter: random([3, 3, 3, cout], 2) as tf.Tensor4D,
          strides: 1,
          pad: 'same',
          bias: random([cout], 4),
          activation,
        }),
      );
    }
  });

  it('gives the same bits wherever the tensors lie', async () => {
    await startTensors('wasm');
    const run = () => {
      const x = random([2, 14, 14, 16], 1) as tf.Tensor4D;
      const filter = random([3, 3, 16, 16], 2) as tf.Tensor4D;
      return tf.conv2d(x, filter, 1, 'same');
    };
    const first = tf.tidy(() => run().dataSync());
    const blocker = tf.tensor(noise(12_345, 9));
    const second = tf.tidy(() => run().dataSync());
    blocker.dispose();
    expect(second).toEqual(first);
  });

  it('leaves no tensor behind', async () => {
    await startTensors('wasm');
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = random([2, 8, 8, 3], 1) as tf.Tensor4D;
      const filter = random([3, 3, 3, 4], 2) as tf.Tensor4D;
      tf.grads((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same'))([x, filter]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
