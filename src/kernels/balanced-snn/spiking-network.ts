/** The constants of a network in the form that theory and analyses read (`SpikesValue.network`). */
import type { SpikingNetwork } from '../../kit/values';
import { defaultTauSyn, deriveConstants, type NetworkParams, thetaRef } from './params';

/** Weights after scaling; the mean delay where delays differ. Throws ParameterError. */
export function spikingNetwork(params: NetworkParams): SpikingNetwork {
  const { excInDegree, inhInDegree, efficacy, externalCountPerEta } = deriveConstants(params);
  const { dt, delay, delayMax = delay } = params;
  return {
    nExc: params.nExc,
    nInh: params.nInh,
    excInDegree,
    inhInDegree,
    weightExc: efficacy,
    weightInh: params.inhExcRatio * efficacy,
    ...(params.weightSpread ? { weightSpread: params.weightSpread } : {}),
    vThreshold: params.vThreshold,
    vReset: params.vReset,
    tauMem: params.tauMem,
    tRef: params.tRef,
    delay: (delay + delayMax) / 2,
    thetaRef,
    externalRate: params.externalKind === 'constant' ? 0 : (1000 * externalCountPerEta) / dt,
    synapse: params.synapse ?? 'delta',
    tauSynExc: params.tauSynExc ?? defaultTauSyn,
    tauSynInh: params.tauSynInh ?? defaultTauSyn,
  };
}
