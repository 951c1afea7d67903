/**
 * Balance verdict: is this network in the balanced state? Five tests (src/analysis/balance.ts), each with its interval
 * and bound; the failed ones are named.
 */
import { defineNode, input, optionalInput, output } from '../../src/kit/define-node';
import { choice, quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { bootstrapParams } from './bootstrap-params';

const bound = (options: Parameters<typeof quantity>[1] & { readonly unit?: string }) =>
  quantity(options.unit ?? '1', { group: 'Bounds', ...options });

export default defineNode({
  type: 'analysis.balance',
  version: 1,
  title: 'Balance verdict',
  inputs: {
    spikes: input('spikes', 'Spikes', 'Spikes under a grid of constant drives, eta = 2 among them.'),
    currents: input('series', 'Currents', 'Recorded inputs and free membranes of neurons at eta = 2.'),
    tracking: input('table', 'Tracking', 'Table of a tracking node that saw a ramp.'),
    step: optionalInput('table', 'Step', 'Table of a step response node: t63 is reported beside the verdict.'),
  },
  outputs: {
    table: output('table', 'Verdict', 'One row for each test, then what is only reported, then the verdict.'),
    figure: output('figure', 'Figure', 'Each value with its interval against its bound.'),
  },
  params: {
    eta: quantity('1', {
      label: 'Drive',
      symbol: 'η',
      help: 'Rate, CV and drive margin are read at this external drive.',
      min: 0,
      max: 100,
      step: 0.25,
      default: 2,
    }),
    minRate: bound({ label: '(a) Rate, at least', help: 'It responds.', unit: 'Hz', min: 0, max: 1000, default: 0.5 }),
    minR2: bound({ label: '(b) R² of the curve, at least', help: 'It is linear.', min: 0, max: 1, default: 0.98 }),
    activeRate: bound({
      label: '(b) Active from',
      help: 'Grid points with at least this rate count for R².',
      unit: 'Hz',
      min: 0,
      max: 1000,
      default: 1,
    }),
    maxMargin: bound({
      label: '(c) Drive margin, at most',
      help: 'Fluctuations, not the mean, carry it over the threshold.',
      min: -10,
      max: 10,
      default: 1,
    }),
    marginFrom: choice({
      label: '(c) Drive margin from',
      help: 'Whose mean and fluctuations are compared with the threshold. The other one is reported too.',
      group: 'Bounds',
      options: [
        {
          value: 'rates',
          label: 'Measured rate, Brunel’s noise',
          help: 'Mean and noise that Poisson spikes of the measured rate would give: what the bound was chosen for.',
        },
        {
          value: 'membranes',
          label: 'Free membranes',
          help: 'The recorded neurons without threshold and reset. Regular spikes make less noise: further from 0.',
        },
      ],
      default: 'rates',
    }),
    minCv: bound({ label: '(d) CV, at least', help: 'It fires irregularly.', min: 0, max: 10, default: 0.35 }),
    minRampR2: bound({ label: '(e) R² of the ramp, at least', help: 'It tracks.', min: 0, max: 1, default: 0.95 }),
    ...bootstrapParams(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Judges whether a network is in the balanced state, and names the tests that it fails.',
    description: [
      'Balanced is a network that (a) responds: a rate of at least 0.5 Hz at eta = 2; (b) is linear: R2 of at least 0.98 over the grid points with a rate of at least 1 Hz; (c) is driven by fluctuations: a drive margin of at most 1; (d) is irregular: a CV of inter-spike intervals of at least 0.35; (e) tracks: R2 of at least 0.95 on a ramp (of several ramps the worst). The bounds are choices and can be changed.',
      'The drive margin is (mean U − θ) / SD of U, U being a membrane without threshold or reset. By default it is that of Brunel’s mean and noise at the measured rate, for which the bound was chosen: 0.65 for 1,250 neurons with g = 5 and J = 0.4 mV, 0.06 for J = 0.6 mV, 0.17 for 5,000 neurons, −0.52 for g = 6; 3.4 for g = 3.5 and 5.6 for g = 3. Measured on the recorded free membranes it lies further from 0, because real spikes are more regular than Poisson ones: 1.1 to 1.2 for g = 5 and J = 0.4 mV, 18 for g = 3 and J = 0.6 mV. Both are in the table; one is judged.',
      'Each value stands with a 95 % standard bootstrap interval: over neurons for rate, margin and CV, over trials (or grid points, if some have one trial) for the curve, over trials for the ramp. The value decides; "clear" says whether the interval lies wholly on its side of the bound. A value that does not exist fails its test: a silent network has no CV.',
      'The ratio of inhibitory to excitatory input (0.66 in unbalanced networks too) and t63 (2 ms in every coupled network) are reported but separate nothing, so they are not judged.',
    ],
    equations: [
      'm = (\\langle U \\rangle - \\theta) / \\sigma_U \\le 1',
      'R^2_{r \\ge 1\\,\\mathrm{Hz}} \\ge 0.98, \\quad CV \\ge 0.35, \\quad R^2_{ramp} \\ge 0.95, \\quad r(2) \\ge 0.5\\,\\mathrm{Hz}',
    ],
    references: [
      'C. van Vreeswijk, H. Sompolinsky (1996), Chaos in neuronal networks with balanced excitatory and inhibitory activity, Science 274:1724-1726.',
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208.',
    ],
    keywords: ['balanced state', 'verdict', 'irregular', 'linear', 'tracking', 'drive margin', 'E/I'],
  },
  keyInfo: (p) => `At η = ${p.eta}`,
  infer() {
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'five tests and the verdict' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'values against bounds' },
      },
    };
  },
  compute: () => import('./balance.compute'),
});
