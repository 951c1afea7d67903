/** Prediction: runs a trained model over the items of one split. */
import { defineNode, input, output } from '../../src/kit/define-node';
import { choice } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { itemShape, shapeText } from './item-shape';

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
    split: choice({
      label: 'Items',
      help: 'Which items to run the model on.',
      options: [
        { value: 'test', label: 'Test', help: 'Held-out items, never seen in training.' },
        { value: 'validation', label: 'Validation' },
        { value: 'train', label: 'Training' },
        { value: 'all', label: 'All' },
      ],
      default: 'test',
    }),
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
    if (model && !model.trained) {
      return {
        ok: false,
        code: 'predict.untrained',
        reason: 'This model has not been trained.',
        cure: 'Wire it through learn.train first.',
        port: 'model',
      };
    }
    const expected = model?.trained?.input;
    const given = itemShape(inputs);
    if (expected && given && shapeText(expected) !== shapeText(given)) {
      return {
        ok: false,
        code: 'predict.shape',
        reason: `The model was trained on items of ${shapeText(expected)}, but these are ${shapeText(given)}.`,
        cure: 'Wire inputs made in the same way as those of learn.train.',
        port: 'inputs',
      };
    }
    const [height = null, width = null, channel = null] = model?.trained?.target ?? [];
    const axes = [axis('item', null), axis('height', height), axis('width', width), axis('channel', channel)];
    return { ok: true, outputs: { images: { kind: 'images', axes, unit: '1' } } };
  },
  compute: () => import('./predict.compute'),
});
