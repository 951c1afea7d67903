/**
 * A system of ours or of tfjs in a process of its own: `measure-node.js ours|tfjs-wasm|tfjs-cpu`. Answers each line on
 * stdin, "WORKLOAD SECONDS", by one JSON line. Our training loop runs on all three; only the kernels differ.
 */
import { createInterface } from 'node:readline';
import { startTensors } from '../../../src/kernels/start';
import { buildChain } from '../../../src/learn/chain';
import { type SampleSet, Trainer } from '../../../src/learn/trainer';
import { startBackend } from '../../../src/tensor/backend';
import { tf } from '../../../src/tensor/tf';
import { cpuSeconds } from '../measure';
import {
  type Product,
  type Sample,
  type SystemId,
  type Training,
  target,
  type Workload,
  type WorkloadId,
  workloads,
} from './workloads';

const batch = 64;
/** Of the plain backend, which takes minutes for a batch of a U-Net. */
const smallBatch = 2;

const system = process.argv[2] as SystemId;
if (system === 'ours') await startTensors('wasm');
else await startBackend(system === 'tfjs-wasm' ? 'wasm' : 'cpu');
if (system === 'tfjs-wasm') takeMatrices();

/** tfjs's own kernel takes three dimensions, ours two: the same numbers under a further axis of one. */
function takeMatrices(): void {
  const kernel = tf.getKernel('_FusedMatMul', 'wasm');
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  const deeper = (tensor: tf.TensorInfo): tf.TensorInfo => ({ ...tensor, shape: [1, ...tensor.shape] });
  tf.registerKernel({
    ...kernel,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b, ...rest } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo } & tf.NamedTensorInfoMap;
      if (a.shape.length !== 2) return kernel.kernelFunc({ inputs, attrs, backend });
      const given = { dtype: 'float32' as const };
      const [left, right] = [a, b].map((tensor) => deeper({ ...given, dataId: tensor.dataId, shape: tensor.shape }));
      const out = kernel.kernelFunc({
        inputs: { ...rest, a: left, b: right } as never,
        attrs,
        backend,
      }) as tf.TensorInfo;
      return { dataId: out.dataId, dtype: out.dtype, shape: out.shape.slice(1) };
    },
  });
}

const settings = {
  warmUpEpochs: 0,
  learningRate: 1e-3,
  halfLife: 0,
  gradientClip: 0,
  weightDecay: 0,
  stageWeight: 0.5,
  optimiser: 'adam',
  momentum: 0.9,
  loss: 'mse',
  ssimWeight: 0,
  seed: 1,
} as const;

/** Repeats `step` until `seconds` of CPU time are used, at least twice, and gives the median. */
async function medianOf(step: () => Promise<unknown>, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = cpuSeconds() + seconds;
  while (times.length < 2 || cpuSeconds() < end) {
    const from = cpuSeconds();
    await step();
    times.push(cpuSeconds() - from);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] as number;
}

const warm = new Set<WorkloadId>();

async function product([m, k, n]: Product, seconds: number): Promise<Sample> {
  const a = tf.randomUniform([m, k], -1, 1, 'float32', 1);
  const b = tf.randomUniform([k, n], -1, 1, 'float32', 2);
  const step = async () => tf.matMul(a, b).dispose();
  for (let i = 0; i < 3; i++) await step();
  const cost = await medianOf(step, seconds);
  tf.dispose([a, b]);
  return { seconds: cost };
}

async function training(id: WorkloadId, { input, blocks }: Training, seconds: number): Promise<Sample> {
  const count = system === 'tfjs-cpu' && id === 'unet' ? smallBatch : batch;
  const width = input.reduce((size, length) => size * length, 1);
  const noise = (size: number, salt: number) =>
    Float32Array.from({ length: size }, (_, i) => {
      const x = Math.sin((i + 1) * 12.9898 + salt * 78.233) * 43758.5453;
      return x - Math.floor(x);
    });
  const [x, y] = [noise(count * width, 1), noise(count * 784, 2)];
  const rows = (values: Float32Array, size: number) => (places: ArrayLike<number>) => {
    const out = new Float32Array(places.length * size);
    for (let k = 0; k < places.length; k++) {
      const at = (places[k] as number) * size;
      out.set(values.subarray(at, at + size), k * size);
    }
    return out;
  };
  const samples: SampleSet = {
    ids: Int32Array.from({ length: count }, (_, i) => i),
    inputs: rows(x, width),
    targets: rows(y, 784),
  };
  const trainer = new Trainer(buildChain(blocks, input, target), { ...settings, batchSize: count, microBatch: 16 });
  const hooks = { breathe: async () => {} };
  // An epoch is one step of the whole batch. The first ones compile; a plain backend needs none of that.
  for (let i = 0; i < (system === 'tfjs-cpu' || warm.has(id) ? 1 : 3); i++)
    await trainer.runEpoch(samples, null, hooks);
  warm.add(id);
  const cost = await medianOf(() => trainer.runEpoch(samples, null, hooks), seconds);
  const losses = [trainer.trainLoss[0] as number, trainer.trainLoss.at(-1) as number] as const;
  trainer.dispose();
  return { seconds: cost / count, losses };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [id, seconds] = line.split(' ') as [WorkloadId, string];
  const workload: Workload = workloads[id];
  const sample = workload.product
    ? await product(workload.product, Number(seconds))
    : await training(id, workload.training as Training, Number(seconds));
  console.log(JSON.stringify(sample));
}
