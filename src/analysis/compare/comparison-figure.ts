/**
 * A comparison as one figure: pictures of the item shown with the residual where there are images, curves or histograms
 * over each other, then the scores of every result with their intervals, and the paired differences. A result has one
 * colour throughout, and its name: letters are those of panels.
 */
import type { Figure, FigureMark, FigurePanel } from '../../kit/figure';
import type { ComparisonRow } from './comparison';
import type { Histogram } from './histogram';
import { binsFor, histograms } from './histogram';
import type { OverlayCurve } from './overlay';
import { residualEnd } from './residual';

export interface ShownPicture {
  readonly label: string;
  readonly height: number;
  readonly width: number;
  /** One number per pixel, in 0..1, or signed for a residual. */
  readonly pixels: ArrayLike<number>;
  readonly signed: boolean;
}

export interface ComparisonShown {
  readonly title: string;
  readonly caption: string;
  readonly labels: readonly string[];
  readonly rows: readonly ComparisonRow[];
  readonly pictures?: readonly ShownPicture[];
  /** One list per quantity, its curves by result. */
  readonly curves?: readonly {
    readonly name: string;
    readonly xLabel: string;
    readonly xUnit: string;
    readonly byResult: readonly (OverlayCurve | null)[];
  }[];
  readonly weights?: { readonly name: string; readonly histogram: Histogram } | null;
  /** Differences of pairs, from the first result, of the main measure. */
  readonly differences?: { readonly label: string; readonly unit: string; readonly byResult: readonly Float64Array[] };
}

const scoresAtMost = 2;

export function comparisonFigure(shown: ComparisonShown): Figure {
  const { labels } = shown;
  const panels: FigurePanel[] = [
    ...(shown.pictures ?? []).map(picturePanel),
    ...(shown.curves ?? []).map((each) => curvePanel(each, labels)),
    ...(shown.weights ? [weightPanel(shown.weights, labels)] : []),
    ...scoreRows(shown.rows).map((row) => scorePanel(row, labels)),
    ...(shown.differences ? differencePanel(shown.differences, labels) : []),
  ];
  const many = panels.length > 2;
  return {
    title: shown.title,
    caption: shown.caption,
    panels,
    columns: panels.length === 4 ? 2 : Math.min(3, Math.max(1, panels.length)),
    width: many ? 180 : panels.length === 2 ? 120 : 85,
    rowHeight: 52,
  };
}

/** Scores first; single values only where there is nothing else. */
function scoreRows(rows: readonly ComparisonRow[]): readonly ComparisonRow[] {
  const full = rows.filter(({ cells }) => cells.filter(({ summary }) => summary).length > 1);
  const sampled = full.filter(({ measure }) => measure.sampled);
  return (sampled.length > 0 ? sampled : full).slice(0, scoresAtMost);
}

function scorePanel({ measure, cells }: ComparisonRow, labels: readonly string[]): FigurePanel {
  const marks = cells.flatMap(({ summary }, k): FigureMark[] => {
    if (!summary || !Number.isFinite(summary.mean)) return [];
    const [low, high] = summary.interval ?? [summary.mean, summary.mean];
    return [
      {
        type: 'points',
        name: labels[k] ?? '',
        x: Float64Array.of(k),
        y: Float64Array.of(summary.mean),
        low: Float64Array.of(low),
        high: Float64Array.of(high),
      },
    ];
  });
  return {
    title: measure.label,
    x: {
      label: 'result',
      unit: '1',
      categories: labels,
      domain: [-0.5, labels.length - 0.5],
    },
    y: { label: `mean ${measure.label}`, unit: measure.unit },
    marks,
  };
}

function picturePanel({ label, height, width, pixels, signed }: ShownPicture): FigurePanel {
  const end = signed ? residualEnd([pixels]) : 1;
  const count = height * width;
  return {
    title: label,
    x: { label: 'x', unit: 'pixels', domain: [-0.5, width - 0.5] },
    y: { label: 'y', unit: 'pixels', domain: [-0.5, height - 0.5] },
    marks: [
      {
        type: 'cells',
        x: Float64Array.from({ length: count }, (_, p) => p % width),
        // Row 0 is at the top.
        y: Float64Array.from({ length: count }, (_, p) => height - 1 - Math.floor(p / width)),
        value: Float64Array.from(pixels),
        width: 1,
        height: 1,
        valueLabel: signed ? 'difference' : 'intensity',
        valueUnit: '1',
        colours: signed ? 'diverging' : 'sequential',
        domain: signed ? [-end, end] : [0, 1],
      },
    ],
  };
}

function curvePanel(
  { name, xLabel, xUnit, byResult }: NonNullable<ComparisonShown['curves']>[number],
  labels: readonly string[],
): FigurePanel {
  const marks = byResult.flatMap((curve, k): FigureMark[] => {
    if (!curve) return [];
    const { x, mean, sd } = curve;
    const named = { name: labels[k] ?? '', x };
    const band: FigureMark[] = sd
      ? [
          {
            type: 'band',
            ...named,
            low: mean.map((value, i) => value - (sd[i] as number)),
            high: mean.map((value, i) => value + (sd[i] as number)),
          },
        ]
      : [];
    return [...band, { type: 'line', ...named, y: mean }];
  });
  return {
    title: name,
    x: { label: xLabel, unit: xUnit },
    y: { label: name, unit: byResult.find(Boolean)?.unit ?? '1' },
    marks,
  };
}

const weightPanel = (
  { name, histogram }: NonNullable<ComparisonShown['weights']>,
  labels: readonly string[],
): FigurePanel => ({
  title: 'Weights',
  x: { label: name, unit: '1' },
  y: { label: 'density', unit: '1' },
  marks: histogram.density.map((y, k) => ({ type: 'line', name: labels[k] ?? '', x: histogram.x, y, steps: true })),
});

function differencePanel(
  { label, unit, byResult }: NonNullable<ComparisonShown['differences']>,
  labels: readonly string[],
): FigurePanel[] {
  const counted = histograms(byResult, binsFor(Math.max(0, ...byResult.map(({ length }) => length))));
  if (!counted || byResult.every((values) => values.length < 5)) return [];
  return [
    {
      title: 'Paired differences',
      x: { label: `${label}, less that of ${labels[0] ?? 'the first'}`, unit },
      y: { label: 'share of items', unit: '%' },
      marks: [
        ...counted.density.map(
          (y, k): FigureMark => ({
            type: 'line',
            name: labels[k + 1] ?? '',
            x: counted.x,
            y: y.map((value) => value * counted.width * 100),
            steps: true,
          }),
        ),
        { type: 'rule', axis: 'x', at: 0, hue: 'reference' },
      ],
    },
  ];
}
