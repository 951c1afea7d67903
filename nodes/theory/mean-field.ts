/**
 * Mean-field theory of the balanced network: the rate at which its neurons must fire so that the input they get from each
 * other makes them fire at that rate (Siegert 1951, Ricciardi 1977, Brunel 2000). The equations and their solution are in
 * src/analysis/mean-field.ts.
 *
 * With spikes wired, the theory is that of the network that made them, at the drives of their items.
 */
import { gridLevels } from '../../src/core/grid-levels';
import { formatNumber } from '../../src/core/units';
import { refuse } from '../../src/core/validity';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { choice, integer, type ParamValues, quantity, toggle } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';

const mapOnly = { visibleWhen: { param: 'regimeMap', is: [true] } } as const;

const params = {
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

type Params = ParamValues<typeof params>;
const maxLevels = 1000;
const maxCells = 10_000;

/** What is wrong with the grids of drives and ratios; null when nothing is. */
export function refuseGrids(p: Params) {
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

export default defineNode({
  type: 'theory.mean-field',
  version: 1,
  title: 'Mean-field theory',
  inputs: {
    spikes: optionalInput(
      'spikes',
      'Spikes',
      'Of a balanced network: its constants and the drives of its items are used instead of those here.',
    ),
  },
  outputs: {
    table: output('table', 'Predictions', 'One row for each drive: rate, mean and noise of the input, drive margin.'),
    series: output('series', 'Transfer curve', 'Predicted rate against drive.'),
    figure: output('figure', 'Figure', 'Transfer curve, drive margin, and both over g and drive.'),
  },
  params,
  numerics: 'exact',
  docs: {
    summary: 'Predicts the rate of a balanced network from its constants, by Siegert’s formula made self-consistent.',
    description: [
      'The input of a neuron is taken as Gaussian white noise whose mean and variance follow from the rate of the others; the rate is the one that reproduces itself. Where there are several, the lowest stable one is given: what the network reaches from rest.',
      'The drive margin is the distance of the mean free membrane (no threshold, no reset) from the threshold, in its standard deviations. Up to 1, fluctuations make the spikes; above 2, the mean does and firing is regular.',
      'Correlations, oscillations, the finite size of a jump and the delay are left out, so synchronous states agree only roughly. A rate that grows without bound (no refractory time, weak inhibition) is an empty cell. With exponential currents, threshold and reset are shifted to first order in the square root of their time constant over that of the membrane.',
    ],
    equations: [
      '\\frac{1}{\\nu} = t_{\\mathrm{ref}} + \\tau_m \\sqrt{\\pi} \\int_{(V_r - \\mu)/\\sigma}^{(\\theta - \\mu)/\\sigma} e^{u^2} (1 + \\mathrm{erf}\\, u)\\, du',
      '\\mu = J C_E \\tau_m (\\nu_{\\mathrm{ext}} + \\nu (1 - g \\gamma)), \\qquad \\sigma^2 = J^2 C_E \\tau_m (\\nu_{\\mathrm{ext}} + \\nu (1 + g^2 \\gamma))',
      '\\text{margin} = \\frac{\\mu - \\theta}{\\sigma / \\sqrt 2}, \\qquad \\nu_{\\mathrm{large}} = \\frac{\\nu_{\\mathrm{ext}} - \\nu_{\\mathrm{thr}}}{g \\gamma - 1}',
    ],
    references: [
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208.',
      'A. J. F. Siegert (1951), On the first passage time probability problem, Phys. Rev. 81:617-623.',
      'C. van Vreeswijk and H. Sompolinsky (1998), Chaotic balanced state in a model of cortical circuits, Neural Comput. 10:1321-1371: the limit of large networks.',
      'N. Fourcaud and N. Brunel (2002), Dynamics of the firing probability of noisy integrate-and-fire neurons, Neural Comput. 14:2057-2110: exponential currents.',
    ],
    keywords: ['Siegert', 'Ricciardi', 'Brunel', 'transfer function', 'f-I curve', 'balanced state', 'prediction'],
  },
  keyInfo: (p) => `g = ${formatNumber(p.inhExcRatio)}, η ${formatNumber(p.etaFrom)} to ${formatNumber(p.etaTo)}`,
  infer({ spikes }, p) {
    const refused = refuseGrids(p);
    if (refused) return refused;
    if (!spikes && p.vReset >= p.vThreshold) {
      const reason = `The reset (${p.vReset} mV) is not below the threshold (${p.vThreshold} mV).`;
      return { ...refuse('theory.reset', reason, 'Lower the reset, or raise the threshold.'), param: 'vReset' };
    }
    const rows = spikes ? null : gridLevels(p.etaFrom, p.etaTo, p.etaStep).length;
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', rows)], unit: '1', note: 'one row per drive' },
        series: { kind: 'series', axes: [], unit: 'Hz', note: 'rate against drive' },
        figure: { kind: 'figure', axes: [], unit: '1' },
      },
      ...(spikes ? { remarks: ['The network is that of the spikes; its parameters here are not used.'] } : {}),
    };
  },
  compute: () => import('./mean-field.compute'),
});
