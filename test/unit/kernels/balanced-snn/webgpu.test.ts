/**
 * The GPU kernels and the WASM kernel against their plain twins: the same spikes and membranes, bit for bit, in fixed point and, on this adapter,
 * in float32 too (float32 on another device may differ in the last bit; webgpu-statistics.test.ts has the bounds for that).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { expectTwin, filled, graded, openFixture, type WebGpuFixture } from './webgpu-fixture';
import type { Asked } from './webgpu-scenarios';

const base: Partial<NetworkParams> = { nExc: 160, nInh: 40, jExc: 1, duration: 30 };
const cases: [string, Partial<NetworkParams>][] = [
  ['as usual', {}],
  ['multapses', { multapses: true }],
  ['bernoulli', { connectivity: 'bernoulli' }],
  ['no refractory time', { tRef: 0 }],
  ['refractory time of one step', { tRef: 0.1 }],
  ['delay of one step', { delay: 0.1 }],
  ['delay longer than the refractory time', { delay: 5, tRef: 0.5 }],
  ['delay longer than a round', { delay: 9 }],
  ['a size that fills no workgroup', { nExc: 131, nInh: 38 }],
  ['fewer neurons than threads', { nExc: 2, nInh: 1, connectionProbability: 1, jExc: 3 }],
  ['no excitatory neurons', { nExc: 0, nInh: 50 }],
  ['every neuron connected to every other', { nExc: 60, nInh: 20, connectionProbability: 1 }],
  ['a coarse step', { dt: 0.5, duration: 100 }],
  ['nothing of a membrane left after a step', { dt: 10, tauMem: 0.5, jExc: 20, delay: 10, tRef: 10, duration: 600 }],
];
const variants = (['float', 'fixed'] as const).flatMap((arithmetic) =>
  (['batch', 'large'] as const).map((layout) => ({ arithmetic, layout })),
);

let gpu: WebGpuFixture;
beforeAll(async () => {
  gpu = await openFixture();
}, 60_000);
afterAll(() => gpu?.close());

describe.each(variants)('$arithmetic arithmetic, $layout layout', (variant) => {
  // The order of events is the same text in both arithmetics: the cases that bend it are run in fixed point.
  it.each(variant.arithmetic === 'fixed' ? cases : cases.slice(0, 4))(
    'gives the spikes of its twin: %s',
    async (_, change) => {
      const params = { ...base, ...change };
      const n = (params.nExc ?? 0) + (params.nInh ?? 0);
      const jobs = [
        { itemId: 0, eta: graded(n) },
        { itemId: 7, run: 2, eta: filled(n, 2) },
      ];
      expect(await expectTwin(gpu, { ...variant, params, jobs })).toBeGreaterThan(0);
    },
  );

  it('gives the spikes of its twin under a constant current, with noise, without either, and strongly driven', async () => {
    const jobs = [
      { itemId: 0, mu: graded(200, 20) },
      { itemId: 1, mu: filled(200, 12), eta: filled(200, 0.8) },
      { itemId: 2 },
      { itemId: 3, eta: filled(200, 40) },
      { itemId: 4, mu: filled(200, -30), eta: filled(200, 2) },
    ];
    expect(await expectTwin(gpu, { ...variant, params: base, jobs })).toBeGreaterThan(1000);
  });

  it('gives the spikes of its twin with 32-bit targets', async () => {
    const jobs = [{ itemId: 0, eta: filled(200, 2) }];
    expect(await expectTwin(gpu, { ...variant, params: base, jobs, wide: true })).toBeGreaterThan(50);
  });

  it('gives the same spikes however long the slices are', async () => {
    const asked: Asked = { ...variant, params: base, jobs: [{ itemId: 1, eta: filled(200, 2) }] };
    const lengths = [1, 7, 250];
    const answers = [];
    for (const sliceSteps of lengths) {
      const params = sliceSteps === 1 ? { ...base, duration: 6 } : base;
      answers.push(await gpu.simulate({ ...asked, params, sliceSteps }));
    }
    const [single, short, long] = answers.map(({ results }) => results[0]);
    expect(long?.units).toEqual(short?.units);
    expect(long?.steps).toEqual(short?.steps);
    const until = long?.steps.filter((step) => step < 60).length ?? 0;
    expect(until).toBeGreaterThan(5);
    expect(single?.units).toEqual(long?.units.slice(0, until));
  });
});

describe('the batch layout', () => {
  it.each([64, 96, 256])('gives the spikes of its twin with %i threads per network', async (workgroupSize) => {
    const jobs = [{ itemId: 0, eta: graded(200) }];
    expect(
      await expectTwin(gpu, { params: base, jobs, layout: 'batch', arithmetic: 'fixed', workgroupSize }),
    ).toBeGreaterThan(50);
  });

  it('holds the image encoder in the portable 16 KB', async () => {
    const params = { nExc: 1024, nInh: 256, duration: 12 };
    const jobs = [{ itemId: 0, eta: filled(1280, 2) }];
    expect(await expectTwin(gpu, { params, jobs, layout: 'batch', arithmetic: 'fixed' })).toBeGreaterThan(100);
    expect((await gpu.simulate({ params, jobs })).layout).toBe('batch');
    expect((await gpu.simulate({ params: { ...params, nExc: 4000, duration: 0.5 }, jobs: [] })).layout).toBe('large');
  });
});
