/** Spikes of a population per time bin, trial by trial, and their average as a rate. */
import { ShapeMismatchError, UnitMismatchError } from '../core/errors';
import { stepsPerBin } from '../core/time-steps';
import type { SpikesValue } from '../kit/values';
import type { Pace } from './pacing';
import { type ChosenUnits, readItems } from './read-items';

export interface BinPlan {
  /** Step at which bin 0 starts. */
  readonly firstStep: number;
  readonly perBin: number;
  readonly bins: number;
  /** ms */
  readonly binWidth: number;
  /** Hz that one spike in one bin of one trial makes. */
  readonly hertz: number;
}

/** Whole bins from `firstStep` to the end of the item. Throws where there are none. */
export function planBins(spikes: SpikesValue, units: ChosenUnits, binWidth: number, firstStep = 0): BinPlan {
  const perBin = stepsPerBin(binWidth, spikes.dt);
  if (perBin === null) {
    throw new UnitMismatchError({
      code: 'analysis.bin-step',
      message: 'The bin is no whole number of time steps.',
      param: 'binWidth',
      found: `bins of ${binWidth} ms, steps of ${spikes.dt} ms`,
      cure: `Choose a multiple of ${spikes.dt} ms.`,
    });
  }
  const bins = Math.floor((spikes.stepCount - firstStep) / perBin);
  if (bins < 1) {
    throw new ShapeMismatchError({
      code: 'analysis.too-short',
      message: 'The items are shorter than one bin.',
      port: 'spikes',
      found: `${(spikes.stepCount - firstStep) * spikes.dt} ms`,
      expected: `at least ${binWidth} ms`,
      cure: 'Simulate longer, or choose a narrower bin.',
    });
  }
  return { firstStep, perBin, bins, binWidth, hertz: 1000 / (binWidth * units.count) };
}

/** Counts of each wanted item by position. Where to start may differ between items: `planOf` says. */
export async function binTrials(
  spikes: SpikesValue,
  units: ChosenUnits,
  planOf: (position: number) => BinPlan | undefined,
  pace: Pace,
): Promise<ReadonlyMap<number, Uint32Array>> {
  const counts = new Map<number, Uint32Array>();
  const visit = (position: number, who: Uint32Array, when: Uint32Array) => {
    const plan = planOf(position);
    if (!plan) return;
    const own = new Uint32Array(plan.bins);
    for (let k = 0; k < who.length; k++) {
      const bin = Math.floor(((when[k] as number) - plan.firstStep) / plan.perBin);
      if (bin < 0 || bin >= plan.bins) continue;
      own[bin] = (own[bin] as number) + (units.isChosen[who[k] as number] as number);
    }
    counts.set(position, own);
  };
  await readItems(spikes, (position) => planOf(position) !== undefined, visit, pace);
  return counts;
}

/** Rate in Hz averaged over `trials`, which may hold one several times. */
export function averageRate(trials: readonly Uint32Array[], { bins, hertz }: BinPlan): Float64Array {
  const rate = new Float64Array(bins);
  for (const counts of trials)
    for (let bin = 0; bin < bins; bin++) rate[bin] = (rate[bin] as number) + (counts[bin] as number);
  const scale = hertz / trials.length;
  return rate.map((count) => count * scale);
}
