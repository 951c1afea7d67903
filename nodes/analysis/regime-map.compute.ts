/** Measures every (g, eta), names its regime, and hands on table and maps. */
import { regimeFigure } from '../../src/analysis/figures/regime-figure';
import { createPace } from '../../src/analysis/pacing';
import { classify } from '../../src/analysis/regime';
import { poolCells, type RegimeCell, regimeCells } from '../../src/analysis/regime-cells';
import { inhExcRatio } from '../../src/analysis/state-names';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { DataError } from '../../src/core/errors';
import { formatNumber } from '../../src/core/units';
import type { ComputeOf } from '../../src/kit/define-node';
import type { SpikesValue, TableValue } from '../../src/kit/values';
import type definition from './regime-map';

function ratioOf(spikes: SpikesValue): number {
  const g = spikes.network ? inhExcRatio(spikes.network) : Number.NaN;
  if (!Number.isNaN(g)) return g;
  throw new DataError({
    code: 'regime.no-network',
    message: 'The spikes do not say which network made them, so g is unknown.',
    port: 'spikes',
    cure: 'Wire the spikes of balanced networks.',
  });
}

const columns: TableValue['columns'] = [
  numberColumn('g', 'g'),
  numberColumn('eta', 'External input η'),
  numberColumn('items', 'Items'),
  numberColumn('rate_Hz', 'Rate', 'Hz'),
  numberColumn('cv_isi', 'CV of intervals'),
  numberColumn('rate_synchrony', 'Synchrony of the population rate'),
  numberColumn('frequency_Hz', 'Frequency of most power', 'Hz'),
  textColumn('regime', 'Regime'),
];

const compute: ComputeOf<typeof definition> = async ({ spikes }, params, context) => {
  const pace = createPace(context);
  const cells: RegimeCell[] = [];
  for (const each of spikes) cells.push(...(await regimeCells(each, ratioOf(each), pace)));
  const named = poolCells(cells).map((each) => ({ ...each, regime: classify(each, params) }));
  const rows = named.map(({ g, eta, items, rate, cv, synchrony, frequency, regime }) => ({
    g,
    eta,
    items,
    rate_Hz: rate,
    cv_isi: cell(cv),
    rate_synchrony: cell(synchrony),
    frequency_Hz: cell(frequency),
    regime,
  }));
  const criteria =
    `Silent below ${formatNumber(params.minRate)} Hz, regular below a CV of ${formatNumber(params.regularCv)}, synchronous ` +
    `from ${formatNumber(params.synchrony)}, fast from ${formatNumber(params.fastFrom)} Hz.`;
  return { table: { kind: 'table', columns, rows }, figure: regimeFigure(named, criteria) };
};

export default compute;
