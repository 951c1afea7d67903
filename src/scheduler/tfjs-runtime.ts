/** Joins the tensor layer and our kernels to the scheduler. */
import { numericMode } from '../kernels/balanced-snn/simulate';
import { startTensors } from '../kernels/start';
import { beginOpTimes, endOpTimes, resetTensorPeak, tensorPeak } from '../tensor/op-times';
import { residency } from '../tensor/residency';
import { tf } from '../tensor/tf';
import { isArray } from '../tensor/values';
import type { TensorRuntime } from './tensor-runtime';

export { tensorVersions } from '../tensor/versions';

/** Versions of the simulation kernels: WASM and its plain twin give the same bits, so they share one name. */
export const simulationMode = numericMode;

export const tfjsRuntime: TensorRuntime = {
  async start(preference, lost) {
    const backend = await startTensors(preference);
    return { ...backend, reason: lost ? `${lost} ${backend.name} is used instead.` : backend.reason };
  },
  memory: () => {
    const { numTensors, numBytes } = tf.memory();
    const peak = tensorPeak();
    return { tensors: numTensors, bytes: numBytes, peakTensors: peak.tensors, peakBytes: peak.bytes };
  },
  resetPeak: resetTensorPeak,
  opTimes: { begin: beginOpTimes, end: endOpTimes },
  copies: {
    retain(value, consumers) {
      if (isArray(value)) residency.retain(value, consumers);
    },
    release(value) {
      if (isArray(value)) residency.release(value);
    },
  },
};
