/** What a code tells: confusion matrix, decoded image components, d' of the units, and Fisher information. */
import { formatNumber } from '../../core/units';
import type { FigureMark, FigurePanel } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import type { Measure } from '../measure';
import { confusionPanel } from './confusion-panel';

export interface InformationShown {
  readonly measures: readonly Measure[];
  /** Row = true, column = decoded. */
  readonly confusion: Float64Array | null;
  readonly classNames: readonly string[];
  /** Held-out correlation of each image component. */
  readonly correlations: readonly number[];
  /** Unbiased d'^2 of each unit. */
  readonly squares: Float64Array;
  readonly items: number;
}

function componentPanel(correlations: readonly number[]): FigurePanel {
  return {
    title: 'Image components',
    x: { label: 'principal component', unit: '1' },
    y: { label: 'correlation, held out', unit: '1', domain: [Math.min(0, ...correlations.filter(Number.isFinite)), 1] },
    marks: [
      { type: 'rule', axis: 'y', at: 0, hue: 'reference' },
      {
        type: 'points',
        hue: 'all',
        x: Float64Array.from(correlations, (_, k) => k + 1),
        y: Float64Array.from(correlations),
      },
    ],
  };
}

const bars = 24;

function unitPanel(squares: Float64Array): FigurePanel {
  const values = squares.filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const width = high > low ? (high - low) / bars : 1;
  const y = new Float64Array(bars);
  for (const value of values) {
    const bar = Math.min(bars - 1, Math.floor((value - low) / width));
    y[bar] = (y[bar] as number) + 1;
  }
  return {
    title: 'Single units',
    x: { label: "d'², bias removed", unit: '1' },
    y: { label: 'units', unit: '1' },
    marks: [
      { type: 'bars', x: y.map((_, k) => low + (k + 0.5) * width), y, width, hue: 'all' },
      { type: 'rule', axis: 'x', at: 0, hue: 'reference' },
    ],
  };
}

/** The measures of one unit side by side, with their intervals. */
function measurePanel(title: string, unit: string, measures: readonly Measure[]): FigurePanel | null {
  const known = measures.filter((each) => each.value !== null);
  if (known.length === 0) return null;
  const points: FigureMark = {
    type: 'points',
    hue: 'all',
    x: Float64Array.from(known, (_, k) => k),
    y: Float64Array.from(known, ({ value }) => value as number),
    low: Float64Array.from(known, ({ interval, value }) => interval?.[0] ?? (value as number)),
    high: Float64Array.from(known, ({ interval, value }) => interval?.[1] ?? (value as number)),
  };
  return {
    title,
    x: { label: 'measure', unit: '1', categories: known.map(({ measure }) => measure) },
    y: { label: title.toLowerCase(), unit },
    marks: [{ type: 'rule', axis: 'y', at: 0, hue: 'reference' }, points],
  };
}

export function informationFigure(shown: InformationShown): FigureValue {
  const named = (...names: readonly string[]) => shown.measures.filter(({ measure }) => names.includes(measure));
  const fisher = named('fisher', 'fisher shuffled');
  const panels = [
    shown.confusion ? confusionPanel(shown.confusion, shown.classNames) : null,
    shown.correlations.length > 0 ? componentPanel(shown.correlations) : null,
    measurePanel('Information', 'bit', named('confusion bits', 'gaussian bound')),
    measurePanel("d'", '1', named("d' unit", "d' pooled", "pixel d' pooled", "pixel d' unit")),
    measurePanel('Fisher information', fisher[0]?.unit ?? '1', fisher),
    shown.squares.some((value) => !Number.isNaN(value)) ? unitPanel(shown.squares) : null,
  ].filter((panel) => panel !== null);
  const none: FigurePanel = {
    x: { label: '', unit: '1', domain: [0, 1] },
    y: { label: '', unit: '1', domain: [0, 1] },
    marks: [
      { type: 'text', x: Float64Array.of(0.5), y: Float64Array.of(0.5), text: ['nothing is defined: see the table'] },
    ],
  };
  return {
    kind: 'figure',
    title: 'Information',
    caption:
      `${formatNumber(shown.items)} items, each decoded by a decoder that has not seen it. Bars are 95 % intervals. ` +
      "Rows of the confusion matrix sum to 1. d'² is that of each unit without the bias of few trials, so that a unit " +
      'without information is as often below 0 as above.',
    panels: panels.length > 0 ? panels : [none],
    columns: Math.min(3, Math.max(1, panels.length)),
    width: 180,
    rowHeight: 60,
  };
}
