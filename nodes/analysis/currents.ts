/**
 * Excitation and inhibition of single neurons: how large, how closely and how soon inhibition follows, and how far the
 * membrane would be from threshold without spikes. Measures are in src/analysis/neuron-currents.ts and correlation.ts.
 */
import { formatNumber } from '../../src/core/units';
import { defineNode, input, optionalInput, output } from '../../src/kit/define-node';
import { integer, quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';

export default defineNode({
  type: 'analysis.currents',
  version: 1,
  title: 'E/I currents',
  inputs: {
    currents: input('series', 'Currents', 'Recorded currents of a balanced network.'),
    spikes: optionalInput(
      'spikes',
      'Spikes',
      'Of the same network: its threshold and the part left out are used instead of those here.',
    ),
  },
  outputs: {
    table: output('table', 'Neurons', 'One row for each recorded neuron of each recorded item.'),
    figure: output('figure', 'Figure', 'Currents of one neuron with the threshold, and the cross-correlogram.'),
  },
  params: {
    vThreshold: quantity('mV', {
      label: 'Threshold',
      symbol: 'θ',
      help: 'Above rest. Used without spikes of a network wired.',
      min: 1,
      max: 200,
      step: 1,
      default: 20,
    }),
    discard: quantity('ms', {
      label: 'Left out at the start',
      help: 'Used without spikes wired.',
      min: 0,
      max: 100_000,
      step: 10,
      default: 200,
    }),
    maxLag: quantity('ms', {
      label: 'Longest lag',
      help: 'Of the cross-correlogram, in both directions.',
      min: 1,
      max: 1000,
      step: 5,
      default: 30,
      scale: 'log',
    }),
    itemShown: integer({
      label: 'Item shown',
      help: 'Of the recorded items, counted from 0.',
      min: 0,
      max: 1_000_000,
      default: 0,
      group: 'Figure',
    }),
    neuronShown: integer({
      label: 'Neuron shown',
      help: 'Of the recorded neurons of that item, counted from 0.',
      min: 0,
      max: 1_000_000,
      default: 0,
      group: 'Figure',
    }),
    timeShown: quantity('ms', {
      label: 'Time shown',
      help: 'From the end of the part left out.',
      min: 1,
      max: 100_000,
      step: 50,
      default: 200,
      scale: 'log',
      group: 'Figure',
    }),
  },
  numerics: 'exact',
  docs: {
    summary: 'Shows the excitatory and inhibitory input of single neurons and measures their balance.',
    description: [
      'Currents are the synaptic input as a membrane deflection in mV, smoothed by a causal exponential of 5 ms and sampled every ms. A constant current of that many mV would bring the membrane there. Excitation is the recurrent and the external part together.',
      'The lag is that of the maximum of the cross-correlation of excitation with inhibition, whole samples: positive where inhibition follows. An inhibitory current that mirrors the excitatory one within milliseconds leaves the net input near the threshold: the neuron fires when fluctuations carry it across.',
      'The drive margin is the distance of the mean free membrane (same input, no threshold, no reset) from the threshold, in its standard deviations over time. It is measured, so it lies further from 0 than Brunel’s, which takes the spikes for Poisson: regular firing makes less noise (balanced_small about 1.05 here, 0.65 there; g = 3.5 about 8 and 3.4).',
    ],
    equations: [
      'r(\\tau) = \\mathrm{corr}(I_E(t) + I_{\\mathrm{ext}}(t),\\; -I_I(t + \\tau)), \\qquad \\text{margin} = \\frac{\\langle U \\rangle - \\theta}{\\mathrm{SD}(U)}',
    ],
    references: [
      'M. Okun and I. Lampl (2008), Instantaneous correlation of excitation and inhibition during ongoing and sensory-evoked activities, Nat. Neurosci. 11:535-537.',
      'C. van Vreeswijk and H. Sompolinsky (1998), Chaotic balanced state in a model of cortical circuits, Neural Comput. 10:1321-1371.',
    ],
    keywords: ['excitation', 'inhibition', 'balance', 'cross-correlogram', 'lag', 'input', 'membrane', 'margin'],
  },
  keyInfo: (p) => `neuron ${p.neuronShown}, lags to ${formatNumber(p.maxLag)} ms`,
  infer() {
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per neuron' },
        figure: { kind: 'figure', axes: [], unit: '1' },
      },
    };
  },
  compute: () => import('./currents.compute'),
});
