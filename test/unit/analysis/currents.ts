/** Hand-made recorded currents, as the encoder hands them on. */
import type { Curve, SeriesValue } from '../../../src/kit/values';

export interface Recording {
  readonly item?: number;
  readonly neuron?: number;
  readonly excitatory?: readonly number[];
  readonly external?: readonly number[];
  readonly inhibitory?: readonly number[];
  readonly 'free membrane'?: readonly number[];
  readonly 'mean membrane'?: readonly number[];
  readonly 'membrane variance'?: readonly number[];
}

/** Curves sampled every ms from 0. */
export function currentsOf(recordings: readonly Recording[]): SeriesValue {
  const curves = recordings.flatMap(({ item = 0, neuron = -1, ...quantities }) =>
    Object.entries(quantities).map(
      ([quantity, values]): Curve => ({
        name: `${quantity} ${neuron}`,
        unit: 'mV',
        x: Float64Array.from(values, (_, t) => t),
        y: Float64Array.from(values),
        labels: { item, neuron, quantity },
      }),
    ),
  );
  return { kind: 'series', xLabel: 'time', xUnit: 'ms', curves };
}
