/** The benchmark kernels against their plain twin: the same spikes, bit for bit. */
import { describe, expect, it } from 'vitest';
import { cobaParams, cubaParams, type LifParams } from '../../../../src/kernels/lif-benchmarks/models';
import { LifReference } from '../../../../src/kernels/lif-benchmarks/reference';
import { LifRunner } from '../../../../src/kernels/lif-benchmarks/wasm-runner';
import { wireLifNetwork } from '../../../../src/kernels/lif-benchmarks/wiring';

const small = { nExc: 320, nInh: 80, connectionProbability: 0.2 };

const cases: [string, LifParams, number][] = [
  ['CUBA', cubaParams, 50],
  ['COBA', cobaParams, 50],
  ['CUBA, sizes that are no multiple of 8', { ...cubaParams, ...small, nExc: 317, nInh: 82 }, 200],
  ['COBA, sizes that are no multiple of 8', { ...cobaParams, ...small, nExc: 317, nInh: 82 }, 200],
  ['no refractory time', { ...cobaParams, ...small, tRef: 0 }, 20],
  ['a refractory time longer than a slice', { ...cubaParams, ...small, tRef: 17 }, 200],
  // Each Euler step overshoots, so the leak's factor turns negative: a refractory neuron must stay silent all the same.
  ['conductances beyond what Euler bears', { ...cobaParams, ...small, weightInh: 400 }, 100],
  ['one neuron, connected to itself at most', { ...cubaParams, nExc: 1, nInh: 0, connectionProbability: 0.5 }, 200],
];

describe('benchmark kernel and plain twin', () => {
  it.each(cases)('give identical spikes: %s', async (_, params, duration) => {
    const wiring = wireLifNetwork(params);
    const kernel = await LifRunner.create(params, wiring);
    const twin = new LifReference(params, wiring);
    for (const trial of [0, 1]) {
      kernel.start(trial);
      twin.start(trial);
      for (const steps of [7, 10 * duration - 7]) {
        kernel.advance(steps);
        twin.advance(steps);
      }
      const { count } = twin.log;
      expect(count).toBeGreaterThan(0);
      expect(kernel.log.count).toBe(count);
      expect(kernel.log.units.subarray(0, count)).toEqual(twin.log.units.subarray(0, count));
      expect(kernel.log.steps.subarray(0, count)).toEqual(twin.log.steps.subarray(0, count));
    }
  });

  it('repeat a trial exactly, and draw another for another trial or seed', async () => {
    const params = { ...cobaParams, ...small };
    const kernel = await LifRunner.create(params, wireLifNetwork(params));
    const spikes = (trial: number): string => {
      kernel.start(trial);
      kernel.advance(500);
      return Array.from({ length: kernel.log.count }, (_, k) => `${kernel.log.units[k]}@${kernel.log.steps[k]}`).join();
    };
    const first = spikes(0);
    expect(spikes(1)).not.toBe(first);
    expect(spikes(0)).toBe(first);
  });

  it('refuse more neurons than 16 bits can name', () => {
    expect(() => new LifReference({ ...cubaParams, nExc: 65_536 }, wireLifNetwork(cubaParams))).toThrow(RangeError);
  });
});
