/** Parameters of the mean-field theory: the network by the encoder's names, and the grids of drives and ratios. */
import { gridLevels } from '../../src/core/grid-levels';
import { refuse } from '../../src/core/validity';
import { choice, integer, type ParamValues, quantity, toggle } from '../../src/kit/params';

const mapOnly = { visibleWhen: { param: 'regimeMap', is: [true] } } as const;

export const params = {
  inhExcRatio: quantity('1', {
    label: 'Inhibition / excitation',
    symbol: 'g',
    help: 'Ratio of synaptic efficacies. Used without spikes wired, like all of the network below.',
    min: 0,
    max: 20,
    step: 0.1,
    default: 5,
    group: 'Network',
  }),
  connectionProbability: quantity('1', {
    label: 'Connection probability',
    symbol: 'ε',
    help: 'Each neuron has this fraction of each population as inputs.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.1,
    group: 'Network',
  }),
  jExc: quantity('mV', {
    label: 'Excitatory efficacy',
    symbol: 'J',
    help: 'Jump of the membrane per excitatory spike.',
    min: 0.01,
    max: 5,
    step: 0.01,
    default: 0.4,
    group: 'Network',
  }),
  nExc: integer({
    label: 'Excitatory neurons',
    symbol: 'N_E',
    unit: 'neurons',
    help: 'Only the number of inputs matters: ε N_E.',
    min: 1,
    max: 80_000,
    default: 1000,
    scale: 'log',
    group: 'Network',
  }),
  nInh: integer({
    label: 'Inhibitory neurons',
    symbol: 'N_I',
    unit: 'neurons',
    help: 'Usually a quarter of the excitatory ones.',
    min: 0,
    max: 20_000,
    default: 250,
    group: 'Network',
  }),
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
  vThreshold: quantity('mV', {
    label: 'Threshold',
    symbol: 'θ',
    help: 'Above rest. The external drive is not rescaled with it.',
    min: 1,
    max: 200,
    step: 1,
    default: 20,
    group: 'Neuron',
  }),
  vReset: quantity('mV', {
    label: 'Reset',
    symbol: 'V_r',
    help: 'Above rest, below threshold.',
    min: -50,
    max: 100,
    step: 1,
    default: 10,
    group: 'Neuron',
  }),
  tauMem: quantity('ms', {
    label: 'Membrane time constant',
    symbol: 'τ_m',
    help: 'Leak of the membrane.',
    min: 1,
    max: 200,
    step: 1,
    default: 20,
    group: 'Neuron',
  }),
  tRef: quantity('ms', {
    label: 'Refractory time',
    symbol: 't_ref',
    help: 'Rates stay below 1 / t_ref.',
    min: 0,
    max: 50,
    step: 0.1,
    default: 2,
    group: 'Neuron',
  }),
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
