/**
 * Poisson encoder: every pixel, or every channel of a rate input, becomes a unit that spikes at random with a rate.
 *
 *   rate = rateBase + rateGain pixel (Hz)    or the rate that flows in
 *   p(spike in a step) = 1 - exp(-rate dt / 1000), independent between steps and units
 *
 * The probability of at least one event of a Poisson process in a step: exact for any dt, at most one spike a step.
 */
import { stepsPerBin } from '../../src/core/time-steps';
import { formatNumber } from '../../src/core/units';
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { quantity, seed } from '../../src/kit/params';
import { axis, type PortType, sizeOf } from '../../src/kit/port-type';

const product = (sizes: readonly (number | null)[]): number | null =>
  sizes.reduce((all, size) => (all === null || size === null ? null : all * size), 1 as number | null);

/** Units of an input: pixels times channels, or the units of the rates. */
function unitsOf(drive: PortType): number | null {
  if (drive.kind === 'rates') return sizeOf(drive, 'unit');
  return product([sizeOf(drive, 'height'), sizeOf(drive, 'width'), sizeOf(drive, 'channel')]);
}

export default defineNode({
  type: 'encoder.poisson',
  version: 1,
  title: 'Poisson encoder',
  inputs: { drive: input(['images', 'rates'], 'Drive', 'Images in 0..1, or rates in Hz.') },
  outputs: {
    spikes: output('spikes', 'Spikes', 'One unit for each pixel and channel, or for each unit of the rates.'),
  },
  params: {
    rateBase: quantity('Hz', {
      label: 'Rate of a dark pixel',
      symbol: 'r₀',
      help: 'Spontaneous rate. Rates that flow in are used as they are.',
      min: 0,
      max: 1000,
      step: 1,
      default: 5,
    }),
    rateGain: quantity('Hz', {
      label: 'Rate added by a bright pixel',
      symbol: 'r₁',
      help: 'A pixel of 1 gets r₀ + r₁.',
      min: 0,
      max: 1000,
      step: 5,
      default: 100,
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
    }),
    discard: quantity('ms', {
      label: 'Left out at the start',
      help: 'Readouts do not count this part. A Poisson process has no transient, so 0 is right unless nodes are compared.',
      min: 0,
      max: 5000,
      step: 10,
      default: 0,
    }),
    dt: quantity('ms', {
      label: 'Time step',
      symbol: 'dt',
      help: 'Spikes fall on this grid; at most one in a step.',
      min: 0.1,
      max: 20,
      step: 0.1,
      default: 1,
    }),
    seed: seed(),
  },
  numerics: 'exact',
  docs: {
    summary: 'Encodes each pixel or rate as an independent random spike train.',
    description: [
      'The baseline that other encoders are compared with: it carries the rate of each pixel and nothing else. Its noise is known: counts are nearly Poisson, with a Fano factor of 1 - p for p spikes per step.',
      'Draws depend on the seed, the item id, the unit and the number of the spike, never on the order of images. Between spikes one waiting time is drawn from an exponential distribution and spent against the accumulated rate, which gives the same probabilities as a draw in every step.',
    ],
    equations: ['r = r_0 + r_1 x', 'p = 1 - e^{-r\\,\\Delta t}'],
    references: [
      'P. Dayan, L. F. Abbott (2001), Theoretical Neuroscience, section 1.4: the Poisson model of a spike train.',
    ],
    keywords: ['rate code', 'Bernoulli', 'random', 'baseline', 'spike train'],
  },
  keyInfo: (p) => `${formatNumber(p.rateBase)} + ${formatNumber(p.rateGain)} Hz, ${formatNumber(p.duration)} ms`,
  infer({ drive }, p) {
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
