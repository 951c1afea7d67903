/**
 * Classification: how often predicted labels are the true ones, and which classes are taken for which. The formulas are in
 * src/analysis/classification.ts and confusion.ts.
 */
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { integer, seed } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';

export default defineNode({
  type: 'metric.classification',
  version: 1,
  title: 'Classification',
  inputs: {
    reference: input('labels', 'True labels', 'Of all items that were classified; others are left out.'),
    predicted: input('labels', 'Predicted labels', 'Joined to the true ones by item id.'),
  },
  outputs: {
    summary: output('table', 'Summary', 'Accuracy, chance, kappa and information.'),
    classes: output('table', 'Per class', 'One row for each class: precision, recall, F1.'),
    figure: output('figure', 'Confusion', 'Which classes are taken for which, and the recall of each.'),
  },
  params: {
    shuffles: integer({
      label: 'Shuffles',
      help: 'Permutations of the predicted labels whose mean bits are taken off. 0 leaves the bias in.',
      min: 0,
      max: 10_000,
      default: 100,
      advanced: true,
    }),
    seed: seed({ help: 'Of the shuffles.', advanced: true }),
  },
  shownFirst: 'summary',
  numerics: 'exact',
  docs: {
    summary: 'Scores predicted labels against the true ones: accuracy, confusion, information.',
    description: [
      'Accuracy is the share of items whose predicted label is the true one, with its 95 % score interval (Wilson), which covers the choice of items only. Balanced accuracy is the mean recall over classes that have items.',
      'Chance is what the same answers, shuffled over items, would get; kappa is the agreement above it, as a share of what it leaves.',
      'Bits are the information in the confusion matrix, less its mean over shuffled answers, which is the bias of few items.',
      'Precision is empty for a class that was never predicted, recall for one that no item has.',
    ],
    equations: [
      '\\mathrm{accuracy} = \\frac1n \\sum_i [\\hat c_i = c_i]',
      '\\kappa = (\\mathrm{accuracy} - \\mathrm{chance}) / (1 - \\mathrm{chance})',
      'I = \\sum_{t,d} p(t,d) \\log_2 \\frac{p(t,d)}{p(t)\\,p(d)} - \\langle I \\rangle_{\\mathrm{shuffled}}',
    ],
    references: [
      'E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22:209-212.',
      'J. Cohen (1960), A coefficient of agreement for nominal scales, Educ. Psychol. Meas. 20:37-46.',
      'S. Panzeri, R. Senatore, M. A. Montemurro, R. S. Petersen (2007), Correcting for the sampling bias problem in spike train information measures, J. Neurophysiol. 98:1064-1072.',
    ],
    keywords: ['accuracy', 'confusion', 'precision', 'recall', 'F1', 'kappa', 'score', 'labels'],
  },
  keyInfo: () => 'accuracy, confusion',
  infer({ reference, predicted }) {
    const [a, b] = [reference?.classes, predicted?.classes];
    if (a !== undefined && b !== undefined && a !== b) {
      const reason = `The true labels have ${a} classes and the predicted ones ${b}.`;
      return {
        ...refuse('classification.classes', reason, 'Wire the labels that the model was trained on.'),
        port: 'predicted',
      };
    }
    const classes = a ?? b ?? null;
    return {
      ok: true,
      outputs: {
        summary: { kind: 'table', axes: [axis('item', 5)], unit: '1', note: 'accuracy, chance, kappa, bits' },
        classes: { kind: 'table', axes: [axis('item', classes)], unit: '1', note: 'one row per class' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'confusion, recall' },
      },
    };
  },
  compute: () => import('./classification.compute'),
});
