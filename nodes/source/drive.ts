/**
 * External drive of a network over time, one item or a grid of them: what a transfer curve, a ramp or a step is measured
 * with. Dimensionless: it multiplies the encoder's `externalDrive` (eta), so that a drive of 1 is eta itself. Each value
 * is held until the next one. Shapes are in drive-shape.ts.
 */
import { formatNumber } from '../../src/core/units';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { choice, quantity } from '../../src/kit/params';
import { axis, sizeOf } from '../../src/kit/port-type';
import { type DriveParams, itemCount, refuseDrive } from './drive-shape';

const when = (...shapes: readonly DriveParams['shape'][]) => ({ visibleWhen: { param: 'shape', is: shapes } }) as const;
const level = (label: string, help: string, fallback: number, shape: DriveParams['shape'], min = 0) =>
  quantity('1', { label, help, min, max: 100, step: 0.05, default: fallback, ...when(shape) });
const time = (label: string, help: string, fallback: number, shape: DriveParams['shape']) =>
  quantity('ms', { label, help, min: 0, max: 100_000, step: 10, default: fallback, ...when(shape) });

const words: Readonly<Record<DriveParams['shape'], (p: DriveParams) => string>> = {
  constant: (p) => `constant ${formatNumber(p.level)}`,
  grid: (p) => `${itemCount(p)} levels, ${formatNumber(p.from)} to ${formatNumber(p.to)}`,
  step: (p) => `${formatNumber(p.levelBefore)} to ${formatNumber(p.levelAfter)} at ${formatNumber(p.onset)} ms`,
  ramp: (p) =>
    `${formatNumber(p.rampFrom)} to ${formatNumber(p.rampTo)} in ${formatNumber(p.rampEnd - p.rampStart)} ms`,
  sine: (p) => `${formatNumber(p.mean)} ± ${formatNumber(p.amplitude)} at ${formatNumber(p.frequency)} Hz`,
};

export default defineNode({
  type: 'source.drive',
  version: 1,
  title: 'External drive',
  inputs: {
    before: optionalInput('series', 'Drive before', 'Another drive, whose items come first: one run for all of them.'),
  },
  outputs: { drive: output('series', 'Drive', 'One curve for each item, over time.') },
  params: {
    shape: choice({
      label: 'Shape',
      help: 'How the drive changes over time.',
      options: [
        { value: 'constant', label: 'Constant', help: 'One item at one level.' },
        { value: 'grid', label: 'Grid of constants', help: 'One item for each level: a transfer curve.' },
        { value: 'step', label: 'Step', help: 'Jumps once.' },
        { value: 'ramp', label: 'Ramp', help: 'Rises or falls in a straight line.' },
        { value: 'sine', label: 'Sine', help: 'Swings around a mean.' },
      ],
      default: 'constant',
    }),
    level: level('Level', 'Times the external drive of the encoder.', 1, 'constant'),
    from: level('From', 'Lowest level of the grid.', 0, 'grid'),
    to: level('To', 'Highest level of the grid, included where the steps reach it.', 4, 'grid'),
    step: level('Step', 'Between two levels.', 0.25, 'grid', 0.001),
    levelBefore: level('Before', 'Level until the step.', 1, 'step'),
    levelAfter: level('After', 'Level from the step on.', 2, 'step'),
    onset: time('At', 'Time of the step, from the start of the item.', 500, 'step'),
    rampFrom: level('From', 'Level until the ramp starts.', 1, 'ramp'),
    rampTo: level('To', 'Level from the end of the ramp on.', 3, 'ramp'),
    rampStart: time('Start', 'From the start of the item.', 0, 'ramp'),
    rampEnd: time('End', 'From the start of the item.', 700, 'ramp'),
    mean: level('Mean', 'The sine starts here, rising.', 2, 'sine'),
    amplitude: level('Amplitude', 'At most the mean: a drive cannot be negative.', 1, 'sine'),
    frequency: quantity('Hz', {
      label: 'Frequency',
      help: 'At least two samples a period.',
      min: 0.01,
      max: 1000,
      step: 1,
      default: 5,
      scale: 'log',
      ...when('sine'),
    }),
    duration: quantity('ms', {
      label: 'Length',
      help: 'Of the sine; afterwards its last value is held.',
      min: 1,
      max: 100_000,
      step: 10,
      default: 1000,
      scale: 'log',
      ...when('sine'),
    }),
    sampling: quantity('ms', {
      label: 'Sampled every',
      help: 'Each value is held until the next one.',
      min: 0.01,
      max: 1000,
      step: 0.1,
      default: 1,
      scale: 'log',
      advanced: true,
      ...when('ramp', 'sine'),
    }),
  },
  bypass: { drive: 'before' },
  numerics: 'exact',
  docs: {
    summary: 'Makes an external drive over time: constant, a grid of constants, a step, a ramp or a sine.',
    description: [
      'The drive has no unit. It multiplies the external drive η of the encoder it is wired to; with η = 1 there, the levels here are η themselves.',
      'Items carry the columns "level" (that of a constant, the last one of a step or ramp, the mean of a sine) and "shape" (0 constant, 1 step, 2 ramp, 3 sine), which analyses group by. Item numbers go on after the largest of the drive wired before, so that one encoder can take a grid, a ramp and a step together.',
    ],
    equations: [
      '\\eta(t) = \\eta_{\\mathrm{encoder}}\\, d(t)',
      'd_{\\mathrm{ramp}}(t) = d_0 + (d_1 - d_0) \\frac{t - t_0}{t_1 - t_0}, \\qquad d_{\\mathrm{sine}}(t) = m + a \\sin(2\\pi f t)',
    ],
    references: [
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208: the external drive in units of the rate that just reaches threshold.',
    ],
    keywords: ['stimulus', 'input', 'eta', 'ramp', 'step', 'sine', 'constant', 'grid', 'transfer curve', 'sweep'],
  },
  keyInfo: (p) => words[p.shape](p),
  infer({ before }, p) {
    const refused = refuseDrive(p);
    if (refused) return refused;
    const known = before ? sizeOf(before, 'item') : 0;
    return {
      ok: true,
      outputs: {
        drive: {
          kind: 'series',
          axes: [axis('item', known === null ? null : known + itemCount(p))],
          unit: '1',
          note: words[p.shape](p),
        },
      },
    };
  },
  compute: () => import('./drive.compute'),
});
