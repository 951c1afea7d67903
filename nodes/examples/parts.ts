/** What many examples begin with: drawn digits, spikes of them, small networks, and a decoder around a model. */
import type { ExampleNode } from '../../src/kit/node-example';

/** Drawn from the seed: nothing is fetched. */
export const digits = (trainCount: number, testCount: number, params: ExampleNode['params'] = {}): ExampleNode => ({
  id: 'images',
  type: 'source.images',
  params: { dataset: 'glyphs', trainCount, testCount, ...params },
  label: 'Drawn digits',
});

export const poisson = (params: ExampleNode['params'] = {}): ExampleNode => ({
  id: 'encoder',
  type: 'encoder.poisson',
  params: { duration: 200, ...params },
});

/** 500 neurons with 100 excitatory inputs each, as in the balanced presets: mean input and noise are those of a larger one. */
export const network = (params: ExampleNode['params'] = {}): ExampleNode => ({
  id: 'encoder',
  type: 'encoder.balanced-snn',
  params: { nExc: 400, nInh: 100, connectionProbability: 0.25, ...params },
});

export const readout: ExampleNode = { id: 'readout', type: 'spikes.readout', params: {} };

/** 120 digits to learn from, 12 to judge by, through Poisson spikes. */
export const encodedDigits: readonly ExampleNode[] = [digits(120, 12), poisson(), readout];
export const encodedWires: readonly string[] = ['images.images > encoder.drive', 'encoder.spikes > readout.spikes'];

/** Around a chain that ends in `model`: training towards the images, and prediction of the test items. */
export const decoder = (training: ExampleNode['params']): readonly ExampleNode[] => [
  { id: 'train', type: 'learn.train', params: { warmUpEpochs: 0, halfLife: 0, ...training } },
  { id: 'predict', type: 'learn.predict', params: {} },
];
export const decoderWires = (model: string, inputs = 'readout.features'): readonly string[] => [
  `${model}.model > train.model`,
  `${inputs} > train.inputs`,
  'images.images > train.targets',
  'train.model > predict.model',
  `${inputs} > predict.inputs`,
];
