/**
 * Regime map: the states of a network over relative inhibition g and external drive eta, as Brunel (2000, Fig. 1) drew
 * them, here from simulation. How states are told apart is in src/analysis/regime.ts.
 */
import { defineNode, output, variadicInput } from '../../src/kit/define-node';
import { quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';

export default defineNode({
  type: 'analysis.regime-map',
  version: 1,
  title: 'Regime map',
  inputs: {
    spikes: variadicInput('spikes', 'Spikes', 'One wire for each g, each with a grid of constant drives.'),
  },
  outputs: {
    table: output('table', 'Regimes', 'One row for each g and eta: rate, CV, synchrony, frequency, regime.'),
    figure: output('figure', 'Figure', 'Maps of rate, CV and synchrony over g and eta, with the names of the regimes.'),
  },
  params: {
    minRate: quantity('Hz', {
      label: 'Silent below',
      help: 'A network below this rate is called silent.',
      min: 0,
      max: 1000,
      default: 0.5,
    }),
    regularCv: quantity('1', {
      label: 'Regular below a CV of',
      help: 'Mean over neurons of the CV of inter-spike intervals.',
      min: 0,
      max: 10,
      step: 0.05,
      default: 0.3,
    }),
    synchrony: quantity('1', {
      label: 'Synchronous from',
      help: 'CV of the population rate in 1 ms bins, less that of independent Poisson neurons.',
      min: 0,
      max: 100,
      step: 0.05,
      default: 0.67,
    }),
    fastFrom: quantity('Hz', {
      label: 'Fast from',
      help: 'Oscillations from this frequency on are called fast.',
      min: 5,
      max: 500,
      step: 5,
      default: 75,
    }),
  },
  numerics: 'exact',
  docs: {
    summary: 'Maps the states of a network over g and eta: synchronous or not, regular or irregular.',
    description: [
      'g is read from the network (inhibitory over excitatory efficacy), eta from the items of constant drive; trials and wires of one g and eta are pooled. The part at the start that the encoder leaves out does not count.',
      'Criteria: silent below the smallest rate; regular below a CV of 0.3 (SR if synchronous, AR if not); otherwise irregular: AI if asynchronous, SI fast or SI slow if synchronous, by the frequency at which the population rate has most power (Welch, windows of 256 ms, from 5 Hz on). Brunel names SR, AI and the two SI; AR is the same reading of what remains.',
      'Synchrony is the coefficient of variation of the population rate in bins of 1 ms, less what independent Poisson neurons would show. The default bound lies between measured values: in networks of 12,500 neurons 0.71 to 0.72 (g = 3, eta = 2: SR), 0.80 to 0.92 (g = 6, eta = 4: SI fast, 180 Hz) and 1.7 to 2.1 (g = 4.5, eta = 0.9: SI slow, 20 Hz) against 0.48 to 0.56 (g = 5, eta = 2: AI). Finite networks cross from one state to the next without a jump.',
    ],
    equations: ['s = \\sqrt{\\max(0, \\mathrm{var}\\, n - \\bar n)} / \\bar n'],
    references: [
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208.',
      'P. D. Welch (1967), The use of fast Fourier transform for the estimation of power spectra, IEEE Trans. Audio Electroacoust. 15:70-73.',
    ],
    keywords: [
      'phase diagram',
      'Brunel',
      'asynchronous irregular',
      'synchronous regular',
      'oscillation',
      'AI',
      'SI',
      'SR',
    ],
  },
  keyInfo: (p) => `Synchronous from ${p.synchrony}`,
  infer({ spikes }) {
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per g and eta' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'rate, CV, synchrony over g and eta' },
      },
      ...(spikes.length === 0 ? { remarks: ['Nothing to read: wire one encoder for each g.'] } : {}),
    };
  },
  compute: () => import('./regime-map.compute'),
});
