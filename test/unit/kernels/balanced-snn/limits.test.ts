/** Parameters at their limits: a right answer or a refusal in words, from kernel and twin alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../src/core/errors';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetworkInSlices, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';

const small: NetworkParams = { ...defaultNetworkParams, nExc: 40, nInh: 10, jExc: 2, duration: 50 };

async function spikesOf(change: Partial<NetworkParams>, kind: 'wasm' | 'reference' = 'wasm', eta = 2) {
  const params = { ...small, ...change };
  const wiring = await createNetworkInSlices(params, { onSlice: () => true });
  if (!wiring) throw new Error('Nothing stopped it.');
  const runner = new NetworkRunner(kind, params, wiring);
  await runner.ready;
  return runner.runItem(0, { eta }, { record: { units: Uint32Array.of(0) } });
}

describe('at the limits', () => {
  it.each([
    ['no connections', { connectionProbability: 0 }],
    ['all connections', { connectionProbability: 1, jExc: 0.5 }],
    ['all connections, bernoulli', { connectionProbability: 1, connectivity: 'bernoulli', jExc: 0.5 }],
    ['one neuron', { nExc: 1, nInh: 0, connectionProbability: 1 }],
    ['one inhibitory neuron', { nExc: 0, nInh: 1 }],
    ['no inhibitory neurons', { nInh: 0 }],
    ['no inhibition', { inhExcRatio: 0, synapse: 'exponential' }],
    ['delay of one step, refractory for none', { delay: 0.1, tRef: 0 }],
    ['a threshold just above reset', { vThreshold: 10.001 }],
    ['a refractory time longer than the run', { tRef: 100 }],
  ] as [string, Partial<NetworkParams>][])('%s: kernel and twin agree, and nothing is NaN', async (_, change) => {
    const ours = await spikesOf(change);
    expect(ours).toEqual(await spikesOf(change, 'reference'));
    expect(ours.count).toBeGreaterThan(0);
    for (const values of Object.values(ours.recording ?? {})) {
      if (typeof values === 'object') expect(Array.from(values).every(Number.isFinite)).toBe(true);
    }
  });

  it('no time and no drive give no spikes', async () => {
    expect((await spikesOf({ duration: 0 })).count).toBe(0);
    expect((await spikesOf({}, 'wasm', 0)).count).toBe(0);
    expect((await spikesOf({}, 'wasm', -3)).count).toBe(0);
  });

  it('without inhibitory neurons the network fires faster than with them', async () => {
    expect((await spikesOf({ nInh: 0 })).count / 40).toBeGreaterThan((await spikesOf({})).count / 50);
  });

  it('100,000 neurons run: about the rate that each would have alone where coupling is weak', async () => {
    const change = { nExc: 80_000, nInh: 20_000, connectionProbability: 0.0002, jExc: 0.4, duration: 30 };
    const { count, units } = await spikesOf(change);
    expect(units).toBeInstanceOf(Uint32Array);
    // eta = 2 without coupling: about 100 Hz (sparse_p0.01 of the presets), after a start uniform in 0..20 mV.
    expect(Math.abs(count / 100_000 / 0.03 / 100 - 1)).toBeLessThan(0.25);
    expect(units.some((unit) => unit > 65_536)).toBe(true);
  });

  it('any parameters give the same spikes from both, or a refusal that names one', async () => {
    const edge = (low: number, high: number, ...more: number[]) =>
      fc.oneof(
        { weight: 20, arbitrary: fc.double({ min: low, max: high, noNaN: true }) },
        { weight: 4, arbitrary: fc.constantFrom(low, high) },
        { weight: 1, arbitrary: fc.constantFrom(Number.NaN, ...more) },
      );
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          nExc: fc.integer({ min: 0, max: 30 }),
          nInh: fc.integer({ min: 0, max: 10 }),
          connectionProbability: edge(0, 1, -0.1, 1.1),
          inhExcRatio: edge(0, 20),
          jExc: edge(0.5, 10, 0),
          vThreshold: edge(5, 40),
          vReset: edge(-20, 20),
          tRef: edge(0, 5, -1),
          delay: edge(0.5, 3, 0.05),
          delayMax: fc.option(edge(1, 6, Number.POSITIVE_INFINITY), { nil: undefined }),
          dt: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0.1, 0.5) }, fc.constantFrom(0, Number.NaN)),
          duration: edge(5, 20, -1, 0),
          connectivity: fc.constantFrom('bernoulli', 'fixed-in-degree'),
          multapses: fc.boolean(),
          weightScaling: fc.constantFrom(undefined, '1/sqrtK', '1/K'),
          externalKind: fc.constantFrom(undefined, 'poisson', 'constant'),
          synapse: fc.constantFrom(undefined, 'exponential'),
          tauSynExc: fc.option(edge(0.1, 30, 20), { nil: undefined }),
        }),
        async (change) => {
          const params = change as Partial<NetworkParams>;
          try {
            expect(await spikesOf(params)).toEqual(await spikesOf(params, 'reference'));
            answered++;
          } catch (error) {
            if (!(error instanceof ParameterError)) throw error;
            expect(error.details.message.length).toBeGreaterThan(10);
            expect(error.details.param).toBeTypeOf('string');
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(answered).toBeGreaterThan(20);
    expect(answered).toBeLessThan(200);
  });
});
