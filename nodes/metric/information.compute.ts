/** Runs the measures that the wires allow, one after the other, and writes each as a row. */
import { classInformation, type InformationOptions } from '../../src/analysis/class-information';
import { informationFigure } from '../../src/analysis/figures/information-figure';
import { imageInformation } from '../../src/analysis/image-information';
import { collectItems, type InformationItems } from '../../src/analysis/information-items';
import type { Measure } from '../../src/analysis/measure';
import { createPace } from '../../src/analysis/pacing';
import { type Cost, costOf } from '../../src/analysis/spikes-per-item';
import { type Step, stepInformation } from '../../src/analysis/step-information';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { DataError, ParameterError } from '../../src/core/errors';
import { formatNumber } from '../../src/core/units';
import type { ComputeOf } from '../../src/kit/define-node';
import type { FeaturesValue, TableRow, TableValue } from '../../src/kit/values';
import type definition from './information';

type Compute = ComputeOf<typeof definition>;
type Params = Parameters<Compute>[1];

const columns: TableValue['columns'] = [
  textColumn('measure', 'Measure'),
  textColumn('label', 'What it is'),
  numberColumn('value', 'Value'),
  numberColumn('low', '95 % from'),
  numberColumn('high', '95 % to'),
  textColumn('unit', 'Unit'),
  numberColumn('chance', 'Chance'),
  numberColumn('n', 'Items'),
  numberColumn('over', 'Over'),
  textColumn('over_what', 'of'),
  numberColumn('per_spike', 'Per spike'),
  numberColumn('per_spike_low', 'Per spike, 95 % from'),
  numberColumn('per_spike_high', 'Per spike, 95 % to'),
  numberColumn('per_event', 'Per synaptic event'),
  textColumn('note', 'Note'),
];

function rowOf(measure: Measure, cost: Cost | null): TableRow {
  const { value, interval } = measure;
  const per = (of: number | null | undefined, by: number | null | undefined) =>
    measure.perSpike && typeof of === 'number' && by ? cell(of / by) : null;
  const finite = (end: number | undefined) => (end !== undefined && Number.isFinite(end) ? end : null);
  return {
    measure: measure.measure,
    label: measure.label,
    value,
    low: finite(interval?.[0]),
    high: finite(interval?.[1]),
    unit: measure.unit,
    chance: measure.chance,
    n: measure.n,
    over: measure.over,
    over_what: measure.over === null ? null : measure.overWhat,
    per_spike: per(value, cost?.spikes),
    per_spike_low: per(finite(interval?.[0]), cost?.spikes),
    per_spike_high: per(finite(interval?.[1]), cost?.spikes),
    per_event: per(value, cost?.events),
    note: measure.note,
  };
}

function costRow(measure: string, label: string, value: number, n: number): TableRow {
  const blank: TableRow = Object.fromEntries(columns.map(({ name }) => [name, null]));
  return { ...blank, measure, label, value, unit: '1', n, note: '' };
}

/** Which items are the two ends of the step; null where the items have no classes and no column was named. */
function findStep(items: InformationItems, features: FeaturesValue, params: Params): Step | null {
  const { stepColumn, stepFrom, stepTo } = params;
  const column = stepColumn === '' ? items.labels : features.items.columns[stepColumn];
  if (!column) {
    if (stepColumn === '') return null;
    throw new ParameterError({
      code: 'information.column',
      message: `The items have no column "${stepColumn}".`,
      param: 'stepColumn',
      found: Object.keys(features.items.columns).join(', ') || 'no columns',
      cure: 'Name one of their columns, or leave it empty for two classes.',
    });
  }
  const valueAt = (k: number) => (stepColumn === '' ? column[k] : column[items.positions[k] as number]) as number;
  const at = (wanted: number) =>
    Array.from(items.positions.keys()).filter(
      (k) => Math.abs(valueAt(k) - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    );
  const what = stepColumn === '' ? 'class' : stepColumn;
  return {
    name: `${what} ${formatNumber(stepFrom)} against ${formatNumber(stepTo)}`,
    first: at(stepFrom),
    second: at(stepTo),
    size: stepColumn === '' ? 1 : Math.abs(stepTo - stepFrom),
    unit: stepColumn === '' ? '1' : `1/${stepColumn}²`,
  };
}

const compute: Compute = async ({ features, labels, images, spikes }, params, context) => {
  const items = collectItems({ features, labels, images }, params.split);
  const step = findStep(items, features, params);
  if (!items.labels && !items.images && !step) {
    throw new DataError({
      code: 'information.nothing',
      message: 'Nothing is wired that the features could tell of.',
      port: 'labels',
      cure: 'Wire labels or images, or name an item column for the step.',
    });
  }
  const pace = createPace(context);
  let label = 'classes';
  let done = 0;
  const options: InformationOptions = {
    folds: params.folds,
    shrinkage: params.shrinkage === 'auto' ? 'auto' : params.shrinkageShare,
    resamples: params.resamples,
    seed: params.seed,
    // How many rounds there are is not known beforehand: the label alone says where the work is.
    rest: () => pace(done, 4, label),
  };
  const classes = items.labels
    ? await classInformation(items.features, items.labels, items.stimuli, params.shuffles, options)
    : null;
  [label, done] = ['step', 1];
  const told = step ? await stepInformation(items.features, items.stimuli, step, params.fisherUnits, options) : null;
  [label, done] = ['images', 2];
  const seen = items.images
    ? await imageInformation(items.features, items.images, items.stimuli, {
        ...options,
        components: params.components,
        pixels: params.pixels,
        thresholds: { dark: params.dark, bright: params.bright },
      })
    : null;
  const cost = spikes ? await costOf(spikes, features, items.positions, params.population, pace) : null;
  const measures = [...(classes?.measures ?? []), ...(told?.measures ?? []), ...(seen?.measures ?? [])];
  const n = items.positions.length;
  context.progress(4, 4, 'measures');
  return {
    table: {
      kind: 'table',
      columns,
      rows: [
        ...measures.map((measure) => rowOf(measure, cost)),
        ...(cost ? [costRow('spikes', 'Spikes per item', cost.spikes, n)] : []),
        ...(cost?.events ? [costRow('events', 'Recurrent synaptic events per item', cost.events, n)] : []),
      ],
    },
    figure: informationFigure({
      measures,
      confusion: classes?.confusion ?? null,
      classNames: (classes?.present ?? []).map((index) => labels?.classNames[index] ?? `${index}`),
      correlations: seen?.correlations ?? [],
      squares: told?.squares ?? new Float64Array(0),
      items: n,
    }),
  };
};

export default compute;
