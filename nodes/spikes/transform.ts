/**
 * Changes spikes in one way and leaves the rest: the controls that tell what a code rests on.
 *
 *   window      keeps the spikes of a stretch of time, which becomes the whole
 *   jitter      t + sigma N(0, 1), rounded to steps; what would leave the item is left out
 *   delete      each spike is lost with probability p
 *   drop        a share of the units, drawn once, fires no more
 *   population  keeps the units of one population
 *   stimuli     each item gets the spikes of another item of its split: only the prior is left
 *   trials      each unit takes its trains from the trials of the same stimulus in an order of its own: means and
 *               variances of single units stay, their noise correlations go
 */
import { formatNumber } from '../../src/core/units';
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { choice, quantity, seed } from '../../src/kit/params';
import { axis, sizeOf } from '../../src/kit/port-type';

export default defineNode({
  type: 'spikes.transform',
  version: 1,
  title: 'Spike transform',
  inputs: { spikes: input('spikes', 'Spikes', 'Spikes of any encoder.') },
  outputs: { spikes: output('spikes', 'Spikes', 'The changed spikes; items and their order stay.') },
  params: {
    operation: choice({
      label: 'Operation',
      help: 'What is done to the spikes.',
      options: [
        { value: 'window', label: 'Cut a window', help: 'Keeps a stretch of the time that counts.' },
        { value: 'jitter', label: 'Jitter', help: 'Moves every spike by a random time.' },
        { value: 'delete', label: 'Delete spikes', help: 'Loses every spike with the same probability.' },
        { value: 'drop', label: 'Drop units', help: 'Silences a random share of the units.' },
        { value: 'population', label: 'One population', help: 'Keeps the units of one population alone.' },
        {
          value: 'stimuli',
          label: 'Shuffle stimuli',
          help: 'Every item gets the spikes of another one of its split: nothing but the prior can be decoded.',
        },
        {
          value: 'trials',
          label: 'Shuffle trials',
          help: 'Every unit takes its trials of a stimulus in an order of its own: correlations of the noise are gone.',
        },
      ],
      default: 'stimuli',
    }),
    from: quantity('ms', {
      label: 'From',
      help: 'Start of the window, counted from the end of the part left out.',
      min: 0,
      max: 60_000,
      step: 5,
      default: 0,
      visibleWhen: { param: 'operation', is: ['window'] },
    }),
    length: quantity('ms', {
      label: 'Length',
      help: 'Of the window.',
      min: 0.1,
      max: 60_000,
      step: 5,
      default: 50,
      scale: 'log',
      visibleWhen: { param: 'operation', is: ['window'] },
    }),
    jitter: quantity('ms', {
      label: 'Jitter',
      symbol: 'σ',
      help: 'Standard deviation of the shift.',
      min: 0,
      max: 1000,
      step: 1,
      default: 5,
      visibleWhen: { param: 'operation', is: ['jitter'] },
    }),
    share: quantity('1', {
      label: 'Share',
      symbol: 'p',
      help: 'Of the spikes that are lost, or of the units that are silenced.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.5,
      visibleWhen: { param: 'operation', is: ['delete', 'drop'] },
    }),
    population: choice({
      label: 'Population',
      help: 'Whose units stay.',
      options: [
        { value: 'excitatory', label: 'Excitatory' },
        { value: 'inhibitory', label: 'Inhibitory' },
      ],
      default: 'excitatory',
      visibleWhen: { param: 'operation', is: ['population'] },
    }),
    seed: seed(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Cuts, jitters, deletes, silences or shuffles spikes: the controls of a decoding experiment.',
    description: [
      'One operation each; several are chained by wires. Draws depend on the seed, the item and the number of the spike, not on the order of items.',
      'Shuffled stimuli are the control for what a decoder knows without looking: within each split (training, validation, test) items exchange their spikes, so that a decoder can learn no more than the mean image. No item keeps its own spikes where a split has two items or more.',
      'Shuffled trials need an encoder with several trials of each stimulus. What a linear decoder gains or loses by them is what noise correlations do.',
      'Jitter and deletion ask how exact and how many spikes must be; a spike that is moved out of the item is lost, and those that come into the part left out do not count. Dropped units stay as silent units, so that a decoder trained on all of them can be tested without some.',
      'Shuffles hold all spikes in memory, at most about a gigabyte; the other operations go chunk by chunk.',
    ],
    references: [
      'B. B. Averbeck, P. E. Latham, A. Pouget (2006), Neural correlations, population coding and computation, Nat. Rev. Neurosci. 7:358-366: shuffled trials.',
      'A. Amarasingham, M. T. Harrison, N. G. Hatsopoulos, S. Geman (2012), Conditional modeling and the jitter method of spike resampling, J. Neurophysiol. 107:517-531.',
    ],
    keywords: ['shuffle', 'jitter', 'delete', 'lesion', 'window', 'control', 'surrogate', 'robustness'],
  },
  keyInfo: (p) =>
    ({
      window: `${formatNumber(p.from)} to ${formatNumber(p.from + p.length)} ms`,
      jitter: `Jitter, ${formatNumber(p.jitter)} ms`,
      delete: `${formatNumber(100 * p.share)} % of spikes lost`,
      drop: `${formatNumber(100 * p.share)} % of units silent`,
      population: `${p.population} units`,
      stimuli: 'Stimuli shuffled',
      trials: 'Trials shuffled',
    })[p.operation],
  infer({ spikes }, p) {
    if (p.operation === 'window' && spikes?.dt !== undefined && p.length < spikes.dt) {
      const reason = `The window (${p.length} ms) is shorter than one time step (${spikes.dt} ms).`;
      return { ...refuse('transform.window', reason, 'Choose a longer window.'), param: 'length' };
    }
    // The number of units of a population is known only to the spikes themselves.
    const units = spikes && p.operation !== 'population' ? sizeOf(spikes, 'unit') : null;
    return {
      ok: true,
      outputs: {
        spikes: {
          kind: 'spikes',
          axes: [axis('item', spikes ? sizeOf(spikes, 'item') : null), axis('unit', units)],
          unit: '1',
          ...(spikes?.dt === undefined ? {} : { dt: spikes.dt }),
          ...(p.operation === 'window' ? { note: `${formatNumber(p.length)} ms` } : {}),
          ...(p.operation !== 'window' && spikes?.note !== undefined ? { note: spikes.note } : {}),
        },
      },
    };
  },
  compute: () => import('./transform.compute'),
});
