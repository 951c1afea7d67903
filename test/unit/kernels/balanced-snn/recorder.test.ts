/** Recorded currents and membranes against closed forms and against the simulation that they watch. */
import { describe, expect, it } from 'vitest';
import type { Drive } from '../../../../src/kernels/balanced-snn/drive';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';

async function runnerFor(change: Partial<NetworkParams>, kind: 'wasm' | 'reference' = 'wasm'): Promise<NetworkRunner> {
  const params = { ...defaultNetworkParams, ...change };
  const runner = new NetworkRunner(kind, params, createNetwork(params));
  await runner.ready;
  return runner;
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const units = Uint32Array.of(3, 0, 399, 401, 499);
const network = { nExc: 400, nInh: 100, jExc: 0.8, duration: 120 };

const modes: [string, Partial<NetworkParams>, Drive][] = [
  ['delta', {}, { eta: 2 }],
  ['a rate of its own for every unit', {}, { eta: Float32Array.from({ length: 500 }, (_, i) => 1 + i / 250) }],
  ['exponential', { synapse: 'exponential', tauSynInh: 8 }, { eta: 2 }],
  ['delays in a range', { delayMax: 5 }, { eta: 2 }],
  ['constant input', { externalKind: 'constant' }, { eta: 2, mu: new Float32Array(500).fill(3) }],
  ['a coarse step', { dt: 0.3, delay: 1.5 }, { eta: 2 }],
];

describe('a recording', () => {
  it.each(modes)('changes no spike and is the same from kernel and twin: %s', async (_, change, drive) => {
    const wasm = await runnerFor({ ...network, ...change });
    const reference = await runnerFor({ ...network, ...change }, 'reference');
    const silent = wasm.runItem(7, drive);
    const recorded = wasm.runItem(7, drive, { record: { units, discardSteps: 200 } });
    expect({ ...recorded, recording: undefined }).toEqual({ ...silent, recording: undefined });
    expect(silent.recording).toBeUndefined();
    expect(silent.count).toBeGreaterThan(100);
    expect(reference.runItem(7, drive, { record: { units, discardSteps: 200 } })).toEqual(recorded);
    expect(wasm.runItem(7, drive)).toEqual(silent);
  });

  it('follows the counts of one item: currents by hand from the spikes', async () => {
    const runner = await runnerFor({ ...network, externalKind: 'constant' });
    const spikes = runner.runItem(0, { eta: 2 }, { record: { units } });
    const { recording } = spikes;
    if (!recording) return expect.unreachable();
    const { sourceStart, targets } = createNetwork(runner.params);
    const target = units[0] as number;
    const arrivals = { exc: new Float64Array(1200), inh: new Float64Array(1200) };
    for (let k = 0; k < spikes.count; k++) {
      const source = spikes.units[k] as number;
      const row = targets.subarray(sourceStart[source], sourceStart[source + 1]);
      const at = (spikes.steps[k] as number) + 15;
      if (!row.includes(target) || at >= 1200) continue;
      const kind = source < 400 ? arrivals.exc : arrivals.inh;
      kind[at] = (kind[at] as number) + 1;
    }
    const filter = (counts: Float64Array, weight: number) => {
      let filtered = 0;
      const a = Math.exp(-0.1 / 5);
      return Array.from(counts, (n) => {
        filtered = a * filtered + (1 - a) * ((20 * weight * n) / 0.1);
        return filtered;
      });
    };
    const exc = filter(arrivals.exc, 0.8);
    const inh = filter(arrivals.inh, 4);
    expect(recording.sampleCount).toBe(120);
    expect(recording.excitatory[0]).toBe(0);
    for (let s = 1; s < 120; s++) {
      expect(recording.excitatory[s]).toBeCloseTo(exc[10 * s - 1] as number, 3);
      expect(recording.inhibitory[s]).toBeCloseTo(inh[10 * s - 1] as number, 3);
      // Constant input of eta 20 mV, filtered from 0.
      expect(recording.external[s]).toBeCloseTo(40 * (1 - Math.exp(-s / 5)), 2);
    }
    expect(Math.max(...exc)).toBeGreaterThan(10);
  });

  it.each([
    ['delta', {}],
    ['exponential', { synapse: 'exponential' as const }],
  ])('has an external input of eta 20 mV on average, and the membrane it makes (%s)', async (_, change) => {
    const n = 300;
    const all = Uint32Array.from({ length: n }, (_, i) => i);
    const runner = await runnerFor({
      ...change,
      nExc: n,
      nInh: 0,
      connectionProbability: 0,
      vThreshold: 1000,
      duration: 400,
    });
    const { recording } = runner.runItem(0, { eta: 2 }, { record: { units: all, discardSteps: 2000 } });
    if (!recording) return expect.unreachable();
    const late = (values: Float32Array) => Array.from(values).filter((_, k) => k % 400 >= 200);
    // sd of the mean of 300 neurons' 200 ms: sqrt(nu / T / n) J tauMem = 0.073 mV.
    expect(Math.abs(mean(late(recording.external)) - 40)).toBeLessThan(0.4);
    expect(mean(recording.excitatory)).toBe(0);
    expect(mean(recording.inhibitory)).toBe(0);
    // Without spikes the free membrane is the membrane, up to float32.
    recording.freeMembrane.forEach((u, k) => {
      expect(Math.abs(u - (recording.membrane[k] as number))).toBeLessThan(2e-3);
    });
    expect(recording.freeMembrane[399]).toBeCloseTo(recording.membrane[399] as number, 3);
    for (const s of [0, 100, 399]) {
      const at = Array.from({ length: n }, (_, i) => recording.membrane[i * 400 + s] as number);
      expect(recording.meanMembrane[s]).toBeCloseTo(mean(at), 4);
    }
    const variances = Array.from({ length: n }, (_, i) => {
      const v = Array.from(recording.membrane.subarray(i * 400 + 200, i * 400 + 400));
      return mean(v.map((x) => x * x)) - mean(v) ** 2;
    });
    expect(recording.membraneVariance).toBeCloseTo(mean(variances), 3);
  });

  it('shows the reset value while refractory, and lets the free membrane pass threshold', async () => {
    const runner = await runnerFor({ nExc: 1, nInh: 0, duration: 300 });
    const { recording, steps } = runner.runItem(
      0,
      { mu: Float32Array.of(40) },
      { record: { units: Uint32Array.of(0), discardSteps: 2500 } },
    );
    if (!recording) return expect.unreachable();
    expect(recording.freeMembrane[299]).toBeCloseTo(40, 3);
    for (let s = 0; s < 300; s++) {
      const since = [...steps].map((step) => 10 * s - step).filter((gap) => gap >= 1 && gap <= 20);
      if (since.length > 0) expect(recording.membrane[s]).toBe(10);
      expect(recording.membrane[s]).toBeLessThan(20);
    }
    expect(recording.meanMembrane).toEqual(recording.membrane);
  });

  it('has a sample per step where a step is longer than a millisecond, none for no time, and stops with its item', async () => {
    const record = { units: Uint32Array.of(1) };
    const coarse = await runnerFor({ nExc: 20, nInh: 5, jExc: 2, dt: 2, delay: 2, duration: 50 });
    const { recording } = coarse.runItem(0, { eta: 2 }, { record });
    expect([recording?.samplePeriod, recording?.sampleCount]).toEqual([2, 25]);
    const empty = await runnerFor({ nExc: 20, nInh: 5, duration: 0 });
    expect(empty.runItem(0, { eta: 2 }, { record }).recording).toMatchObject({ sampleCount: 0, membraneVariance: 0 });
    const runner = await runnerFor(network);
    const stopped = runner.runItem(0, { eta: 2 }, { record, onSlice: () => false });
    expect(stopped.recording?.meanMembrane[9]).not.toBe(0);
    expect(stopped.recording?.meanMembrane[10]).toBe(0);
    expect(() => runner.start(0, { eta: 2 }, 0, Uint32Array.of(500))).toThrow(RangeError);
  });
});
