/** The WASM kernel against its plain twin: the same spikes, bit for bit. */
import { describe, expect, it } from 'vitest';
import type { Drive } from '../../../../src/kernels/balanced-snn/drive';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';

const base: NetworkParams = {
  ...defaultNetworkParams,
  nExc: 400,
  nInh: 100,
  jExc: 0.8,
  duration: 100,
};

async function pair(params: NetworkParams): Promise<[NetworkRunner, NetworkRunner]> {
  const wiring = createNetwork(params);
  const runners: [NetworkRunner, NetworkRunner] = [
    new NetworkRunner('wasm', params, wiring),
    new NetworkRunner('reference', params, wiring),
  ];
  await Promise.all(runners.map((runner) => runner.ready));
  return runners;
}

/** A different rate for every unit. */
const gradedEta = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => 1 + (2 * i) / n);

const cases: [string, Partial<NetworkParams>][] = [
  ['balanced_small', { nExc: 1000, nInh: 250, jExc: 0.4 }],
  ['unbalanced, g = 3.5', { nExc: 1000, nInh: 250, jExc: 0.4, inhExcRatio: 3.5 }],
  ['multapses', { multapses: true }],
  ['bernoulli', { connectivity: 'bernoulli' }],
  ['no refractory time', { tRef: 0 }],
  ['refractory time of one step', { tRef: 0.1 }],
  ['delay of one step', { delay: 0.1 }],
  ['delay longer than the refractory time', { delay: 5, tRef: 0.5 }],
  ['sizes that are no multiple of 8', { nExc: 397, nInh: 101 }],
  ['fewer neurons than a vector', { nExc: 2, nInh: 1, connectionProbability: 1, jExc: 3 }],
  ['no excitatory neurons', { nExc: 0, nInh: 50 }],
  ['every neuron connected to every other', { nExc: 60, nInh: 20, connectionProbability: 1 }],
  ['more inputs than 255 per neuron', { nExc: 700, nInh: 300, connectionProbability: 0.5, jExc: 0.2 }],
  ['more neurons than small-network blocks hold', { nExc: 4000, nInh: 1000, jExc: 0.2, duration: 30 }],
  ['a coarse step', { dt: 0.5, delay: 1.5 }],
  ['a fine step', { dt: 0.02, duration: 40 }],
  [
    'a step so coarse that all memory is lost',
    { dt: 10, tauMem: 0.01, jExc: 1000, delay: 10, tRef: 10, duration: 1000 },
  ],
  ['weights of 1/sqrt K', { weightScaling: '1/sqrtK' }],
  ['constant external input', { externalKind: 'constant', jExc: 0.4 }],
  ['exponential synapses', { synapse: 'exponential', tauSynExc: 3, tauSynInh: 6 }],
  ['exponential synapses as slow as the membrane', { synapse: 'exponential', tauSynExc: 20, tauSynInh: 20 }],
  [
    'exponential synapses, constant external input',
    { synapse: 'exponential', externalKind: 'constant', duration: 200 },
  ],
  ['delays in a range', { delayMax: 6 }],
  ['delays in a range from one step, no refractory time', { delay: 0.1, delayMax: 3, tRef: 0 }],
  ['two delays, bernoulli', { delayMax: 1.6, connectivity: 'bernoulli' }],
  ['delays in a range, multapses, exponential', { delayMax: 4, multapses: true, synapse: 'exponential' }],
  ['delays longer than a slice', { delay: 12, delayMax: 25, tRef: 0.3 }],
];

describe('WASM kernel and plain twin', () => {
  it.each(cases)('give identical spikes: %s', async (_, change) => {
    const params = { ...base, ...change };
    const [wasm, reference] = await pair(params);
    const n = params.nExc + params.nInh;
    const drives: Drive[] = [{ eta: gradedEta(n) }, { eta: new Float32Array(n).fill(2) }];
    for (const [item, drive] of drives.entries()) {
      const ours = wasm.runItem(item, drive);
      expect(ours).toEqual(reference.runItem(item, drive));
      expect(wasm.membrane()).toEqual(reference.membrane());
      expect(ours.count).toBeGreaterThan(0);
    }
  });

  it.each([
    ['no noise', (n: number): Drive => ({ mu: gradedEta(n).map((x) => 20 * x) })],
    [
      'both',
      (n: number): Drive => ({
        mu: new Float32Array(n).fill(12),
        eta: new Float32Array(n).fill(0.8),
      }),
    ],
    ['nothing', (): Drive => ({})],
    ['strong', (n: number): Drive => ({ eta: new Float32Array(n).fill(40) })],
  ])('give identical spikes for a constant current with noise: %s', async (_, driveFor) => {
    const [wasm, reference] = await pair(base);
    expect(wasm.runItem(5, driveFor(500))).toEqual(reference.runItem(5, driveFor(500)));
  });

  it('give identical spikes when the drive changes between slices of any length', async () => {
    const [wasm, reference] = await pair(base);
    for (const runner of [wasm, reference]) {
      runner.start(1, { eta: new Float32Array(500).fill(1) }, 3);
      for (const [k, steps] of [7, 150, 1, 64, 333].entries()) {
        runner.step(steps);
        runner.setDrive(k % 2 ? { mu: new Float32Array(500).fill(15) } : { eta: gradedEta(500) });
      }
    }
    expect(wasm.time).toBe(555);
    expect(wasm.spikes()).toEqual(reference.spikes());
    expect(wasm.spikes().count).toBeGreaterThan(100);
  });

  it.each([
    ['jumps', { tauMem: 5 }],
    ['currents', { tauMem: 5, synapse: 'exponential' as const, tauSynExc: 2, tauSynInh: 3 }],
    ['currents slower than the membrane', { tauMem: 2, synapse: 'exponential' as const, tauSynExc: 5, tauSynInh: 4 }],
  ])('come to rest together in silence, without subnormal numbers, and wake up together: %s', async (_, change) => {
    const [wasm, reference] = await pair({ ...base, ...change, duration: 1000 });
    const silence: Drive = { eta: new Float32Array(500) };
    const tiny = 2 ** -126;
    let smallest = Number.POSITIVE_INFINITY;
    for (const runner of [wasm, reference]) {
      runner.start(0, { eta: 2 });
      runner.step(300);
      runner.setDrive(silence);
    }
    // 640 ms in slices of 16 ms: membranes pass every size on their way to 0.
    for (let slice = 0; slice < 40; slice++) {
      for (const runner of [wasm, reference]) runner.step(160);
      const membranes = wasm.membrane();
      expect(membranes).toEqual(reference.membrane());
      for (const v of membranes) if (v !== 0) smallest = Math.min(smallest, Math.abs(v));
    }
    // They were followed down to where settling takes over, and no further.
    expect(smallest).toBeLessThan(1e-12);
    expect(smallest).toBeGreaterThan(tiny);
    expect(wasm.membrane().every((v) => v === 0)).toBe(true);
    const before = wasm.spikes().count;
    for (const runner of [wasm, reference]) {
      runner.setDrive({ eta: 2 });
      runner.step(600);
    }
    expect(wasm.spikes()).toEqual(reference.spikes());
    expect(wasm.spikes().count).toBeGreaterThan(before + 500);
  });

  it('give identical spikes above 65,536 neurons with delays in a range', async () => {
    const params = { ...base, nExc: 60_000, nInh: 8000, connectionProbability: 0.0002, delayMax: 3, duration: 12 };
    const [wasm, reference] = await pair(params);
    const ours = wasm.runItem(0, { eta: 3 });
    expect(ours).toEqual(reference.runItem(0, { eta: 3 }));
    expect(ours.count).toBeGreaterThan(1000);
  });

  it('give spikes in step order, and within a step by unit', async () => {
    const [wasm] = await pair(base);
    const { units, steps, count } = wasm.runItem(0, {
      eta: new Float32Array(500).fill(2),
    });
    for (let k = 1; k < count; k++) {
      const later = (steps[k] as number) - (steps[k - 1] as number);
      expect(later > 0 || (later === 0 && (units[k] as number) > (units[k - 1] as number))).toBe(true);
    }
  });
});
