/** Examples of training, prediction and classification, and of the scores of both. */
import type { ExampleNode, NodeExamples } from '../../src/kit/node-example';
import { decoder, decoderWires, digits, encodedDigits, encodedWires, poisson, readout } from './parts';

const mlp: ExampleNode = { id: 'mlp', type: 'model.mlp', params: { hiddenUnits: 64, dropout: 0 } };
const ridge: ExampleNode = { id: 'ridge', type: 'model.ridge', params: { penalty: 'given', lambda: 100 } };

/** Which of three digits is it? */
const classifier: readonly ExampleNode[] = [
  digits(150, 60, { classes: '0, 1, 7' }),
  poisson({ duration: 100, rateGain: 40 }),
  readout,
  { id: 'linear', type: 'model.linear', params: {} },
  {
    id: 'train',
    type: 'learn.train',
    params: { loss: 'cross-entropy', epochs: 12, warmUpEpochs: 0, halfLife: 0, learningRate: 0.02, weightDecay: 1 },
  },
  { id: 'classify', type: 'learn.classify', params: {} },
];
const classifierWires: readonly string[] = [
  ...encodedWires,
  'linear.model > train.model',
  'readout.features > train.inputs',
  'images.labels > train.targets',
  'train.model > classify.model',
  'readout.features > classify.inputs',
];

const solved: readonly ExampleNode[] = [...encodedDigits, ridge, ...decoder({ epochs: 1 })];
const solvedWires: readonly string[] = [...encodedWires, ...decoderWires('ridge')];

export const learning: NodeExamples = {
  'learn.train': {
    see: 'The error falls epoch by epoch; a learning rate that is too large makes it jump, and more epochs go on from the stored ones.',
    node: 'train',
    nodes: [...encodedDigits, mlp, ...decoder({ epochs: 15, batchSize: 16, learningRate: 0.005 })],
    wires: [...encodedWires, ...decoderWires('mlp')],
    shown: ['train.loss', 'predict.images'],
    controls: [
      { param: 'epochs', range: [1, 60] },
      { param: 'learningRate', range: [0.0001, 0.1] },
    ],
  },
  'learn.predict': {
    see: 'What a decoder makes of digits: those it was trained on come out sharper than those it has never seen.',
    node: 'predict',
    nodes: solved,
    wires: solvedWires,
    shown: ['predict.images'],
    controls: [{ param: 'split' }],
  },
  'learn.classify': {
    see: 'One row for each digit, one column for each class: nearly all of a row lies in the class that was told.',
    node: 'classify',
    nodes: classifier,
    wires: classifierWires,
    shown: ['classify.probabilities', 'classify.labels'],
    controls: [{ param: 'split' }],
  },
};

export const metrics: NodeExamples = {
  'metric.image-quality': {
    see: 'Original on the left, reconstruction on the right, the best first; the table compares their scores with those of the mean image.',
    node: 'quality',
    nodes: [...solved, { id: 'quality', type: 'metric.image-quality', params: { examples: 2 } }],
    wires: [...solvedWires, 'images.images > quality.reference', 'predict.images > quality.reconstruction'],
    shown: ['quality.summary', 'quality.examples'],
    controls: [{ param: 'rankBy' }, { param: 'examples', range: [1, 6] }],
  },
  'metric.classification': {
    see: 'Right answers stand on the diagonal; give the encoder a lower rate and they leave it.',
    node: 'scores',
    nodes: [...classifier, { id: 'scores', type: 'metric.classification', params: {} }],
    wires: [...classifierWires, 'images.labels > scores.reference', 'classify.labels > scores.predicted'],
    shown: ['scores.figure', 'scores.summary'],
    controls: [
      { node: 'encoder', param: 'rateGain', range: [0, 200] },
      { param: 'shuffles', range: [0, 500] },
    ],
  },
  'metric.information': {
    see: 'How well three digits can be told from their spikes, with 95 % intervals, each on digits that the decoder has not seen.',
    node: 'information',
    nodes: [
      digits(90, 0, { classes: '0, 1, 7' }),
      poisson({ duration: 100, rateGain: 20 }),
      readout,
      {
        id: 'information',
        type: 'metric.information',
        params: { components: 4, pixels: 8, resamples: 100, shuffles: 50 },
      },
    ],
    wires: [
      ...encodedWires,
      'readout.features > information.features',
      'images.labels > information.labels',
      'images.images > information.images',
      'encoder.spikes > information.spikes',
    ],
    shown: ['information.figure', 'information.table'],
    controls: [{ param: 'folds', range: [2, 10] }, { param: 'shrinkage' }],
  },
};
