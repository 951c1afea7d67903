/**
 * Recorded currents, sorted by item and neuron, and the measures of balance that they give. A current is the synaptic
 * input as R I in mV, already filtered by a 5 ms exponential and sampled about every ms. "Excitation" is everything that
 * excites: recurrent and external; this is the definition behind the expected correlations of the presets.
 */
import type { Curve, SeriesValue } from '../kit/values';
import { pearson } from './correlation';
import { meanOf, varianceOf } from './moments';
import { synchrony } from './synchrony';

export interface NeuronCurrents {
  readonly neuron: number;
  /** ms from the start of the part counted, or of the item where nothing is left out. */
  readonly time: Float64Array;
  /** Recurrent excitation. */
  readonly recurrent: Float64Array;
  readonly external: Float64Array;
  /** Recurrent and external. */
  readonly excitatory: Float64Array;
  /** A positive number. */
  readonly inhibitory: Float64Array;
  /** The membrane without threshold, mV; null where it was not recorded. */
  readonly freeMembrane: Float64Array | null;
}

export interface ItemCurrents {
  /** Item id. */
  readonly item: number;
  /** By neuron, rising. */
  readonly neurons: readonly NeuronCurrents[];
  /** Root of the shared part of the membranes' variance; null where it was not recorded. */
  readonly synchrony: number | null;
}

/** The samples from `discard` ms on; a current that was not recorded is 0. */
const counted = (curve: Curve | undefined, discard: number): Float64Array | null =>
  curve ? curve.y.filter((_, i) => (curve.x[i] as number) >= discard - 1e-9) : null;

function neuronOf(neuron: number, curves: ReadonlyMap<string, Curve>, discard: number): NeuronCurrents {
  const some = [...curves.values()][0] as Curve;
  const time = some.x.filter((t) => t >= discard - 1e-9);
  const silent = new Float64Array(time.length);
  const recurrent = counted(curves.get('excitatory'), discard) ?? silent;
  const external = counted(curves.get('external'), discard) ?? silent;
  return {
    neuron,
    time,
    recurrent,
    external,
    excitatory: recurrent.map((value, i) => value + (external[i] as number)),
    inhibitory: counted(curves.get('inhibitory'), discard) ?? silent,
    freeMembrane: counted(curves.get('free membrane'), discard),
  };
}

function synchronyOf(curves: ReadonlyMap<string, Curve> | undefined, discard: number): number | null {
  const mean = counted(curves?.get('mean membrane'), discard);
  const variance = curves?.get('membrane variance')?.y[0];
  return mean && variance !== undefined ? synchrony(mean, variance) : null;
}

/** Items in order of appearance. The first `discard` ms of each are left out. Curves without labels are passed over. */
export function currentsByItem(currents: SeriesValue, discard: number): ItemCurrents[] {
  const items = new Map<number, Map<number, Map<string, Curve>>>();
  for (const curve of currents.curves) {
    const { item, neuron, quantity } = curve.labels ?? {};
    if (typeof item !== 'number' || typeof neuron !== 'number' || typeof quantity !== 'string') continue;
    const neurons = items.get(item) ?? new Map<number, Map<string, Curve>>();
    items.set(item, neurons);
    const quantities = neurons.get(neuron) ?? new Map<string, Curve>();
    neurons.set(neuron, quantities.set(quantity, curve));
  }
  return [...items].map(([item, neurons]) => ({
    item,
    neurons: [...neurons]
      .filter(([neuron]) => neuron >= 0)
      .sort(([a], [b]) => a - b)
      .map(([neuron, curves]) => neuronOf(neuron, curves, discard)),
    synchrony: synchronyOf(neurons.get(-1), discard),
  }));
}

/**
 * How closely inhibition follows excitation in one neuron: Pearson's r of the excitatory input with the inhibitory one as
 * a positive number. NaN without fluctuations.
 */
export const excInhCorrelation = ({ excitatory, inhibitory }: NeuronCurrents): number =>
  pearson(excitatory, inhibitory);

/** |mean I| / mean E; NaN without excitation. */
export const ratioOf = (excitation: number, inhibition: number): number =>
  excitation > 0 ? Math.abs(inhibition) / excitation : Number.NaN;

/**
 * How far the mean drive lies above threshold, in units of its fluctuations:
 *   margin = (mean U - theta) / sd U
 * U is the membrane that gets the inputs of a neuron but never spikes. Below threshold by the mean, a neuron fires when a
 * fluctuation carries it over: irregularly. Well above it, it fires like a clock. NaN without fluctuations.
 */
export const marginOf = (mean: number, variance: number, vThreshold: number): number =>
  variance > 0 ? (mean - vThreshold) / Math.sqrt(variance) : Number.NaN;

/** Of one neuron, the external input included. */
export const inputRatio = ({ excitatory, inhibitory }: NeuronCurrents): number =>
  ratioOf(meanOf(excitatory), meanOf(inhibitory));

/** Of one neuron; NaN where its free membrane was not recorded or is still. */
export const driveMargin = ({ freeMembrane }: NeuronCurrents, vThreshold: number): number =>
  freeMembrane ? marginOf(meanOf(freeMembrane), varianceOf(freeMembrane), vThreshold) : Number.NaN;
