import { describe, expect, it } from 'vitest';
import { type AdamOptions, adamStep } from '../../../../src/kernels/adam/adam';
import { startTensors } from '../../../../src/kernels/start';
import { tf } from '../../../../src/tensor/tf';
import { noise, relativeError } from '../../../support/compare-backends';

const options = { lr: 1e-2, beta1: 0.9, beta2: 0.999, eps: 1e-7 };

const variable = (data: Float32Array): tf.Variable => tf.tidy(() => tf.variable(tf.tensor1d(data), false));

interface State {
  param: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

/** Runs steps `from`..`to` (inclusive, from 1) from saved arrays and returns the arrays after. */
function run(state: State, from: number, to: number, change: Partial<AdamOptions> = {}): State {
  const param = variable(state.param);
  const m = variable(state.m);
  const v = variable(state.v);
  for (let t = from; t <= to; t++) {
    tf.tidy(() =>
      adamStep({ param, grad: tf.tensor1d(noise(state.param.length, t)), m, v }, { ...options, ...change, t }),
    );
  }
  const after = [param, m, v].map((x) => x.dataSync<'float32'>().slice());
  tf.dispose([param, m, v]);
  return { param: after[0] as Float32Array, m: after[1] as Float32Array, v: after[2] as Float32Array };
}

const start = (n: number): State => ({ param: noise(n, 99), m: new Float32Array(n), v: new Float32Array(n) });

/** The paper's algorithm in double precision. */
function byThePaper(n: number, steps: number): number[] {
  const p = Array.from(noise(n, 99));
  const m = new Array<number>(n).fill(0);
  const v = new Array<number>(n).fill(0);
  for (let t = 1; t <= steps; t++) {
    const g = noise(n, t);
    for (let i = 0; i < n; i++) {
      const gi = g[i] as number;
      m[i] = 0.9 * (m[i] as number) + 0.1 * gi;
      v[i] = 0.999 * (v[i] as number) + 0.001 * gi * gi;
      const mHat = (m[i] as number) / (1 - 0.9 ** t);
      const vHat = (v[i] as number) / (1 - 0.999 ** t);
      p[i] = (p[i] as number) - (options.lr * mHat) / (Math.sqrt(vHat) + options.eps);
    }
  }
  return p;
}

describe.each(['wasm', 'cpu'] as const)('Adam on %s', (backend) => {
  it.each([1, 3, 4, 130])('follows the paper for %i weights', async (n) => {
    await startTensors(backend);
    expect(relativeError(run(start(n), 1, 50).param, Float32Array.from(byThePaper(n, 50)))).toBeLessThan(1e-5);
  });

  it('moves every weight by the learning rate in the first step', async () => {
    await startTensors(backend);
    const { param } = start(9);
    const after = run(start(9), 1, 1).param;
    const g = noise(9, 1);
    after.forEach((value, i) => {
      expect(value - (param[i] as number)).toBeCloseTo(-options.lr * Math.sign(g[i] as number), 6);
    });
  });

  it('resumes from saved arrays to the bit', async () => {
    await startTensors(backend);
    const whole = run(start(101), 1, 40);
    const resumed = run(run(start(101), 1, 17), 18, 40);
    expect(resumed).toEqual(whole);
  });

  it('changes no tensor that shares data with a variable', async () => {
    await startTensors(backend);
    const initial = tf.tensor1d([1, 2, 3]);
    const param = tf.variable(initial, true);
    const snapshot = param.clone();
    const m = variable(new Float32Array(3));
    const v = variable(new Float32Array(3));
    const grad = tf.tensor1d([1, 1, 1]);
    adamStep({ param, grad, m, v }, { ...options, t: 1 });
    expect([...initial.dataSync()]).toEqual([1, 2, 3]);
    expect([...snapshot.dataSync()]).toEqual([1, 2, 3]);
    expect(param.dataSync()[0]).toBeCloseTo(0.99, 6);
    tf.dispose([initial, snapshot, param, m, v, grad]);
  });

  it('refuses arrays of different shapes', async () => {
    await startTensors(backend);
    const [param, m, v] = [2, 2, 2].map((n) => variable(new Float32Array(n))) as [
      tf.Variable,
      tf.Variable,
      tf.Variable,
    ];
    const grad = tf.zeros([3]);
    expect(() => adamStep({ param, grad, m, v }, { ...options, t: 1 })).toThrow(/Adam/);
    tf.dispose([param, m, v, grad]);
  });

  it('leaves the tensor count as it was', async () => {
    await startTensors(backend);
    const before = tf.memory().numTensors;
    run(start(20), 1, 3);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('is seen by tfjs kernels that keep packed weights', async () => {
  await startTensors('wasm');
  const x = tf.randomUniform([1, 6, 6, 2], -1, 1, 'float32', 1) as tf.Tensor4D;
  const filter = tf.tidy(() => tf.variable(tf.ones([3, 3, 2, 1]), false));
  const apply = () =>
    tf.tidy(() =>
      tf
        .depthwiseConv2d(x, filter as unknown as tf.Tensor4D, 1, 'same')
        .dataSync()
        .slice(),
    );
  const before = apply();
  const m = tf.tidy(() => tf.variable(tf.zeros([3, 3, 2, 1]), false));
  const v = tf.tidy(() => tf.variable(tf.zeros([3, 3, 2, 1]), false));
  const grad = tf.ones([3, 3, 2, 1]);
  adamStep({ param: filter, grad, m, v }, { ...options, lr: 0.5, t: 1 });
  const after = apply();
  expect(
    relativeError(
      Float32Array.from(after),
      Float32Array.from(before).map((value) => value / 2),
    ),
  ).toBeLessThan(1e-5);
  tf.dispose([x, filter, m, v, grad]);
});
