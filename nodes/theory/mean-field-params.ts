/** Parameters of the mean-field theory: the network by the encoder's names, and the grids of drives and ratios. */
import { gridLevels } from '../../src/core/grid-levels';
import { refuse } from '../../src/core/validity';
import { choice, type ParamValues, quantity, toggle } from '../../src/kit/params';
import * as shared from '../encoder/network-params';

const mapOnly = { visibleWhen: { param: 'regimeMap', is: [true] } } as const;

export const params = {
  inhExcRatio: shared.inhExcRatio({
    help: 'Ratio of synaptic efficacies. Used without spikes wired, like all of the network below.',
    group: 'Network',
  }),
  connectionProbability: shared.connectionProbability({
    help: 'Each neuron has this fraction of each population as inputs.',
    group: 'Network',
  }),
  jExc: shared.jExc({ help: 'Jump of the membrane per excitatory spike.', group: 'Network' }),
  nExc: shared.nExc({ help: 'Only the number of inputs matters: ε N_E.', default: 1000 }),
  nInh: shared.nInh({ default: 250 }),
  externalKind: choice({
    label: 'External input',
    help: 'A constant input adds no noise of its own.',
    options: [
      { value: 'poisson', label: 'Poisson' },
      { value: 'constant', label: 'Constant' },
    ],
    default: 'poisson',
    group: 'Network',
  }),
  vThreshold: shared.vThreshold({ group: 'Neuron' }),
  vReset: shared.vReset(),
  tauMem: shared.tauMem(),
  tRef: shared.tRef({ help: 'Rates stay below 1 / t_ref.' }),
  etaFrom: quantity('1', {
    label: 'Drive from',
    symbol: 'η',
    help: 'Start of the transfer curve and the map, and of the table where no spikes with a drive are wired.',
    min: 0,
    max: 100,
    step: 0.25,
    default: 0,
    group: 'Drive',
  }),
  etaTo: quantity('1', {
    label: 'Drive to',
    help: 'End of the curve and the map.',
    min: 0,
    max: 100,
    step: 0.25,
    default: 4,
    group: 'Drive',
  }),
  etaStep: quantity('1', {
    label: 'Drive step',
    help: 'Between two rows of the table, and two columns of the map.',
    min: 0.001,
    max: 100,
    step: 0.05,
    default: 0.25,
    group: 'Drive',
  }),
  regimeMap: toggle({
    label: 'Map of g and η',
    help: 'Predicted rate and drive margin for other ratios of inhibition to excitation.',
    default: true,
    group: 'Map',
  }),
  gFrom: quantity('1', {
    label: 'g from',
    help: 'Lowest ratio of the map.',
    min: 0,
    max: 100,
    step: 0.5,
    default: 0,
    group: 'Map',
    ...mapOnly,
  }),
  gTo: quantity('1', {
    label: 'g to',
    help: 'Highest ratio of the map.',
    min: 0,
    max: 100,
    step: 0.5,
    default: 8,
    group: 'Map',
    ...mapOnly,
  }),
  gStep: quantity('1', {
    label: 'g step',
    help: 'Between two rows of the map.',
    min: 0.01,
    max: 100,
    step: 0.1,
    default: 0.5,
    group: 'Map',
    ...mapOnly,
  }),
};

export type MeanFieldParams = ParamValues<typeof params>;
const maxLevels = 1000;
const maxCells = 10_000;

/** What is wrong with the grids of drives and ratios; null when nothing is. */
export function refuseGrids(p: MeanFieldParams) {
  const no = (param: string, code: string, reason: string, cure: string) => ({ ...refuse(code, reason, cure), param });
  if (p.etaTo < p.etaFrom) {
    return no('etaTo', 'theory.grid', `The drive ends (${p.etaTo}) below its start (${p.etaFrom}).`, 'Raise the end.');
  }
  const columns = gridLevels(p.etaFrom, p.etaTo, p.etaStep).length;
  if (columns > maxLevels) {
    return no('etaStep', 'theory.too-many', `${columns} drives are above ${maxLevels}.`, 'Take wider steps.');
  }
  if (!p.regimeMap) return null;
  if (p.gTo < p.gFrom) {
    return no('gTo', 'theory.grid', `The map ends (g = ${p.gTo}) below its start (${p.gFrom}).`, 'Raise the end.');
  }
  const cells = columns * gridLevels(p.gFrom, p.gTo, p.gStep).length;
  if (cells <= maxCells) return null;
  return no('gStep', 'theory.too-many', `The map has ${cells} cells, above ${maxCells}.`, 'Take wider steps.');
}
