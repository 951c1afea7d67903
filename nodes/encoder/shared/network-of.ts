/** What the encoder's parameters mean for the kernel: the network, and the memory that a run of it needs. */
import type { MemoryUse } from '../../../src/kernels/balanced-snn/memory';
import type { NetworkParams } from '../../../src/kernels/balanced-snn/params';
import type { Params } from '../balanced-snn-facts';

/** The parameters that make the network: those of items, drive and recording are not among them. */
export function networkOf(p: Params): NetworkParams {
  return {
    nExc: p.nExc,
    nInh: p.nInh,
    connectionProbability: p.connectionProbability,
    connectivity: p.connectivity,
    multapses: p.multapses,
    inhExcRatio: p.inhExcRatio,
    jExc: p.jExc,
    weightSpread: p.weightSpread,
    weightScaling: p.weightScaling,
    referenceInDegree: p.referenceInDegree,
    externalKind: p.externalKind,
    vThreshold: p.vThreshold,
    vReset: p.vReset,
    tauMem: p.tauMem,
    tRef: p.tRef,
    delay: p.delay,
    ...(p.delayKind === 'uniform' ? { delayMax: p.delayMax } : {}),
    synapse: p.synapse,
    tauSynExc: p.tauSynExc,
    tauSynInh: p.tauSynInh,
    dt: p.dt,
    duration: p.duration,
    seedNetwork: p.seedNetwork,
    seedInput: p.seedInput,
    seedInit: p.seedInit,
  };
}

/** Spikes are stored as they come: no more items are in memory than there are threads. `itemCount`: null if not known. */
export const memoryUse = (p: Params, itemCount: number | null, workers: number): MemoryUse => ({
  items: workers,
  recorded: p.recordNeurons,
  recordedItems: Math.min(p.recordItems, itemCount ?? p.recordItems),
  workers,
});
