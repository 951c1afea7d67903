/**
 * Training speed of the default decoder through our own loop (dropout, batch normalisation, Adam, loss read-back
 * included), `wasm`, one thread: rates of 1,280 neurons to MLP 512 to U-Net c = 16, batch 64.
 * Run: npx vitest bench --run test/bench/training.bench.ts
 * Prints items per second of CPU time for warm-up (MLP alone) and joint training, by micro-batch, and the longest time
 * between two breaths, which bounds how late a cancel is heard.
 */
import { bench, describe } from 'vitest';
import { startTensors } from '../../src/kernels/start';
import { buildChain } from '../../src/learn/chain';
import { type SampleSet, Trainer } from '../../src/learn/trainer';
import { mlpSpec, options, pattern, unetSpec } from '../unit/learn/support';
import { cpuSeconds, machineLoad } from './measure';

await startTensors('wasm');

const count = 128;
const noise = pattern(count * 1280);
const set: SampleSet = {
  ids: Int32Array.from({ length: count }, (_, i) => i),
  inputs: (places) => Float32Array.from({ length: places.length * 1280 }, (_, i) => (noise[i] as number) * 2 - 1),
  targets: (places) => noise.slice(0, places.length * 784),
};
const chain = buildChain(
  [mlpSpec({ hiddenUnits: 512 }), unetSpec({ baseChannels: 16, levels: 2 })],
  [1280],
  [28, 28, 1],
);

async function speed(warmUpEpochs: number, microBatch: number, epochs: number): Promise<string> {
  const trainer = new Trainer(chain, options({ warmUpEpochs, batchSize: 64, microBatch, learningRate: 1e-3 }));
  let longest = 0;
  let last = performance.now();
  const breathe = async () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  await trainer.runEpoch(set, null, { breathe });
  longest = 0;
  last = performance.now();
  const rounds: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const from = cpuSeconds();
    await trainer.runEpoch(set, null, { breathe });
    rounds.push(count / (cpuSeconds() - from));
  }
  trainer.dispose();
  rounds.sort((a, b) => b - a);
  const [best = 0] = rounds;
  const median = rounds[rounds.length >> 1] ?? 0;
  return `${median.toFixed(0)} items/s of CPU time (best ${best.toFixed(0)}), longest slice ${longest.toFixed(0)} ms`;
}

/** CPU time of warm-up epochs with and without batch normalisation, in turns. */
async function normalisationShare(rounds: number): Promise<string> {
  const sides = [true, false].map((batchNorm) => {
    const alone = buildChain([mlpSpec({ hiddenUnits: 512, batchNorm })], [1280], [28, 28, 1]);
    return { trainer: new Trainer(alone, options({ batchSize: 64, learningRate: 1e-3 })), times: [] as number[] };
  });
  for (let round = -1; round < rounds; round++)
    for (const { trainer, times } of sides) {
      const from = cpuSeconds();
      await trainer.runEpoch(set, null, { breathe: async () => {} });
      if (round >= 0) times.push(cpuSeconds() - from);
    }
  const [normalised = 0, plain = 0] = sides.map(({ times }) => times.sort((a, b) => a - b)[rounds >> 1] ?? 0);
  for (const { trainer } of sides) trainer.dispose();
  const ms = (seconds: number) => `${(1000 * seconds).toFixed(1)} ms`;
  return `${ms(normalised)} an epoch of ${count} items with it, ${ms(plain)} without`;
}

console.log(`machine load ${machineLoad()}`);
console.log(`warm-up: ${await speed(1e6, 8, 9)}`);
console.log(`batch normalisation of the MLP: ${await normalisationShare(15)}`);
for (const microBatch of [4, 8, 16, 32])
  console.log(`joint, micro-batch ${microBatch}: ${await speed(0, microBatch, 3)}`);
console.log(`machine load ${machineLoad()}`);

describe('training', () => {
  const trainer = new Trainer(chain, options({ batchSize: 64, microBatch: 8 }));
  bench('one joint epoch of 128 items', () => trainer.runEpoch(set, null, { breathe: async () => {} }), {
    iterations: 2,
    time: 0,
    warmupIterations: 0,
    warmupTime: 0,
  });
});
