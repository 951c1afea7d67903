/**
 * Which networks the GPU kernels simulate: delta or exponential synapses, one delay or delays in a range, Poisson or constant external drive. A
 * network that asks for more is refused by name, never simulated as something else.
 */
import type { NetworkParams } from './params';

/** Parameters that the kernels follow, themselves or through the constants derived from them. */
const modelled = new Set([
  'nExc',
  'nInh',
  'connectionProbability',
  'connectivity',
  'multapses',
  'inhExcRatio',
  'jExc',
  'weightScaling',
  'referenceInDegree',
  'externalKind',
  'vThreshold',
  'vReset',
  'tauMem',
  'tRef',
  'synapse',
  'tauSynExc',
  'tauSynInh',
  'delay',
  'delayMax',
  'dt',
  'duration',
  'seedNetwork',
  'seedInput',
  'seedInit',
]);

/** Values of any further parameter that mean "as without it". */
const neutral = new Set<unknown>([undefined, null, false, 0, 'off', 'none', 'homogeneous', 'poisson']);

/** In words, why the GPU kernels do not simulate this network; null if they do. */
export function whyNotOnGpu(params: NetworkParams): string | null {
  const given: Readonly<Record<string, unknown>> = { ...params };
  const beyond = Object.entries(given).find(([name, value]) => !modelled.has(name) && !neutral.has(value));
  return beyond ? `The WebGPU kernel does not simulate ${beyond[0]} = ${JSON.stringify(beyond[1])}.` : null;
}
