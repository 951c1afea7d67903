/** Examples of analyses, theory, tests and comparisons. */
import type { ExampleNode, NodeExamples } from '../../src/kit/node-example';
import { decoder, digits, encodedDigits, encodedWires, network } from './parts';

const drive = (params: ExampleNode['params'], id = 'drive'): ExampleNode => ({ id, type: 'source.drive', params });
/** With a drive of 1 the levels of the drive are eta itself. */
const driven = (params: ExampleNode['params'] = {}): ExampleNode => network({ externalDrive: 1, ...params });
const toEncoder = 'drive.drive > encoder.drive';
const spikesTo = (node: string): readonly string[] => [toEncoder, `encoder.spikes > ${node}.spikes`];

/** One network for each g, all under the same drives. */
const ratios = [3, 4, 5, 6];

export const analyses: NodeExamples = {
  'analysis.spike-statistics': {
    see: 'A network that fires irregularly, with CVs of about one half, although its drive is steady.',
    node: 'statistics',
    nodes: [
      drive({ level: 2 }),
      driven({ duration: 600, discard: 100, recordNeurons: 20 }),
      { id: 'statistics', type: 'analysis.spike-statistics', params: { timeShown: 300 } },
    ],
    wires: [...spikesTo('statistics'), 'encoder.currents > statistics.currents'],
    shown: ['statistics.figure', 'statistics.table'],
    controls: [
      { param: 'timeShown', range: [50, 500] },
      { param: 'neuronsShown', range: [20, 400] },
    ],
  },
  'analysis.currents': {
    see: 'Excitation and inhibition of one neuron mirror each other, and their sum stays near the threshold.',
    node: 'currents',
    nodes: [
      drive({ level: 2 }),
      driven({ duration: 500, discard: 100, recordNeurons: 8 }),
      { id: 'currents', type: 'analysis.currents', params: { timeShown: 200 } },
    ],
    wires: [...spikesTo('currents'), 'encoder.currents > currents.currents'],
    shown: ['currents.figure', 'currents.table'],
    controls: [
      { param: 'neuronShown', range: [0, 7] },
      { param: 'timeShown', range: [50, 400] },
    ],
  },
  'analysis.connectivity': {
    see: 'With a fixed in-degree every neuron has the same number of inputs; with Bernoulli connections they scatter.',
    node: 'connectivity',
    nodes: [
      digits(1, 0),
      network({ duration: 60, connectivity: 'bernoulli' }),
      { id: 'connectivity', type: 'analysis.connectivity', params: {} },
    ],
    wires: ['images.images > encoder.drive', 'encoder.spikes > connectivity.spikes'],
    shown: ['connectivity.figure', 'connectivity.table'],
    controls: [
      { node: 'encoder', param: 'connectivity' },
      { node: 'encoder', param: 'connectionProbability', range: [0.05, 0.4] },
    ],
  },
  'analysis.linearity': {
    see: 'The rate of a balanced network follows its drive along a straight line from eta = 1 on.',
    node: 'linearity',
    nodes: [
      drive({ shape: 'grid', step: 0.5 }),
      driven({ duration: 300 }),
      { id: 'linearity', type: 'analysis.linearity', params: { etaFrom: 1 } },
    ],
    wires: spikesTo('linearity'),
    shown: ['linearity.figure', 'linearity.fit'],
    controls: [{ param: 'etaFrom', range: [0, 3] }, { param: 'population' }],
  },
  'analysis.tracking': {
    see: 'The rate follows a slow sine of the drive with hardly any lag; less smoothing shows the noise on it.',
    node: 'tracking',
    nodes: [
      drive({ shape: 'sine', mean: 2, amplitude: 1, frequency: 4, duration: 500 }),
      driven({ duration: 500, discard: 0, trials: 3 }),
      { id: 'tracking', type: 'analysis.tracking', params: { resamples: 100 } },
    ],
    wires: [...spikesTo('tracking'), 'drive.drive > tracking.drive'],
    shown: ['tracking.figure', 'tracking.table'],
    controls: [
      { param: 'smoothing', range: [0, 60] },
      { param: 'binWidth', range: [0.5, 20] },
    ],
  },
  'analysis.step-response': {
    see: 'The drive jumps at 0 ms: the rate is there within milliseconds, overshoots and settles.',
    node: 'response',
    nodes: [
      drive({ shape: 'step', onset: 250 }),
      driven({ duration: 450, discard: 50, trials: 5 }),
      { id: 'response', type: 'analysis.step-response', params: { resamples: 100 } },
    ],
    wires: [...spikesTo('response'), 'drive.drive > response.drive'],
    shown: ['response.figure', 'response.table'],
    controls: [{ param: 'binWidth', range: [0.5, 10] }, { param: 'population' }],
  },
  'analysis.balance': {
    see: 'Five tests of a small network, each against its bound; move a bound across a value and the verdict changes.',
    node: 'verdict',
    nodes: [
      drive({ shape: 'grid', step: 1 }, 'grid'),
      drive({ shape: 'ramp', rampFrom: 0, rampTo: 3, rampEnd: 400 }),
      driven({ duration: 500, discard: 100, trials: 2, recordNeurons: 20, recordItems: 6 }),
      { id: 'tracking', type: 'analysis.tracking', params: { resamples: 100 } },
      { id: 'verdict', type: 'analysis.balance', params: { resamples: 100 } },
    ],
    wires: [
      'grid.drive > drive.before',
      ...spikesTo('tracking'),
      'drive.drive > tracking.drive',
      'encoder.spikes > verdict.spikes',
      'encoder.currents > verdict.currents',
      'tracking.table > verdict.tracking',
    ],
    shown: ['verdict.figure', 'verdict.table'],
    controls: [
      { param: 'minRampR2', range: [0, 1] },
      { param: 'minCv', range: [0, 1.5] },
    ],
  },
  'analysis.trials': {
    see: 'Two digits shown eight times each: counts vary about half as much as those of a Poisson process, and neurons hardly vary together.',
    node: 'trials',
    nodes: [
      digits(2, 0),
      network({ duration: 200, trials: 8 }),
      { id: 'trials', type: 'analysis.trials', params: { shown: 2, resamples: 100 } },
    ],
    wires: ['images.images > encoder.drive', 'encoder.spikes > trials.spikes'],
    shown: ['trials.figure', 'trials.table'],
    controls: [
      { param: 'binWidth', range: [1, 50] },
      { param: 'pairs', range: [100, 5000] },
    ],
  },
  'analysis.regime-map': {
    see: 'Four networks under three drives: fast and regular where excitation wins (g = 3), slower and more irregular the more inhibition does.',
    node: 'map',
    nodes: [
      drive({ shape: 'grid', from: 1, to: 3, step: 1 }),
      ...ratios.map((g) => ({
        ...driven({ inhExcRatio: g, duration: 400, discard: 100 }),
        id: `g${g}`,
        label: `g = ${g}`,
      })),
      { id: 'map', type: 'analysis.regime-map', params: {} },
    ],
    wires: ratios.flatMap((g) => [`drive.drive > g${g}.drive`, `g${g}.spikes > map.spikes`]),
    shown: ['map.figure', 'map.table'],
    controls: [
      { param: 'regularCv', range: [0, 1] },
      { param: 'synchrony', range: [0, 2] },
    ],
  },
  'analysis.latent': {
    see: 'Digits of three classes in the plane of their codes, images drawn from the prior, and a walk from one digit to another.',
    node: 'latent',
    nodes: [
      digits(60, 30, { classes: '0, 1, 7' }),
      { id: 'vae', type: 'model.vae', params: { latentUnits: 8, hiddenUnits: 64, beta: 0.1 } },
      ...decoder({ epochs: 30, batchSize: 16, learningRate: 0.005 }).slice(0, 1),
      { id: 'latent', type: 'analysis.latent', params: { samples: 12, steps: 8, split: 'all' } },
    ],
    wires: [
      'vae.model > train.model',
      'images.images > train.inputs',
      'images.images > train.targets',
      'train.model > latent.model',
      'images.images > latent.inputs',
      'images.labels > latent.labels',
    ],
    shown: ['latent.figure', 'latent.walk', 'latent.samples'],
    controls: [{ param: 'plane' }, { param: 'walkTo', range: [1, 90] }],
  },
};

/** Two decoders of the same spikes, image by image. */
const rivals = ['weak', 'strong'] as const;
const penalty = { weak: 30, strong: 300 } as const;

export const comparisons: NodeExamples = {
  'theory.mean-field': {
    see: 'The predicted rate rises with the drive almost along a line; below g = 4 it leaps up at once.',
    node: 'theory',
    nodes: [{ id: 'theory', type: 'theory.mean-field', params: { regimeMap: false } }],
    wires: [],
    shown: ['theory.figure', 'theory.table'],
    controls: [{ param: 'inhExcRatio', range: [2, 8] }, { param: 'externalKind' }],
  },
  'stats.test': {
    see: 'Two decoders of the same spikes, digit by digit: they differ by less than 1 dB, so that the margin decides whether they count as equivalent.',
    node: 'test',
    nodes: [
      ...encodedDigits,
      ...rivals.flatMap((name): ExampleNode[] => [
        {
          id: name,
          type: 'model.ridge',
          params: { penalty: 'given', lambda: penalty[name] },
          label: `λ = ${penalty[name]}`,
        },
        { id: `train-${name}`, type: 'learn.train', params: { epochs: 1, warmUpEpochs: 0 } },
        { id: `predict-${name}`, type: 'learn.predict' },
        { id: `quality-${name}`, type: 'metric.image-quality', params: { resamples: 0 } },
      ]),
      { id: 'test', type: 'stats.test', params: { resamples: 1000, margin: 0.5 } },
    ],
    wires: [
      ...encodedWires,
      ...rivals.flatMap((name) => [
        `${name}.model > train-${name}.model`,
        `readout.features > train-${name}.inputs`,
        `images.images > train-${name}.targets`,
        `train-${name}.model > predict-${name}.model`,
        `readout.features > predict-${name}.inputs`,
        `images.images > quality-${name}.reference`,
        `predict-${name}.images > quality-${name}.reconstruction`,
      ]),
      'quality-weak.items > test.first',
      'quality-strong.items > test.second',
    ],
    shown: ['test.figure', 'test.table'],
    controls: [{ param: 'margin', range: [0, 5] }],
  },
  'view.compare': {
    see: 'Two networks that see the same digits, laid over each other: with too little inhibition (g = 3.5) the rates run up.',
    node: 'compare',
    nodes: [
      digits(8, 0),
      { ...network({ duration: 200, inhExcRatio: 5 }), label: 'Balanced network' },
      { ...network({ duration: 200, inhExcRatio: 3.5 }), id: 'other', label: 'Other network' },
      { id: 'compare', type: 'view.compare', params: { names: 'g = 5, other g' } },
    ],
    wires: [
      'images.images > encoder.drive',
      'images.images > other.drive',
      'encoder.spikes > compare.values',
      'other.spikes > compare.values',
    ],
    shown: ['compare.figure', 'compare.table'],
    controls: [{ param: 'names' }, { node: 'other', param: 'inhExcRatio', range: [2, 8] }],
  },
};
