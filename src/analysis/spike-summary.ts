/** Rate, regularity and count variability of populations, collected item by item and pooled over items as asked. */
import type { Population } from '../kit/values';
import { fanoFactors } from './fano';
import { intervalStatistics } from './isi';

/** Of one population in one item. Sums rather than means, so that items pool. */
export interface SpikeSummary {
  readonly spikes: number;
  /** Neurons times seconds counted. */
  readonly neuronSeconds: number;
  /** Over neurons that have a value. */
  readonly cv: Sum;
  readonly cv2: Sum;
  readonly fano: Sum;
}
interface Sum {
  readonly sum: number;
  readonly n: number;
}

export interface SummaryOptions {
  readonly populations: readonly Population[];
  readonly unitCount: number;
  /** Time counted, s. */
  readonly seconds: number;
  /** Counted from this step to that one. */
  readonly from: number;
  readonly to: number;
  readonly minIntervals: number;
  /** Window of the Fano factor. */
  readonly windowSteps: number;
}

function sumOver(values: Float64Array, { start, count }: Population): Sum {
  let [sum, n] = [0, 0];
  for (let unit = start; unit < start + count; unit++) {
    const value = values[unit] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return { sum, n };
}

export interface ItemSummary {
  /** One for each population. */
  readonly populations: readonly SpikeSummary[];
  /** By unit; NaN where there are too few intervals. */
  readonly cv: Float64Array;
}

/** `units` and `steps` are those of one item that count: from step `from` on. `onInterval` gets each interval in steps. */
export function summariseItem(
  units: Uint32Array,
  steps: Uint32Array,
  options: SummaryOptions,
  onInterval?: (unit: number, interval: number) => void,
): ItemSummary {
  const { unitCount, minIntervals, windowSteps, from, to, seconds } = options;
  const { cv, cv2 } = intervalStatistics(units, steps, unitCount, minIntervals, onInterval);
  const fano = fanoFactors(units, steps, unitCount, windowSteps, from, to);
  const spikes = new Float64Array(unitCount);
  for (let k = 0; k < units.length; k++) spikes[units[k] as number] = (spikes[units[k] as number] as number) + 1;
  return {
    cv,
    populations: options.populations.map((population) => ({
      spikes: sumOver(spikes, population).sum,
      neuronSeconds: population.count * seconds,
      cv: sumOver(cv, population),
      cv2: sumOver(cv2, population),
      fano: sumOver(fano, population),
    })),
  };
}

export interface PooledSummary {
  /** Hz. */
  readonly rate: number | null;
  /** Means over neurons and items; null for none. */
  readonly cv: number | null;
  readonly cv2: number | null;
  readonly fano: number | null;
  /** Neurons, counted once in each item, that have a CV. */
  readonly cvCount: number;
}

/** Several items as one: every neuron of every item counts alike. */
export function poolSummaries(parts: readonly SpikeSummary[]): PooledSummary {
  const total = (read: (part: SpikeSummary) => number) => parts.reduce((sum, part) => sum + read(part), 0);
  const mean = (read: (part: SpikeSummary) => Sum) => {
    const n = total((part) => read(part).n);
    return n > 0 ? total((part) => read(part).sum) / n : null;
  };
  const time = total((part) => part.neuronSeconds);
  return {
    rate: time > 0 ? total((part) => part.spikes) / time : null,
    cv: mean((part) => part.cv),
    cv2: mean((part) => part.cv2),
    fano: mean((part) => part.fano),
    cvCount: total((part) => part.cv.n),
  };
}
