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

export interface OpClock {
  begin(): void;
  end(): Pick<OpProfile, 'ops' | 'peakBytes'>;
}

export interface TensorRuntime {
  /** `lost`: why an earlier device is gone, for the reason shown. Throws BackendUnavailableError if forced and absent. */
  start(preference: BackendPreference, lost: string | null): Promise<ActiveBackend>;
  memory(): { readonly tensors: number; readonly bytes: number };
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
  memory: () => ({ tensors: 0, bytes: 0 }),
  copies: { retain: (_value: PortValue) => undefined, release: () => undefined },
};
