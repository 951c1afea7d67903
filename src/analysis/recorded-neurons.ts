/**
 * Drive margin and input ratio of a network, over its recorded neurons: means over neurons of the means in time, and root
 * of the mean over neurons of the variance in time (in Brunel's terms (mu - theta) / (sigma / sqrt 2)).
 */
import { type Draw, resampledMean } from './bootstrap';
import { meanOf, varianceOf } from './moments';
import { type ItemCurrents, marginOf, type NeuronCurrents, ratioOf } from './neuron-currents';

/** Mean over its items of what each neuron has a value of. */
function byNeuron(items: readonly ItemCurrents[], read: (currents: NeuronCurrents) => number): Float64Array {
  const found = new Map<number, number[]>();
  for (const currents of items.flatMap(({ neurons }) => neurons)) {
    const value = read(currents);
    if (Number.isNaN(value)) continue;
    const known = found.get(currents.neuron);
    if (known) known.push(value);
    else found.set(currents.neuron, [value]);
  }
  return Float64Array.from(found.values(), meanOf);
}

/** Of the free membranes, mV and mV^2, one entry per neuron. */
export interface Membranes {
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

export const membranesOf = (items: readonly ItemCurrents[]): Membranes => ({
  means: byNeuron(items, ({ freeMembrane }) => meanOf(freeMembrane ?? [])),
  variances: byNeuron(items, ({ freeMembrane }) => varianceOf(freeMembrane ?? [])),
});

/** NaN without neurons or fluctuations. `draw` chooses neurons; all of them by default. */
export function networkMargin({ means, variances }: Membranes, vThreshold: number, draw?: Draw): number {
  const rows = draw ? draw(means.length) : Uint32Array.from(means.keys());
  return marginOf(
    resampledMean(means, () => rows),
    resampledMean(variances, () => rows),
    vThreshold,
  );
}

/** Mean inputs, mV, one entry per neuron. */
export interface MeanInputs {
  readonly recurrent: Float64Array;
  readonly external: Float64Array;
  readonly inhibitory: Float64Array;
}

export const meanInputsOf = (items: readonly ItemCurrents[]): MeanInputs => ({
  recurrent: byNeuron(items, ({ recurrent }) => meanOf(recurrent)),
  external: byNeuron(items, ({ external }) => meanOf(external)),
  inhibitory: byNeuron(items, ({ inhibitory }) => meanOf(inhibitory)),
});

/** External input included; NaN without neurons or excitation. */
export function networkRatio({ recurrent, external, inhibitory }: MeanInputs, draw?: Draw): number {
  const rows = draw ? draw(inhibitory.length) : Uint32Array.from(inhibitory.keys());
  const mean = (values: Float64Array) => resampledMean(values, () => rows);
  return ratioOf(mean(recurrent) + mean(external), mean(inhibitory));
}
