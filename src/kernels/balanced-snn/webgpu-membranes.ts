/** Reads the membrane potentials of the jobs out of their state buffer. For tests and for looking, not for every step. */
import type { NetworkConstants } from './params';
import type { Arithmetic } from './stepper';
import type { GpuBuffers } from './webgpu-device';
import { readStaging } from './webgpu-engine';
import { fromFixed } from './webgpu-fixed-point';
import { stateField, stateFieldsOf } from './webgpu-layout';

/** mV, [job, unit]. */
export async function readMembranes(
  buffers: GpuBuffers,
  state: GPUBuffer,
  constants: NetworkConstants,
  jobCount: number,
  arithmetic: Arithmetic,
): Promise<Float32Array> {
  const { unitCount } = constants;
  const staging = buffers.staging('membranes', jobCount * unitCount);
  const encoder = buffers.device.createCommandEncoder();
  for (let job = 0; job < jobCount; job++) {
    const from = (job * stateFieldsOf(constants) + stateField.membrane) * unitCount;
    encoder.copyBufferToBuffer(state, 4 * from, staging, 4 * job * unitCount, 4 * unitCount);
  }
  buffers.device.queue.submit([encoder.finish()]);
  return readStaging(staging, (words) => {
    const used = words.slice(0, jobCount * unitCount);
    return arithmetic === 'fixed'
      ? Float32Array.from(new Int32Array(used.buffer), fromFixed)
      : new Float32Array(used.buffer);
  });
}
