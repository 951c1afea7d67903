/** The tensor layer as the scheduler sees it, so that its tests need none. */
import type { PortValue } from '../kit/values';
import type { BackendName, BackendPreference, OpProfile } from './protocol';
import type { DeviceCopies } from './run';

export interface ActiveBackend {
  readonly name: BackendName;
  readonly reason: string;
  /** Part of result keys: everything that may change a bit of a result. */
  readonly numericMode: string;
  /** On WebGPU only. */
  readonly device?: GPUDevice;
  onLost(listener: (message: string) => void): () => void;
}

/** What tensors may take while a node computes. */
export interface TensorLimit {
  readonly bytes: number;
  /** Called once when more than `nearShare` of it is taken. */
  readonly onNear: (bytes: number) => void;
}

export interface OpClock {
  /** From here on an operation throws, before it makes anything, while tensors take more than the limit. */
  begin(limit: TensorLimit): void;
  end(): Pick<OpProfile, 'ops' | 'peakBytes'>;
}

export interface TensorMemory {
  readonly tensors: number;
  readonly bytes: number;
  /** Most at a time since the last reset, as seen after each operation of a node. */
  readonly peakTensors: number;
  readonly peakBytes: number;
}

export interface TensorRuntime {
  /** `lost`: why an earlier device is gone, for the reason shown. Throws BackendUnavailableError if forced and absent. */
  start(preference: BackendPreference, lost: string | null): Promise<ActiveBackend>;
  memory(): TensorMemory;
  /** From here on the peaks are new. */
  resetPeak(): void;
  readonly copies: DeviceCopies;
  /** A clock over the operations of a node; absent where nothing is measured. */
  readonly opTimes?: OpClock;
}

/** No tensor nodes in the catalogue: nothing to start. */
export const noTensors: TensorRuntime = {
  start: async () => ({
    name: 'cpu',
    reason: 'No node of this pipeline uses tensors.',
    numericMode: 'none',
    onLost: () => () => undefined,
  }),
  memory: () => ({ tensors: 0, bytes: 0, peakTensors: 0, peakBytes: 0 }),
  resetPeak: () => undefined,
  copies: { retain: (_value: PortValue) => undefined, release: () => undefined },
};
