/**
 * Starts the tensor backend together with our kernels. This is what the scheduler's worker, the runner and tests call;
 * src/tensor cannot do it by itself, because kernels build on it and not the other way round.
 */
import { type BackendPreference, startBackend, type TensorBackend } from '../tensor/backend';
import { registerWasmKernels } from './gemm/register';

/** Starts the preferred backend. Throws BackendUnavailableError if a forced one is not there. */
export function startTensors(preference: BackendPreference): Promise<TensorBackend> {
  return startBackend(preference, { prepareWasm: registerWasmKernels });
}
