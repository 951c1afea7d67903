/** The figures of the report, as plain data that src/figure draws. */
import type { Figure, FigureMark, FigurePanel } from '../../../kit/figure';
import { balancedG, type Drive, unbalancedG } from './arms';
import { type ByGraph, type Difference, graphMeans, margin, meanRate } from './compare';

export interface NamedDifference {
  readonly label: string;
  readonly difference: Difference;
}

/** A spread that keeps the points of a column apart, the same at every drawing. */
const beside = (k: number, count: number): number => (count < 2 ? 0 : 0.36 * (k / (count - 1) - 0.5));

function differencePanel(title: string, rows: readonly NamedDifference[], label: string): FigurePanel {
  const points = rows.flatMap(({ difference }, at) =>
    difference.graphs.map((entry, k) => ({ x: at + beside(k, difference.graphs.length), y: entry.difference })),
  );
  const numbers = (values: readonly number[]) => Float64Array.from(values);
  const marks: FigureMark[] = [
    { type: 'rule', axis: 'y', at: 0, hue: 'reference' },
    { type: 'rule', axis: 'y', at: margin, hue: 'reference', name: `margin, ${margin} dB` },
    { type: 'rule', axis: 'y', at: -margin, hue: 'reference' },
    {
      type: 'points',
      name: 'a graph each',
      hue: 'excitatory',
      x: numbers(points.map(({ x }) => x)),
      y: numbers(points.map(({ y }) => y)),
    },
    {
      type: 'points',
      name: 'mean, 95 %',
      hue: 'all',
      x: numbers(rows.map((_, at) => at)),
      y: numbers(rows.map(({ difference }) => difference.estimate)),
      low: numbers(rows.map(({ difference }) => difference.low)),
      high: numbers(rows.map(({ difference }) => difference.high)),
    },
  ];
  return {
    title,
    x: { label: '', unit: '1', categories: rows.map((row) => row.label) },
    y: { label, unit: 'dB' },
    marks,
  };
}

export const differencesFigure = (rows: readonly NamedDifference[]): Figure => ({
  title: 'The balanced network against every other arm',
  caption:
    'PSNR of the balanced network less that of the other arm, ridge regression, held-out digits. A small point is the mean over images of one graph; the large one is the mean over graphs with its 95 % interval (the wider of hierarchical bootstrap and t).',
  panels: [differencePanel('', rows, 'balanced less other')],
  columns: 1,
  width: 180,
  rowHeight: 75,
});

export const ladderFigure = (
  panels: readonly { readonly title: string; readonly rows: readonly NamedDifference[] }[],
): Figure => ({
  title: 'The difference by decoder',
  caption:
    'PSNR of the balanced network less that of the unbalanced one (g = 3.5), by decoder, same held-out digits. Points are graphs; large points with bars are means over graphs with 95 % intervals.',
  panels: panels.map(({ title, rows }) => differencePanel(title, rows, 'balanced less unbalanced')),
  columns: 2,
  width: 180,
  rowHeight: 65,
});

export interface CurveData {
  readonly gs: readonly number[];
  /** Scores of each g; undefined where none are. */
  readonly scores: (g: number, drive: Drive) => ByGraph | undefined;
}

export function curveFigure({ gs, scores }: CurveData): Figure {
  const panel = (
    title: string,
    label: string,
    unit: string,
    values: (of: ByGraph | undefined) => number[],
  ): FigurePanel => {
    const marks: FigureMark[] = [];
    for (const [drive, hue, name] of [
      ['same', 'inhibitory', 'same drive'],
      ['matched', 'excitatory', 'drive matched to g = 5'],
    ] as const) {
      const found = gs.map((g) => ({ g, values: values(scores(g, drive)) })).filter((at) => at.values.length > 0);
      if (found.length === 0) continue;
      const points = found.flatMap((at) => at.values.map((y) => ({ x: at.g, y })));
      const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
      marks.push(
        {
          type: 'line',
          hue,
          name,
          x: Float64Array.from(found, (at) => at.g),
          y: Float64Array.from(found, (at) => mean(at.values)),
        },
        { type: 'points', hue, x: Float64Array.from(points, ({ x }) => x), y: Float64Array.from(points, ({ y }) => y) },
      );
    }
    return { title, x: { label: 'g', unit: '1' }, y: { label, unit }, marks };
  };
  return {
    title: 'Decodability and rate over g',
    caption: `Ridge regression, held-out digits. A point is one graph, lines join the means. At the same drive (eta = 1 + 2 x) the rate falls with g; with the drive matched, rate and dark-to-bright range are those of g = ${balancedG}. The published comparison is g = ${balancedG} against ${unbalancedG} at the same drive.`,
    panels: [
      panel('Decodability', 'PSNR', 'dB', (of) => graphMeans(of, 'psnr').map(({ mean }) => mean)),
      panel('Rate', 'mean rate', 'Hz', (of) =>
        [...(of ?? [])].flatMap(([graph, scored]) => {
          const rate = meanRate(new Map([[graph, scored]]));
          return rate === null ? [] : [rate];
        }),
      ),
    ],
    columns: 2,
    width: 180,
    rowHeight: 65,
  };
}
