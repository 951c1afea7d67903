/**
 * What goes beyond delta synapses of one delay under a constant drive: the GPU kernels, WASM and the plain twin give
 * the same spikes and membranes, bit for bit (in float32 on this adapter).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { expectTwin, filled, graded, openFixture, type WebGpuFixture } from './webgpu-fixture';

const base: Partial<NetworkParams> = { nExc: 160, nInh: 40, jExc: 1, duration: 30 };
const variants = (['float', 'fixed'] as const).flatMap((arithmetic) =>
  (['batch', 'large'] as const).map((layout) => ({ arithmetic, layout })),
);

let gpu: WebGpuFixture;
beforeAll(async () => {
  gpu = await openFixture();
}, 60_000);
afterAll(() => gpu?.close());

const step = { x: [0, 10], y: [0.5, 3] };
const ramp = { x: Array.from({ length: 61 }, (_, k) => k / 2), y: Array.from({ length: 61 }, (_, k) => k / 20) };
const sine = {
  x: Array.from({ length: 300 }, (_, k) => k / 10),
  y: Array.from({ length: 300 }, (_, k) => 2 + 1.5 * Math.sin((2 * Math.PI * k) / 100)),
};

describe.each(variants)('drives over time, $arithmetic arithmetic, $layout layout', (variant) => {
  it('give the spikes of WASM: a step, a ramp, a sine with a change at every step, silence between, beside constant ones', async () => {
    const pulse = { x: [0, 5.04, 20, 25], y: [4, 0, 2, 2] };
    const jobs = [
      { itemId: 0, schedule: step },
      { itemId: 1, run: 3, schedule: ramp },
      { itemId: 2, schedule: sine },
      { itemId: 3, schedule: pulse },
      { itemId: 4, eta: filled(200, 2) },
      { itemId: 5, schedule: { x: [0, 1e9], y: [2, 5] } },
    ];
    expect(await expectTwin(gpu, { ...variant, params: base, jobs })).toBeGreaterThan(200);
  });

  it('give the spikes of WASM where the input is constant in place of Poisson', async () => {
    const params = { ...base, externalKind: 'constant' } as const;
    const jobs = [
      { itemId: 0, schedule: step },
      { itemId: 1, schedule: sine },
    ];
    expect(await expectTwin(gpu, { ...variant, params, jobs })).toBeGreaterThan(50);
  });

  it('give the same spikes whatever the slices are', async () => {
    const jobs = [{ itemId: 1, schedule: sine }];
    expect(
      await expectTwin(gpu, { ...variant, params: { ...base, duration: 12 }, jobs, sliceSteps: 7 }),
    ).toBeGreaterThan(5);
  });
});

const layouts = ['batch', 'large'] as const;
const exponential: Partial<NetworkParams> = { ...base, synapse: 'exponential', tauSynExc: 5, tauSynInh: 3 };
/** What every model is run under: noise, a constant current, silence, and a drive that changes. */
const usual = [
  { itemId: 0, eta: graded(200) },
  { itemId: 7, run: 2, mu: filled(200, 12), eta: filled(200, 1) },
  { itemId: 2 },
  { itemId: 3, schedule: step },
];

describe.each(layouts)('exponential synapses, %s layout', (layout) => {
  it.each<[string, Partial<NetworkParams>]>([
    ['as usual', {}],
    ['as slow as the membrane', { tauSynExc: 20, tauSynInh: 20 }],
    ['faster than a step', { tauSynExc: 0.1, tauSynInh: 0.1, dt: 0.5 }],
    ['no refractory time', { tRef: 0 }],
  ])('give the spikes of WASM: %s', async (_, change) => {
    expect(await expectTwin(gpu, { layout, params: { ...exponential, ...change }, jobs: usual })).toBeGreaterThan(50);
  });

  it('come to rest as on WASM, to the last bit', async () => {
    const params = {
      ...exponential,
      tauMem: 1,
      tauSynExc: 0.5,
      tauSynInh: 0.7,
      duration: 150,
      vThreshold: 8,
      vReset: 0,
    };
    const jobs = [{ itemId: 0, schedule: { x: [0, 5], y: [40, 0] } }];
    expect(await expectTwin(gpu, { layout, params, jobs })).toBeGreaterThan(5);
  });
});

describe.each(variants)('delays in a range, $arithmetic arithmetic, $layout layout', (variant) => {
  it.each<[string, Partial<NetworkParams>]>([
    ['as usual', { delay: 1, delayMax: 5 }],
    ['two of them', { delayMax: 1.6 }],
    ['from one step on', { delay: 0.1, delayMax: 2 }],
    [
      'more than a row has targets, beyond a slice and a round',
      { delay: 7, delayMax: 20, connectionProbability: 0.05 },
    ],
    ['multapses, no refractory time', { delayMax: 3, multapses: true, tRef: 0 }],
    [
      'a size that fills no workgroup, every neuron connected',
      { nExc: 57, nInh: 22, connectionProbability: 1, delayMax: 3 },
    ],
    ['a coarse step', { dt: 0.5, delay: 1.5, delayMax: 4, duration: 80 }],
  ])('give the spikes of WASM: %s', async (_, change) => {
    const params = { ...base, ...change };
    const n = (params.nExc ?? 0) + (params.nInh ?? 0);
    const jobs = [
      { itemId: 0, eta: graded(n), record: true },
      { itemId: 7, run: 2, mu: filled(n, 12), eta: filled(n, 1) },
    ];
    expect(await expectTwin(gpu, { ...variant, params, jobs, recorded: [n - 1, 4] })).toBeGreaterThan(50);
  });

  it('give the same spikes in slices shorter than a delay, and with 32-bit targets', async () => {
    const params = { ...base, duration: 12, delay: 0.9, delayMax: 4 };
    const jobs = [{ itemId: 0, eta: filled(200, 3) }];
    expect(await expectTwin(gpu, { ...variant, params, jobs, sliceSteps: 5, wide: true })).toBeGreaterThan(50);
  });
});

it.each(layouts)('exponential synapses with delays in a range give the spikes of WASM, %s layout', async (layout) => {
  const params = { ...exponential, delay: 0.5, delayMax: 4 };
  expect(await expectTwin(gpu, { layout, params, jobs: usual })).toBeGreaterThan(50);
});
