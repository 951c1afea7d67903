/** Recordings of neurons as curves: inputs and membranes over time, named and labelled for the analyses that read them. */
import type { Recording } from '../../../src/kernels/balanced-snn/recorder';
import type { Curve, SeriesValue } from '../../../src/kit/values';

export interface RecordedItem {
  /** Id of the item, a trial being one. */
  readonly item: number;
  readonly recording: Recording;
}

/** Neurons to record: each population's share by size, at least one each where there is room, evenly spread within. */
export function chooseRecorded(count: number, nExc: number, nInh: number): Uint32Array {
  const wanted = Math.min(count, nExc + nInh);
  const share = Math.round((wanted * nInh) / (nExc + nInh));
  const inh = nInh === 0 ? 0 : Math.min(nInh, Math.max(wanted > 1 ? 1 : 0, share));
  const exc = Math.min(nExc, wanted - inh);
  const spread = (n: number, of: number, from: number) =>
    Array.from({ length: n }, (_, k) => from + Math.floor(((k + 0.5) * of) / n));
  return Uint32Array.from([...spread(exc, nExc, 0), ...spread(inh, nInh, nExc)]);
}

const quantities = [
  ['excitatory', 'excitatory'],
  ['external', 'external'],
  ['inhibitory', 'inhibitory'],
  ['membrane', 'membrane'],
  ['free membrane', 'freeMembrane'],
] as const;

/** Labels of a curve: item id, unit (-1 for all), quantity. */
export function currentsOf(items: readonly RecordedItem[]): SeriesValue {
  const curves: Curve[] = [];
  for (const { item, recording } of items) {
    const { samplePeriod, sampleCount, units } = recording;
    const x = Float64Array.from({ length: sampleCount }, (_, s) => s * samplePeriod);
    const add = (neuron: number, quantity: string, at: Float64Array, y: Float64Array, unit = 'mV') => {
      const whose = neuron < 0 ? '' : `neuron ${neuron}, `;
      const name = `${whose}${quantity}${items.length > 1 ? `, item ${item}` : ''}`;
      curves.push({ name, unit, x: at, y, labels: { item, neuron, quantity } });
    };
    for (const [i, unit] of units.entries()) {
      for (const [quantity, field] of quantities) {
        add(unit, quantity, x, Float64Array.from(recording[field].subarray(i * sampleCount, (i + 1) * sampleCount)));
      }
    }
    add(-1, 'mean membrane', x, Float64Array.from(recording.meanMembrane));
    add(-1, 'membrane variance', Float64Array.of(0), Float64Array.of(recording.membraneVariance), 'mV²');
  }
  return { kind: 'series', xLabel: 'time', xUnit: 'ms', curves };
}
