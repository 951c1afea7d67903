/** Sorts the recorded curves by item and neuron, measures each neuron, and draws one. */
import { crossCorrelation, peakAround } from '../../src/analysis/correlation';
import { type Correlogram, currentsFigure } from '../../src/analysis/figures/currents-figure';
import { meanOf, meanOfKnown } from '../../src/analysis/moments';
import {
  currentsByItem,
  driveMargin,
  excInhCorrelation,
  type ItemCurrents,
  inputRatio,
  type NeuronCurrents,
} from '../../src/analysis/neuron-currents';
import { createPace } from '../../src/analysis/pacing';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { DataError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Population, SeriesValue, TableColumn, TableRow } from '../../src/kit/values';
import type definition from './currents';

const columns: readonly TableColumn[] = [
  numberColumn('item', 'Item'),
  numberColumn('neuron', 'Neuron'),
  textColumn('population', 'Population'),
  numberColumn('recurrent_mV', 'Recurrent excitation', 'mV'),
  numberColumn('external_mV', 'External', 'mV'),
  numberColumn('inhibitory_mV', 'Inhibition', 'mV'),
  numberColumn('net_mV', 'Net', 'mV'),
  numberColumn('input_ratio', 'I/E input'),
  numberColumn('ei_correlation', 'E/I correlation'),
  numberColumn('lag_ms', 'Inhibition follows by', 'ms'),
  numberColumn('margin', 'Drive margin'),
];

/** ms between samples; 1 where there are too few to tell. */
const samplingOf = ({ time }: NeuronCurrents): number =>
  time.length > 1 ? ((time.at(-1) as number) - (time[0] as number)) / (time.length - 1) : 1;

function correlogramOf(neuron: NeuronCurrents, maxLag: number): Correlogram {
  const sampling = samplingOf(neuron);
  const reach = Math.floor(maxLag / sampling + 1e-9);
  const r = crossCorrelation(neuron.excitatory, neuron.inhibitory, reach);
  return { r, lags: r.map((_, k) => (k - reach) * sampling) };
}

function requireRecording(currents: SeriesValue, items: readonly ItemCurrents[]): void {
  if (currents.curves.length === 0 || items.length > 0) return;
  throw new DataError({
    code: 'currents.no-recording',
    message: 'The series holds no recorded currents.',
    port: 'currents',
    found: `${currents.curves.length} curves over ${currents.xLabel}`,
    expected: 'currents of a balanced spiking network',
    cure: 'Wire the currents output of the encoder.',
  });
}

const populationOf = (populations: readonly Population[], neuron: number): string | null =>
  populations.find(({ start, count }) => neuron >= start && neuron < start + count)?.name ?? null;

/** Mean over neurons at each lag. */
function meanCorrelogram(all: readonly Correlogram[]): Correlogram | null {
  const [first] = all;
  if (!first) return null;
  return { lags: first.lags, r: first.r.map((_, k) => meanOfKnown(all.map(({ r }) => r[k] ?? null))) };
}

const compute: ComputeOf<typeof definition> = async ({ currents, spikes }, params, context) => {
  const discard = spikes ? spikes.discardSteps * spikes.dt : params.discard;
  const vThreshold = spikes?.network?.vThreshold ?? params.vThreshold;
  const items = currentsByItem(currents, discard);
  requireRecording(currents, items);
  const shownItem = items[Math.min(params.itemShown, items.length - 1)];
  const shownNeuron = shownItem?.neurons[Math.min(params.neuronShown, shownItem.neurons.length - 1)];
  const total = items.reduce((sum, { neurons }) => sum + neurons.length, 0);
  const rows: TableRow[] = [];
  const ofShownItem: Correlogram[] = [];
  const pace = createPace(context);
  for (const item of items) {
    for (const neuron of item.neurons) {
      const correlogram = correlogramOf(neuron, params.maxLag);
      if (item === shownItem) ofShownItem.push(correlogram);
      rows.push({
        item: item.item,
        neuron: neuron.neuron,
        population: populationOf(spikes?.populations ?? [], neuron.neuron),
        recurrent_mV: cell(meanOf(neuron.recurrent)),
        external_mV: cell(meanOf(neuron.external)),
        inhibitory_mV: cell(meanOf(neuron.inhibitory)),
        net_mV: cell(meanOf(neuron.excitatory) - meanOf(neuron.inhibitory)),
        input_ratio: cell(inputRatio(neuron)),
        ei_correlation: cell(excInhCorrelation(neuron)),
        lag_ms: cell(correlogram.lags[peakAround(correlogram.r)] ?? null),
        margin: cell(driveMargin(neuron, vThreshold)),
      });
      await pace(rows.length, total, 'neurons');
    }
  }
  const shown =
    shownItem && shownNeuron
      ? { item: shownItem.item, neuron: shownNeuron, correlogram: correlogramOf(shownNeuron, params.maxLag) }
      : null;
  return {
    table: { kind: 'table', columns, rows },
    figure: currentsFigure({
      shown,
      mean: meanCorrelogram(ofShownItem),
      neuronCount: ofShownItem.length,
      vThreshold,
      timeShown: params.timeShown,
    }),
  };
};

export default compute;
