import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { withScope } from '../../../src/tensor/scope';
import { tf } from '../../../src/tensor/tf';

describe('withScope', () => {
  beforeAll(async () => {
    await startTensors('cpu');
  });

  it('frees what was made before and after an await, and keeps the result', async () => {
    const start = tf.memory().numTensors;
    const result = await withScope(async () => {
      const a = tf.tensor([1, 2]);
      await wait(1);
      const b = tf.add(a, 1);
      tf.mul(b, 2);
      return { b };
    });
    expect(tf.memory().numTensors).toBe(start + 1);
    expect([...result.b.dataSync()]).toEqual([2, 3]);
    result.b.dispose();
    expect(tf.memory().numTensors).toBe(start);
  });

  it('spares kept tensors and variables', async () => {
    const start = tf.memory().numTensors;
    const held: tf.Tensor[] = [];
    await withScope(async () => {
      held.push(tf.keep(tf.tensor([1])), tf.variable(tf.tensor([2])));
      await wait(0);
      return [];
    });
    expect(held.map((tensor) => tensor.isDisposed)).toEqual([false, false]);
    tf.dispose(held);
    expect(tf.memory().numTensors).toBe(start);
  });

  it('frees everything when the computation throws', async () => {
    const start = tf.memory().numTensors;
    const failing = withScope(async () => {
      tf.tensor([1]);
      await wait(0);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(tf.memory().numTensors).toBe(start);
  });

  it('nests', async () => {
    const start = tf.memory().numTensors;
    const outer = await withScope(async () => {
      const inner = await withScope(async () => tf.tensor([3]));
      return tf.add(inner, 1);
    });
    expect(tf.memory().numTensors).toBe(start + 1);
    outer.dispose();
  });

  it('reports two computations that overlap', async () => {
    const slow = withScope(async () => {
      await wait(5);
      return [];
    });
    const slower = withScope(async () => {
      await wait(20);
      return [];
    });
    await expect(slow).rejects.toThrow(/only one may be in flight/);
    await slower;
  });
});
