/**
 * Training speed of the study's decoder on `wasm`, one thread: MLP 1280-512-784 (ReLU), then a residual U-Net on
 * 28x28 (c = 16, 2 levels, nearest up-sampling + 3x3 convolution, concatenation), MSE, Adam, batch 64 in micro-batches.
 * Run: npx vitest bench --run test/bench/unet-training.bench.ts
 * Prints images per second of CPU time (median and best step), the CPU time per kernel and the load of the machine.
 * Environment: MICRO (micro-batch, 16), STEPS (timed steps, 8).
 */
import { bench, describe } from 'vitest';
import { adamStep } from '../../src/kernels/adam/adam';
import { startTensors } from '../../src/kernels/start';
import { tf } from '../../src/tensor/tf';
import { cpuSeconds, machineLoad } from './measure';

const BATCH = 64;
const micro = Number(process.env['MICRO'] ?? 16);
const steps = Number(process.env['STEPS'] ?? 8);

await startTensors('wasm');

let seed = 1;
const weights = new Map<string, tf.Variable>();
function weight(name: string, shape: number[]): tf.Variable {
  let found = weights.get(name);
  if (!found) {
    const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const start =
      shape.length === 1 ? tf.zeros(shape) : tf.randomNormal(shape, 0, Math.sqrt(2 / fanIn), 'float32', seed++);
    found = tf.variable(start, true, name);
    start.dispose();
    weights.set(name, found);
  }
  return found;
}

type Image = tf.Tensor4D;

function convolution(x: Image, cout: number, name: string, size = 3): Image {
  const w = weight(`${name}/w`, [size, size, x.shape[3], cout]) as unknown as tf.Tensor4D;
  return tf.add(tf.conv2d(x, w, 1, 'same'), weight(`${name}/b`, [cout]));
}

const double = (x: Image, cout: number, name: string): Image =>
  tf.relu(convolution(tf.relu(convolution(x, cout, `${name}a`)), cout, `${name}b`));

const grow = (x: Image, cout: number, name: string): Image =>
  convolution(tf.image.resizeNearestNeighbor(x, [x.shape[1] * 2, x.shape[2] * 2]), cout, name);

function forward(x: tf.Tensor): tf.Tensor {
  const hidden = tf.relu(tf.add(tf.matMul(x, weight('m1/w', [1280, 512])), weight('m1/b', [512])));
  const flat = tf.add(tf.matMul(hidden, weight('m2/w', [512, 784])), weight('m2/b', [784]));
  const first = tf.sigmoid(flat).reshape([-1, 28, 28, 1]) as Image;
  const d1 = double(first, 16, 'd1');
  const d2 = double(tf.maxPool(d1, 2, 2, 'valid'), 32, 'd2');
  const d3 = double(tf.maxPool(d2, 2, 2, 'valid'), 64, 'd3');
  const u2 = double(tf.concat([d2, grow(d3, 32, 'g2')], 3), 32, 'u2');
  const u1 = double(tf.concat([d1, grow(u2, 16, 'g1')], 3), 16, 'u1');
  return tf.add(first, convolution(u1, 1, 'out', 1));
}

const x = tf.randomUniform([BATCH, 1280], 0, 1, 'float32', 11);
const target = tf.randomUniform([BATCH, 28, 28, 1], 0, 1, 'float32', 12);
tf.tidy(() => forward(x.slice([0, 0], [1, 1280])));
const names = [...weights.keys()];
function zeros(shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zeros(shape), false));
}
const moments = names.map((name) => {
  const { shape } = weights.get(name) as tf.Variable;
  return { m: zeros(shape), v: zeros(shape) };
});

let t = 0;
function step(): number {
  t++;
  let total: Record<string, tf.Tensor> | null = null;
  let loss = 0;
  for (let at = 0; at < BATCH; at += micro) {
    const { value, grads } = tf.tidy(() =>
      tf.variableGrads(() => {
        const out = forward(x.slice([at, 0], [micro, 1280]));
        const want = target.slice([at, 0, 0, 0], [micro, 28, 28, 1]);
        return tf.mul(tf.sum(tf.squaredDifference(out, want)), 1 / (BATCH * 784)) as tf.Scalar;
      }),
    );
    loss += value.dataSync()[0] as number;
    value.dispose();
    if (!total) total = grads;
    else {
      for (const name of names) {
        const sum: tf.Tensor = tf.add(total[name] as tf.Tensor, grads[name] as tf.Tensor);
        tf.dispose([total[name] as tf.Tensor, grads[name] as tf.Tensor]);
        total[name] = sum;
      }
    }
  }
  names.forEach((name, i) => {
    const { m, v } = moments[i] as { m: tf.Variable; v: tf.Variable };
    adamStep(
      { param: weights.get(name) as tf.Variable, grad: (total as Record<string, tf.Tensor>)[name] as tf.Tensor, m, v },
      { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-7, t },
    );
  });
  tf.dispose(total as Record<string, tf.Tensor>);
  return loss;
}

/** Wraps every registered wasm kernel with a timer, so that one step can be split by kernel. */
function timeKernels(): Map<string, { ms: number; calls: number }> {
  const spent = new Map<string, { ms: number; calls: number }>();
  for (const config of tf.getKernelsForBackend('wasm')) {
    const entry = { ms: 0, calls: 0 };
    spent.set(config.kernelName, entry);
    tf.unregisterKernel(config.kernelName, 'wasm');
    tf.registerKernel({
      ...config,
      kernelFunc: (args) => {
        const from = cpuSeconds();
        const out = config.kernelFunc(args);
        entry.ms += 1000 * (cpuSeconds() - from);
        entry.calls++;
        return out;
      },
    });
  }
  return spent;
}

console.log(`micro-batch ${micro}, machine load ${machineLoad()}`);
const losses = [step(), step(), step()];
const tensors = tf.memory().numTensors;
const cpu: number[] = [];
const wall: number[] = [];
for (let i = 0; i < steps; i++) {
  const from = cpuSeconds();
  const start = performance.now();
  losses.push(step());
  cpu.push(cpuSeconds() - from);
  wall.push((performance.now() - start) / 1000);
}
cpu.sort((a, b) => a - b);
wall.sort((a, b) => a - b);
const rate = (seconds: number | undefined) => (BATCH / (seconds ?? 1)).toFixed(1);
console.log(
  `images/s of CPU time: ${rate(cpu[steps >> 1])} median, ${rate(cpu[0])} best; by the clock ${rate(wall[steps >> 1])} median`,
);
console.log(
  `loss ${losses[0]?.toFixed(5)} -> ${losses.at(-1)?.toFixed(5)}; tensors ${tensors} -> ${tf.memory().numTensors}`,
);

const spent = timeKernels();
const from = cpuSeconds();
step();
step();
const stepMs = (1000 * (cpuSeconds() - from)) / 2;
const rows = [...spent].filter(([, { calls }]) => calls > 0).sort((a, b) => b[1].ms - a[1].ms);
const inKernels = rows.reduce((sum, [, { ms }]) => sum + ms, 0) / 2;
console.log(`one step ${stepMs.toFixed(0)} ms, outside kernels ${(stepMs - inKernels).toFixed(0)} ms`);
for (const [name, { ms, calls }] of rows.slice(0, 22)) {
  console.log(`${name.padEnd(28)} ${(ms / 2).toFixed(1).padStart(7)} ms ${String(calls / 2).padStart(5)} calls`);
}
console.log(`machine load ${machineLoad()}`);

describe('U-Net training', () => {
  bench('one step, batch 64, kernels timed', () => void step(), {
    iterations: 3,
    time: 0,
    warmupIterations: 0,
    warmupTime: 0,
  });
});
