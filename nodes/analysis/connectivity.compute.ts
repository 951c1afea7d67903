/** Draws the graph again and counts. */
import { connectivityFigure } from '../../src/analysis/figures/connectivity';
import { countInDegrees, type PairStatistics, pairStatistics } from '../../src/analysis/in-degrees';
import { numberColumn, textColumn } from '../../src/analysis/table-columns';
import { NodeComputeError, RunCancelled } from '../../src/core/errors';
import { defaultNetworkParams } from '../../src/kernels/balanced-snn/params';
import { latticePositions } from '../../src/kernels/balanced-snn/retinotopy';
import { createNetworkInSlices } from '../../src/kernels/balanced-snn/simulate';
import type { ComputeOf } from '../../src/kit/define-node';
import type { TableValue } from '../../src/kit/values';
import type definition from './connectivity';

const columns: TableValue['columns'] = [
  textColumn('from', 'From'),
  textColumn('to', 'To'),
  numberColumn('synapses', 'Synapses'),
  numberColumn('probability', 'Probability', '1'),
  numberColumn('in_degree', 'Inputs per neuron'),
  numberColumn('in_degree_sd', 'SD'),
  numberColumn('in_degree_min', 'Fewest'),
  numberColumn('in_degree_max', 'Most'),
  numberColumn('weight_mV', 'Weight', 'mV'),
  numberColumn('total_mV', 'Total', 'mV'),
];

const rowOf = (pair: PairStatistics): TableValue['rows'][number] => ({
  from: pair.from,
  to: pair.to,
  synapses: pair.synapses,
  probability: pair.probability,
  in_degree: pair.mean,
  in_degree_sd: pair.sd,
  in_degree_min: pair.min,
  in_degree_max: pair.max,
  weight_mV: pair.weight,
  total_mV: pair.mean * pair.weight,
});

const compute: ComputeOf<typeof definition> = async ({ spikes }, _params, context) => {
  const { network } = spikes;
  if (!network?.graph) {
    throw new NodeComputeError({
      code: 'connectivity.no-network',
      message: 'These spikes were not made by a network.',
      port: 'spikes',
      cure: 'Wire a balanced spiking network.',
    });
  }
  const { nExc, nInh, weightExc, weightInh, graph, view } = network;
  const wiring = await createNetworkInSlices(
    { ...defaultNetworkParams, ...graph, nExc, nInh },
    {
      async onSlice(progress) {
        context.progress(progress, 1, 'wiring');
        await context.breathe();
        return true;
      },
    },
  );
  if (!wiring) throw new RunCancelled();
  const degrees = countInDegrees(wiring.sourceStart, wiring.targets, nExc);
  const pairs = pairStatistics(degrees, nExc, nInh, weightExc, weightInh);
  const places = view && { excitatory: latticePositions(nExc), inhibitory: latticePositions(nInh), ...view };
  return {
    figure: { kind: 'figure', ...connectivityFigure(degrees, pairs, nExc, places) },
    table: { kind: 'table', columns, rows: pairs.map(rowOf) },
  };
};

export default compute;
