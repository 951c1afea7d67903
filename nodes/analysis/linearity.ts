/**
 * Network activity against external input: the transfer curve of a population, and how straight it is. A network in the
 * balanced state follows its input linearly (van Vreeswijk and Sompolinsky 1996); R2 of a straight line says how well.
 * Fits are in src/analysis/transfer-curve.ts, the figure in src/analysis/figures/linearity-figure.ts.
 */
import { defineNode, output, variadicInput } from '../../src/kit/define-node';
import { choice, quantity, toggle } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { bootstrapParams } from './bootstrap-params';
import { populationChoice } from './population-choice';

export default defineNode({
  type: 'analysis.linearity',
  version: 1,
  title: 'Linearity',
  inputs: {
    spikes: variadicInput(
      'spikes',
      'Spikes',
      'Spikes under a grid of constant drives. Several wires are several states, or several graphs of one.',
    ),
    theory: variadicInput(
      'series',
      'Theory',
      'Predicted rate (Hz) against eta, drawn beside the measured one. The first wire belongs to the first state.',
    ),
  },
  outputs: {
    table: output('table', 'Rates', 'One row for each state and eta: rate, spread over trials, predicted rate.'),
    fit: output('table', 'Fits', 'One row for each state: the straight line and R2 over three ranges.'),
    figure: output('figure', 'Figure', 'Population activity against external input, one panel for each state.'),
  },
  params: {
    population: populationChoice(),
    etaFrom: quantity('1', {
      label: 'Line from eta',
      help: 'The straight line is fitted to the points from this drive on.',
      min: 0,
      max: 100,
      step: 0.25,
      default: 0,
    }),
    minRate: quantity('Hz', {
      label: 'Active from',
      help: 'Points with at least this rate count for the R2 that judges balance: a silent network is no straight line.',
      min: 0,
      max: 1000,
      step: 0.5,
      default: 1,
    }),
    wires: choice({
      label: 'Several wires are',
      help: 'What the spikes of several wires are to each other.',
      options: [
        { value: 'states', label: 'States', help: 'A row, a fit and a panel for each.' },
        { value: 'graphs', label: 'Graphs of one state', help: 'Their items count as further trials.' },
      ],
      default: 'states',
    }),
    normalised: toggle({
      label: 'Normalised figure',
      help: 'Draws each rate as a share of the largest one.',
      default: false,
    }),
    ...bootstrapParams(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Draws population activity against external input and says how straight the curve is.',
    description: [
      'Reads the items of constant drive (items of a step, ramp or sine are left to other nodes), groups them by eta and averages their trials. The part at the start that the encoder leaves out does not count.',
      'R2 is given over all points, over eta from 1 on (where the mean external input alone reaches the threshold of 20 mV), and over the points where the network is active. Balance is judged by the last one: the ideal rate max(0, eta - 1) is bent at 1 and itself scores only 0.959 over 0 to 4.',
      'Error bars are standard deviations over trials. Intervals are 95 % standard bootstrap intervals: over the trials of each point where every point has several, else over the points; the column "resampled" says which.',
      'Expected for 1,250 neurons, J = 0.4 mV, eta 0 to 4 by 0.25: R2 0.987 for g = 5 (0.997 from eta = 1 on, slope 44 Hz), 0.953 for g = 3.5. For J = 0.6 mV and g = 3: 0.682, with a jump to 210 Hz at 0.75. For a threshold of 60 mV: 0.692, silent up to 2.5.',
    ],
    equations: [
      'r(\\eta) \\approx a \\eta + b, \\qquad R^2 = 1 - \\frac{\\sum_k (r_k - a \\eta_k - b)^2}{\\sum_k (r_k - \\bar r)^2}',
      '\\eta = \\nu_{ext} / \\nu_{thr}, \\qquad \\nu_{thr} = \\theta_{ref} / (J C_E \\tau_m)',
    ],
    references: [
      'C. van Vreeswijk, H. Sompolinsky (1996), Chaos in neuronal networks with balanced excitatory and inhibitory activity, Science 274:1724-1726.',
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208.',
      'B. Efron, R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 13.',
    ],
    keywords: ['transfer curve', 'f-I', 'gain', 'balanced', 'line', 'R2', 'Siegert'],
  },
  keyInfo: (p) => `Line from η = ${p.etaFrom}`,
  infer({ spikes }) {
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per state and eta' },
        fit: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'slope, intercept, R2' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'activity against input' },
      },
      ...(spikes.length === 0 ? { remarks: ['Nothing to read: wire spikes under a grid of drives.'] } : {}),
    };
  },
  compute: () => import('./linearity.compute'),
});
