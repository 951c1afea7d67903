/**
 * Runs one function of tensors on our wasm kernels and on tfjs's cpu backend, which tests trust, and compares.
 */
import { expect } from 'vitest';
import { startTensors } from '../../src/kernels/start';
import { tf } from '../../src/tensor/tf';

/** Seeded uniform numbers in -1..1 (a small linear congruential generator, for test data only). */
export function noise(size: number, seed: number): Float32Array {
  const out = new Float32Array(size);
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = state / 2 ** 31 - 1;
  }
  return out;
}

export const random = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(noise(tf.util.sizeFromShape(shape), seed), shape, 'float32');

export type Computation = () => tf.Tensor | tf.Tensor[];

/** Plain results of `compute` on a backend. */
export async function on(
  name: 'wasm' | 'cpu',
  compute: Computation,
): Promise<{ shape: number[]; data: Float32Array }[]> {
  await startTensors(name);
  const results = tf.tidy(compute);
  const list = Array.isArray(results) ? results : [results];
  const values = list.map((tensor) => ({ shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) }));
  tf.dispose(list);
  return values;
}

/** Largest difference over the largest expected magnitude. */
export function relativeError(found: Float32Array, expected: Float32Array): number {
  let difference = 0;
  let magnitude = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] ?? Number.NaN) - (expected[i] ?? 0));
    if (!(gap <= difference)) difference = gap;
    magnitude = Math.max(magnitude, Math.abs(expected[i] ?? 0));
  }
  return magnitude === 0 ? difference : difference / magnitude;
}

/** Expects the same shapes and numbers on wasm as on cpu. */
export async function expectSameOnBoth(compute: Computation, bound = 1e-5): Promise<void> {
  const expected = await on('cpu', compute);
  const found = await on('wasm', compute);
  expect(found.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  found.forEach(({ data }, i) => {
    const error = relativeError(data, expected[i]?.data ?? new Float32Array());
    expect(error, `result ${i}`).toBeLessThan(bound);
  });
}
