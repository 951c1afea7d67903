/**
 * A small catalogue of real node definitions for tests of documents, graphs and the scheduler: every kind of wiring that
 * the rules must judge (single, optional, union and variadic inputs, time steps, older versions), with computations so
 * small that their answers are known by hand.
 */
import { refuse } from '../../src/core/validity';
import {
  type AnyNode,
  type Catalogue,
  createCatalogue,
  defineNode,
  type InferredType,
  input,
  optionalInput,
  output,
  variadicInput,
} from '../../src/kit/define-node';
import { choice, integer, quantity, seed, text, toggle } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import * as computes from './test-computes';

const docs = (summary: string) => ({ summary, description: [], references: ['none'] });
const help = 'For tests.';
const series: InferredType = { kind: 'series', axes: [axis('time', null)], unit: '1' };
const table: InferredType = { kind: 'table', axes: [], unit: '1' };

/** A series of `length` equal values. */
const constant = defineNode({
  type: 'test.constant',
  version: 1,
  title: 'Constant',
  inputs: {},
  outputs: { series: output('series', 'Series', help) },
  params: {
    value: quantity('mV', { min: -1000, max: 1000, default: 1, label: 'Value', help }),
    length: integer({ min: 1, max: 1000, default: 4, label: 'Length', help, unit: 'samples' }),
    seed: seed(),
    colour: choice({
      label: 'Colour',
      help,
      matters: false,
      options: [
        { value: 'red', label: 'Red' },
        { value: 'blue', label: 'Blue' },
      ],
      default: 'red',
    }),
  },
  presets: [{ id: 'loud', label: 'Loud', help, params: { value: 100, length: 8 } }],
  derived: ({ value, length }) => [
    { label: 'Sum', value: value * length, unit: 'mV', help: 'Of all samples.' },
    { label: 'Samples', value: length, unit: '1', help: 'How many.' },
  ],
  docs: docs('A constant.'),
  numerics: 'exact',
  infer: (_, params) => ({ ok: true, outputs: { series: { ...series, axes: [axis('time', params.length)] } } }),
  compute: async () => ({ default: computes.constant }),
});

/** Version 3: `gain` was `factor` in version 2, and in percent in version 1. */
const scale = defineNode({
  type: 'test.scale',
  version: 3,
  title: 'Scale',
  inputs: { series: input('series', 'Series', help) },
  outputs: { series: output('series', 'Scaled', help) },
  params: {
    gain: quantity('1', { min: 0, max: 100, default: 2, label: 'Gain', help }),
    invert: toggle({ label: 'Invert', help, default: false }),
  },
  docs: docs('Multiplies by a number.'),
  bypass: { series: 'series' },
  numerics: 'exact',
  infer: ({ series: type }) => ({ ok: true, outputs: { series: type ?? series } }),
  migrations: {
    1: ({ percent, ...rest }) => (percent === undefined ? rest : { ...rest, factor: Number(percent) / 100 }),
    2: ({ factor, ...rest }) => (factor === undefined ? rest : { ...rest, gain: factor }),
  },
  compute: async () => ({ default: computes.scale }),
});

export const add = defineNode({
  type: 'test.add',
  version: 1,
  title: 'Add',
  inputs: { a: input('series', 'A', help), b: optionalInput('series', 'B', help) },
  outputs: { sum: output('series', 'Sum', help) },
  params: {},
  docs: docs('Adds two series.'),
  bypass: { sum: 'a' },
  numerics: 'exact',
  infer: ({ a, b }) => {
    const [left, right] = [a?.axes[0]?.size, b?.axes[0]?.size];
    if (left != null && right != null && left !== right) {
      return {
        ...refuse('add.shape-mismatch', `A has ${left} samples and B has ${right}.`, 'Give both the same length.'),
        port: 'b',
      };
    }
    return { ok: true, outputs: { sum: a ?? b ?? series } };
  },
  compute: async () => ({ default: computes.add }),
});

/** Takes `duration` ms in steps of a few, so that it can be cancelled and watched. */
const slow = defineNode({
  type: 'test.slow',
  version: 1,
  title: 'Slow',
  inputs: { series: optionalInput('series', 'Series', help) },
  outputs: { series: output('series', 'Series', help) },
  params: { duration: quantity('ms', { min: 0, max: 60_000, default: 200, label: 'Duration', help }) },
  docs: docs('Passes a series on, slowly.'),
  numerics: 'exact',
  infer: ({ series: type }) => ({ ok: true, outputs: { series: type ?? { ...series, axes: [axis('time', 1)] } } }),
  compute: async () => ({ default: computes.slow }),
});

const fail = defineNode({
  type: 'test.fail',
  version: 1,
  title: 'Fail',
  inputs: { series: optionalInput('series', 'Series', help) },
  outputs: { series: output('series', 'Series', help) },
  params: { message: text({ label: 'Message', help, default: 'It failed on purpose.' }) },
  docs: docs('Always fails.'),
  numerics: 'exact',
  infer: ({ series: type }) => ({ ok: true, outputs: { series: type ?? series } }),
  compute: async () => ({ default: computes.fail }),
});

/** One row per wire: its name and the sum over its values. */
const collect = defineNode({
  type: 'test.collect',
  version: 1,
  title: 'Collect',
  inputs: { series: variadicInput('series', 'Series', help) },
  outputs: { table: output('table', 'Table', help) },
  params: {},
  docs: docs('Lists the sums of any number of series.'),
  numerics: 'exact',
  infer: ({ series: types }) => ({ ok: true, outputs: { table: { ...table, note: `${types.length} rows` } } }),
  compute: async () => ({ default: computes.collect }),
});

const tabulate = defineNode({
  type: 'test.tabulate',
  version: 1,
  title: 'Tabulate',
  inputs: { series: input('series', 'Series', help) },
  outputs: { summary: output('table', 'Summary', help) },
  params: { digits: integer({ min: 0, max: 12, default: 3, label: 'Digits', help }) },
  docs: docs('Sum and mean of a series.'),
  numerics: 'exact',
  infer: () => ({ ok: true, outputs: { summary: { ...table, note: 'sum, mean' } } }),
  compute: async () => ({ default: computes.tabulate }),
});

/** Unit k of every item fires at step k. */
const spikes = defineNode({
  type: 'test.spikes',
  version: 1,
  title: 'Spikes',
  inputs: {},
  outputs: { spikes: output('spikes', 'Spikes', help) },
  params: {
    dt: quantity('ms', { min: 0.01, max: 10, default: 0.1, label: 'Time step', help, symbol: 'dt' }),
    units: integer({ min: 1, max: 1000, default: 10, label: 'Units', help, unit: 'neurons' }),
    items: integer({ min: 1, max: 1000, default: 3, label: 'Items', help }),
  },
  docs: docs('A known spike pattern.'),
  numerics: 'simulation',
  infer: (_, { dt, units, items }) => ({
    ok: true,
    outputs: { spikes: { kind: 'spikes', axes: [axis('item', items), axis('unit', units)], unit: '1', dt } },
  }),
  compute: async () => ({ default: computes.spikes }),
});

const readout = defineNode({
  type: 'test.readout',
  version: 1,
  title: 'Spike readout',
  inputs: { spikes: input('spikes', 'Spikes', help) },
  outputs: { features: output('features', 'Counts', help) },
  params: {},
  docs: docs('Spike counts per item and unit.'),
  numerics: 'exact',
  infer: ({ spikes: type }) => ({
    ok: true,
    outputs: {
      features: {
        kind: 'features',
        axes: [axis('item', type?.axes[0]?.size ?? null), axis('feature', type?.axes[1]?.size ?? null)],
        unit: '1',
      },
    },
  }),
  compute: async () => ({ default: computes.readout }),
});

/** Two spike trains, which must have one time step; a features input that has none. */
const compare = defineNode({
  type: 'test.compare',
  version: 1,
  title: 'Compare',
  inputs: {
    first: input(['spikes', 'rates'], 'First', help),
    second: input(['spikes', 'rates'], 'Second', help),
    features: optionalInput('features', 'Features', help),
  },
  outputs: { table: output('table', 'Table', help) },
  params: {},
  docs: docs('Compares two spike trains.'),
  numerics: 'exact',
  infer: () => ({ ok: true, outputs: { table } }),
  compute: async () => ({ default: computes.compare }),
});

/** Takes what `test.spikes` does not give: for refusals with and without an adapter. */
const fit = defineNode({
  type: 'test.fit',
  version: 1,
  title: 'Fit',
  inputs: { features: input('features', 'Features', help), targets: input(['images', 'labels'], 'Targets', help) },
  outputs: { losses: output('series', 'Losses', help) },
  params: {},
  docs: docs('Fits features to targets.'),
  numerics: 'exact',
  infer: () => ({ ok: true, outputs: { losses: series } }),
  compute: async () => ({ default: computes.fit }),
});

export const testNodes: readonly AnyNode[] = [
  constant,
  scale,
  add,
  slow,
  fail,
  collect,
  tabulate,
  spikes,
  readout,
  compare,
  fit,
];
export const testCatalogue: Catalogue = createCatalogue(testNodes);
