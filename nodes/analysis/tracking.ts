/**
 * Tracking: does the population rate follow a drive that moves? R2 against the drive and the lag behind it. The
 * estimates are in src/analysis/tracking.ts and lag.ts.
 */
import { defineNode, input, output } from '../../src/kit/define-node';
import { quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { binWidth, refuseBin } from './bin-width';
import { bootstrapParams } from './bootstrap-params';
import { populationChoice } from './population-choice';

export default defineNode({
  type: 'analysis.tracking',
  version: 1,
  title: 'Tracking',
  inputs: {
    spikes: input('spikes', 'Spikes', 'Spikes under drives that move; trials of one drive are averaged.'),
    drive: input('series', 'Drive', 'The drive that the network was given.'),
  },
  outputs: {
    table: output('table', 'Tracking', 'One row for each drive: R2, lag, the fitted line.'),
    series: output('series', 'Rate and drive', 'Smoothed population rate and the drive in its scale, Hz.'),
    figure: output('figure', 'Figure', 'Rate and scaled drive over time.'),
  },
  params: {
    population: populationChoice(),
    binWidth: binWidth({ help: 'A whole number of time steps.' }),
    smoothing: quantity('ms', {
      label: 'Smoothing',
      help: 'Width of the moving average, which is centred and so delays nothing. 0 leaves the bins as they are.',
      min: 0,
      max: 1000,
      step: 1,
      default: 10,
    }),
    from: quantity('ms', {
      label: 'From',
      help: 'What comes before does not count. The part that the encoder leaves out does count here: a ramp begins at once.',
      min: 0,
      max: 100_000,
      step: 10,
      default: 0,
    }),
    maxLag: quantity('ms', {
      label: 'Largest lag',
      help: 'Lags up to this, either way, are tried.',
      min: 0,
      max: 1000,
      step: 10,
      default: 100,
    }),
    ...bootstrapParams(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Says how well the population rate follows a step, ramp or sine, and how late.',
    description: [
      'The population rate is counted in bins of 1 ms, averaged over trials and smoothed by a centred moving average (half weight at both ends of an even window, so that 10 ms mean exactly 10 bins). R2 is that of the straight line through rate against drive, bin by bin: of a ramp over the time in which it rises or falls, of other drives over the whole item.',
      'The lag is that of the largest cross-correlation of rate and drive, the drive being taken at its own times outside the item too; positive where the rate is late. A sine or a step gives it within about a millisecond. On a ramp a lag cannot be told from an offset: there it is that of the largest cross-covariance, which lies near 0 unless the rate does not follow at all, and has no interval. Use a sine to measure a lag.',
      'Intervals are 95 % standard bootstrap intervals over trials; with one trial there are none. R2 falls with the noise of the population rate: a single trial of 1,250 neurons reaches only 0.73 to 0.89 where eight trials reach 0.98.',
      'Expected for a ramp over 700 ms, 8 trials of 1,250 neurons: eta 1 to 3 gives R2 0.98 and a lag of at most 10 ms for the balanced network, 0.44 for one with a threshold of 60 mV; eta 0 to 3 gives 0.97, 0.74 for an excitation-dominated network (g = 3, J = 0.6 mV) and 0.31 for the high threshold.',
    ],
    equations: ['r(t) \\approx a\\, d(t) + b', 'L = \\arg\\max_L \\mathrm{corr}_t(r(t), d(t - L))'],
    references: [
      'C. van Vreeswijk, H. Sompolinsky (1998), Chaotic balanced state in a model of cortical circuits, Neural Comput. 10:1321-1371: fast tracking.',
      'B. Efron, R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 13.',
    ],
    keywords: ['ramp', 'sine', 'step', 'lag', 'cross-correlation', 'follow', 'balanced'],
  },
  keyInfo: (p) => `${p.binWidth} ms bins, smoothed by ${p.smoothing} ms`,
  infer({ spikes }, p) {
    const refused = refuseBin(p.binWidth, spikes?.dt);
    if (refused) return refused;
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per drive' },
        series: { kind: 'series', axes: [], unit: 'Hz', note: 'rate and scaled drive' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'rate and drive' },
      },
    };
  },
  compute: () => import('./tracking.compute'),
});
