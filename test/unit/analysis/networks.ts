/** Networks of the project's presets, as the encoder hands them on: delta synapses, Poisson input, times in ms. */
import type { SpikingNetwork } from '../../../src/kit/values';

interface Choice {
  readonly nExc?: number;
  readonly nInh?: number;
  readonly excInDegree?: number;
  readonly inhInDegree?: number;
  readonly j?: number;
  readonly g?: number;
  readonly vThreshold?: number;
}

/** By default Brunel's network at g = 5. */
export function networkOf(choice: Choice = {}, rest: Partial<SpikingNetwork> = {}): SpikingNetwork {
  const { nExc = 10_000, nInh = 2500, excInDegree = 1000, inhInDegree = 250 } = choice;
  const { j = 0.1, g = 5, vThreshold = 20 } = choice;
  return {
    nExc,
    nInh,
    excInDegree,
    inhInDegree,
    weightExc: j,
    weightInh: g * j,
    vThreshold,
    vReset: 10,
    tauMem: 20,
    tRef: 2,
    delay: 1.5,
    thetaRef: 20,
    externalRate: 1000 / j,
    synapse: 'delta',
    tauSynExc: 5,
    tauSynInh: 5,
    ...rest,
  };
}

const small = { nExc: 1000, nInh: 250, excInDegree: 100, inhInDegree: 25 };
export const presets = {
  balancedSmall: networkOf({ ...small, j: 0.4 }),
  balancedIrregular: networkOf({ ...small, j: 0.6 }),
  balanced5k: networkOf({ nExc: 4000, nInh: 1000, excInDegree: 400, inhInDegree: 100, j: 0.2 }),
  balancedG6: networkOf({ ...small, j: 0.6, g: 6 }),
  unbalancedG35: networkOf({ ...small, j: 0.4, g: 3.5 }),
  unbalanced1: networkOf({ ...small, j: 0.6, g: 3 }),
  unbalanced2: networkOf({ ...small, j: 0.4, vThreshold: 60 }),
};
