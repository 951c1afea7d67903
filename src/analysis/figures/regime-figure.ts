/** Three maps over g and eta, small multiples: rate, CV and synchrony, each cell with the name of its regime. */
import { formatNumber } from '../../core/units';
import type { FigurePanel } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import type { Regime } from '../regime';
import type { RegimeCell } from '../regime-cells';

export interface NamedCell extends RegimeCell {
  readonly regime: Regime;
}

/** Cells are narrow: a few letters each, spelled out in the caption. */
const short: Readonly<Record<Regime, string>> = {
  silent: '·',
  SR: 'SR',
  AR: 'AR',
  AI: 'AI',
  'SI slow': 'SIs',
  'SI fast': 'SIf',
};

/** More columns of cells than this leave no room for names in three maps side by side. */
const maxSideBySide = 9;

const unique = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

export function regimeFigure(cells: readonly NamedCell[], criteria: string): FigureValue {
  const gs = unique(cells.map(({ g }) => g));
  const etas = unique(cells.map(({ eta }) => eta));
  const panel = (title: string, label: string, unit: string, read: (cell: NamedCell) => number): FigurePanel => {
    const place = (shown: readonly NamedCell[]) => ({
      x: Float64Array.from(shown, ({ g }) => gs.indexOf(g)),
      y: Float64Array.from(shown, ({ eta }) => etas.indexOf(eta)),
    });
    // A cell without a value stays empty; its name still says why.
    const known = cells.filter((cell) => Number.isFinite(read(cell)));
    const largest = Math.max(0, ...known.map(read));
    return {
      title,
      x: { label: 'g', unit: '1', categories: gs.map((g) => formatNumber(g)) },
      y: { label: 'external input η', unit: '1', categories: etas.map((eta) => formatNumber(eta)) },
      marks: [
        {
          type: 'cells',
          ...place(known),
          value: Float64Array.from(known, read),
          width: 1,
          height: 1,
          valueLabel: label,
          valueUnit: unit,
          colours: 'sequential',
          domain: [0, largest > 0 ? largest : 1],
        },
        { type: 'text', ...place(cells), text: cells.map(({ regime }) => short[regime]) },
      ],
    };
  };
  return {
    kind: 'figure',
    title: 'Regimes over relative inhibition and drive',
    caption:
      'SR synchronous regular, AR asynchronous regular, AI asynchronous irregular, SIf and SIs synchronous irregular ' +
      `with a fast and a slow oscillation, · silent. ${criteria} Brunel (2000), Fig. 1, from simulation.`,
    panels: [
      panel('Rate', 'rate', 'Hz', ({ rate }) => rate),
      panel('Irregularity', 'CV of intervals', '1', ({ cv }) => cv),
      panel('Synchrony', 'synchrony', '1', ({ synchrony }) => synchrony),
    ],
    columns: gs.length > maxSideBySide ? 1 : 3,
    width: 180,
    rowHeight: 60,
  };
}
