/**
 * Trial statistics: what varies when the stimulus does not. PSTH, Fano factor over trials, count variance against mean,
 * and noise correlations. Definitions are in src/analysis/trial-statistics.ts.
 */
import { defineNode, input, output } from '../../src/kit/define-node';
import { integer, quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { refuseBin } from './bin-width';
import { bootstrapParams } from './bootstrap-params';
import { populationChoice } from './population-choice';

export default defineNode({
  type: 'analysis.trials',
  version: 1,
  title: 'Trial statistics',
  inputs: { spikes: input('spikes', 'Spikes', 'Spikes of an encoder with several trials of each stimulus.') },
  outputs: {
    table: output(
      'table',
      'Trials',
      'One row for each stimulus and one for all: rate, Fano factor, noise correlation.',
    ),
    figure: output('figure', 'Figure', 'PSTH, variance against mean, distribution of correlations.'),
  },
  params: {
    population: populationChoice(),
    binWidth: quantity('ms', {
      label: 'Bin of the PSTH',
      help: 'A whole number of time steps.',
      min: 0.1,
      max: 1000,
      step: 1,
      default: 5,
      scale: 'log',
    }),
    pairs: integer({
      label: 'Pairs',
      help: 'Pairs of neurons whose counts are correlated, drawn at random; all pairs if there are no more.',
      min: 1,
      max: 100_000,
      step: 100,
      default: 1000,
    }),
    shown: integer({
      label: 'Stimuli in the figure',
      help: 'The first ones.',
      min: 1,
      max: 8,
      default: 4,
    }),
    ...bootstrapParams(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Shows how responses vary over trials of one stimulus: PSTH, Fano factor, noise correlation.',
    description: [
      'Items are grouped by the stimulus that they repeat; a stimulus with one trial has no row. Counts are over the whole time that counts, the PSTH is over all of it. The Fano factor is sample variance over mean of the count of a neuron, averaged over neurons that spike: 1 for a Poisson process, 0 for a clock.',
      'The noise correlation is the mean over pairs of neurons of the Pearson correlation of their counts over trials. Pairs in which a count does not vary are left out.',
      'Intervals are 95 % standard bootstrap intervals: trials and neurons drawn again for the Fano factor, trials and pairs for the correlation. The row of all stimuli is the mean of their rows, its interval as if they were independent.',
    ],
    equations: [
      'F_i = \\mathrm{var}(n_i) / \\langle n_i \\rangle',
      'r_{ij} = \\mathrm{cov}(n_i, n_j) / \\sqrt{\\mathrm{var}(n_i)\\,\\mathrm{var}(n_j)}',
    ],
    references: [
      'M. N. Shadlen, W. T. Newsome (1998), The variable discharge of cortical neurons, J. Neurosci. 18:3870-3896.',
      'M. R. Cohen, A. Kohn (2011), Measuring and interpreting neuronal correlations, Nat. Neurosci. 14:811-819.',
      'A. Renart et al. (2010), The asynchronous state in cortical circuits, Science 327:587-590.',
    ],
    keywords: ['PSTH', 'Fano factor', 'noise correlation', 'variance', 'repeat', 'variability'],
  },
  keyInfo: (p) => `${p.pairs} pairs, ${p.binWidth} ms bins`,
  infer({ spikes }, p) {
    const refused = refuseBin(p.binWidth, spikes?.dt);
    if (refused) return refused;
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per stimulus' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'PSTH, variance, correlations' },
      },
    };
  },
  compute: () => import('./trials.compute'),
});
