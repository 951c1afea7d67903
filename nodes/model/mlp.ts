/**
 * Multilayer perceptron: appends an `mlp` block to a model. Layers, parameters and counts: src/kit/blocks/mlp.ts.
 *
 *   h = dropout(relu(batchNorm(W1 x + b1)));  y = sigmoid(W2 h + b2)
 */
import { mlpBlock, mlpParams } from '../../src/kit/blocks/mlp';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { inferAppended } from './model-type';

export default defineNode({
  type: 'model.mlp',
  version: 1,
  title: 'MLP',
  inputs: {
    model: optionalInput('model', 'Model', 'Blocks that come before this one. Without a wire, this is the first.'),
  },
  outputs: { model: output('model', 'Model', 'The chain with this block at its end, untrained.') },
  params: mlpParams,
  docs: {
    summary: 'A multilayer perceptron: maps any numbers, such as firing rates, to an image or another target.',
    description: [
      'Hidden layers of Dense, batch normalisation, ReLU and dropout, then a Dense layer to the size of the target. The ' +
        'sizes of input and target come from the wires of learn.train; until it is wired there, only the chain is known.',
      'This is the first stage of the spike-image decoder of Zhang et al.: it makes a first image that a U-Net can refine.',
    ],
    equations: [
      'h = \\mathrm{dropout}\\big(\\mathrm{relu}(\\mathrm{BN}(W_1 x + b_1))\\big)',
      'y = \\sigma(W_2 h + b_2)',
    ],
    references: [
      'Zhang et al. 2020, Reconstruction of natural visual scenes from neural spikes with deep neural networks, Neural Networks 125:19-30',
      'Ioffe and Szegedy 2015, Batch normalization, ICML',
      'Srivastava et al. 2014, Dropout, JMLR 15:1929-1958',
    ],
    keywords: ['decoder', 'dense', 'fully connected', 'perceptron', 'neural network'],
  },
  bypass: { model: 'model' },
  numerics: 'exact',
  keyInfo: ({ hiddenLayers, hiddenUnits }) =>
    hiddenLayers === 0 ? 'no hidden layer' : `${hiddenLayers} × ${hiddenUnits.toLocaleString('en-US')} hidden`,
  infer: ({ model }, params) => inferAppended(model, { type: mlpBlock.type, version: mlpBlock.version, params }),
  compute: () => import('./mlp.compute'),
});
