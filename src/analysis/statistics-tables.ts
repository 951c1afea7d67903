/** The tables of the spike statistics: one row for each population, and one for each external drive. */
import type { Population, SpikesValue, TableColumn, TableRow, TableValue } from '../kit/values';
import { groupByDrive } from './conditions';
import { regularityOf } from './isi';
import { meanOfKnown } from './moments';
import { excInhCorrelation, type ItemCurrents, inputRatio } from './neuron-currents';
import { poolSummaries, type SpikeSummary } from './spike-summary';
import { cell, numberColumn, textColumn } from './table-columns';

/** Populations that have a row: those of the spikes, and all units together. */
export const withAll = (spikes: SpikesValue): readonly Population[] => [
  ...spikes.populations,
  { name: 'all', start: 0, count: spikes.unitCount },
];

export interface Collected {
  readonly spikes: Pick<SpikesValue, 'items'>;
  /** Those with a row; the last one is that of all units. */
  readonly populations: readonly Population[];
  /** By item, then population. */
  readonly summaries: readonly (readonly SpikeSummary[])[];
  /** Hz by item. */
  readonly theory: readonly (number | null)[];
  /** Drive margin by item. */
  readonly margins: readonly (number | null)[];
  /** By item id. */
  readonly currents: ReadonlyMap<number, ItemCurrents>;
}

const measureColumns: readonly TableColumn[] = [
  numberColumn('items', 'Items'),
  numberColumn('rate_Hz', 'Rate', 'Hz'),
  numberColumn('cv_isi', 'CV'),
  numberColumn('cv_n', 'Neurons with a CV'),
  numberColumn('cv2', 'CV2'),
  numberColumn('fano', 'Fano factor'),
  numberColumn('synchrony', 'Synchrony'),
  numberColumn('ei_correlation', 'E/I correlation'),
  numberColumn('input_ratio', 'I/E input'),
  numberColumn('currents_n', 'Neurons recorded'),
  numberColumn('theory_rate_Hz', 'Predicted rate', 'Hz'),
  numberColumn('drive_margin', 'Drive margin'),
  textColumn('label', 'Firing'),
];

/** Null unless every item has one. */
const meanOfAll = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : cell(meanOfKnown(values));

/** All measures of one population over the items at `positions`. */
function measures(collected: Collected, index: number, positions: readonly number[]): TableRow {
  const { spikes, populations, summaries, theory, margins, currents } = collected;
  const population = populations[index] as Population;
  const pooled = poolSummaries(positions.map((position) => summaries[position]?.[index] as SpikeSummary));
  const recorded = positions.flatMap((position) => currents.get(spikes.items.ids[position] as number) ?? []);
  const end = population.start + population.count;
  const neurons = recorded
    .flatMap((item) => item.neurons)
    .filter(({ neuron }) => neuron >= population.start && neuron < end);
  // Membranes and inputs are those of the whole network: only all units together have a synchrony and a margin.
  const isAll = index === populations.length - 1;
  return {
    items: positions.length,
    rate_Hz: cell(pooled.rate),
    cv_isi: cell(pooled.cv),
    cv_n: pooled.cvCount,
    cv2: cell(pooled.cv2),
    fano: cell(pooled.fano),
    synchrony: isAll ? cell(meanOfKnown(recorded.map((item) => item.synchrony))) : null,
    ei_correlation: cell(meanOfKnown(neurons.map(excInhCorrelation))),
    input_ratio: cell(meanOfKnown(neurons.map(inputRatio))),
    currents_n: neurons.length,
    theory_rate_Hz: population.count > 0 ? meanOfAll(positions.map((position) => theory[position] ?? null)) : null,
    drive_margin: isAll ? meanOfAll(positions.map((position) => margins[position] ?? null)) : null,
    label: regularityOf(pooled.cv),
  };
}

export function populationTable(collected: Collected): TableValue {
  const positions = collected.summaries.map((_, position) => position);
  return {
    kind: 'table',
    columns: [textColumn('population', 'Population'), numberColumn('neurons', 'Neurons'), ...measureColumns],
    rows: collected.populations.map(({ name, count }, index) => ({
      population: name,
      neurons: count,
      ...measures(collected, index, positions),
    })),
  };
}

/** Over all units; no rows where the items have no drive. */
export function conditionTable(collected: Collected): TableValue {
  const all = collected.populations.length - 1;
  return {
    kind: 'table',
    columns: [numberColumn('eta', 'Drive'), textColumn('shape', 'Shape'), ...measureColumns],
    rows: groupByDrive(collected.spikes.items).map(({ value, shape, positions }) => ({
      eta: value,
      shape,
      ...measures(collected, all, positions),
    })),
  };
}
