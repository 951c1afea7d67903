/** The network against closed forms and against the expected states of the presets. */
import { describe, expect, it } from 'vitest';
import { ParameterError, ShapeMismatchError } from '../../../../src/core/errors';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';
import { meanCv, meanRate } from './statistics';

async function runnerFor(change: Partial<NetworkParams>, kind: 'wasm' | 'reference' = 'wasm'): Promise<NetworkRunner> {
  const params = { ...defaultNetworkParams, ...change };
  const runner = new NetworkRunner(kind, params, createNetwork(params));
  await runner.ready;
  return runner;
}

const filled = (n: number, value: number) => new Float32Array(n).fill(value);

describe('one neuron', () => {
  const alone = { nExc: 1, nInh: 0, duration: 2000 };

  it.each(['wasm', 'reference'] as const)('has the f-I curve of the step grid (%s)', async (kind) => {
    const runner = await runnerFor(alone, kind);
    // T / dt is nearest to a whole number at mu = 40 (81.09), which float32's decay cannot reach.
    for (const [mu, expected] of [
      [20.5, 15.898],
      [21, 20.0],
      [25, 41.667],
      [30, 62.893],
      [40, 98.039],
      [60, 153.846],
    ] as const) {
      const T = 20 * Math.log((mu - 10) / (mu - 20));
      const steps = 20 + Math.ceil(T / 0.1);
      const found = [...runner.runItem(0, { mu: filled(1, mu) }).steps];
      const intervals = found.slice(1).map((step, k) => step - (found[k] as number));
      expect(new Set(intervals)).toEqual(new Set([steps]));
      expect(10_000 / steps).toBeCloseTo(expected, 1);
    }
  });

  it('has the continuous f-I curve to 0.5 % at dt = 0.01 ms, and is silent below threshold', async () => {
    const runner = await runnerFor({ ...alone, dt: 0.01 });
    for (const [mu, rate] of [
      [20.5, 15.9],
      [21, 20.02],
      [25, 41.72],
      [30, 63.04],
      [40, 98.92],
      [60, 154.73],
    ] as const) {
      const { steps, count } = runner.runItem(0, { mu: filled(1, mu) });
      const span = ((steps[count - 1] as number) - (steps[0] as number)) * 0.01;
      expect(Math.abs((1000 * (count - 1)) / span / rate - 1)).toBeLessThan(0.005);
    }
    expect(runner.runItem(0, { mu: filled(1, 19.99) }).count).toBe(0);
    expect(runner.runItem(0, { mu: filled(1, -500) }).count).toBe(0);
  });

  it('decays exactly: V(t) = V0 exp(-t / tauMem) without input', async () => {
    const runner = await runnerFor(alone);
    runner.start(0, {});
    const from = runner.membrane()[0] as number;
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThan(20);
    runner.step(200);
    expect((runner.membrane()[0] as number) / from).toBeCloseTo(Math.exp(-1), 4);
  });
});

describe('external input', () => {
  it('has the mean and variance of its Poisson train on the membrane', async () => {
    // Out of threshold's reach, V is shot noise: mean J nu tau, variance J^2 nu tau / 2, on the step grid.
    const params = {
      nExc: 4000,
      nInh: 0,
      connectionProbability: 0,
      vThreshold: 1000,
      duration: 1000,
    };
    const runner = await runnerFor(params);
    for (const eta of [0.5, 2]) {
      runner.start(0, { eta: filled(4000, eta) });
      runner.step(3000);
      const v = runner.membrane();
      const a = Math.exp(-0.1 / 20);
      const lambda = 0.25 * eta;
      const mean = v.reduce((sum, x) => sum + x, 0) / 4000;
      const variance = v.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4000;
      const expected = (0.4 ** 2 * lambda) / (1 - a * a);
      expect(Math.abs(mean - (0.4 * lambda) / (1 - a))).toBeLessThan(5 * Math.sqrt(expected / 4000));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / 4000));
    }
  });

  it('is independent between neurons and between steps', async () => {
    // tauMem so short that V holds the last step's input alone.
    const n = 512;
    const runner = await runnerFor({
      nExc: n,
      nInh: 0,
      connectionProbability: 0,
      vThreshold: 1000,
      tauMem: 0.011,
      dt: 1,
      delay: 1,
    });
    runner.start(0, { eta: filled(n, 0.001) });
    const rows: number[][] = [];
    for (let k = 0; k < 400; k++) {
      runner.step(1);
      rows.push([...runner.membrane()]);
    }
    const mean = rows.flat().reduce((sum, x) => sum + x, 0) / (400 * n);
    const correlate = (pairs: (k: number, i: number) => [number, number] | null) => {
      let product = 0;
      let square = 0;
      rows.forEach((row, k) => {
        row.forEach((x, i) => {
          const other = pairs(k, i);
          if (!other) return;
          product += (other[0] - mean) * (other[1] - mean);
          square += (x - mean) ** 2;
        });
      });
      return product / square;
    };
    const at = (k: number, i: number) => rows[k]?.[i];
    const partner = (x: number | undefined, y: number | undefined): [number, number] | null =>
      x === undefined || y === undefined ? null : [x, y];
    const bound = 5 / Math.sqrt(400 * n);
    expect(Math.abs(correlate((k, i) => partner(at(k, i), at(k, i + 1))))).toBeLessThan(bound);
    expect(Math.abs(correlate((k, i) => partner(at(k, i), at(k + 1, i))))).toBeLessThan(bound);
  });
});

describe('exponential synapses', () => {
  it('have the mean and variance of filtered shot noise on the membrane, and the charge of a delta synapse', async () => {
    const n = 4000;
    const [dt, tauMem, tauSyn, weight, rate] = [0.1, 20, 5, 0.4, 5];
    const runner = await runnerFor({
      nExc: n,
      nInh: 0,
      connectionProbability: 0,
      vThreshold: 1000,
      synapse: 'exponential',
      tauSynExc: tauSyn,
      duration: 1000,
    });
    runner.start(0, { eta: 2 });
    runner.step(4000);
    const v = runner.membrane();
    const mean = v.reduce((sum, x) => sum + x, 0) / n;
    const variance = v.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    // Campbell: mean J nu tauMem, variance J^2 nu / 2 * tauMem^2 / (tauMem + tauSyn); the grid shifts both by about dt.
    const expected = (weight ** 2 * rate * tauMem ** 2) / (2 * (tauMem + tauSyn));
    expect(Math.abs(mean - weight * rate * tauMem)).toBeLessThan(5 * Math.sqrt(expected / n) + weight * rate * dt);
    expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / n) + dt / tauSyn);
  });

  it('keep the rate near that of delta synapses and are sampled through the same threshold', async () => {
    const params = { nExc: 1000, nInh: 250, duration: 1200 };
    const delta = await runnerFor(params);
    const current = await runnerFor({ ...params, synapse: 'exponential', tauSynExc: 0.02, tauSynInh: 0.02 });
    // A current far shorter than a step hands its charge over in the next one: delta synapses a step later.
    const rates = [delta, current].map((runner) => meanRate(runner.runItem(0, { eta: 2 }), runner.params, 200));
    expect(Math.abs((rates[1] as number) / (rates[0] as number) - 1)).toBeLessThan(0.06);
  });
});

describe('network states (eta = 2, 1.2 s, first 200 ms left out, 3 graphs)', () => {
  const small = { nExc: 1000, nInh: 250, duration: 1200 };
  it.each([
    ['balanced_small', {}, 67.1, 0.54],
    ['unbalanced_seed_g3.5', { inhExcRatio: 3.5 }, 152.9, 0.24],
    ['balanced_irregular', { jExc: 0.6 }, 62.1, 0.97],
    ['balanced_g6', { jExc: 0.6, inhExcRatio: 6 }, 41.7, 1.16],
    ['balanced_small, constant input', { externalKind: 'constant' }, 67, 0.43],
    ['balanced_irregular, constant input', { jExc: 0.6, externalKind: 'constant' }, 62, 0.93],
    // Drawn with repeats: without them six graphs give 39.8 Hz and CV 1.18.
    ['balanced_g6, constant', { jExc: 0.6, inhExcRatio: 6, externalKind: 'constant', multapses: true }, 40, 1.26],
    ['unbalanced_seed_g3.5, constant input', { inhExcRatio: 3.5, externalKind: 'constant' }, 152, 0.19],
    ['sparse_p0.01, constant input', { connectionProbability: 0.01, externalKind: 'constant' }, 101, 0.06],
    ['K = 10 at 4 / sqrt K', { connectionProbability: 0.01, weightScaling: '1/sqrtK' }, 110, 0.46],
    ['K = 100 at 4 / sqrt K', { weightScaling: '1/sqrtK' }, 67, 0.54],
    ['K = 400 at 4 / sqrt K', { connectionProbability: 0.4, weightScaling: '1/sqrtK' }, 48, 0.57],
    ['K = 800 at 4 / sqrt K', { connectionProbability: 0.8, weightScaling: '1/sqrtK' }, 43, 0.67],
  ] as [string, Partial<NetworkParams>, number, number][])('%s', async (_name, change, rate, cv) => {
    const rates: number[] = [];
    const cvs: number[] = [];
    for (const seedNetwork of [1, 2, 3]) {
      const runner = await runnerFor({ ...small, ...change, seedNetwork });
      const spikes = runner.runItem(0, { eta: filled(1250, 2) });
      rates.push(meanRate(spikes, runner.params, 200));
      cvs.push(meanCv(spikes, runner.params, 200));
    }
    const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(Math.abs(mean(rates) / rate - 1)).toBeLessThan(0.06);
    expect(Math.abs(mean(cvs) - cv)).toBeLessThan(0.08);
  });
});

describe('a drive that changes', () => {
  const params = { nExc: 200, nInh: 50, jExc: 0.8, duration: 60 };

  it('is the same as one number and as a map of it', async () => {
    for (const externalKind of ['poisson', 'constant'] as const) {
      const runner = await runnerFor({ ...params, externalKind });
      const spikes = runner.runItem(0, { eta: 2.1 });
      expect(spikes).toEqual(runner.runItem(0, { eta: filled(250, 2.1) }));
      expect(spikes.count).toBeGreaterThan(50);
    }
  });

  it.each(['wasm', 'reference'] as const)('changes at round(x / dt), as setDrive there would (%s)', async (kind) => {
    const runner = await runnerFor(params, kind);
    const scheduled = runner.runItem(0, { x: Float64Array.of(0, 10.04, 25), y: Float64Array.of(1, 3, 2) });
    runner.start(0, { eta: 1 });
    runner.step(100);
    runner.setDrive({ eta: 3 });
    runner.step(150);
    runner.setDrive({ eta: 2 });
    runner.step(350);
    expect(scheduled).toEqual(runner.spikes());
    expect(scheduled.count).toBeGreaterThan(50);
  });

  it('is the constant it holds, however it is written', async () => {
    const runner = await runnerFor(params);
    const constant = runner.runItem(0, { eta: 2 });
    const points = Float64Array.from({ length: 60 }, (_, k) => k);
    expect(runner.runItem(0, { x: points, y: points.map(() => 2) })).toEqual(constant);
    // The first value holds before its time, a change after the end does nothing, the last of two at one step counts.
    expect(runner.runItem(0, { x: Float64Array.of(30, 30.01, 80), y: Float64Array.of(2, 2, 9) })).toEqual(constant);
    expect(runner.runItem(0, { x: Float64Array.of(0, 0.01), y: Float64Array.of(7, 2) })).toEqual(constant);
  });

  it('refuses NaN, times that go back, none at all, and rates out of reach', async () => {
    const runner = await runnerFor(params);
    const run = (x: number[], y: number[]) => () =>
      runner.runItem(0, { x: Float64Array.from(x), y: Float64Array.from(y) });
    expect(run([0, 5], [1, Number.NaN])).toThrow(ParameterError);
    expect(run([0, Number.POSITIVE_INFINITY], [1, 2])).toThrow(ParameterError);
    expect(run([5, 0], [1, 2])).toThrow('goes back in time');
    expect(run([], [])).toThrow(ShapeMismatchError);
    expect(run([0, 1], [1])).toThrow(ShapeMismatchError);
    expect(run([0, 10], [1, 1e6])).toThrow('Every neuron would receive');
    expect(() => runner.runItem(0, { eta: Number.NaN })).toThrow(ParameterError);
  });
});

describe('items', () => {
  const params = { nExc: 200, nInh: 50, jExc: 0.8, duration: 60 };
  const drive = { eta: filled(250, 2) };

  it('depend on their id and run, not on what ran before', async () => {
    const runner = await runnerFor(params);
    const forward = [0, 1, 2].map((item) => runner.runItem(item, drive));
    const backward = [2, 1, 0].map((item) => runner.runItem(item, drive)).reverse();
    expect(backward).toEqual(forward);
    expect(forward[0]).not.toEqual(forward[1]);
    expect(runner.runItem(0, drive, { run: 1 })).not.toEqual(forward[0]);
    const other = await runnerFor(params);
    other.runItem(9, { mu: filled(250, 30) });
    expect(other.runItem(1, drive)).toEqual(forward[1]);
  });

  it('change with each of the three seeds alone', async () => {
    const spikes = (await runnerFor(params)).runItem(0, drive);
    for (const seed of [{ seedNetwork: 2 }, { seedInput: 2 }, { seedInit: 2 }]) {
      expect((await runnerFor({ ...params, ...seed })).runItem(0, drive)).not.toEqual(spikes);
    }
  });

  it('stop between slices when told to', async () => {
    const runner = await runnerFor({ ...params, duration: 100 });
    const seen: number[] = [];
    const part = runner.runItem(0, drive, {
      onSlice: (done) => seen.push(done) < 3,
    });
    expect(seen).toEqual([100, 200, 300]);
    expect(runner.time).toBe(300);
    expect(Math.max(...part.steps)).toBeLessThan(300);
    expect(part.count).toBe(runner.runItem(0, drive).steps.filter((step) => step < 300).length);
  });

  it('are empty for zero duration', async () => {
    expect((await runnerFor({ ...params, duration: 0 })).runItem(0, drive).count).toBe(0);
  });

  it('refuse a drive that is NaN, of the wrong length or too strong, and take a negative rate as none', async () => {
    const runner = await runnerFor(params);
    const broken = filled(250, 1);
    broken[7] = Number.NaN;
    expect(() => runner.start(0, { eta: broken })).toThrow(ParameterError);
    expect(() => runner.start(0, { mu: broken })).toThrow('neuron 7 is NaN');
    expect(() => runner.start(0, { eta: filled(249, 1) })).toThrow(ShapeMismatchError);
    expect(() => runner.start(0, { eta: filled(250, 1e6) })).toThrow(ParameterError);
    expect(runner.runItem(0, { eta: filled(250, -1) })).toEqual(runner.runItem(0, {}));
  });
});
