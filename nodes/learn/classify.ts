/** Classification: runs a trained classifier over the items of one split, p = softmax(scores), class = argmax p. */
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { axis } from '../../src/kit/port-type';
import { itemSplits, refuseRun } from './run-model';

export default defineNode({
  type: 'learn.classify',
  version: 1,
  title: 'Classify',
  inputs: {
    model: input('model', 'Model', 'A model that learn.train has fitted to labels.'),
    inputs: input(['features', 'images', 'rates'], 'Inputs', 'Of the kind and size that the model was trained with.'),
  },
  outputs: {
    labels: output('labels', 'Labels', 'The most probable class of each chosen item.'),
    probabilities: output('features', 'Probabilities', 'Of each class, one row for each item; rows sum to 1.'),
  },
  params: { split: itemSplits('Which items to classify.') },
  shownFirst: 'probabilities',
  docs: {
    summary: 'Tells the class of the test items, or of others, by a trained model.',
    description: [
      'The model gives a score for each class; softmax makes probabilities of them, and the class with the largest one is ' +
        'the answer (of equal ones the first). Inputs are normalised as they were in training, dropout is off.',
      'metric.classification compares the answers with the true labels.',
    ],
    equations: ['p_k = e^{y_k} / \\sum_j e^{y_j}'],
    references: ['Bishop 2006, Pattern recognition and machine learning, section 4.3.4'],
    keywords: ['decode', 'classifier', 'labels', 'softmax', 'category'],
  },
  numerics: 'tensor',
  keyInfo: ({ split }) => (split === 'all' ? 'all items' : `${split} items`),
  infer({ model, inputs }) {
    const refused = refuseRun(model, inputs);
    if (refused) return refused;
    const target = model?.trained?.target ?? null;
    if (target && target.length !== 1) {
      const reason = 'This model gives images and tells no classes.';
      return { ...refuse('classify.images', reason, 'Use learn.predict, or train on labels.'), port: 'model' };
    }
    const classes = target?.[0];
    return {
      ok: true,
      outputs: {
        labels: {
          kind: 'labels',
          axes: [axis('item', null)],
          unit: '1',
          ...(classes === undefined ? {} : { classes }),
        },
        probabilities: {
          kind: 'features',
          axes: [axis('item', null), axis('feature', classes ?? null)],
          unit: '1',
          note: 'probability of each class',
        },
      },
    };
  },
  memory: () => import('./memory').then(({ runningNeed }) => ({ default: runningNeed })),
  compute: () => import('./classify.compute'),
});
