/** The WASM kernel in fixed point against its plain twin: the same spikes and membranes, bit for bit, in one thread or several. */
import { describe, expect, it } from 'vitest';
import encoder from '../../../../nodes/encoder/balanced-snn';
import { checkParams } from '../../../../nodes/encoder/balanced-snn-check';
import { ParameterError } from '../../../../src/core/errors';
import type { Drive } from '../../../../src/kernels/balanced-snn/drive';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';
import { encodeTask } from '../../../../src/kernels/balanced-snn/task';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';

const base: NetworkParams = { ...defaultNetworkParams, nExc: 400, nInh: 100, jExc: 0.8, duration: 100 };

async function pair(params: NetworkParams): Promise<[NetworkRunner, NetworkRunner]> {
  const wiring = createNetwork(params);
  const runners: [NetworkRunner, NetworkRunner] = [
    new NetworkRunner('wasm', params, wiring, { arithmetic: 'fixed' }),
    new NetworkRunner('reference', params, wiring, { arithmetic: 'fixed' }),
  ];
  await Promise.all(runners.map((runner) => runner.ready));
  return runners;
}

const graded = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => 1 + (2 * i) / n);

describe('WASM kernel and plain twin in fixed point', () => {
  it.each([
    ['balanced_small', { nExc: 1000, nInh: 250, jExc: 0.4 }],
    ['no refractory time', { tRef: 0 }],
    ['delay of one step', { delay: 0.1 }],
    ['delay longer than a slice', { delay: 12, tRef: 0.3 }],
    ['sizes that are no multiple of 8', { nExc: 397, nInh: 101 }],
    ['fewer neurons than a vector', { nExc: 2, nInh: 1, connectionProbability: 1, jExc: 3 }],
    ['membranes far below rest', { inhExcRatio: 20, jExc: 2 }],
    ['a threshold below rest', { vThreshold: -2, vReset: -15 }],
    ['bernoulli, a coarse step', { connectivity: 'bernoulli', dt: 0.5 }],
    [
      'a step so coarse that all memory is lost',
      { dt: 10, tauMem: 0.5, jExc: 20, delay: 10, tRef: 10, duration: 1000 },
    ],
    ['constant external input', { externalKind: 'constant', jExc: 0.4 }],
    ['delays in a range', { delayMax: 4 }],
    ['delays from one step to more than a slice', { delay: 0.1, delayMax: 13, tRef: 0.5, multapses: true }],
  ] as [string, Partial<NetworkParams>][])('give identical spikes: %s', async (_, change) => {
    const params = { ...base, ...change };
    const [wasm, reference] = await pair(params);
    const n = params.nExc + params.nInh;
    const drives: Drive[] = [{ eta: graded(n) }, { eta: 3 }, { mu: graded(n).map((x) => 14 * x), eta: 1 }];
    for (const [item, drive] of drives.entries()) {
      const ours = wasm.runItem(item, drive);
      expect(ours).toEqual(reference.runItem(item, drive));
      expect(wasm.membrane()).toEqual(reference.membrane());
      expect(ours.count).toBeGreaterThan(0);
    }
  });

  it('give identical spikes and recordings when the drive changes, and recording changes no spike', async () => {
    const [wasm, reference] = await pair(base);
    const schedule = { x: Float64Array.of(0, 30, 61.7), y: Float64Array.of(1, 4, 0.5) };
    const record = { units: Uint32Array.of(3, 410, 77), discardSteps: 50 };
    const ours = wasm.runItem(2, schedule, { run: 1, record });
    expect(ours).toEqual(reference.runItem(2, schedule, { run: 1, record }));
    const { recording, ...spikes } = ours;
    expect(spikes).toEqual(wasm.runItem(2, schedule, { run: 1 }));
    expect(recording?.membraneVariance).toBeGreaterThan(1);
    expect(recording?.inhibitory.some((x) => x > 0)).toBe(true);
  });

  it('differ from floating point, but only by rounding', async () => {
    const [wasm] = await pair(base);
    const float = new NetworkRunner('wasm', base, createNetwork(base));
    await float.ready;
    const [fixed, other] = [wasm.runItem(0, { eta: 2 }), float.runItem(0, { eta: 2 })];
    expect(fixed).not.toEqual(other);
    expect(Math.abs(fixed.count / other.count - 1)).toBeLessThan(0.03);
  });

  it.each([
    ['synapse', { synapse: 'exponential' }],
    ['weightSpread', { weightSpread: 0.3 }],
    ['jExc', { jExc: 500 }],
  ] as [string, Partial<NetworkParams>][])('refuse what integers do not carry: %s', async (param, change) => {
    const params = { ...base, ...change };
    const wiring = createNetwork(params);
    for (const kind of ['wasm', 'reference'] as const) {
      const { ready } = new NetworkRunner(kind, params, wiring, { arithmetic: 'fixed' });
      await expect(ready).rejects.toBeInstanceOf(ParameterError);
      await expect(ready).rejects.toMatchObject({ details: { param } });
    }
  });
});

describe('the encoder in fixed point', () => {
  const given = { nExc: 80, nInh: 20, jExc: 2, duration: 60, discard: 10, arithmetic: 'fixed' } as const;
  const spikesWith = async (change: object) => {
    const context = createTestContext({ tasks: { 'balanced-snn': encodeTask } });
    const { spikes } = await computeNode(
      encoder,
      { drive: undefined },
      paramsOf(encoder, { ...given, ...change }),
      context,
    );
    return spikes.read(0);
  };

  it('gives the spikes of its reference, which are not those of floating point', async () => {
    const ours = await spikesWith({});
    expect(ours.units.length).toBeGreaterThan(20);
    expect(await spikesWith({ simulator: 'reference' })).toEqual(ours);
    const larger = { nExc: 400, nInh: 100, jExc: 0.8, duration: 150 };
    expect(await spikesWith({ ...larger, arithmetic: 'float' })).not.toEqual(await spikesWith(larger));
  });

  it('is refused while editing where the network has no such form', () => {
    const refusal = (change: object) => checkParams(paramsOf(encoder, { ...given, ...change }));
    expect(refusal({})).toBeNull();
    expect(refusal({ synapse: 'exponential' })).toMatchObject({ code: 'encoder.fixed-point', param: 'synapse' });
    expect(refusal({ delayKind: 'uniform', delayMax: 4 })).toBeNull();
    expect(refusal({ weightSpread: 0.5 })).toMatchObject({ param: 'weightSpread' });
  });
});
