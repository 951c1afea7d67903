/** Measures of every kind of value but images and spikes, which need a reference or a pass over chunks. */

import { joinItems } from '../../kit/item-table';
import type { FeaturesValue, LabelsValue, ModelValue, PortValue, RatesValue, SeriesValue } from '../../kit/values';
import { betterOf, type Measure } from './measure';
import { tableMeasures } from './table-measures';

export function measuresOf(value: PortValue, reference: PortValue | null = null): Measure[] {
  switch (value.kind) {
    case 'table':
      return tableMeasures(value);
    case 'series':
      return seriesMeasures(value);
    case 'rates':
      return rateMeasures(value);
    case 'features':
      return featureMeasures(value);
    case 'labels':
      return reference?.kind === 'labels' ? agreement(value, reference) : [];
    case 'model':
      return modelMeasures(value);
    default:
      return [];
  }
}

/** A few curves are each a quantity of their own; many (one for each item or neuron) are a sample. */
export const fewCurves = 6;

function seriesMeasures({ curves, items }: SeriesValue): Measure[] {
  if (curves.length > fewCurves || items) {
    const unit = curves[0]?.unit ?? '1';
    const keys = curves.map(({ name }, k) => items?.ids[k] ?? name);
    const of = items ? 'items' : 'curves';
    const mean = Float64Array.from(curves, ({ y }) => y.reduce((sum, value) => sum + value, 0) / y.length);
    const peak = Float64Array.from(curves, ({ y }) => y.reduce((most, value) => Math.max(most, value), -Infinity));
    return [
      { name: 'mean', label: 'Mean of the curve', unit, better: null, values: mean, keys, of, sampled: true },
      { name: 'peak', label: 'Peak of the curve', unit, better: null, values: peak, keys, of, sampled: true },
    ];
  }
  // A training node's curves are its losses; the one of unseen items counts.
  const ordered = [...curves].sort((one, two) => Number(two.name === 'validation') - Number(one.name === 'validation'));
  const named = ordered.map(({ name, unit, x, y }) => {
    const isLoss = name === 'training' || name === 'validation';
    const label = isLoss ? `${name.charAt(0).toUpperCase()}${name.slice(1)} loss` : name;
    return { name, unit, x, y, label, better: isLoss ? ('lower' as const) : betterOf(name) };
  });
  const last = named.map(
    ({ name, unit, y, label, better }): Measure => ({
      name: `last ${name}`,
      label: `${label}, last value`,
      unit,
      better,
      values: y.slice(-1),
      keys: [name],
      of: 'values',
      sampled: false,
    }),
  );
  const all = named
    .filter(({ y }) => y.length > 1)
    .map(
      ({ name, unit, x, y, label, better }): Measure => ({
        name: `all ${name}`,
        label: `${label}, all points`,
        unit,
        better,
        values: y,
        keys: x,
        of: 'points',
        sampled: false,
      }),
    );
  return [...last, ...all];
}

function rateMeasures({ shape, data, items }: RatesValue): Measure[] {
  const [bins = 0, count = 0, units = 0] = shape;
  const values = new Float64Array(count);
  for (let t = 0; t < bins; t++) {
    for (let k = 0; k < count; k++) {
      const at = (t * count + k) * units;
      let sum = 0;
      for (let u = 0; u < units; u++) sum += data[at + u] as number;
      values[k] = (values[k] as number) + sum / (bins * units);
    }
  }
  return [
    { name: 'rate', label: 'Rate', unit: 'Hz', better: null, values, keys: items.ids, of: 'items', sampled: true },
  ];
}

function featureMeasures({ shape, data, items, unit }: FeaturesValue): Measure[] {
  const [count = 0, size = 0] = shape;
  const mean = new Float64Array(count);
  const active = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    for (let f = k * size; f < (k + 1) * size; f++) {
      mean[k] = (mean[k] as number) + (data[f] as number) / size;
      if (data[f] !== 0) active[k] = (active[k] as number) + 100 / size;
    }
  }
  const common = { better: null, keys: items.ids, of: 'items', sampled: true };
  return [
    { ...common, name: 'mean', label: 'Mean of the features', unit, values: mean },
    { ...common, name: 'active', label: 'Features that are not 0', unit: '%', values: active },
  ];
}

/** Whether each label is that of the reference. */
function agreement(value: LabelsValue, reference: LabelsValue): Measure[] {
  const pairs = joinItems(value.items, reference.items);
  const values = Float64Array.from(pairs.a, (at, k) =>
    value.data[at] === reference.data[pairs.b[k] as number] ? 100 : 0,
  );
  const keys = Array.from(pairs.a, (at) => value.items.ids[at] as number);
  return [
    { name: 'accuracy', label: 'Accuracy', unit: '%', better: 'higher', values, keys, of: 'items', sampled: true },
  ];
}

export const parameterCount = ({ trained }: ModelValue): number | null =>
  trained ? trained.weights.reduce((sum, { data }) => sum + data.length, 0) : null;

function modelMeasures(model: ModelValue): Measure[] {
  const count = parameterCount(model);
  if (count === null || !model.trained) return [];
  return [
    {
      name: 'parameters',
      label: 'Parameters',
      unit: '1',
      better: null,
      values: [count],
      keys: ['parameters'],
      of: 'values',
      sampled: false,
    },
    ...model.trained.weights.map(
      ({ name, data }): Measure => ({
        name: `weights ${name}`,
        label: `Weights ${name}`,
        unit: '1',
        better: null,
        values: data,
        keys: null,
        of: 'weights',
        sampled: false,
      }),
    ),
  ];
}
