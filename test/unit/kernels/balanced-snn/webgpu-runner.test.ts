/** The GPU runner as a host: order, progress, waves, cancelling, a lost device, refusals, and nothing left behind. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filled, onTwin, openFixture, type WebGpuFixture } from './webgpu-fixture';
import type { Asked } from './webgpu-scenarios';

const params = { nExc: 160, nInh: 40, jExc: 1, duration: 30 };
const job = (itemId: number, run?: number) => ({ itemId, ...(run === undefined ? {} : { run }), eta: filled(200, 2) });
const asked: Asked = { params, jobs: [job(0)] };
/** Far longer than a test may take. */
const endless: Asked = { params: { ...params, duration: 100_000 }, jobs: [job(0), job(1)] };

let gpu: WebGpuFixture;
beforeAll(async () => {
  gpu = await openFixture();
}, 60_000);
afterAll(() => gpu?.close());

describe('a list of jobs', () => {
  it('comes back in its order with rising progress, and leaves no buffer', async () => {
    const jobs = [job(9, 3), job(2), job(9, 1)];
    const { results, order, progress, buffers, failure, numericMode } = await gpu.simulate({ ...asked, jobs });
    expect(failure).toBe(null);
    expect(numericMode).toBe('balanced-snn/1 webgpu float32');
    expect(order).toEqual([0, 1, 2]);
    expect(results.map(({ itemId, run, stepsDone }) => [itemId, run, stepsDone])).toEqual([
      [9, 3, 300],
      [2, 0, 300],
      [9, 1, 300],
    ]);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBeCloseTo(1, 12);
    expect(buffers.left).toBe(0);
  });

  it('is run in waves when it is longer than the device takes at once', async () => {
    const jobs = Array.from({ length: 530 }, (_, itemId) => ({ itemId, eta: filled(10, 3) }));
    const many: Asked = { params: { nExc: 8, nInh: 2, jExc: 4, duration: 4 }, jobs, arithmetic: 'fixed' };
    const { results, buffers, order, numericMode } = await gpu.simulate(many);
    expect(numericMode).toBe('balanced-snn/1 fixed 2^-16 mV');
    expect(order).toEqual(jobs.map((_, k) => k));
    expect(results).toEqual((await onTwin(many)).results);
    // Network, then twice the buffers of a wave.
    expect(buffers.made).toBeGreaterThan(16);
    expect(buffers.left).toBe(0);
  });

  it('may be empty, and items may have no duration', async () => {
    const none = await gpu.simulate({ ...asked, jobs: [] });
    expect([none.failure, none.results, none.buffers.left]).toEqual([null, [], 0]);
    const instant = await gpu.simulate({ ...asked, params: { ...params, duration: 0 } });
    expect(instant.results).toEqual([{ itemId: 0, run: 0, units: [], steps: [], stepsDone: 0 }]);
  });
});

describe.each(['batch', 'large'] as const)('the %s layout', (layout) => {
  it('stops within 250 ms of the signal, and leaves no buffer', async () => {
    const { failure, waited, buffers, results } = await gpu.simulate({ ...endless, layout, abortAt: 0.0001 });
    expect(failure).toBe('cancelled run.cancelled: The run was cancelled.');
    expect(waited).toBeLessThan(250);
    expect(results).toEqual([]);
    expect(buffers.left).toBe(0);
  });

  it('says that the device was lost, and leaves no buffer', async () => {
    const { failure, waited, buffers, deviceErrors } = await gpu.simulate({ ...endless, layout, loseAt: 0.0001 });
    expect(failure).toMatch(/^backend backend\.webgpu-lost: The WebGPU device was lost/);
    expect(waited).toBeLessThan(1000);
    expect(buffers.left).toBe(0);
    expect(deviceErrors).toEqual([]);
  });

  it('keeps slices below 0.2 s, but for one in ten that a busy machine may delay', async () => {
    const { failure, slices } = await gpu.simulate({ ...endless, layout, abortAt: 0.004 });
    const sorted = [...slices].sort((a, b) => a - b);
    const nine = sorted[Math.floor(0.9 * (sorted.length - 1))] as number;
    console.log(
      `${layout}: ${slices.length} slices, nine in ten within ${nine.toFixed(0)} ms, the longest ${(sorted.at(-1) ?? 0).toFixed(0)} ms.`,
    );
    expect(failure).toMatch(/^cancelled/);
    expect(slices.length).toBeGreaterThan(9);
    expect(nine).toBeLessThan(200);
  });
});

it('a signal or a loss that came first is noticed', async () => {
  const stopped = await gpu.simulate({ ...endless, abortAt: 0 });
  expect(stopped.failure).toMatch(/^cancelled/);
  expect(stopped.progress).toEqual([]);
  const lost = await gpu.simulate({ ...endless, loseAt: 0 });
  expect(lost.failure).toMatch(/^backend backend\.webgpu-lost/);
  expect([stopped.buffers.left, lost.buffers.left]).toEqual([0, 0]);
});

describe('what cannot run', () => {
  it('is refused: a drive that is no number, one of the wrong length, a run out of range', async () => {
    const broken = filled(200, 1);
    broken[7] = Number.NaN;
    expect((await gpu.simulate({ ...asked, jobs: [{ itemId: 0, mu: broken }] })).failure).toContain('neuron 7 is NaN');
    const short = await gpu.simulate({ ...asked, jobs: [{ itemId: 0, eta: filled(199, 1) }] });
    expect(short.failure).toMatch(/^shape-mismatch drive\.length/);
    expect((await gpu.simulate({ ...asked, jobs: [job(0, 4096)] })).failure).toContain('run must be 0..4095');
    expect(short.buffers.left).toBe(0);
  });

  it('is refused: parameters out of range, and models that the kernel does not have', async () => {
    expect((await gpu.simulate({ ...asked, params: { ...params, delay: 0 } })).failure).toMatch(/^parameter/);
    const further = { ...params, tauRise: 3 };
    expect((await gpu.simulate({ ...asked, params: further })).failure).toBe(
      'backend backend.webgpu-model: The WebGPU kernel does not simulate tauRise = 3.',
    );
    const heavy = await gpu.simulate({ ...asked, arithmetic: 'fixed', params: { ...params, jExc: 900 } });
    expect(heavy.failure).toMatch(/^parameter fixed-point\.range/);
    expect(heavy.buffers.left).toBe(0);
    const currents = { ...params, synapse: 'exponential' } as const;
    expect((await gpu.simulate({ ...asked, arithmetic: 'fixed', params: currents })).failure).toMatch(
      /^parameter fixed-point\.network/,
    );
  });

  it('names the line of a kernel that does not compile, and keeps it from the device owner', async () => {
    const { failure, deviceErrors } = await gpu.compileBroken();
    expect(failure).toMatch(/^kernel kernel\.wgsl: line 1: .*nothing/);
    expect(deviceErrors).toEqual([]);
  });
});

describe('a trial', () => {
  it('times both simulators on the same jobs and leaves no buffer', async () => {
    const { rows, choice, left } = await gpu.tryBoth({ ...asked, jobs: [job(0), job(1)] });
    expect(rows.map(({ simulator, jobs }) => [simulator, jobs])).toEqual([
      ['wasm', 1],
      ['webgpu', 2],
    ]);
    for (const { seconds, spikes } of rows) {
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(1);
      expect(spikes).toBeGreaterThan(0);
    }
    console.log(
      rows.map(({ simulator, seconds }) => `${simulator} ${(1e6 * seconds).toFixed(1)} us a step`).join(', '),
    );
    // A software adapter is never the faster one.
    expect(choice.simulator).toBe('wasm');
    expect(choice.reason).toMatch(/a trial on WebGPU ran 0\.\d+ times as fast as WebAssembly on 2 threads/);
    expect(left).toBe(0);
  });
});
