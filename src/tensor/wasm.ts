/**
 * Starts tfjs's WASM backend, SIMD and single-threaded. tfjs's threaded build is never used: it breaks when minified,
 * needs `blob:` scripts under a content policy and takes all cores, which belong to our own pool.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { inNode, wasmPaths } from './host';
import { tf } from './tf';

let pathsGiven = false;

/** Starts (or returns) the WASM backend and makes it current. Null if this machine has no WebAssembly SIMD. */
export async function startWasm(): Promise<BackendWasm | null> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return null;
  const paths = wasmPaths();
  if (paths && !pathsGiven) setWasmPaths(paths);
  pathsGiven = true;
  const before = crashListeners();
  const started = await tf.setBackend('wasm');
  removeNewListeners(before);
  if (!started) return null;
  await tf.ready();
  return tf.backend() as BackendWasm;
}

const crashEvents = ['uncaughtException', 'unhandledRejection'] as const;

/** Emscripten hooks Node's crash events and rethrows, which would turn a caught rejection elsewhere into an exit. */
function crashListeners() {
  return inNode ? crashEvents.map((event) => process.listeners(event as 'uncaughtException')) : [];
}

function removeNewListeners(before: ReturnType<typeof crashListeners>): void {
  before.forEach((known, i) => {
    const event = crashEvents[i] as 'uncaughtException';
    for (const listener of process.listeners(event)) {
      if (!known.includes(listener)) process.removeListener(event, listener);
    }
  });
}
