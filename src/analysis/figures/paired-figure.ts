/** A paired difference: the point of every replicate, the estimate with its interval, the margin, and single items. */
import { formatNumber, withUnit } from '../../core/units';
import type { FigureMark, FigurePanel } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import type { Interval } from '../bootstrap';

export interface PairedShown {
  /** Name and unit of what is compared. */
  readonly value: string;
  readonly unit: string;
  readonly replicates: readonly { readonly name: string; readonly mean: number; readonly interval: Interval | null }[];
  readonly overall: { readonly mean: number; readonly wide: Interval | null; readonly narrow: Interval | null };
  /** Difference of each item, mean over replicates. */
  readonly items: Float64Array;
  readonly margin: number;
  readonly verdict: string;
  readonly resamples: number;
}

const bars = 24;
const minItems = 5;

function histogram(values: Float64Array): FigureMark {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high > low)) [low, high] = [low - 0.5, high + 0.5];
  const width = (high - low) / bars;
  const y = new Float64Array(bars);
  for (const value of values) {
    const bar = Math.min(bars - 1, Math.floor((value - low) / width));
    y[bar] = (y[bar] as number) + 1;
  }
  return { type: 'bars', x: y.map((_, k) => low + (k + 0.5) * width), y, width, hue: 'all' };
}

/** None for a handful, which are no distribution. */
function itemPanel(items: Float64Array, difference: string, unit: string): FigurePanel[] {
  if (items.length < minItems) return [];
  return [
    {
      title: 'Items',
      x: { label: difference, unit },
      y: { label: 'items', unit: '1' },
      marks: [histogram(items), { type: 'rule', axis: 'x', at: 0, hue: 'reference' }],
    },
  ];
}

export function pairedFigure(shown: PairedShown): FigureValue {
  const { replicates, overall, margin, items, unit } = shown;
  const last = replicates.length;
  const across = (at: number, hue: 'reference' | 'all' = 'reference'): FigureMark => ({
    type: 'rule',
    axis: 'y',
    at,
    hue,
  });
  const ends = (intervals: readonly (Interval | null)[], values: readonly number[]) => ({
    low: Float64Array.from(intervals, (interval, k) => interval?.[0] ?? (values[k] as number)),
    high: Float64Array.from(intervals, (interval, k) => interval?.[1] ?? (values[k] as number)),
  });
  const means = replicates.map(({ mean }) => mean);
  const difference = `${shown.value}, first − second`;
  const margins: FigureMark[] =
    margin > 0
      ? [
          {
            type: 'band',
            name: `margin ±${withUnit(formatNumber(margin), unit)}`,
            hue: 'reference',
            x: Float64Array.of(-0.5, last + 0.5),
            low: Float64Array.of(-margin, -margin),
            high: Float64Array.of(margin, margin),
          },
        ]
      : [];
  return {
    kind: 'figure',
    title: 'Paired difference',
    caption:
      `Difference of ${shown.value}, first less second, over ${items.length} items in ${last} ` +
      `${last === 1 ? 'replicate' : 'replicates'}. Points: mean over items of each replicate, bars 95 % over its items; ` +
      `"all": mean over replicates, bar ${
        overall.wide ? `95 % interval of ${formatNumber(shown.resamples)} bootstrap resamples` : 'none'
      }. Verdict: ${shown.verdict}.`,
    panels: [
      {
        title: 'Replicates',
        x: { label: 'replicate', unit: '1', categories: [...replicates.map(({ name }) => name), 'all'] },
        y: { label: difference, unit },
        marks: [
          ...margins,
          across(0),
          {
            type: 'points',
            name: 'replicate',
            hue: 'all',
            x: Float64Array.from(means, (_, k) => k),
            y: Float64Array.from(means),
            ...ends(
              replicates.map(({ interval }) => interval),
              means,
            ),
          },
          {
            type: 'points',
            name: 'all',
            hue: 'excitatory',
            x: Float64Array.of(last),
            y: Float64Array.of(overall.mean),
            ...ends([overall.wide], [overall.mean]),
          },
        ],
      },
      ...itemPanel(items, difference, unit),
    ],
    columns: items.length < minItems ? 1 : 2,
    width: items.length < minItems ? 120 : 180,
    rowHeight: 65,
  };
}
