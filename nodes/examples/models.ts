/** Examples of models: each is trained for a moment and shown by what it makes of digits that it has not seen. */
import type { ExampleControl, ExampleNode, NodeExample, NodeExamples } from '../../src/kit/node-example';
import { decoder, decoderWires, digits, encodedDigits, encodedWires, network, readout } from './parts';

/** Rates to images, through one block or several that end in `model`. */
const fromSpikes = (
  see: string,
  blocks: readonly ExampleNode[],
  training: ExampleNode['params'],
  controls: readonly ExampleControl[],
  encoded: readonly ExampleNode[] = encodedDigits,
): NodeExample => ({
  see,
  node: 'model',
  nodes: [...encoded, ...blocks, ...decoder(training)],
  wires: [
    ...encodedWires,
    ...blocks.slice(1).map((block, place) => `${blocks[place]?.id}.model > ${block.id}.model`),
    ...decoderWires('model'),
  ],
  shown: ['predict.images', 'train.model'],
  controls,
});

const ridge: ExampleNode = { id: 'first', type: 'model.ridge', params: { penalty: 'given', lambda: 300 } };

export const models: NodeExamples = {
  'model.linear': fromSpikes(
    'Twelve unseen digits from the rates of 180 neurons, by one layer trained for a moment; its output may be cut off or squeezed into 0 to 1.',
    [{ id: 'model', type: 'model.linear', params: {} }],
    { epochs: 20, batchSize: 16, learningRate: 0.003, weightDecay: 1 },
    [{ param: 'outputActivation' }],
    // Fewer units than pixels: with a weight for every pair of pixels, so few digits would leave most of them at random.
    [digits(120, 12), network({ nExc: 144, nInh: 36, connectionProbability: 0.7 }), readout],
  ),
  'model.ridge': fromSpikes(
    'Twelve unseen digits from their spikes, solved at once: raise lambda and they fade into the mean image.',
    [{ id: 'model', type: 'model.ridge', params: { penalty: 'given', lambda: 100 } }],
    { epochs: 1 },
    [{ param: 'lambda', range: [0.1, 1_000_000] }],
  ),
  'model.mlp': fromSpikes(
    'Twelve unseen digits from their spikes; more hidden units make more parameters, told below the images.',
    [{ id: 'model', type: 'model.mlp', params: { hiddenUnits: 64, dropout: 0 } }],
    { epochs: 20, batchSize: 16, learningRate: 0.005 },
    [
      { param: 'hiddenUnits', range: [4, 256] },
      { param: 'hiddenLayers', range: [0, 3] },
    ],
  ),
  'model.unet': fromSpikes(
    'Ridge regression makes a first image from the spikes, and a small U-Net wipes away its noise.',
    [ridge, { id: 'model', type: 'model.unet', params: { baseChannels: 4, levels: 1 } }],
    { epochs: 4, batchSize: 16, learningRate: 0.01 },
    [
      { param: 'baseChannels', range: [2, 12] },
      { param: 'levels', range: [1, 2] },
    ],
  ),
  'model.autoencoder': fromSpikes(
    'Ridge regression makes a first image from the spikes, and the autoencoder paints it anew through its bottleneck: coarse after so few epochs.',
    [ridge, { id: 'model', type: 'model.autoencoder', params: { baseChannels: 8, dropout: 0 } }],
    { epochs: 8, batchSize: 16, learningRate: 0.005, stageWeight: 0, microBatch: 16 },
    [{ param: 'baseChannels', range: [4, 16] }],
  ),
  'model.vae': fromSpikes(
    'Twelve unseen digits through a short Gaussian code; a larger beta leaves the code less to say and blurs them.',
    [{ id: 'model', type: 'model.vae', params: { latentUnits: 16, hiddenUnits: 64, beta: 0.05 } }],
    { epochs: 30, batchSize: 16, learningRate: 0.005 },
    [
      { param: 'beta', range: [0, 2] },
      { param: 'latentUnits', range: [2, 32] },
    ],
  ),
};
