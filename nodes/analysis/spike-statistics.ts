/**
 * Spike statistics of a network: how fast, how regularly and how much together its neurons fire, and what theory
 * predicts. Each measure has its file in src/analysis: isi.ts (CV, CV2), fano.ts, synchrony.ts, neuron-currents.ts (E/I
 * correlation, input ratio), mean-field.ts (predicted rate).
 */
import { stepsPerBin } from '../../src/core/time-steps';
import { formatNumber } from '../../src/core/units';
import { type Refusal, refuse } from '../../src/core/validity';
import { defineNode, input, optionalInput, output } from '../../src/kit/define-node';
import { integer, type ParamValues, quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';

const params = {
  fanoWindow: quantity('ms', {
    label: 'Window of the Fano factor',
    help: 'Spikes are counted in windows of this length; at least two must fit into the time counted.',
    min: 0.1,
    max: 100_000,
    step: 10,
    default: 100,
    scale: 'log',
  }),
  minIntervals: integer({
    label: 'Fewest intervals',
    help: 'A neuron with fewer has no CV and no CV2.',
    unit: 'intervals',
    min: 2,
    max: 1000,
    default: 5,
  }),
  binWidth: quantity('ms', {
    label: 'Bin of the intervals',
    help: 'A whole number of time steps.',
    min: 0.01,
    max: 1000,
    step: 0.5,
    default: 1,
    scale: 'log',
  }),
  rateBin: quantity('ms', {
    label: 'Bin of the rate',
    help: 'Of the curve below the raster; a whole number of time steps.',
    min: 0.01,
    max: 1000,
    step: 1,
    default: 2,
    scale: 'log',
    group: 'Figure',
  }),
  neuronsShown: integer({
    label: 'Neurons shown',
    help: 'Rows of the raster, spread evenly over each population.',
    unit: 'neurons',
    min: 1,
    max: 1000,
    default: 100,
    group: 'Figure',
  }),
  itemShown: integer({
    label: 'Item shown',
    help: 'Counted from 0. Intervals and CVs are those of all items of the same drive.',
    min: 0,
    max: 1_000_000,
    default: 0,
    group: 'Figure',
  }),
  timeShown: quantity('ms', {
    label: 'Time shown',
    help: 'From the end of the part that the encoder leaves out.',
    min: 1,
    max: 100_000,
    step: 50,
    default: 500,
    scale: 'log',
    group: 'Figure',
  }),
};

export type StatisticsParams = ParamValues<typeof params>;
const windows = ['fanoWindow', 'binWidth', 'rateBin'] as const;

/** Why a window does not fit the time step; null when all do. */
export function refuseWindows(p: StatisticsParams, dt: number): (Refusal & { readonly param: string }) | null {
  for (const param of windows) {
    if (stepsPerBin(p[param], dt) !== null) continue;
    const reason = `${p[param]} ms is no whole number of time steps of ${dt} ms.`;
    return { ...refuse('statistics.window', reason, `Choose a multiple of ${dt} ms.`), param };
  }
  return null;
}

export default defineNode({
  type: 'analysis.spike-statistics',
  version: 1,
  title: 'Spike statistics',
  inputs: {
    spikes: input('spikes', 'Spikes', 'Spikes of any encoder.'),
    currents: optionalInput(
      'series',
      'Currents',
      'Recorded currents of the same encoder, for synchrony, E/I correlation and input ratio.',
    ),
  },
  outputs: {
    table: output('table', 'Statistics', 'One row for each population and one for all, over all items.'),
    byCondition: output('table', 'By drive', 'One row for each external drive, over all neurons and trials.'),
    isi: output('series', 'Intervals', 'Density of the inter-spike intervals, by population.'),
    figure: output('figure', 'Figure', 'Raster and rate, interval histogram, CVs of the neurons.'),
  },
  params,
  numerics: 'exact',
  docs: {
    summary: 'Measures rate, regularity, count variability, synchrony and E/I balance of spikes.',
    description: [
      'Only the time after the part that the encoder leaves out is counted. Trials and items are pooled: each neuron of each item counts once. What is not defined (the CV of a silent population, currents that were not recorded) is an empty cell.',
      'CV is the standard deviation over the mean of a neuron’s intervals, averaged over neurons with enough of them: 0 for a clock, 1 for a Poisson process. CV2 compares neighbouring intervals and is not misled by a slow change of rate. Firing is called regular below a CV of 0.3 and irregular above 0.5.',
      'Synchrony is near 0 when membranes fluctuate independently and 1 when they move as one; it stays below 0.3 in the asynchronous state. E/I correlation and input ratio are means over the recorded neurons; excitation includes the external input. Neither of the two alone tells a balanced network from an unbalanced one.',
      'The predicted rate is that of mean-field theory for the network that made the spikes, at the drive of each item; it is empty for images and for drives that change. The drive margin is (mean U − θ) / SD of the membrane U without threshold, with Brunel’s mean and noise at the measured rate: up to 1 in balanced networks, above 2 where the mean input alone makes the spikes.',
      'The exponential drawn over the intervals starts at the shortest one and has their mean: how a Poisson process with a dead time would look.',
    ],
    equations: [
      '\\mathrm{CV} = \\frac{\\sqrt{\\langle I^2 \\rangle - \\langle I \\rangle^2}}{\\langle I \\rangle}, \\qquad \\mathrm{CV2} = \\left\\langle \\frac{2 |I_{n+1} - I_n|}{I_{n+1} + I_n} \\right\\rangle, \\qquad F = \\frac{\\mathrm{var}(n)}{\\langle n \\rangle}',
      '\\chi = \\sqrt{\\frac{\\mathrm{var}_t \\langle V_i \\rangle_i}{\\langle \\mathrm{var}_t V_i \\rangle_i}}, \\qquad r = \\mathrm{corr}(I_E + I_{\\mathrm{ext}},\\, -I_I), \\qquad \\frac{|\\langle I_I \\rangle|}{\\langle I_E + I_{\\mathrm{ext}} \\rangle}',
    ],
    references: [
      'G. R. Holt, W. R. Softky, C. Koch, R. J. Douglas (1996), Comparison of discharge variability in vitro and in vivo in cat visual cortex neurons, J. Neurophysiol. 75:1806-1814: CV2.',
      'D. Golomb and J. Rinzel (1994), Clustering in globally coupled inhibitory neurons, Physica D 72:259-282: synchrony.',
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208: predicted rate.',
    ],
    keywords: ['raster', 'rate', 'ISI', 'CV', 'CV2', 'Fano', 'synchrony', 'irregular', 'regular', 'balance'],
  },
  keyInfo: (p) => `CV, CV2, Fano in ${formatNumber(p.fanoWindow)} ms`,
  infer({ spikes }, p) {
    const refused = spikes?.dt === undefined ? null : refuseWindows(p, spikes.dt);
    if (refused) return refused;
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per population' },
        byCondition: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per drive' },
        isi: { kind: 'series', axes: [], unit: '1/ms', note: 'density of intervals' },
        figure: { kind: 'figure', axes: [], unit: '1' },
      },
    };
  },
  compute: () => import('./spike-statistics.compute'),
});
