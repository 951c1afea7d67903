/** Confusion matrix, and the recall of each class with its interval. */
import { formatNumber } from '../../core/units';
import type { FigureValue } from '../../kit/values';
import type { Interval } from '../bootstrap';
import { type ClassScore, wilsonInterval } from '../classification';
import { confusionPanel } from './confusion-panel';

interface Overall {
  readonly accuracy: number;
  readonly interval: Interval | null;
  readonly n: number;
}

export function classificationFigure(
  confusion: Float64Array,
  names: readonly string[],
  scores: readonly ClassScore[],
  { accuracy, interval, n }: Overall,
): FigureValue {
  const present = scores.flatMap(({ items, recall }, k) =>
    items > 0 ? [{ k, recall, ends: wilsonInterval(recall * items, items) }] : [],
  );
  const percent = (share: number) => `${formatNumber(100 * share)} %`;
  const range = interval ? ` (${percent(interval[0])} to ${percent(interval[1])})` : '';
  return {
    kind: 'figure',
    title: 'Classification',
    caption: `${formatNumber(n)} items, ${percent(accuracy)} right${range}. Rows of the confusion matrix sum to 1. Bars are 95 % intervals; the line is the accuracy.`,
    panels: [
      confusionPanel(confusion, names),
      {
        title: 'Recall',
        x: { label: 'true class', unit: '1', categories: names },
        y: { label: 'share decoded right', unit: '1', domain: [0, 1] },
        marks: [
          { type: 'rule', axis: 'y', at: accuracy, hue: 'reference' },
          {
            type: 'points',
            hue: 'all',
            x: Float64Array.from(present, ({ k }) => k),
            y: Float64Array.from(present, ({ recall }) => recall),
            low: Float64Array.from(present, ({ ends, recall }) => ends?.[0] ?? recall),
            high: Float64Array.from(present, ({ ends, recall }) => ends?.[1] ?? recall),
          },
        ],
      },
    ],
    columns: 2,
    width: 180,
    rowHeight: 70,
  };
}
