import { beforeAll, describe, expect, it } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { Residency } from '../../../src/tensor/residency';
import { tf } from '../../../src/tensor/tf';
import { toArray } from '../../../src/tensor/values';

const array = (...numbers: number[]) => ({ shape: [numbers.length], data: Float32Array.from(numbers) });

describe.each(['cpu', 'wasm'] as const)('residency on %s', (backend) => {
  beforeAll(async () => {
    await startTensors(backend);
  });

  it('makes one copy, on demand, and frees it with the last consumer', () => {
    const start = tf.memory();
    const residency = new Residency();
    const value = array(1, 2, 3);
    residency.retain(value, 2);
    expect(tf.memory().numTensors).toBe(start.numTensors);
    const first = tf.tidy(() => residency.resident(value));
    expect(residency.resident(value)).toBe(first);
    expect(residency.memory().copies).toBe(1);
    expect([...first.dataSync()]).toEqual([1, 2, 3]);
    residency.release(value);
    expect(first.isDisposed).toBe(false);
    residency.release(value);
    expect(first.isDisposed).toBe(true);
    expect(tf.memory().numTensors).toBe(start.numTensors);
    expect(tf.memory().numBytes).toBe(start.numBytes);
  });

  it('adds up consumers that are announced one by one', () => {
    const residency = new Residency();
    const value = array(4);
    residency.retain(value, 1);
    residency.retain(value, 1);
    const tensor = residency.resident(value);
    residency.release(value);
    expect(tensor.isDisposed).toBe(false);
    residency.release(value);
    expect(tensor.isDisposed).toBe(true);
  });

  it('gives an unannounced array to the current scope', () => {
    const start = tf.memory().numTensors;
    const residency = new Residency();
    tf.tidy(() => void residency.resident(array(1, 2)));
    expect(tf.memory().numTensors).toBe(start);
  });

  it('keeps integers integers, and shares nothing with the array', async () => {
    const residency = new Residency();
    const ints = { shape: [2, 1], data: Int32Array.from([7, -1]) };
    residency.retain(ints, 1);
    expect(residency.resident(ints).dtype).toBe('int32');
    const floats = array(1, 2);
    residency.retain(floats, 1);
    const back = await toArray(residency.resident(floats));
    back.data[0] = 99;
    expect(floats.data[0]).toBe(1);
    residency.dispose();
  });

  it('frees everything on dispose, and a release after it is harmless', () => {
    const start = tf.memory().numTensors;
    const residency = new Residency();
    const values = [array(1), array(2)];
    for (const value of values) {
      residency.retain(value, 5);
      residency.resident(value);
    }
    residency.dispose();
    for (const value of values) residency.release(value);
    expect(tf.memory().numTensors).toBe(start);
  });
});

it('copies again after a change of backend', async () => {
  await startTensors('wasm');
  const start = tf.memory().numTensors;
  const residency = new Residency();
  const value = array(5, 6);
  residency.retain(value, 1);
  const before = residency.resident(value);
  await startTensors('cpu');
  const after = residency.resident(value);
  expect(before.isDisposed).toBe(true);
  expect([...after.dataSync()]).toEqual([5, 6]);
  residency.release(value);
  expect(tf.memory().numTensors).toBe(start);
});
