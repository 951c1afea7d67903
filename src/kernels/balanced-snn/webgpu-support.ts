/**
 * Which networks the GPU kernels simulate: delta synapses, one delay, Poisson or constant external drive. A network that
 * asks for more is refused by name, never simulated as something else.
 */
import type { NetworkParams } from './params';

const modelled = new Set([
  'nExc',
  'nInh',
  'connectionProbability',
  'connectivity',
  'multapses',
  'inhExcRatio',
  'jExc',
  'vThreshold',
  'vReset',
  'tauMem',
  'tRef',
  'delay',
  'dt',
  'duration',
  'seedNetwork',
  'seedInput',
  'seedInit',
]);

/** Values of any further parameter that mean "as without it". */
const neutral = new Set<unknown>([undefined, null, false, 0, 'off', 'none', 'delta', 'homogeneous', 'poisson']);

/** In words, why the GPU kernels do not simulate this network; null if they do. */
export function whyNotOnGpu(params: NetworkParams): string | null {
  const beyond = Object.entries(params).find(([name, value]) => !modelled.has(name) && !neutral.has(value));
  return beyond ? `The WebGPU kernel does not simulate ${beyond[0]} = ${JSON.stringify(beyond[1])}.` : null;
}
