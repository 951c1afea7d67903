/**
 * Loads our WASM modules on the memory of a started tfjs `wasm` backend and puts our kernels in the place of tfjs's.
 * `wasmKernelsVersion` belongs in result keys and goes up whenever an answer may change by a bit.
 */
import type { BackendWasm } from '../tensor/tf';
import type { GemmExports } from './gemm/exports';
import gemmBinary from './gemm/gemm.wasm';
import { gemmKernels } from './gemm/kernels';
import { replaceKernels } from './heap/replace';
import { heapMemory, TensorHeap } from './heap/tensor-heap';
import { copyKernels } from './layers/copies';
import type { LayerExports } from './layers/exports';
import layersBinary from './layers/layers.wasm';
import { passKernels } from './layers/passes';
import { resizeKernels } from './layers/resize';
import { loadKernel } from './load-wasm';

/** Part of the numeric mode in result keys. */
const wasmKernelsVersion = 'gemm 2; layers 1';

const registered = new WeakMap<BackendWasm, Promise<string>>();

/** Registers every kernel on a started WASM backend, once; returns their version. */
export function registerWasmKernels(backend: BackendWasm): Promise<string> {
  const known = registered.get(backend);
  if (known) return known;
  const started = register(backend);
  registered.set(backend, started);
  return started;
}

async function register(backend: BackendWasm): Promise<string> {
  const memory = heapMemory(backend);
  const [gemm, layers] = await Promise.all([
    loadKernel<GemmExports>(gemmBinary, memory),
    loadKernel<LayerExports>(layersBinary, memory),
  ]);
  replaceKernels(new TensorHeap(backend), {
    ...gemmKernels(gemm, layers),
    ...copyKernels(layers),
    ...passKernels(layers),
    ...resizeKernels(layers),
  });
  return wasmKernelsVersion;
}
