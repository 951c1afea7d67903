/**
 * Starts the tensor backend together with our kernels. This is what the scheduler's worker, the runner and tests call;
 * src/tensor cannot do it by itself, because kernels build on it and not the other way round.
 */
import { type BackendPreference, startBackend, type TensorBackend } from '../tensor/backend';
import type { BackendWasm } from '../tensor/tf';
import { prepareAdam } from './adam/adam';
import { registerWasmKernels } from './wasm-kernels';

/** Starts the preferred backend. Throws BackendUnavailableError if a forced one is not there. */
export function startTensors(preference: BackendPreference): Promise<TensorBackend> {
  return startBackend(preference, { prepareWasm });
}

async function prepareWasm(backend: BackendWasm): Promise<string> {
  const versions = await Promise.all([registerWasmKernels(backend), prepareAdam(backend)]);
  return versions.join('; ');
}
