/** The rate of a population over time. */
import type { Population } from '../kit/values';

/**
 * Rate in Hz of `population` in bins of `binSteps` steps over `stepCount` steps: spikes of the bin over neurons times bin
 * length. The last bin may be shorter and is divided by its own length. Zeros for a population of no neurons.
 */
export function populationRate(
  units: ArrayLike<number>,
  steps: ArrayLike<number>,
  population: Pick<Population, 'start' | 'count'>,
  stepCount: number,
  binSteps: number,
  dt: number,
): Float64Array {
  const bins = Math.ceil(stepCount / binSteps);
  const rate = new Float64Array(bins);
  const end = population.start + population.count;
  for (let k = 0; k < units.length; k++) {
    const unit = units[k] as number;
    const step = steps[k] as number;
    if (unit < population.start || unit >= end || step >= stepCount) continue;
    const bin = Math.floor(step / binSteps);
    rate[bin] = (rate[bin] as number) + 1;
  }
  if (population.count === 0) return rate;
  for (let bin = 0; bin < bins; bin++) {
    const length = Math.min(binSteps, stepCount - bin * binSteps) * dt;
    rate[bin] = (1000 * (rate[bin] as number)) / (population.count * length);
  }
  return rate;
}
