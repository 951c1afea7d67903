/** The clock over tfjs's kernels: what it counts, that it changes no number, and that it stops. */
import { expect, test } from 'vitest';
import { adamStep } from '../../../src/kernels/adam/adam';
import { startTensors } from '../../../src/kernels/start';
import { beginOpTimes, endOpTimes, timed } from '../../../src/tensor/op-times';
import { tf } from '../../../src/tensor/tf';

const work = () =>
  tf.tidy(() => {
    const a = tf.ones([30, 20]);
    const b = tf.fill([20, 10], 0.5);
    return [...tf.matMul(a, b).relu().dataSync()];
  });

test.each(['wasm', 'cpu'] as const)('counts calls and bytes on %s, and gives the same numbers', async (backend) => {
  await startTensors(backend);
  const before = work();
  beginOpTimes();
  const during = work();
  work();
  const { ops, peakBytes } = endOpTimes();
  expect(during).toEqual(before);
  const product = ops.find(({ name }) => name === 'BatchMatMul');
  expect(product).toMatchObject({ calls: 2, bytes: 2 * 4 * 300 });
  expect(product?.ms).toBeGreaterThan(0);
  expect(ops.map(({ ms }) => ms)).toEqual(ops.map(({ ms }) => ms).sort((x, y) => y - x));
  expect(peakBytes).toBeGreaterThanOrEqual(4 * (600 + 200 + 300));
  // Stopped: nothing is counted, and a second clock starts at nothing.
  work();
  expect(endOpTimes().ops).toEqual([]);
  beginOpTimes();
  expect(endOpTimes().ops).toEqual([]);
});

test('gradients are counted, and our Adam under its own name', async () => {
  await startTensors('wasm');
  const arrays = tf.tidy(() => ({
    param: tf.variable(tf.ones([50])),
    grad: tf.keep(tf.ones([50])),
    m: tf.variable(tf.zeros([50])),
    v: tf.variable(tf.zeros([50])),
  }));
  beginOpTimes();
  adamStep(arrays, { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, t: 1 });
  tf.tidy(() => tf.grad((x) => tf.sum(tf.square(x)))(arrays.grad));
  const { ops } = endOpTimes();
  tf.dispose(Object.values(arrays));
  expect(ops.find(({ name }) => name === 'Adam')).toMatchObject({ calls: 1, bytes: 200 });
  expect(ops.map(({ name }) => name)).toContain('Square');
});

test('work within work counts once, and a failure does not stop the clock', async () => {
  await startTensors('cpu');
  beginOpTimes();
  timed('outer', 8, () => timed('inner', 4, work));
  expect(() =>
    timed('failing', 0, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  work();
  const names = endOpTimes().ops.map(({ name }) => name);
  expect(names).toContain('outer');
  expect(names).not.toContain('inner');
  expect(names).toContain('BatchMatMul');
});
