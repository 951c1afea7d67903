/** Plain JavaScript in the place of WebAssembly: the spikes of the twin, bit for bit, and of the kernel; nothing else is needed. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import encoder from '../../../../nodes/encoder/balanced-snn';
import type { Drive } from '../../../../src/kernels/balanced-snn/drive';
import { defaultNetworkParams, deriveConstants, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { PlainStepper } from '../../../../src/kernels/balanced-snn/plain-stepper';
import { buildThresholdTable, poissonThresholds } from '../../../../src/kernels/balanced-snn/poisson';
import { PoissonGuide } from '../../../../src/kernels/balanced-snn/poisson-guide';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';
import { encodeTask } from '../../../../src/kernels/balanced-snn/task';
import { hasWasmVectors } from '../../../../src/kernels/load-wasm';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';

const base: NetworkParams = { ...defaultNetworkParams, nExc: 400, nInh: 100, jExc: 0.8, duration: 100 };
const graded = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => 1 + (2 * i) / n);

afterEach(() => vi.unstubAllGlobals());

async function pair(params: NetworkParams): Promise<[NetworkRunner, NetworkRunner]> {
  const wiring = createNetwork(params);
  const runners: [NetworkRunner, NetworkRunner] = [
    new NetworkRunner('plain', params, wiring),
    new NetworkRunner('reference', params, wiring),
  ];
  await Promise.all(runners.map((runner) => runner.ready));
  return runners;
}

describe('plain JavaScript and the twin', () => {
  it.each([
    ['balanced_small', { nExc: 1000, nInh: 250, jExc: 0.4, duration: 40 }],
    ['no refractory time', { tRef: 0 }],
    ['delay of one step', { delay: 0.1 }],
    ['delay longer than a slice', { delay: 12, tRef: 0.3 }],
    ['odd sizes', { nExc: 397, nInh: 102 }],
    ['more inputs than the table of inputs holds', { nExc: 700, nInh: 300, connectionProbability: 0.5, jExc: 0.2 }],
    ['many external spikes a step', { dt: 0.5, jExc: 0.1, delay: 1.5 }],
    ['a step so coarse that all memory is lost', { dt: 10, tauMem: 0.5, jExc: 20, delay: 10, tRef: 10, duration: 900 }],
    ['a reset at rest, fast membranes', { vReset: 0, tauMem: 2 }],
    ['constant external input', { externalKind: 'constant', jExc: 0.4 }],
    ['above 65,536 neurons', { nExc: 60_000, nInh: 8000, connectionProbability: 0.0002, duration: 3 }],
  ] as [string, Partial<NetworkParams>][])('give identical spikes: %s', async (_, change) => {
    const params = { ...base, ...change };
    expect(PlainStepper.suits(deriveConstants(params))).toBe(true);
    const [plain, reference] = await pair(params);
    const n = params.nExc + params.nInh;
    const drives: Drive[] = [{ eta: graded(n) }, { eta: 3 }, { mu: graded(n).map((x) => 14 * x), eta: 1 }];
    for (const [item, drive] of drives.entries()) {
      const ours = plain.runItem(item, drive);
      expect(ours).toEqual(reference.runItem(item, drive));
      expect(plain.membrane()).toEqual(reference.membrane());
      expect(ours.count).toBeGreaterThan(0);
    }
  });

  it('give identical spikes and recordings when the drive changes', async () => {
    const [plain, reference] = await pair(base);
    const schedule = { x: Float64Array.of(0, 30, 61.7), y: Float64Array.of(1, 4, 0) };
    const options = { run: 1, record: { units: Uint32Array.of(3, 410, 77), discardSteps: 50 } };
    const ours = plain.runItem(2, schedule, options);
    expect(ours).toEqual(reference.runItem(2, schedule, options));
    expect(ours.recording?.external.some((x) => x > 0)).toBe(true);
  });
});

it('a looked-up count is the number of thresholds above the word', () => {
  const mean = fc.oneof(fc.double({ min: 0.001, max: 3, noNaN: true }), fc.double({ min: 3, max: 200, noNaN: true }));
  fc.assert(
    fc.property(mean, fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 50 }), (m, states) => {
      const guide = new PoissonGuide(buildThresholdTable(Float64Array.of(m)), 1);
      const thresholds = poissonThresholds(m);
      for (const s0 of states) {
        const word = Math.imul(s0, 0x9e3779bb);
        expect(guide.count(s0, 0)).toBe(thresholds.filter((threshold) => word < threshold).length);
      }
    }),
    { numRuns: 30 },
  );
});

describe('where WebAssembly is missing, or its vectors', () => {
  const given = { nExc: 80, nInh: 20, jExc: 2, duration: 60, discard: 10, recordNeurons: 2 } as const;
  const encode = async (change: object) => {
    const context = createTestContext({ tasks: { 'balanced-snn': encodeTask } });
    const params = paramsOf(encoder, { ...given, ...change });
    const { spikes, currents } = await computeNode(encoder, { drive: undefined }, params, context);
    return { spikes: await spikes.read(0), currents, notices: context.reports.notices };
  };

  it.each([
    ['delta synapses', {}],
    ['exponential synapses', { synapse: 'exponential' }],
    ['delays and weights that differ', { delayKind: 'uniform', delayMax: 3, weightSpread: 0.4 }],
    ['fixed point', { arithmetic: 'fixed' }],
  ])('the encoder gives the same spikes and says that it is slower: %s', async (_, change) => {
    expect(hasWasmVectors()).toBe(true);
    const usual = await encode(change);
    expect(usual.notices).toEqual([]);
    const without: [string, unknown][] = [
      ['nothing', undefined],
      ['no vectors', { ...WebAssembly, validate: () => false }],
    ];
    for (const [, stub] of without) {
      vi.stubGlobal('WebAssembly', stub);
      const { notices, ...ours } = await encode(change);
      vi.unstubAllGlobals();
      expect(ours).toEqual({ spikes: usual.spikes, currents: usual.currents });
      expect(notices).toEqual([expect.stringContaining('plain JavaScript')]);
    }
    expect(usual.spikes.units.length).toBeGreaterThan(20);
  });
});
