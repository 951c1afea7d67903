/** Examples of sources and encoders, and of what reads and changes spikes. */
import type { NodeExamples } from '../../src/kit/node-example';
import { digits, encodedWires, network, poisson, readout } from './parts';

export const sources: NodeExamples = {
  'source.images': {
    see: 'Twenty-four digits drawn from the seed; write 0, 1, 7 as classes and only these are drawn.',
    node: 'images',
    nodes: [digits(24, 0)],
    wires: [],
    shown: ['images.images'],
    controls: [{ param: 'classes' }, { param: 'seed' }],
  },
  'source.drive': {
    see: 'The drive of a network over one second; choose a shape and watch the curve.',
    node: 'drive',
    nodes: [{ id: 'drive', type: 'source.drive', params: { shape: 'sine', frequency: 3 } }],
    wires: [],
    shown: ['drive.drive'],
    controls: [{ param: 'shape' }, { param: 'frequency', range: [0.5, 20] }],
  },
  'source.model': {
    none: 'This node reads a file of yours, so there is nothing to show before you have one. Train a model, press Save model beside its result, and drop the file on this node.',
  },
};

export const encoders: NodeExamples = {
  'encoder.balanced-snn': {
    see: 'One digit as spikes of 500 neurons: irregular above g = 4, where inhibition wins, dense and regular below.',
    node: 'encoder',
    nodes: [digits(4, 0), network({ duration: 250, inhExcRatio: 5 })],
    wires: ['images.images > encoder.drive'],
    shown: ['encoder.spikes'],
    controls: [
      { param: 'inhExcRatio', range: [2, 8] },
      { param: 'etaGain', range: [0, 6] },
    ],
  },
  'encoder.poisson': {
    see: 'Every pixel is a unit that fires by chance: bright pixels make the bands, and a lower rate thins them out.',
    node: 'encoder',
    nodes: [digits(4, 0), poisson()],
    wires: ['images.images > encoder.drive'],
    shown: ['encoder.spikes'],
    controls: [
      { param: 'rateGain', range: [0, 300] },
      { param: 'rateBase', range: [0, 100] },
    ],
  },
};

export const spikes: NodeExamples = {
  'spikes.readout': {
    see: 'One row for each digit, one column for each unit; what is read from the spikes changes the numbers, not the spikes.',
    node: 'readout',
    nodes: [digits(24, 0), poisson(), readout],
    wires: encodedWires,
    shown: ['readout.features'],
    controls: [{ param: 'method' }, { param: 'tauTrace', range: [1, 200] }],
  },
  'spikes.transform': {
    see: 'The spikes of a network after one change: jitter blurs their times, and the rates stay.',
    node: 'transform',
    nodes: [
      digits(4, 0),
      network({ duration: 200, trials: 2 }),
      { id: 'transform', type: 'spikes.transform', params: { operation: 'jitter', jitter: 20 } },
    ],
    wires: ['images.images > encoder.drive', 'encoder.spikes > transform.spikes'],
    shown: ['transform.spikes'],
    controls: [{ param: 'operation' }, { param: 'jitter', range: [0, 100] }],
  },
};
