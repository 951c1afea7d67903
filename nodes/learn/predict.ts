/** Prediction: runs a trained model over the items of one split. */
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { axis } from '../../src/kit/port-type';
import { itemSplits, refuseRun } from './run-model';

export default defineNode({
  type: 'learn.predict',
  version: 1,
  title: 'Predict',
  inputs: {
    model: input('model', 'Model', 'A trained model, from learn.train.'),
    inputs: input(['features', 'images', 'rates'], 'Inputs', 'Of the kind and size that the model was trained with.'),
  },
  outputs: { images: output('images', 'Images', 'What the model gives for the chosen items, cut off at 0 and 1.') },
  params: {
    split: itemSplits('Which items to run the model on.'),
  },
  docs: {
    summary: 'Runs a trained model on the test items, or on others.',
    description: [
      'Inputs are normalised as they were in training. Dropout is off and batch normalisation uses its running moments, so ' +
        'an item gets the same answer whatever the other items are.',
    ],
    references: ['Zhang et al. 2020, Neural Networks 125:19-30'],
    keywords: ['decode', 'reconstruct', 'infer', 'apply'],
  },
  bypass: { images: 'inputs' },
  numerics: 'tensor',
  keyInfo: ({ split }) => (split === 'all' ? 'all items' : `${split} items`),
  infer: ({ model, inputs }, _params) => {
    const refused = refuseRun(model, inputs);
    if (refused) return refused;
    if (model?.trained?.target?.length === 1) {
      const reason = 'This model tells classes and gives no images.';
      return { ...refuse('predict.classifier', reason, 'Use learn.classify instead.'), port: 'model' };
    }
    const [height = null, width = null, channel = null] = model?.trained?.target ?? [];
    const axes = [axis('item', null), axis('height', height), axis('width', width), axis('channel', channel)];
    return { ok: true, outputs: { images: { kind: 'images', axes, unit: '1' } } };
  },
  memory: () => import('./memory').then(({ runningNeed }) => ({ default: runningNeed })),
  compute: () => import('./predict.compute'),
});
