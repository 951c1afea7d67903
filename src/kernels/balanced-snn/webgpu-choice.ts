/**
 * Which simulator a network should run on. Pure; a measurement, where there is one (webgpu-trial.ts), decides alone.
 *
 * Without one the answer is WASM. What is known beforehand is only where a trial is worth its time: one workgroup per network
 * leaves most of a GPU idle below some tens of networks, and a network alone pays two dispatches per delay (some 0.1 s per
 * simulated second) before it has done anything, which one WASM thread needs for about 20,000 neurons.
 */

export type SpikingSimulator = 'wasm' | 'webgpu';

/** Seconds of machine time per job and step, each simulator as it would be used. */
export interface Measured {
  /** One thread. */
  readonly wasmSeconds: number;
  /** As many jobs at once as the trial ran. */
  readonly webgpuSeconds: number;
}

export interface ChoiceInput {
  readonly unitCount: number;
  readonly synapses: number;
  /** Simulations to run: items times trials and colour channels. */
  readonly items: number;
  readonly hasDevice: boolean;
  /** Pool threads that share the items on WASM. */
  readonly threads?: number;
  /** Why this network cannot run on the device, if it cannot (whyNotOnGpu). */
  readonly obstacle?: string | null;
  readonly measured?: Measured | null;
}

export interface Choice {
  readonly simulator: SpikingSimulator;
  /** One sentence for people. */
  readonly reason: string;
  /** A trial could change the answer. */
  readonly worthTrial: boolean;
}

/** Below this many neurons one network is not worth a trial. */
const largeNetwork = 20_000;
/** Items from which a batch fills a graphics card. */
const largeBatch = 100;
/** The GPU must win by this factor: its results must travel, and it may be drawing the screen. */
const margin = 1.25;

const count = (n: number, one: string) => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

export function chooseSimulator(input: ChoiceInput): Choice {
  const { unitCount, synapses, items, hasDevice, threads = 1, obstacle, measured } = input;
  const settled = (simulator: SpikingSimulator, reason: string): Choice => ({ simulator, reason, worthTrial: false });
  if (!hasDevice) return settled('wasm', 'WebAssembly, because there is no WebGPU device.');
  if (obstacle) return settled('wasm', `WebAssembly: ${obstacle}`);
  if (measured) return byMeasure(measured, Math.max(1, Math.min(threads, items)));
  const size = `${count(items, 'simulation')} of ${count(unitCount, 'neuron')} and ${count(synapses, 'connection')}`;
  if (items < largeBatch && unitCount < largeNetwork) {
    return settled('wasm', `WebAssembly, because ${size} are too little work to fill a graphics processor.`);
  }
  return {
    simulator: 'wasm',
    reason: `WebAssembly, because no trial has shown that this graphics processor is faster for ${size}.`,
    worthTrial: true,
  };
}

function byMeasure({ wasmSeconds, webgpuSeconds }: Measured, threads: number): Choice {
  const ratio = wasmSeconds / threads / webgpuSeconds;
  const on = `WebAssembly on ${count(threads, 'thread')}`;
  if (Number.isFinite(ratio) && ratio >= margin) {
    return {
      simulator: 'webgpu',
      reason: `WebGPU, because a trial ran ${ratio.toFixed(1)} times as fast as ${on}.`,
      worthTrial: false,
    };
  }
  const reason = Number.isFinite(ratio)
    ? `WebAssembly, because a trial on WebGPU ran ${ratio.toFixed(2)} times as fast as ${on}; at least ${margin} is asked for.`
    : 'WebAssembly, because the trial on WebGPU gave no time.';
  return { simulator: 'wasm', reason, worthTrial: false };
}
