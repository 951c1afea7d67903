/** Joins the labels by item, counts the confusion matrix and writes what follows from it. */
import { classScores, kappaOf, wilsonInterval } from '../../src/analysis/classification';
import { bitsOf, chanceAccuracy, confusionOf, shuffledBits } from '../../src/analysis/confusion';
import { classificationFigure } from '../../src/analysis/figures/classification-figure';
import { intervalCells, intervalColumns } from '../../src/analysis/interval-columns';
import { createPace } from '../../src/analysis/pacing';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { DataError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import { joinItems } from '../../src/kit/item-table';
import type { LabelsValue, TableRow } from '../../src/kit/values';
import type definition from './classification';

/** True and predicted class of every predicted item. */
function pairsOf(reference: LabelsValue, predicted: LabelsValue) {
  if (reference.classNames.join('\n') !== predicted.classNames.join('\n')) {
    throw new DataError({
      code: 'classification.classes',
      message: 'True and predicted labels are not of the same classes.',
      port: 'predicted',
      found: predicted.classNames.join(', '),
      expected: reference.classNames.join(', '),
      cure: 'Wire the labels that the model was trained on.',
    });
  }
  const joined = joinItems(predicted.items, reference.items);
  const count = predicted.items.ids.length;
  if (joined.a.length < count || count === 0) {
    throw new DataError({
      code: 'classification.no-truth',
      message: count === 0 ? 'There are no predicted labels.' : 'Some predicted items have no true label.',
      port: count === 0 ? 'predicted' : 'reference',
      found: `${joined.a.length} of ${count} item ids among the true labels`,
      cure: 'Wire the labels of the source that the inputs were made from.',
    });
  }
  return {
    truth: Int32Array.from(joined.b, (at) => reference.data[at] as number),
    answer: Int32Array.from(joined.a, (at) => predicted.data[at] as number),
  };
}

const compute: ComputeOf<typeof definition> = async ({ reference, predicted }, { shuffles, seed }, context) => {
  const { truth, answer } = pairsOf(reference, predicted);
  const names = reference.classNames;
  const [n, classes] = [truth.length, names.length];
  const confusion = confusionOf(truth, answer, classes);
  const hits = truth.reduce((sum, label, i) => sum + (label === answer[i] ? 1 : 0), 0);
  const accuracy = hits / n;
  const interval = wilsonInterval(hits, n);
  const chance = chanceAccuracy(truth, answer, classes);
  const pace = createPace(context);
  let shuffled = 0;
  const rest = () => pace(++shuffled, shuffles, 'shuffles');
  const bias = shuffles > 0 ? await shuffledBits(truth, answer, classes, shuffles, seed, rest) : 0;
  const scores = classScores(confusion, classes);
  const recalls = scores.map(({ recall }) => recall).filter((recall) => !Number.isNaN(recall));
  const row = (
    measure: string,
    label: string,
    value: number,
    unit: string,
    ends = null as typeof interval,
  ): TableRow => ({
    measure,
    label,
    value: cell(value),
    ...intervalCells('value', ends),
    unit,
    n,
  });
  return {
    summary: {
      kind: 'table',
      columns: [
        textColumn('measure', 'Measure'),
        textColumn('label', 'What it is'),
        numberColumn('value', 'Value'),
        ...intervalColumns('value', 'Value'),
        textColumn('unit', 'Unit'),
        numberColumn('n', 'Items'),
      ],
      rows: [
        row('accuracy', 'Share of right labels', accuracy, '1', interval),
        row('balanced accuracy', 'Mean recall over classes', recalls.reduce((a, b) => a + b, 0) / recalls.length, '1'),
        row('chance', 'Accuracy of the same answers, shuffled', chance, '1'),
        row('kappa', 'Agreement above chance', kappaOf(accuracy, chance), '1'),
        row('confusion bits', 'Information in the confusion matrix', bitsOf(confusion, classes) - bias, 'bit'),
      ],
    },
    classes: {
      kind: 'table',
      columns: [
        textColumn('class', 'Class'),
        numberColumn('items', 'Items'),
        numberColumn('called', 'Predicted'),
        numberColumn('precision', 'Precision'),
        numberColumn('recall', 'Recall'),
        numberColumn('f1', 'F1'),
        textColumn('taken_for', 'Most often taken for'),
      ],
      rows: scores.map(({ items, called, precision, recall, f1 }, k) => ({
        class: names[k] as string,
        items,
        called,
        precision: cell(precision),
        recall: cell(recall),
        f1: cell(f1),
        taken_for: takenFor(confusion, k, names),
      })),
    },
    figure: classificationFigure(confusion, names, scores, { accuracy, interval, n }),
  };
};

/** The other class that most items of class `k` are taken for. */
function takenFor(confusion: Float64Array, k: number, names: readonly string[]): string | null {
  let best = -1;
  names.forEach((_, other) => {
    const count = confusion[k * names.length + other] as number;
    const most = best < 0 ? 0 : (confusion[k * names.length + best] as number);
    if (other !== k && count > most) best = other;
  });
  return best < 0 ? null : (names[best] as string);
}
export default compute;
