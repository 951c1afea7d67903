/** Synapses whose weights differ: what is drawn, that nothing else changes, and that kernel and twin agree bit for bit. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Drive } from '../../../../src/kernels/balanced-snn/drive';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';

const base: NetworkParams = { ...defaultNetworkParams, nExc: 400, nInh: 100, jExc: 0.8, duration: 100 };

async function runnerFor(params: NetworkParams, kind: 'wasm' | 'reference' = 'wasm'): Promise<NetworkRunner> {
  const runner = new NetworkRunner(kind, params, createNetwork(params));
  await runner.ready;
  return runner;
}

/** A different rate for every unit. */
const gradedEta = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => 1 + (2 * i) / n);
const drivesOf = (n: number): Drive[] => [{ eta: gradedEta(n) }, { eta: new Float32Array(n).fill(2) }];

function moments(values: Float32Array): { mean: number; sd: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) };
}

describe('relative weights', () => {
  it.each([0.1, 0.5, 1])('are log-normal with mean 1 and standard deviation %d', (weightSpread) => {
    const { weights } = createNetwork({ ...base, nExc: 1600, nInh: 400, weightSpread });
    if (!weights) return expect.unreachable();
    expect(weights.length).toBe(2000 * 200);
    const { mean, sd } = moments(weights);
    expect(Math.abs(mean - 1)).toBeLessThan((4 * weightSpread) / Math.sqrt(weights.length));
    const logarithms = moments(weights.map(Math.log));
    const logSd = Math.sqrt(Math.log(1 + weightSpread ** 2));
    // The standard error of a standard deviation from n normal draws is sd / sqrt(2 n).
    expect(Math.abs(logarithms.sd - logSd)).toBeLessThan((4 * logSd) / Math.sqrt(2 * weights.length));
    expect(Math.abs(logarithms.mean + logSd ** 2 / 2)).toBeLessThan((4 * logSd) / Math.sqrt(weights.length));
    expect(Math.abs(sd / weightSpread - 1)).toBeLessThan(0.03);
  });

  it('are the same for the same seed, others for another, and leave the graph and its delays as they are', () => {
    for (const change of [{}, { delayMax: 4 }, { connectivity: 'bernoulli' as const }]) {
      const params = { ...base, ...change, weightSpread: 0.7 };
      const { weights, ...graph } = createNetwork(params);
      expect(createNetwork(params).weights).toEqual(weights);
      expect(createNetwork({ ...params, seedNetwork: 2 }).weights).not.toEqual(weights);
      expect(createNetwork({ ...params, seedInput: 2, inhExcRatio: 3, jExc: 1 }).weights).toEqual(weights);
      expect(createNetwork({ ...params, weightSpread: 0 })).toEqual(graph);
    }
  });

  it('belong to the target and its input, whatever the delays', () => {
    const weightOf = (delayMax: number) => {
      const { sourceStart, targets, weights } = createNetwork({ ...base, delayMax, weightSpread: 1 });
      const found = new Map<string, number>();
      for (let source = 0; source < 500; source++) {
        for (let k = sourceStart[source] as number; k < (sourceStart[source + 1] as number); k++) {
          found.set(`${source} ${targets[k]}`, weights?.[k] as number);
        }
      }
      return found;
    };
    expect(weightOf(4)).toEqual(weightOf(1.5));
  });

  it('keep their bits: a changed draw would give stored results another meaning', () => {
    const { weights } = createNetwork({ ...base, nExc: 8, nInh: 2, connectionProbability: 0.3, weightSpread: 1 });
    expect([...(weights ?? [])].slice(0, 4)).toMatchInlineSnapshot(`
      [
        0.8092454671859741,
        1.0669920444488525,
        0.7916625142097473,
        0.97655189037323,
      ]
    `);
  });
});

const cases: [string, Partial<NetworkParams>][] = [
  ['balanced_small', { nExc: 1000, nInh: 250, jExc: 0.4 }],
  ['balanced_irregular', { nExc: 1000, nInh: 250, jExc: 0.6 }],
  ['balanced_g6', { nExc: 1000, nInh: 250, jExc: 0.6, inhExcRatio: 6 }],
  ['unbalanced, g = 3.5', { nExc: 1000, nInh: 250, jExc: 0.4, inhExcRatio: 3.5 }],
  ['unbalanced 1', { nExc: 1000, nInh: 250, jExc: 0.6, inhExcRatio: 3 }],
  ['balanced_5k', { nExc: 4000, nInh: 1000, jExc: 0.2, duration: 30 }],
  ['multapses', { multapses: true }],
  ['bernoulli', { connectivity: 'bernoulli' }],
  ['no refractory time, delay of one step', { tRef: 0, delay: 0.1 }],
  ['sizes that are no multiple of 8', { nExc: 397, nInh: 101 }],
  ['fewer neurons than a vector', { nExc: 2, nInh: 1, connectionProbability: 1, jExc: 3 }],
  ['a wide spread', { weightSpread: 3 }],
  ['weights of 1/sqrt K', { weightScaling: '1/sqrtK' }],
  ['constant external input', { externalKind: 'constant', jExc: 0.4 }],
  ['exponential synapses', { synapse: 'exponential', tauSynExc: 3, tauSynInh: 6 }],
  ['delays in a range', { delayMax: 6 }],
  ['delays in a range, multapses, exponential', { delayMax: 4, multapses: true, synapse: 'exponential' }],
  ['delays longer than a slice', { delay: 12, delayMax: 25, tRef: 0.3 }],
];

describe('WASM kernel and plain twin with weights that differ', () => {
  it.each(cases)('give identical spikes and recordings: %s', async (_, change) => {
    const params = { ...base, weightSpread: 0.8, ...change };
    const wasm = await runnerFor(params);
    const reference = await runnerFor(params, 'reference');
    const n = params.nExc + params.nInh;
    const record = { units: Uint32Array.of(0, n - 1, n >> 1), discardSteps: 100 };
    for (const [item, drive] of drivesOf(n).entries()) {
      const ours = wasm.runItem(item, drive);
      expect(ours).toEqual(reference.runItem(item, drive));
      expect(wasm.membrane()).toEqual(reference.membrane());
      expect(ours.count).toBeGreaterThan(0);
      const recorded = wasm.runItem(item, drive, { record });
      expect({ ...recorded, recording: undefined }).toEqual({ ...ours, recording: undefined });
      if (n < 2000) expect(reference.runItem(item, drive, { record })).toEqual(recorded);
    }
  });

  it.each([
    ['delta', {}],
    ['exponential', { synapse: 'exponential' as const }],
    ['delays in a range', { delayMax: 5 }],
  ])('give the spikes and recordings of constant weights where the spread vanishes: %s', async (_, change) => {
    // 1 + spread^2 is 1 in float64, so that every weight is its population's.
    const weighted = await runnerFor({ ...base, ...change, weightSpread: 1e-9 });
    const plain = await runnerFor({ ...base, ...change });
    const record = { units: Uint32Array.of(1, 450) };
    for (const [item, drive] of drivesOf(500).entries()) {
      expect(weighted.runItem(item, drive)).toEqual(plain.runItem(item, drive));
      expect(weighted.runItem(item, drive, { record })).toEqual(plain.runItem(item, drive, { record }));
    }
  });

  it('give identical spikes above 65,536 neurons', async () => {
    const large = { nExc: 60_000, nInh: 8000, connectionProbability: 0.0002, duration: 12 };
    const params = { ...base, ...large, weightSpread: 0.8 };
    const ours = (await runnerFor(params)).runItem(0, { eta: 3 });
    expect(ours).toEqual((await runnerFor(params, 'reference')).runItem(0, { eta: 3 }));
    expect(ours.count).toBeGreaterThan(1000);
  });

  it('refuse a wiring without weights', async () => {
    const params = { ...base, weightSpread: 1 };
    const wiring = createNetwork(base);
    await expect(new NetworkRunner('wasm', params, wiring).ready).rejects.toThrow('without weights');
    await expect(new NetworkRunner('reference', params, wiring).ready).rejects.toThrow('without weights');
  });
});

describe('a recording with weights that differ', () => {
  it('shows the summed weights that arrive: currents by hand from the spikes', async () => {
    const runner = await runnerFor({ ...base, externalKind: 'constant', weightSpread: 1 });
    const target = 3;
    const spikes = runner.runItem(0, { eta: 2 }, { record: { units: Uint32Array.of(target) } });
    const { recording } = spikes;
    const { sourceStart, targets, weights } = createNetwork(runner.params);
    if (!recording || !weights) return expect.unreachable();
    const arrivals = { exc: new Float64Array(1000), inh: new Float64Array(1000) };
    for (let k = 0; k < spikes.count; k++) {
      const source = spikes.units[k] as number;
      const start = sourceStart[source] as number;
      const place = targets.subarray(start, sourceStart[source + 1]).indexOf(target);
      const at = (spikes.steps[k] as number) + 15;
      if (place < 0 || at >= 1000) continue;
      const kind = source < 400 ? arrivals.exc : arrivals.inh;
      kind[at] = (kind[at] as number) + (weights[start + place] as number);
    }
    const filter = (sums: Float64Array, weight: number) => {
      let filtered = 0;
      const a = Math.exp(-0.1 / 5);
      return Array.from(sums, (n) => {
        filtered = a * filtered + (1 - a) * ((20 * weight * n) / 0.1);
        return filtered;
      });
    };
    const exc = filter(arrivals.exc, 0.8);
    const inh = filter(arrivals.inh, 4);
    for (let s = 1; s < 100; s++) {
      expect(recording.excitatory[s]).toBeCloseTo(exc[10 * s - 1] as number, 3);
      expect(recording.inhibitory[s]).toBeCloseTo(inh[10 * s - 1] as number, 3);
    }
    expect(Math.max(...exc)).toBeGreaterThan(10);
  });
});

describe('no spread', () => {
  const digest = (arrays: readonly ArrayBufferView[]) => {
    const hash = createHash('sha256');
    for (const { buffer, byteOffset, byteLength } of arrays)
      hash.update(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength));
    return hash.digest('hex').slice(0, 16);
  };
  it.each([
    ['delta', {}, '1e0397c005ebb6f5'],
    ['exponential, delays in a range', { synapse: 'exponential' as const, delayMax: 4 }, '6c16d8d9dd3fd961'],
  ])('gives the very bits of the time before there was one: %s', async (_, change, bits) => {
    const record = { units: Uint32Array.of(1, 450) };
    for (const spread of [{}, { weightSpread: 0 }]) {
      const { units, steps, recording } = (await runnerFor({ ...base, ...change, ...spread })).runItem(
        0,
        { eta: 2 },
        { record },
      );
      if (!recording) return expect.unreachable();
      expect(
        digest([units, steps, recording.excitatory, recording.external, recording.inhibitory, recording.freeMembrane]),
      ).toBe(bits);
    }
  });
});
