/**
 * Chooses and starts the tensor backend, once per worker or process: WebGPU where a browser offers an adapter, else
 * WebAssembly SIMD, else tfjs's plain CPU backend. Says which and why, and tells when a GPU device is lost.
 *
 * Leaves to others: our WASM kernels (handed in as `prepareWasm`, since kernels build on this folder), what happens to
 * a run when the device is lost (the scheduler starts `wasm` and computes again from stored arrays).
 *
 * tfjs's backend and its scopes are global: at most one tensor computation may be in flight per worker.
 */
import { BackendUnavailableError } from '../core/errors';
import { type BackendWasm, tf } from './tf';
import { startWasm } from './wasm';
import { findAdapter, removeWebGpu, startWebGpu } from './webgpu';

type BackendName = 'webgpu' | 'wasm' | 'cpu';
export type BackendPreference = 'auto' | BackendName;

export interface BackendOptions {
  /** Adds kernels to the freshly started WASM backend; returns their version for result keys. */
  readonly prepareWasm?: (backend: BackendWasm) => Promise<string>;
}

export interface TensorBackend {
  readonly name: BackendName;
  /** One sentence for the status bar: why this backend. */
  readonly reason: string;
  /** Part of result keys: backend, flavour and versions, everything that may change a bit of a result. */
  readonly numericMode: string;
  /** The device, on `webgpu` only. */
  readonly device?: GPUDevice;
  /**
   * Calls `listener` once with a sentence when the device is lost; at once if it already is. By then tfjs has left the
   * backend and all its tensors are invalid. Never called on `wasm` or `cpu`. Returns a function that unsubscribes.
   */
  onLost(listener: (message: string) => void): () => void;
  /** Destroys the device, as a driver reset would. For tests; does nothing on `wasm` and `cpu`. */
  simulateLoss(): void;
}

const steady = { onLost: () => () => {}, simulateLoss: () => {} };

/** Starts a backend. Throws BackendUnavailableError if a forced one is not there. */
export async function startBackend(
  preference: BackendPreference,
  options: BackendOptions = {},
): Promise<TensorBackend> {
  if (preference === 'auto') return startBest(options);
  const forced = 'Forced by the user.';
  const result = await starters[preference](forced, options);
  if (typeof result !== 'string') return result;
  throw new BackendUnavailableError({
    code: `backend.${preference}-unavailable`,
    message: `The ${preference} backend was asked for but cannot start: ${result}.`,
    found: result,
    expected: needs[preference],
    cure: 'Choose "auto", or another backend.',
  });
}

async function startBest(options: BackendOptions): Promise<TensorBackend> {
  const gpu = await starters.webgpu('', options);
  if (typeof gpu !== 'string') return gpu;
  const wasm = await starters.wasm(`${gpu}, so WebAssembly SIMD is used.`, options);
  if (typeof wasm !== 'string') return wasm;
  return startCpu(`${gpu}, and ${wasm}; the plain CPU backend is slow.`);
}

const needs: Record<BackendName, string> = {
  webgpu: 'a browser with WebGPU and a graphics adapter',
  wasm: 'WebAssembly with SIMD',
  cpu: 'any JavaScript engine',
};

/** Each starts its backend, or says in words why it cannot. */
const starters: Record<BackendName, (reason: string, options: BackendOptions) => Promise<TensorBackend | string>> = {
  webgpu: tryWebGpu,
  wasm: tryWasm,
  cpu: startCpu,
};

async function tryWebGpu(reason: string): Promise<TensorBackend | string> {
  const adapter = await findAdapter();
  if (typeof adapter === 'string') return adapter;
  try {
    const start = await startWebGpu(adapter);
    return {
      name: 'webgpu',
      reason: reason || `A WebGPU adapter is present (${start.adapter}).`,
      numericMode: `webgpu ${start.adapter}; tfjs ${tf.version_core}`,
      device: start.device,
      ...watch(start.device),
    };
  } catch (error) {
    return `The WebGPU device could not be started (${error instanceof Error ? error.message : String(error)})`;
  }
}

function watch(device: GPUDevice): Pick<TensorBackend, 'onLost' | 'simulateLoss'> {
  const listeners = new Set<(message: string) => void>();
  let lost: string | null = null;
  void device.lost.then((info) => {
    lost = `The WebGPU device was lost (${info.message || info.reason || 'no reason given'}).`;
    const current = tf.findBackend('webgpu') as { device?: GPUDevice } | null;
    if (current?.device === device) removeWebGpu();
    for (const listener of listeners) listener(lost);
    listeners.clear();
  });
  return {
    onLost(listener) {
      if (lost !== null) listener(lost);
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    simulateLoss: () => device.destroy(),
  };
}

async function tryWasm(reason: string, options: BackendOptions): Promise<TensorBackend | string> {
  let backend: BackendWasm | null;
  try {
    backend = await startWasm();
  } catch (error) {
    return `WebAssembly could not be started (${error instanceof Error ? error.message : String(error)})`;
  }
  if (!backend) return 'WebAssembly SIMD is absent here';
  const kernels = options.prepareWasm ? `; ${await options.prepareWasm(backend)}` : '';
  return { name: 'wasm', reason, numericMode: `wasm simd; tfjs ${tf.version_core}${kernels}`, ...steady };
}

async function startCpu(reason: string): Promise<TensorBackend> {
  await tf.setBackend('cpu');
  await tf.ready();
  return { name: 'cpu', reason, numericMode: `cpu; tfjs ${tf.version_core}`, ...steady };
}
