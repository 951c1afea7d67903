/**
 * Spike readout: turns the spikes of each item into a vector of numbers for a decoder. Time t counts from the end of the
 * part that the encoder leaves out; T is what remains.
 *
 *   rate      n / T (Hz)                       count     n
 *   latency   1 - t1 / T, 0 if silent          trace     sum exp(-(T - t_k) / tauTrace)
 *   bins      n_b / binWidth (Hz), bin after bin, units within a bin
 */
import { stepsPerBin } from '../../src/core/time-steps';
import { formatNumber } from '../../src/core/units';
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { choice, quantity } from '../../src/kit/params';
import { axis, sizeOf } from '../../src/kit/port-type';

export type Method = 'rate' | 'count' | 'latency' | 'trace' | 'bins';

/** Unit of the features of each method. */
export const unitOf: Readonly<Record<Method, string>> = {
  rate: 'Hz',
  count: '1',
  latency: '1',
  trace: '1',
  bins: 'Hz',
};

export default defineNode({
  type: 'spikes.readout',
  version: 1,
  title: 'Spike readout',
  inputs: { spikes: input('spikes', 'Spikes', 'Spikes of any encoder.') },
  outputs: { features: output('features', 'Features', 'One vector for each item.') },
  params: {
    method: choice({
      label: 'Method',
      help: 'What is read from the spikes of a unit.',
      options: [
        { value: 'rate', label: 'Rate', help: 'Spikes per counted time, Hz.' },
        { value: 'count', label: 'Count', help: 'Number of spikes.' },
        { value: 'latency', label: 'Latency', help: 'How early the first spike is: 1 at once, 0 silent.' },
        { value: 'trace', label: 'Trace', help: 'Exponentially filtered spikes at the end: late ones count more.' },
        { value: 'bins', label: 'Bins', help: 'Rate in each time bin: keeps the time course.' },
      ],
      default: 'rate',
    }),
    population: choice({
      label: 'Population',
      help: 'Which units are read.',
      options: [
        { value: 'all', label: 'All units' },
        { value: 'excitatory', label: 'Excitatory' },
        { value: 'inhibitory', label: 'Inhibitory' },
      ],
      default: 'all',
    }),
    tauTrace: quantity('ms', {
      label: 'Time constant of the trace',
      symbol: 'τ',
      help: 'A spike counts 1/e after this time.',
      min: 0.1,
      max: 10_000,
      step: 1,
      default: 20,
      scale: 'log',
      visibleWhen: { param: 'method', is: ['trace'] },
    }),
    binWidth: quantity('ms', {
      label: 'Bin',
      help: 'A whole number of time steps. The last bin is shorter if the time does not come out even.',
      min: 0.1,
      max: 10_000,
      step: 1,
      default: 10,
      scale: 'log',
      visibleWhen: { param: 'method', is: ['bins'] },
    }),
  },
  numerics: 'exact',
  docs: {
    summary: 'Turns the spikes of each item into one vector of numbers.',
    description: [
      'The part at the start that the encoder marks as left out is not read. Features are not normalised here: training fits mean and spread on the training items.',
      'Spikes are read chunk by chunk, so a run of tens of millions of spikes needs no more memory than its features.',
    ],
    equations: [
      'r_i = n_i / T',
      '\\ell_i = 1 - t_i^1 / T \\quad (0 \\text{ if silent})',
      'x_i = \\sum_k e^{-(T - t_i^k) / \\tau}',
    ],
    references: [
      'P. Dayan, L. F. Abbott (2001), Theoretical Neuroscience, section 1.2: spike-count and time-dependent rates.',
      'S. Thorpe, A. Delorme, R. Van Rullen (2001), Spike-based strategies for rapid processing, Neural Networks 14:715-725.',
    ],
    keywords: ['count', 'rate', 'latency', 'filter', 'bins', 'decoder', 'features'],
  },
  keyInfo: (p) =>
    ({
      rate: 'Rate, Hz',
      count: 'Count',
      latency: 'Latency',
      trace: `Trace, ${formatNumber(p.tauTrace)} ms`,
      bins: `Bins of ${formatNumber(p.binWidth)} ms`,
    })[p.method] + (p.population === 'all' ? '' : `, ${p.population}`),
  infer({ spikes }, p) {
    if (p.method === 'bins' && spikes?.dt !== undefined && stepsPerBin(p.binWidth, spikes.dt) === null) {
      const reason = `A bin of ${p.binWidth} ms is no whole number of steps of ${spikes.dt} ms.`;
      return { ...refuse('readout.bin-step', reason, `Choose a multiple of ${spikes.dt} ms.`), param: 'binWidth' };
    }
    // The number of bins, and of units in a population, is known only to the spikes themselves.
    const known = p.method !== 'bins' && p.population === 'all';
    return {
      ok: true,
      outputs: {
        features: {
          kind: 'features',
          axes: [
            axis('item', spikes ? sizeOf(spikes, 'item') : null),
            axis('feature', spikes && known ? sizeOf(spikes, 'unit') : null),
          ],
          unit: unitOf[p.method],
          note: p.method,
        },
      },
    };
  },
  compute: () => import('./readout.compute'),
});
