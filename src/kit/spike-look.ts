/** What a comparison is told of spikes, whose chunks stay in the worker. */
import type { Population } from './values';

/** From one pass over all items; counted after the part left out at the start. */
export interface SpikeLook {
  readonly ids: Int32Array;
  readonly populations: readonly Population[];
  /** Hz, by population, then item. */
  readonly rates: readonly Float64Array[];
  /** ms: centres of the bins, from the start of the item. */
  readonly time: Float64Array;
  /** Population rate over time, mean and standard deviation over items, Hz; by population, then bin. */
  readonly mean: readonly Float64Array[];
  readonly sd: readonly Float64Array[];
}

/** Every spike of one item, in step order. */
export interface SpikeEvents {
  readonly units: Uint32Array;
  readonly steps: Uint32Array;
}
