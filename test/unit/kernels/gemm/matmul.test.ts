import { describe, expect, it } from 'vitest';
import { startTensors } from '../../../../src/kernels/start';
import { tf } from '../../../../src/tensor/tf';
import { expectSameOnBoth, on, random, relativeError } from '../../../support/compare-backends';

const sizes: [number, number, number][] = [
  [1, 1, 1],
  [4, 8, 8],
  [5, 7, 3],
  [64, 100, 51],
  [3, 1300, 17],
  [33, 513, 9],
  [130, 24, 16],
  [150, 600, 20],
  [70, 5, 1],
];

describe('matrix product on wasm', () => {
  for (const [m, k, n] of sizes) {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      it(`${m}x${k}x${n}${ta ? ', A transposed' : ''}${tb ? ', B transposed' : ''}`, async () => {
        await expectSameOnBoth(() =>
          tf.matMul(random(ta ? [k, m] : [m, k], 1), random(tb ? [n, k] : [k, n], 2), ta, tb),
        );
      });
    }
  }

  it('broadcasts batch dimensions', async () => {
    await expectSameOnBoth(() => tf.matMul(random([2, 3, 4, 5], 1), random([1, 3, 5, 6], 2)));
    await expectSameOnBoth(() => tf.matMul(random([4, 3, 5], 1), random([1, 5, 6], 2)));
  });

  it('broadcasts a middle batch dimension, where the cpu backend of tfjs 4.22 takes the wrong matrices', async () => {
    const a = () => random([2, 1, 4, 5], 1);
    const b = () => random([1, 3, 5, 9], 2);
    const [expected] = await on('cpu', () => tf.matMul(tf.tile(a(), [1, 3, 1, 1]), tf.tile(b(), [2, 1, 1, 1])));
    const [found] = await on('wasm', () => tf.matMul(a(), b()));
    expect(relativeError(found?.data ?? new Float32Array(), expected?.data ?? new Float32Array())).toBeLessThan(1e-5);
  });

  it.each(['linear', 'relu', 'relu6', 'sigmoid'] as const)('fuses bias and %s', async (activation) => {
    for (const transposeA of [false, true]) {
      await expectSameOnBoth(() => {
        const a = random(transposeA ? [20, 13] : [13, 20], 1);
        return tf.fused.matMul({ a, b: random([20, 11], 2), transposeA, bias: random([11], 3), activation });
      });
    }
  });

  it('has the gradients of a dense layer', async () => {
    await expectSameOnBoth(() =>
      tf.grads((x, w) => tf.matMul(x as tf.Tensor, w as tf.Tensor))(
        [random([16, 40], 1), random([40, 24], 2)],
        random([16, 24], 3),
      ),
    );
  });

  it('refuses a fused bias that is not one number per output', async () => {
    await startTensors('wasm');
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const a = tf.ones([2, 3]);
      expect(() => tf.fused.matMul({ a, b: tf.ones([3, 4]), bias: tf.scalar(1) })).toThrow(/needs 4 numbers/);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses integers with a reason', async () => {
    await startTensors('wasm');
    const a = tf.ones([2, 2], 'int32');
    expect(() => tf.matMul(a, a)).toThrow(/float32/);
    a.dispose();
  });
});
