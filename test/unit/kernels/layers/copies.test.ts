import { describe, expect, it } from 'vitest';
import { startTensors } from '../../../../src/kernels/start';
import { tf } from '../../../../src/tensor/tf';
import { expectSameOnBoth, random } from '../../../support/compare-backends';

describe('joining and splitting', () => {
  it.each([0, 1, 2, 3, -1])('concatenates along axis %i and has its gradient', async (axis) => {
    const at = axis < 0 ? axis + 4 : axis;
    await expectSameOnBoth(() => {
      const parts = [3, 1, 5].map((length, i) => random([2, 3, 4, 5].with(at, length), i + 1));
      const joined = tf.concat(parts, axis);
      const gradients = tf.grads((...xs) => tf.concat(xs, axis))(parts, random(joined.shape, 9));
      return [joined, ...gradients, ...tf.split(joined, [2, 6, 1], axis)];
    });
  });

  it('joins integers, booleans and single parts', async () => {
    await expectSameOnBoth(() => [
      tf.concat([tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3], 'int32')]).cast('float32'),
      tf.concat([tf.tensor1d([1, 0], 'bool'), tf.tensor1d([1], 'bool')]).cast('float32'),
      tf.concat([random([2, 2], 1)], 1),
      tf.concat([random([2, 0], 1), random([2, 3], 2)], 1),
    ]);
  });
});

describe('slicing', () => {
  it.each([
    [
      [10, 7],
      [3, 0],
      [4, 7],
    ],
    [
      [10, 7],
      [3, 2],
      [4, 3],
    ],
    [[10], [2], [5]],
    [
      [4, 5, 6],
      [1, 2, 3],
      [2, 3, 2],
    ],
    [
      [4, 5, 6],
      [1, 0, 0],
      [1, 5, 6],
    ],
    [
      [3, 4, 5, 6],
      [1, 1, 1, 1],
      [2, 3, 4, 5],
    ],
    [
      [3, 4, 5, 6],
      [1, 1, 0, 0],
      [2, 2, 5, 6],
    ],
    [
      [3, 4, 5, 6],
      [0, 0, 0, 2],
      [3, 4, 5, 1],
    ],
    [
      [2, 3, 2, 3, 2],
      [0, 1, 1, 0, 1],
      [2, 2, 1, 2, 1],
    ],
    [
      [4, 4],
      [1, 1],
      [0, 2],
    ],
  ])('%j from %j of size %j', async (shape, begin, size) => {
    await expectSameOnBoth(() => [
      tf.slice(random(shape, 1), begin, size),
      tf.slice(tf.cast(tf.mul(random(shape, 1), 100), 'int32'), begin, size).cast('float32'),
      tf.slice(tf.greater(random(shape, 1), 0), begin, size).cast('float32'),
    ]);
  });
});

describe('sharing', () => {
  it('costs no memory for a clone and frees with the last owner', async () => {
    await startTensors('wasm');
    const x = random([1000], 1);
    const before = tf.memory().numDataBuffers;
    const clone = x.clone();
    expect(tf.memory().numDataBuffers).toBe(before);
    x.dispose();
    expect(clone.dataSync()).toHaveLength(1000);
    clone.dispose();
  });
});
