/**
 * Recordings of chosen neurons: the GPU kernels, WASM and the plain twin give the same inputs, membranes and free membranes, bit
 * for bit (in float32 on this adapter), and recording changes no spike.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { expectTwin, filled, graded, openFixture, type WebGpuFixture } from './webgpu-fixture';

const base: Partial<NetworkParams> = { nExc: 160, nInh: 40, jExc: 1, duration: 40 };
/** One twice, and not in order. */
const recorded = [3, 199, 0, 161, 3];
const variants = (['float', 'fixed'] as const).flatMap((arithmetic) =>
  (['batch', 'large'] as const).map((layout) => ({ arithmetic, layout, recorded, discardSteps: 100 })),
);
const pulse = { x: [0, 5.04, 20, 25], y: [4, 0, 2, 2] };

let gpu: WebGpuFixture;
beforeAll(async () => {
  gpu = await openFixture();
}, 60_000);
afterAll(() => gpu?.close());

describe.each(variants)('$arithmetic arithmetic, $layout layout', (variant) => {
  it('records some jobs of several as WASM does, under noise, a current and a drive that changes', async () => {
    const jobs = [
      { itemId: 0, eta: graded(200) },
      { itemId: 1, eta: graded(200), record: true },
      { itemId: 2, mu: graded(200, 15), eta: filled(200, 0.5), record: true },
      { itemId: 3, run: 4, schedule: pulse, record: true },
      { itemId: 4 },
    ];
    expect(await expectTwin(gpu, { ...variant, params: base, jobs })).toBeGreaterThan(200);
    const { results } = await gpu.simulate({ ...variant, params: base, jobs });
    expect(results.map(({ recording }) => recording !== undefined)).toEqual([false, true, true, true, false]);
    const { inhibitory, membraneVariance } = results[1]?.recording ?? {};
    expect(Array.isArray(inhibitory) && Math.max(...inhibitory)).toBeGreaterThan(1);
    expect(membraneVariance).toBeGreaterThan(1);
    const silent = await gpu.simulate({
      ...variant,
      params: base,
      jobs: jobs.map((job) => ({ ...job, record: false })),
    });
    expect(results.map(({ recording, ...spikes }) => spikes)).toEqual(silent.results);
  });

  it.each<[string, Partial<NetworkParams>, number]>([
    ['in slices that end between samples', {}, 7],
    ['where the input is constant and changes', { externalKind: 'constant' }, 33],
    ['with a step that no millisecond is a multiple of', { dt: 0.3, delay: 1.5 }, 50],
    ['with a step of more than a millisecond', { dt: 2, delay: 4, duration: 300 }, 20],
    ['for a time that is not a whole millisecond', { duration: 10.7 }, 50],
  ])('records as WASM does %s', async (_, change, sliceSteps) => {
    const jobs = [{ itemId: 5, schedule: pulse, record: true }];
    await expectTwin(gpu, { ...variant, params: { ...base, ...change }, jobs, sliceSteps });
  });

  it('records no neuron, all of them, and an item of no duration', async () => {
    const jobs = [{ itemId: 1, eta: filled(200, 2), record: true }];
    const params = { ...base, duration: 8 };
    await expectTwin(gpu, { ...variant, params, jobs, recorded: [] });
    await expectTwin(gpu, { ...variant, params, jobs, recorded: Array.from({ length: 200 }, (_, unit) => unit) });
    await expectTwin(gpu, { ...variant, params: { ...base, duration: 0 }, jobs });
  });
});

it.each(['batch', 'large'] as const)('records currents of exponential synapses, %s layout', async (layout) => {
  const params: Partial<NetworkParams> = { ...base, synapse: 'exponential', tauSynExc: 5, tauSynInh: 3 };
  const jobs = [{ itemId: 1, schedule: pulse, record: true }];
  await expectTwin(gpu, { layout, params, jobs, recorded });
});
