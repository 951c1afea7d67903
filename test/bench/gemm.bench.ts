/**
 * Speed of the matrix product and of one convolution layer on tfjs's heap, one thread.
 * Run: npx vitest bench --run test/bench/gemm.bench.ts
 * Prints GFLOP/s as median and best of 41 short rounds of CPU time, and the load of the machine. Packing is included.
 */
import { bench, describe } from 'vitest';
import { startTensors } from '../../src/kernels/start';
import { tf } from '../../src/tensor/tf';
import { machineLoad, measure } from './measure';

await startTensors('wasm');

interface Job {
  name: string;
  flops: number;
  work: () => void;
}

function product(m: number, k: number, n: number, transposeA = false, transposeB = false): Job {
  const a = tf.randomUniform(transposeA ? [k, m] : [m, k], -1, 1, 'float32', 1);
  const b = tf.randomUniform(transposeB ? [n, k] : [k, n], -1, 1, 'float32', 2);
  return {
    name: `product ${m}x${k}x${n}${transposeA ? ' A^T' : ''}${transposeB ? ' B^T' : ''}`,
    flops: 2 * m * k * n,
    work: () => tf.matMul(a, b, transposeA, transposeB).dispose(),
  };
}

function convolution(batch: number, size: number, cin: number, cout: number): Job[] {
  const x = tf.randomUniform<tf.Rank.R4>([batch, size, size, cin], -1, 1, 'float32', 1);
  const w = tf.randomUniform<tf.Rank.R4>([3, 3, cin, cout], -1, 1, 'float32', 2);
  const dy = tf.randomUniform<tf.Rank.R4>([batch, size, size, cout], -1, 1, 'float32', 3);
  const flops = 2 * batch * size * size * 9 * cin * cout;
  const name = `convolution ${batch}x${size}x${size}x${cin} 3x3x${cout}`;
  const run = (kernel: string, inputs: Record<string, tf.Tensor>, attrs: Record<string, unknown>) => () =>
    (
      tf
        .engine()
        .runKernel(
          kernel,
          inputs as never,
          { strides: 1, pad: 'same', dataFormat: 'NHWC', ...attrs } as never,
        ) as tf.Tensor
    ).dispose();
  return [
    { name: `${name} forward`, flops, work: run('Conv2D', { x, filter: w }, { dilations: 1 }) },
    { name: `${name} dx`, flops, work: run('Conv2DBackpropInput', { dy, filter: w }, { inputShape: x.shape }) },
    { name: `${name} dw`, flops, work: run('Conv2DBackpropFilter', { x, dy }, { filterShape: w.shape }) },
  ];
}

const jobs = [
  product(64, 1000, 512),
  product(12544, 144, 16),
  product(3136, 288, 32),
  product(512, 512, 512),
  product(1280, 64, 512, true),
  product(64, 512, 1280, false, true),
  ...convolution(16, 28, 16, 16),
  ...convolution(16, 14, 64, 32),
  ...convolution(16, 7, 64, 64),
  ...convolution(16, 28, 1, 16),
  ...convolution(16, 28, 32, 16),
];

console.log(`machine load ${machineLoad()}`);
for (const { name, flops, work } of jobs) {
  const { median, best } = measure(work);
  console.log(
    `${name.padEnd(44)} ${(flops / median / 1e9).toFixed(1)} GFLOP/s median, ${(flops / best / 1e9).toFixed(1)} best`,
  );
}
console.log(`machine load ${machineLoad()}`);

describe('matrix product', () => {
  for (const { name, work } of jobs.slice(0, 4)) bench(name, work, { time: 200 });
});
