/**
 * Linear layer: appends a `linear` block to a model. Parameters and counts: src/kit/blocks/linear.ts.
 *
 *   y = activation(W x + b)
 */
import { linearBlock, linearParams } from '../../src/kit/blocks/linear';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { inferAppended } from './model-type';

export default defineNode({
  type: 'model.linear',
  version: 1,
  title: 'Linear',
  inputs: {
    model: optionalInput('model', 'Model', 'Blocks that come before this one. Without a wire, this is the first.'),
  },
  outputs: { model: output('model', 'Model', 'The chain with this block at its end, untrained.') },
  params: linearParams,
  docs: {
    summary: 'One linear layer, trained by gradient: maps any numbers to the target.',
    description: [
      'A Dense layer to the size of the target, without a hidden one. The sizes of input and target come from the wires of ' +
        'learn.train. Its closed-form sibling is model.ridge, which needs no epochs.',
    ],
    equations: ['y = W x + b'],
    references: [
      'Warland, Reinagel and Meister 1997, Decoding visual information from a population of retinal ganglion cells, Journal of Neurophysiology 78:2336-2350',
    ],
    keywords: ['decoder', 'dense', 'fully connected', 'regression', 'readout', 'perceptron'],
  },
  bypass: { model: 'model' },
  numerics: 'exact',
  keyInfo: ({ outputActivation }) =>
    `${{ linear: 'linear', clip: 'clipped', sigmoid: 'sigmoid' }[outputActivation]} output`,
  infer: ({ model }, params) => inferAppended(model, { type: linearBlock.type, version: linearBlock.version, params }),
  compute: () => import('./linear.compute'),
});
