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
import { axis } from '../../src/kit/port-type';
import { params, refuseGrids } from './mean-field-params';

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
