/**
 * How far the mean drive lies above threshold, in units of its fluctuations:
 *   margin = (mean U - theta) / sd U
 * U is the membrane that gets the inputs of a neuron but never spikes. Below threshold by the mean, a neuron fires when a
 * fluctuation carries it over: irregularly. Well above it, it fires like a clock. Mean over neurons of the mean in time,
 * and root of the mean over neurons of the variance in time (in Brunel's terms (mu - theta) / (sigma / sqrt 2)).
 */
import type { Curve } from '../kit/values';
import { type Draw, resampledMean } from './bootstrap';
import { meanOf } from './moments';

export interface Membranes {
  /** mV, one per neuron. */
  readonly means: Float64Array;
  /** mV^2 */
  readonly variances: Float64Array;
}

type Wanted = (item: number) => boolean;

/** Mean and variance in time, from `from` ms on, of a quantity of each recorded neuron, averaged over the wanted items. */
export function momentsByNeuron(curves: readonly Curve[], quantity: string, isWanted: Wanted, from: number): Membranes {
  const found = new Map<number, { mean: number; variance: number; items: number }>();
  for (const { labels, x, y } of curves) {
    if (labels?.['quantity'] !== quantity || !isWanted(Number(labels['item']))) continue;
    const counted = y.filter((_, k) => (x[k] as number) >= from);
    if (counted.length === 0) continue;
    const mean = meanOf(counted);
    const variance = meanOf(counted.map((value) => (value - mean) ** 2));
    const neuron = Number(labels['neuron']);
    const known = found.get(neuron) ?? { mean: 0, variance: 0, items: 0 };
    found.set(neuron, {
      mean: known.mean + mean,
      variance: known.variance + variance,
      items: known.items + 1,
    });
  }
  const all = [...found.values()];
  return {
    means: Float64Array.from(all, ({ mean, items }) => mean / items),
    variances: Float64Array.from(all, ({ variance, items }) => variance / items),
  };
}

/** NaN without neurons or fluctuations. `rows` are positions of neurons; all of them by default. */
export function driveMargin({ means, variances }: Membranes, threshold: number, draw?: Draw): number {
  const rows = draw ? draw(means.length) : Uint32Array.from(means.keys());
  const mean = resampledMean(means, () => rows);
  const variance = resampledMean(variances, () => rows);
  return variance > 0 ? (mean - threshold) / Math.sqrt(variance) : Number.NaN;
}

/** Mean inputs of the recorded neurons, mV, one entry per neuron. */
export interface NeuronInputs {
  readonly inhibitory: Float64Array;
  /** From the network. */
  readonly excitatory: Float64Array;
  /** Empty where none was recorded. */
  readonly external: Float64Array;
}

export function neuronInputs(curves: readonly Curve[], isWanted: Wanted, from: number): NeuronInputs {
  const read = (quantity: string) => momentsByNeuron(curves, quantity, isWanted, from).means;
  return { inhibitory: read('inhibitory'), excitatory: read('excitatory'), external: read('external') };
}

/** |mean I| / mean E, external input included in E; NaN without excitation or without a record of both. */
export function inputRatio({ inhibitory, excitatory, external }: NeuronInputs, draw?: Draw): number {
  const n = inhibitory.length;
  const rows = draw ? draw(n) : Uint32Array.from(inhibitory.keys());
  const mean = (values: Float64Array) => (values.length === n ? resampledMean(values, () => rows) : Number.NaN);
  const exciting = mean(excitatory) + (external.length > 0 ? mean(external) : 0);
  return exciting > 0 ? Math.abs(mean(inhibitory)) / exciting : Number.NaN;
}
