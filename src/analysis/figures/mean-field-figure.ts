/** Predicted transfer curve and drive margin of a network, and both over g and drive. */
import { formatNumber } from '../../core/units';
import type { CellsMark, FigureMark, FigurePanel } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';

export interface TheoryPoint {
  readonly eta: number;
  /** Null where there is no bounded rate. */
  readonly rate: number | null;
  readonly margin: number | null;
}
export interface MapCell extends TheoryPoint {
  readonly g: number;
}
export interface RegimeMap {
  readonly cells: readonly MapCell[];
  readonly etaStep: number;
  readonly gStep: number;
}

const drive = { label: 'external drive η', unit: '1' };

/** The points at which `read` has a value. */
function xy<P extends TheoryPoint>(points: readonly P[], read: (point: P) => number | null) {
  const known = points.filter((point) => read(point) !== null);
  return {
    x: Float64Array.from(known, ({ eta }) => eta),
    y: Float64Array.from(known, (point) => read(point) as number),
  };
}

function transferPanel(curve: readonly TheoryPoint[], rows: readonly TheoryPoint[], limit: readonly TheoryPoint[]) {
  const marks: FigureMark[] = [];
  const top = Math.max(0, ...curve.map(({ rate }) => rate ?? 0));
  // The limit is far above small networks: drawn as far as the panel goes.
  const shown = limit.filter(({ rate }) => rate !== null && rate <= 1.25 * top);
  if (shown.length > 1) {
    const line = xy(shown, ({ rate }) => rate);
    marks.push({ type: 'line', name: 'limit of large networks', hue: 'reference', dashed: true, ...line });
  }
  marks.push({ type: 'line', name: 'theory', hue: 'theory', ...xy(curve, ({ rate }) => rate) });
  marks.push({ type: 'points', hue: 'theory', ...xy(rows, ({ rate }) => rate) });
  return { title: 'Predicted rate', x: drive, y: { label: 'rate', unit: 'Hz' }, marks } satisfies FigurePanel;
}

/** Further below threshold nothing happens, and the margin of a vanishing drive has no end. */
const lowestMargin = -5;
const shownMargin = ({ margin }: TheoryPoint) => (margin !== null && margin >= lowestMargin ? margin : null);

function marginPanel(curve: readonly TheoryPoint[], rows: readonly TheoryPoint[]): FigurePanel {
  return {
    title: 'Drive margin',
    x: drive,
    y: { label: '(mean U − θ) / SD of U', unit: '1' },
    marks: [
      { type: 'rule', axis: 'y', at: 0, name: 'threshold', hue: 'reference' },
      { type: 'rule', axis: 'y', at: 1, name: 'balanced up to here', hue: 'good' },
      { type: 'line', hue: 'theory', ...xy(curve, shownMargin) },
      { type: 'points', hue: 'theory', ...xy(rows, shownMargin) },
    ],
  };
}

function mapPanel(
  map: RegimeMap,
  g: number | null,
  title: string,
  read: (cell: MapCell) => number | null,
  value: Pick<CellsMark, 'valueLabel' | 'valueUnit' | 'colours' | 'domain'>,
): FigurePanel {
  const known = map.cells.filter((cell) => read(cell) !== null);
  const marks: FigureMark[] = [
    {
      type: 'cells',
      x: Float64Array.from(known, ({ eta }) => eta),
      y: Float64Array.from(known, (cell) => cell.g),
      value: Float64Array.from(known, (cell) => read(cell) as number),
      width: map.etaStep,
      height: map.gStep,
      ...value,
    },
  ];
  if (g !== null) marks.push({ type: 'rule', axis: 'y', at: g, name: 'this network', hue: 'reference' });
  return { title, x: drive, y: { label: 'inhibition / excitation g', unit: '1' }, marks };
}

export interface MeanFieldPicture {
  /** Fine, for the lines; `rows` are those of the table. */
  readonly curve: readonly TheoryPoint[];
  readonly rows: readonly TheoryPoint[];
  /** Large-network limit; empty where there is none. */
  readonly limit: readonly TheoryPoint[];
  readonly map: RegimeMap | null;
  /** Of this network; null without recurrent excitation. */
  readonly g: number | null;
}

export function meanFieldFigure({ curve, rows, limit, map, g }: MeanFieldPicture): FigureValue {
  const panels = [transferPanel(curve, rows, limit), marginPanel(curve, rows)];
  if (map) {
    const rate = { valueLabel: 'rate', valueUnit: 'Hz', colours: 'sequential' } as const;
    // Beyond 5 standard deviations all margins mean the same.
    const margin = { valueLabel: 'margin', valueUnit: '1', colours: 'diverging', domain: [-5, 5] } as const;
    panels.push(mapPanel(map, g, 'Rate over g and η', (cell) => cell.rate, rate));
    panels.push(mapPanel(map, g, 'Margin over g and η', (cell) => cell.margin, margin));
  }
  return {
    kind: 'figure',
    title: 'Mean-field theory',
    caption:
      `Self-consistent Siegert rate${g === null ? '' : ` at g = ${formatNumber(g)}`}; points: the ${rows.length} drives ` +
      'of the table. Margin: mean of the free membrane above threshold, in its standard deviations; up to 1 fluctuations ' +
      `make the spikes; shown from ${lowestMargin} on.${map ? ' Empty cells: no bounded rate, or no noise.' : ''}`,
    panels,
    columns: 2,
    width: 180,
    rowHeight: 60,
  };
}
