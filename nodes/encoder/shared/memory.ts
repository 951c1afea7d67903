/** Memory of the balanced encoder, told before a run: the sum that its compute function checks again. */
import { needOf } from '../../../src/kernels/balanced-snn/memory';
import type { MemoryEstimate } from '../../../src/kit/memory-need';
import { sizeOf } from '../../../src/kit/port-type';
import type { Params } from '../balanced-snn-facts';
import { memoryUse, networkOf } from './network-of';

const estimate: MemoryEstimate = ({ outputs }, params, { workers }) => {
  const p = params as Params;
  const spikes = outputs['spikes']?.[0];
  return needOf(networkOf(p), memoryUse(p, spikes ? sizeOf(spikes, 'item') : null, workers));
};

export default estimate;
