/** Solves the theory for the rows of the table, for a fine transfer curve, and for every cell of the map. */
import { constantEta } from '../../src/analysis/conditions';
import { type MapCell, meanFieldFigure, type TheoryPoint } from '../../src/analysis/figures/mean-field-figure';
import { balancedRate, networkState, regimeOf } from '../../src/analysis/mean-field';
import { createPace } from '../../src/analysis/pacing';
import { inhExcRatio } from '../../src/analysis/state-names';
import { cell, numberColumn, textColumn } from '../../src/analysis/table-columns';
import { DataError, ParameterError } from '../../src/core/errors';
import { gridLevels } from '../../src/core/grid-levels';
import { defaultNetworkParams } from '../../src/kernels/balanced-snn/params';
import { spikingNetwork } from '../../src/kernels/balanced-snn/spiking-network';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Curve, SpikesValue, SpikingNetwork, TableRow, TableValue } from '../../src/kit/values';
import type definition from './mean-field';
import { type MeanFieldParams as Params, refuseGrids } from './mean-field-params';

/** The network that the encoder would make of the same parameters. Throws ParameterError. */
const networkOf = (p: Params): SpikingNetwork => spikingNetwork({ ...defaultNetworkParams, ...p });

function networkOfSpikes({ network }: SpikesValue): SpikingNetwork {
  if (network) return network;
  throw new DataError({
    code: 'theory.no-network',
    message: 'These spikes were not made by a network that the theory knows.',
    port: 'spikes',
    expected: 'spikes of the balanced spiking network',
    cure: 'Wire the balanced spiking network, or nothing and set the parameters here.',
  });
}

/** Drives of the table: those of the items, rising, or the grid where they have none. */
function drivesOf(spikes: SpikesValue | undefined, grid: readonly number[]): number[] {
  const own = spikes ? constantEta(spikes.items).filter((eta) => eta !== null) : [];
  return own.length > 0 ? [...new Set(own)].sort((a, b) => a - b) : [...grid];
}

/** The lines of the transfer curve have this many pieces. */
const pieces = 120;

function fineDrives(rows: readonly number[], { etaFrom, etaTo }: Params): number[] {
  const [low, high] = [Math.min(etaFrom, ...rows), Math.max(etaTo, ...rows)];
  const fine = Array.from({ length: pieces + 1 }, (_, k) => low + ((high - low) * k) / pieces);
  return [...new Set([...fine, ...rows])].sort((a, b) => a - b);
}

const pointOf = (network: SpikingNetwork, eta: number): TheoryPoint => {
  const state = networkState(network, eta);
  return { eta, rate: state?.rate ?? null, margin: state?.margin ?? null };
};

/** Same network with another ratio of inhibition to excitation. */
async function mapOf(network: SpikingNetwork, etas: readonly number[], p: Params, context: ComputeContext) {
  const cells: MapCell[] = [];
  const ratios = gridLevels(p.gFrom, p.gTo, p.gStep);
  const pace = createPace(context);
  for (const g of ratios) {
    const changed = { ...network, weightInh: g * network.weightExc };
    for (const eta of etas) {
      cells.push({ g, ...pointOf(changed, eta) });
      await pace(cells.length, ratios.length * etas.length, 'cells of the map');
    }
  }
  return { cells, etaStep: p.etaStep, gStep: p.gStep };
}

function tableOf(network: SpikingNetwork, etas: readonly number[]): TableValue {
  return {
    kind: 'table',
    columns: [
      numberColumn('eta', 'Drive'),
      numberColumn('rate_Hz', 'Rate', 'Hz'),
      numberColumn('mu_mV', 'Mean input', 'mV'),
      numberColumn('sigma_mV', 'Noise', 'mV'),
      numberColumn('margin', 'Drive margin'),
      numberColumn('limit_Hz', 'Large-network limit', 'Hz'),
      textColumn('regime', 'Regime'),
    ],
    rows: etas.map((eta): TableRow => {
      const state = networkState(network, eta);
      return {
        eta,
        rate_Hz: cell(state?.rate ?? null),
        mu_mV: cell(state?.mu ?? null),
        sigma_mV: cell(state?.sigma ?? null),
        margin: cell(state?.margin ?? null),
        limit_Hz: balancedRate(network, eta),
        regime: regimeOf(state),
      };
    }),
  };
}

function curveOf(name: string, quantity: string, points: readonly TheoryPoint[]): Curve[] {
  const known = points.filter(({ rate }) => rate !== null);
  if (known.length === 0) return [];
  const x = Float64Array.from(known, ({ eta }) => eta);
  return [{ name, unit: 'Hz', x, y: Float64Array.from(known, ({ rate }) => rate as number), labels: { quantity } }];
}

const compute: ComputeOf<typeof definition> = async ({ spikes }, params, context) => {
  const refused = refuseGrids(params);
  if (refused) {
    throw new ParameterError({ code: refused.code, message: refused.reason, param: refused.param, cure: refused.cure });
  }
  const network = spikes ? networkOfSpikes(spikes) : networkOf(params);
  const grid = gridLevels(params.etaFrom, params.etaTo, params.etaStep);
  const etas = drivesOf(spikes, grid);
  const fine = fineDrives(etas, params);
  const curve = fine.map((eta) => pointOf(network, eta));
  const limit = fine.map((eta) => ({ eta, rate: balancedRate(network, eta), margin: null }));
  const map = params.regimeMap ? await mapOf(network, grid, params, context) : null;
  const g = cell(inhExcRatio(network));
  const rows = etas.map((eta) => pointOf(network, eta));
  return {
    table: tableOf(network, etas),
    series: {
      kind: 'series',
      xLabel: 'external drive',
      xUnit: '1',
      curves: [...curveOf('predicted rate', 'rate', curve), ...curveOf('limit of large networks', 'limit', limit)],
    },
    figure: meanFieldFigure({ curve, rows, limit, map, g }),
  };
};

export default compute;
