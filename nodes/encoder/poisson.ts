/**
 * Poisson encoder: every pixel, or every channel of a rate input, becomes a unit that spikes at random with a rate.
 *
 *   rate = rateBase + rateGain pixel (Hz)    or the rate that flows in
 *   p(spike in a step) = 1 - exp(-rate dt / 1000), independent between steps and units
 *
 * The probability of at least one event of a Poisson process in a step: exact for any dt, at most one spike a step.
 *
 * Mode `match` copies another encoder (poisson-match.ts): unit i spikes at the rate a_i + b_i pixel that fits unit i of the
 * other one best, with p = rate dt / 1000, so that the mean count is copied and only the noise is another.
 */
import { stepsPerBin } from '../../src/core/time-steps';
import { formatNumber } from '../../src/core/units';
import { refuse } from '../../src/core/validity';
import { defineNode, type Inference, input, type OutputSpec, optionalInput, output } from '../../src/kit/define-node';
import { choice, quantity, seed } from '../../src/kit/params';
import { axis, type PortType, sizeOf } from '../../src/kit/port-type';

const product = (sizes: readonly (number | null)[]): number | null =>
  sizes.reduce((all, size) => (all === null || size === null ? null : all * size), 1 as number | null);

/** Units of an input: pixels times channels, or the units of the rates. */
function unitsOf(drive: PortType): number | null {
  if (drive.kind === 'rates') return sizeOf(drive, 'unit');
  return product([sizeOf(drive, 'height'), sizeOf(drive, 'width'), sizeOf(drive, 'channel')]);
}

/** What the mode that matches another encoder gives, or why it cannot. */
function inferMatched(
  drive: PortType | undefined,
  like: PortType | undefined,
): Inference<{ spikes: OutputSpec<'spikes'> }> {
  if (drive?.kind === 'rates') {
    const reason = 'Rates cannot be matched: the fit is over the pixels of images.';
    return { ...refuse('encoder.match-rates', reason, 'Wire images, or use the rates as given.'), port: 'drive' };
  }
  if (drive && !like) {
    const reason = 'No encoder is wired whose rates could be copied.';
    return { ...refuse('encoder.match-missing', reason, 'Wire its spikes to "Like".'), port: 'like' };
  }
  return {
    ok: true,
    outputs: {
      spikes: {
        kind: 'spikes',
        axes: [axis('item', drive ? sizeOf(drive, 'item') : null), axis('unit', like ? sizeOf(like, 'unit') : null)],
        unit: '1',
        ...(like?.dt === undefined ? {} : { dt: like.dt }),
        ...(like?.note === undefined ? {} : { note: like.note }),
      },
    },
  };
}

export default defineNode({
  type: 'encoder.poisson',
  version: 1,
  title: 'Poisson encoder',
  inputs: {
    drive: input(['images', 'rates'], 'Drive', 'Images in 0..1, or rates in Hz.'),
    like: optionalInput(
      'spikes',
      'Like',
      'Spikes of another encoder for the same images, whose rates are copied in the mode that matches it.',
    ),
  },
  outputs: {
    spikes: output(
      'spikes',
      'Spikes',
      'One unit for each pixel and channel, for each unit of the rates, or for each unit of the matched encoder.',
    ),
  },
  params: {
    mode: choice({
      label: 'Rates',
      help: 'Where the rates of the units come from.',
      options: [
        { value: 'given', label: 'As given', help: 'From the parameters below, or from the rates that flow in.' },
        {
          value: 'match',
          label: 'Like another encoder',
          help: 'Each unit copies mean and slope over its pixel of the same unit of the wired spikes, and their times.',
        },
      ],
      default: 'given',
    }),
    rateBase: quantity('Hz', {
      label: 'Rate of a dark pixel',
      symbol: 'r₀',
      help: 'Spontaneous rate. Rates that flow in are used as they are.',
      min: 0,
      max: 1000,
      step: 1,
      default: 5,
      visibleWhen: { param: 'mode', is: ['given'] },
    }),
    rateGain: quantity('Hz', {
      label: 'Rate added by a bright pixel',
      symbol: 'r₁',
      help: 'A pixel of 1 gets r₀ + r₁.',
      min: 0,
      max: 1000,
      step: 5,
      default: 100,
      visibleWhen: { param: 'mode', is: ['given'] },
    }),
    duration: quantity('ms', {
      label: 'Duration per item',
      symbol: 'T',
      help: 'Time for each image. Rates that flow in last as long as they are.',
      min: 1,
      max: 10_000,
      step: 10,
      default: 250,
      scale: 'log',
      visibleWhen: { param: 'mode', is: ['given'] },
    }),
    discard: quantity('ms', {
      label: 'Left out at the start',
      help: 'Readouts do not count this part. A Poisson process has no transient, so 0 is right unless nodes are compared.',
      min: 0,
      max: 5000,
      step: 10,
      default: 0,
      visibleWhen: { param: 'mode', is: ['given'] },
    }),
    dt: quantity('ms', {
      label: 'Time step',
      symbol: 'dt',
      help: 'Spikes fall on this grid; at most one in a step.',
      min: 0.1,
      max: 20,
      step: 0.1,
      default: 1,
      visibleWhen: { param: 'mode', is: ['given'] },
    }),
    seed: seed(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Encodes each pixel or rate as an independent random spike train.',
    description: [
      'The baseline that other encoders are compared with: it carries the rate of each pixel and nothing else. Its noise is known: counts are nearly Poisson, with a Fano factor of 1 - p for p spikes per step.',
      'Like another encoder, it is the control for what the other one does beyond passing rates on: unit by unit, mean and slope over the pixel that the unit looks at are fitted to the rates of the training items (of all items where there are none) by least squares, negative rates become 0, and duration, time step and the part left out are those of the other. A unit whose pixel never changes keeps its mean. What is lost is everything but the mean: regular firing, correlations, and the influence of other pixels.',
      'Draws depend on the seed, the item id, the unit and the number of the spike, never on the order of images. Between spikes one waiting time is drawn from an exponential distribution and spent against the accumulated rate, which gives the same probabilities as a draw in every step.',
    ],
    equations: [
      'r = r_0 + r_1 x',
      'p = 1 - e^{-r\\,\\Delta t}',
      'r_i = a_i + b_i x_{p(i)}, \\quad b_i = \\frac{\\mathrm{cov}(r_i, x_{p(i)})}{\\mathrm{var}(x_{p(i)})} \\quad (\\text{matched})',
    ],
    references: [
      'P. Dayan, L. F. Abbott (2001), Theoretical Neuroscience, section 1.4: the Poisson model of a spike train.',
    ],
    keywords: ['rate code', 'Bernoulli', 'random', 'baseline', 'spike train', 'matched', 'control'],
  },
  keyInfo: (p) =>
    p.mode === 'match'
      ? 'Like another encoder'
      : `${formatNumber(p.rateBase)} + ${formatNumber(p.rateGain)} Hz, ${formatNumber(p.duration)} ms`,
  infer({ drive, like }, p) {
    if (p.mode === 'match') return inferMatched(drive, like);
    const isRates = drive?.kind === 'rates';
    if (isRates && drive.dt !== undefined && stepsPerBin(drive.dt, p.dt) === null) {
      const reason = `The rates come in bins of ${drive.dt} ms, which are no whole number of steps of ${p.dt} ms.`;
      return {
        ...refuse('encoder.bin-step', reason, `Set the time step to ${drive.dt} ms or a part of it.`),
        param: 'dt',
      };
    }
    const bins = isRates ? sizeOf(drive, 'time') : null;
    const duration = isRates ? (bins !== null && drive.dt !== undefined ? bins * drive.dt : null) : p.duration;
    if (duration !== null && p.discard >= duration) {
      const reason = `Nothing is left to count: ${p.discard} ms are left out of ${duration} ms.`;
      const cure = 'Lower the part left out, or raise the duration.';
      return { ...refuse('encoder.discard', reason, cure), param: 'discard' };
    }
    if (!isRates && p.duration < p.dt) {
      const reason = `The duration (${p.duration} ms) is shorter than one time step (${p.dt} ms).`;
      return { ...refuse('encoder.duration', reason, 'Raise the duration or lower the time step.'), param: 'duration' };
    }
    return {
      ok: true,
      outputs: {
        spikes: {
          kind: 'spikes',
          axes: [axis('item', drive ? sizeOf(drive, 'item') : null), axis('unit', drive ? unitsOf(drive) : null)],
          unit: '1',
          dt: p.dt,
          ...(duration === null ? {} : { note: `${formatNumber(duration)} ms` }),
        },
      },
    };
  },
  compute: () => import('./poisson.compute'),
});
