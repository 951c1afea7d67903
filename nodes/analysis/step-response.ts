/**
 * Step response: how fast the population rate follows a jump of the drive, and how far it overshoots. Definitions are in
 * src/analysis/step-time.ts.
 */
import { defineNode, input, output } from '../../src/kit/define-node';
import { quantity } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { binWidth, refuseBin } from './bin-width';
import { bootstrapParams } from './bootstrap-params';
import { populationChoice } from './population-choice';

export default defineNode({
  type: 'analysis.step-response',
  version: 1,
  title: 'Step response',
  inputs: {
    spikes: input('spikes', 'Spikes', 'Spikes under a step of the drive; trials of one step are averaged.'),
    drive: input('series', 'Drive', 'The drive that the network was given: it says when the step comes.'),
  },
  outputs: {
    table: output('table', 'Steps', 'One row for each step: rates before and after, t63, overshoot.'),
    series: output('series', 'Rate', 'Trial-averaged population rate, time from the step.'),
    figure: output('figure', 'Figure', 'Rate around the step.'),
  },
  params: {
    population: populationChoice(),
    binWidth: binWidth({ help: 'A whole number of time steps. Bins start at the step.' }),
    baseline: quantity('ms', {
      label: 'Time before',
      help: 'The mean rate over this long before the step is where it starts from.',
      min: 1,
      max: 10_000,
      step: 10,
      default: 200,
    }),
    settle: quantity('ms', {
      label: 'Time to settle',
      help: 'The rate after the step is the mean from this long after it to the end; the peak is sought before.',
      min: 1,
      max: 10_000,
      step: 10,
      default: 100,
    }),
    ...bootstrapParams(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Measures the time to 63 % of the change after a step of the drive, and the overshoot.',
    description: [
      'The population rate is counted in bins of 1 ms that start at the step and averaged over trials, without smoothing. t63 is the end of the first bin that has covered 63.2 % of the change: never early, late by at most one bin (choose a narrower bin for a finer answer). The overshoot is the farthest bin over the settled change, 1 for a response that never passes its end. Both are empty where the rate changes by less than twice its standard error.',
      'Intervals are 95 % standard bootstrap intervals over trials; with one trial there are none.',
      'Expected for eta 1 to 2 at 500 ms, 20 trials: t63 of about 2 ms (1 to 3) for every coupled network, balanced or not, ten times faster than the membrane (20 ms), and an overshoot of 1.5 to 2.8. So t63 is reported but does not tell the states apart.',
    ],
    equations: ['r(t_{63}) = r_0 + (1 - 1/e)(r_1 - r_0), \\qquad o = (r_{peak} - r_0) / (r_1 - r_0)'],
    references: [
      'C. van Vreeswijk, H. Sompolinsky (1998), Chaotic balanced state in a model of cortical circuits, Neural Comput. 10:1321-1371: fast tracking.',
    ],
    keywords: ['t63', 'rise time', 'overshoot', 'PSTH', 'fast', 'latency'],
  },
  keyInfo: (p) => `t63, ${p.binWidth} ms bins`,
  infer({ spikes }, p) {
    const refused = refuseBin(p.binWidth, spikes?.dt);
    if (refused) return refused;
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per step' },
        series: { kind: 'series', axes: [], unit: 'Hz', note: 'rate around the step' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'rate around the step' },
      },
    };
  },
  compute: () => import('./step-response.compute'),
});
