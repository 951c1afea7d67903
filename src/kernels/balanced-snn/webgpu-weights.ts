/**
 * Weights that differ, on the GPU: each synapse's factor as a whole multiple of `unit`, a power of two, so that what arrives is
 * summed in integers, whose order cannot matter. The unit is the smallest with which all inputs of a neuron together stay within
 * 2^24: every sum is then a float32 number too, and a simulator that adds the same rounded factors in float32 gets the same.
 *
 * A factor is off by half a unit at most: at a mean of 1, 4e-6 where a neuron's weights sum to 100, 3e-5 where they sum to 1000.
 */
import { unavailable } from './webgpu-device';
import { type Wiring, withoutWeights } from './wiring';

const exactBits = 24;
/** A factor may be off by 2^-13 at most. */
const leastBits = 12;

export interface RoundedWeights {
  /** Parallel to the wiring's targets. */
  readonly words: Uint32Array<ArrayBuffer>;
  readonly unit: number;
}

/** The largest sum of factors that any neuron has from one population, and half a unit more for each of its inputs. */
function mostWeight({ unitCount, nExc, sourceStart, targets }: Wiring, weights: Float32Array, unit: number): number {
  const sums = new Float64Array(2 * unitCount);
  for (let source = 0; source < unitCount; source++) {
    const population = source < nExc ? 0 : unitCount;
    const end = sourceStart[source + 1] as number;
    for (let k = sourceStart[source] as number; k < end; k++) {
      const at = population + (targets[k] as number);
      sums[at] = (sums[at] as number) + (weights[k] as number) + unit / 2;
    }
  }
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

/** Throws BackendUnavailableError where a neuron has too much weight to be summed exactly. */
export function roundedWeights(wiring: Wiring): RoundedWeights {
  const { weights } = wiring;
  if (!weights) throw new Error(withoutWeights);
  const most = mostWeight(wiring, weights, 2 ** -leastBits);
  const bits = Math.floor(exactBits - Math.log2(Math.max(1, most)));
  if (bits < leastBits) {
    const limit = 2 ** (exactBits - leastBits);
    throw unavailable(
      'webgpu-weights',
      `A neuron's weights sum to ${most.toFixed(0)} times their mean; the WebGPU kernel adds them exactly up to ${limit}.`,
      most.toFixed(0),
      `at most ${limit}`,
    );
  }
  const perMean = 2 ** bits;
  const words = new Uint32Array(weights.length);
  for (let k = 0; k < words.length; k++) words[k] = Math.round((weights[k] as number) * perMean);
  return { words, unit: 1 / perMean };
}
