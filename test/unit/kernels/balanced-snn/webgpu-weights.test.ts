/** Weights as the GPU adds them: how far they are rounded, that sums are exact, and what is refused. No device needed. */
import { describe, expect, it } from 'vitest';
import { BackendUnavailableError } from '../../../../src/core/errors';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { roundedWeights } from '../../../../src/kernels/balanced-snn/webgpu-weights';
import { buildWiring, type Wiring } from '../../../../src/kernels/balanced-snn/wiring';

const wiringOf = (change: Partial<NetworkParams>): Wiring =>
  buildWiring({ ...defaultNetworkParams, nExc: 400, nInh: 100, weightSpread: 0.5, ...change });

/** Sums of a value over the inputs of each neuron from one population. */
function sumsOf({ unitCount, nExc, sourceStart, targets }: Wiring, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(2 * unitCount);
  for (let source = 0; source < unitCount; source++) {
    for (let k = sourceStart[source] as number; k < (sourceStart[source + 1] as number); k++) {
      const at = (source < nExc ? 0 : unitCount) + (targets[k] as number);
      sums[at] = (sums[at] as number) + (values[k] as number);
    }
  }
  return sums;
}

describe('rounded weights', () => {
  it.each<[string, Partial<NetworkParams>, number]>([
    ['as usual', {}, 2 ** -18],
    ['all to all', { connectionProbability: 1 }, 2 ** -15],
    ['far apart', { weightSpread: 5 }, 2 ** -13],
    ['few inputs each', { nExc: 6, nInh: 0, connectionProbability: 1 }, 2 ** -20],
    ['delays that differ', { delayMax: 4 }, 2 ** -18],
  ])('are off by half a unit, and all of a neuron together are an exact float32: %s', (_, change, coarsest) => {
    const wiring = wiringOf(change);
    const { words, unit } = roundedWeights(wiring);
    const { weights = new Float32Array(0) } = wiring;
    expect(words.length).toBe(wiring.targets.length);
    expect(Number.isInteger(Math.log2(unit))).toBe(true);
    expect(unit).toBeLessThanOrEqual(coarsest);
    const furthest = words.reduce((most, word, k) => Math.max(most, Math.abs(word * unit - (weights[k] as number))), 0);
    expect(furthest).toBeLessThanOrEqual(unit / 2);
    expect(furthest).toBeGreaterThan(0);
    expect(Math.max(...sumsOf(wiring, words))).toBeLessThanOrEqual(2 ** 24);
    // No finer unit would do, but for the half units by which a neuron's weights may all be off.
    expect(Math.max(...sumsOf(wiring, weights)) / unit).toBeGreaterThan(0.9 * 2 ** 23);
  });

  it('are refused where a neuron has more weight than fits', () => {
    const fromAll = (inputs: number): Wiring => ({
      unitCount: inputs + 1,
      nExc: inputs + 1,
      sourceStart: Uint32Array.from({ length: inputs + 2 }, (_, source) => Math.max(0, source - 1)),
      targets: new Uint16Array(inputs),
      weights: new Float32Array(inputs).fill(1.5),
    });
    expect(roundedWeights(fromAll(2700)).unit).toBe(2 ** -12);
    expect(() => roundedWeights(fromAll(3000))).toThrow(BackendUnavailableError);
    expect(() => roundedWeights(fromAll(3000))).toThrow(/weights sum to 4500 times their mean.* up to 4096/);
  });

  it('need a wiring that has weights', () => {
    expect(() => roundedWeights(wiringOf({ weightSpread: 0 }))).toThrow('without weights');
  });
});
