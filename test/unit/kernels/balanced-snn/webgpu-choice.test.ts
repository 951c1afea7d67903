/** Which simulator is chosen, how long slices are, and what a device refuses by its limits. No device needed. */
import { describe, expect, it } from 'vitest';
import { BackendUnavailableError } from '../../../../src/core/errors';
import { defaultNetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { batchCapacity } from '../../../../src/kernels/balanced-snn/webgpu-batch';
import { chooseSimulator } from '../../../../src/kernels/balanced-snn/webgpu-choice';
import { requireBinding, sortFew } from '../../../../src/kernels/balanced-snn/webgpu-engine';
import { gpuJobOfImage } from '../../../../src/kernels/balanced-snn/webgpu-jobs';
import { Pace } from '../../../../src/kernels/balanced-snn/webgpu-pace';
import { recordSteps } from '../../../../src/kernels/balanced-snn/webgpu-record';
import { whyNotOnGpu } from '../../../../src/kernels/balanced-snn/webgpu-support';

const encoder = { unitCount: 1280, synapses: 163_840, hasDevice: true };

describe('the choice', () => {
  it('is WASM without a device, whatever was measured', () => {
    const choice = chooseSimulator({
      ...encoder,
      items: 1000,
      hasDevice: false,
      measured: { wasmSeconds: 1, webgpuSeconds: 0.01 },
    });
    expect(choice).toEqual({
      simulator: 'wasm',
      reason: 'WebAssembly, because there is no WebGPU device.',
      worthTrial: false,
    });
  });

  it('is WASM for a model that the device kernel lacks, by name', () => {
    const obstacle = whyNotOnGpu({ ...defaultNetworkParams, ...{ tauRise: 3 } });
    const choice = chooseSimulator({ ...encoder, items: 1000, obstacle });
    expect(choice.simulator).toBe('wasm');
    expect(choice.reason).toContain('tauRise = 3');
    expect(choice.worthTrial).toBe(false);
  });

  it.each([
    [1, 1280, false],
    [99, 1280, false],
    [100, 1280, true],
    [1, 19_999, false],
    [1, 20_000, true],
  ])('without a measurement is WASM; for %i items of %i neurons a trial is worth it: %s', (items, unitCount, worth) => {
    const choice = chooseSimulator({ ...encoder, items, unitCount });
    expect(choice.simulator).toBe('wasm');
    expect(choice.worthTrial).toBe(worth);
    expect(choice.reason).toContain(unitCount.toLocaleString('en'));
  });

  it.each([
    [{ wasmSeconds: 10, webgpuSeconds: 1 }, 1, 'webgpu', '10.0 times'],
    [{ wasmSeconds: 10, webgpuSeconds: 1 }, 7, 'webgpu', '1.4 times'],
    [{ wasmSeconds: 10, webgpuSeconds: 1 }, 15, 'wasm', '0.67 times'],
    [{ wasmSeconds: 1.24, webgpuSeconds: 1 }, 1, 'wasm', '1.24 times'],
    [{ wasmSeconds: 1, webgpuSeconds: Number.NaN }, 1, 'wasm', 'no time'],
  ] as const)('follows a trial: %o on %i threads gives %s', (measured, threads, simulator, words) => {
    const choice = chooseSimulator({ ...encoder, items: 1000, threads, measured });
    expect(choice.simulator).toBe(simulator);
    expect(choice.reason).toContain(words);
    expect(choice.worthTrial).toBe(false);
  });

  it('counts no more threads than there are items', () => {
    const measured = { wasmSeconds: 10, webgpuSeconds: 1 };
    expect(chooseSimulator({ ...encoder, items: 1, threads: 15, measured }).reason).toContain('1 thread.');
  });
});

describe('the length of slices', () => {
  it('starts short, doubles while slices are quick, and settles at 50 ms', () => {
    const pace = new Pace(1000);
    const seen = Array.from({ length: 10 }, () => {
      const steps = pace.next(1e6);
      pace.learn(steps, steps * 0.2);
      return steps;
    });
    expect(seen).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 250, 250]);
  });

  it('shrinks at once', () => {
    const pace = new Pace(1000);
    pace.learn(8, 10);
    expect(pace.next(1e6)).toBe(16);
    pace.learn(16, 400);
    expect(pace.next(1e6)).toBe(2);
    pace.learn(2, 4000);
    expect(pace.next(1e6)).toBe(1);
  });

  it.each([
    [10, 8, 50],
    [30, 8, 76],
    [60, 8, 120],
    [500, 8, 508],
  ])('is not driven to single steps by a cost of %i ms a slice and %i ms a step', (perSlice, perStep, longest) => {
    const pace = new Pace(1000);
    let steps = 0;
    for (let k = 0; k < 40; k++) {
      steps = pace.next(1e6);
      pace.learn(steps, perSlice + perStep * steps);
    }
    expect(perSlice + perStep * steps).toBeLessThanOrEqual(longest + perStep);
    if (longest < 200) expect(steps).toBeGreaterThan(2);
  });

  it('never passes what fits, what is left, or what was asked for', () => {
    const pace = new Pace(20);
    for (let k = 0; k < 5; k++) pace.learn(16, 0);
    expect(pace.next(1e6)).toBe(20);
    expect(pace.next(3)).toBe(3);
    expect(new Pace(20, 5).next(1e6)).toBe(5);
  });
});

describe('the record of a slice', () => {
  it.each([
    [{ dt: 0.1, unitCount: 1280, jobs: 1, units: 10 }, 512],
    [{ dt: 0.1, unitCount: 1280, jobs: 0, units: 10 }, 512],
    // 512 steps of 512 jobs would take 26.8 million words, 128 take 6.3 million.
    [{ dt: 0.1, unitCount: 500, jobs: 512, units: 17 }, 128],
    // A sample in every step.
    [{ dt: 2, unitCount: 4000, jobs: 512, units: 1 }, 4],
    [{ dt: 1, unitCount: 1_000_000, jobs: 1, units: 1_000_000 }, 2],
    [{ dt: 1, unitCount: 4096, jobs: 1000, units: 4096 }, 1],
  ])('of %o has room for %i steps', (size, steps) => {
    expect(recordSteps(size, 512)).toBe(steps);
  });
});

describe('limits', () => {
  const device = (change: Partial<GPUSupportedLimits>) =>
    ({
      limits: {
        maxStorageBufferBindingSize: 2 ** 27,
        maxBufferSize: 2 ** 28,
        maxComputeWorkgroupStorageSize: 16_384,
        maxComputeInvocationsPerWorkgroup: 256,
        maxComputeWorkgroupSizeX: 256,
        ...change,
      },
    }) as GPUDevice;

  it('let a workgroup hold the image encoder by default, and more where the device has more', () => {
    expect(batchCapacity(device({}))).toBe(4080);
    expect(batchCapacity(device({ maxComputeWorkgroupStorageSize: 32_768 }))).toBe(4096);
    expect(batchCapacity(device({ maxComputeWorkgroupStorageSize: 4096 }))).toBe(1008);
  });

  it('refuse a graph larger than one binding, with the cure', () => {
    expect(() => requireBinding(device({}), 2 ** 27, 'connections')).not.toThrow();
    const tooLarge = () => requireBinding(device({}), 2 ** 28, 'connections');
    expect(tooLarge).toThrow(BackendUnavailableError);
    expect(tooLarge).toThrow('need 256 MB in one piece; this device allows 128 MB');
  });
});

describe('jobs and spikes', () => {
  it('take pixels through the view of a pool job', () => {
    const view = { looksAt: Uint32Array.of(1, 0, 1), etaBase: 1, etaGain: 2, channels: 1 };
    const { drive, run } = gpuJobOfImage(view, { itemId: 4, pixels: Float32Array.of(0, 0.5) });
    expect(run).toBe(0);
    expect(typeof drive === 'function' && drive()).toEqual({ eta: Float32Array.of(2, 1, 2) });
    expect(() => gpuJobOfImage(view, { itemId: 4 })).toThrow('needs pixels');
  });

  it.each([0, 1, 2, 47, 48, 49, 500])('sorts %i units', (n) => {
    const units = Uint32Array.from({ length: n }, (_, k) => (k * 7919 + 13) % 1009);
    const sorted = units.slice().sort();
    sortFew(units);
    expect(units).toEqual(sorted);
  });

  it('knows the models of today, and neutral values of others', () => {
    expect(whyNotOnGpu(defaultNetworkParams)).toBe(null);
    expect(whyNotOnGpu({ ...defaultNetworkParams, ...{ synapse: 'delta', jitter: 0, adaptation: undefined } })).toBe(
      null,
    );
    const currents = { tauSynExc: 5, tauSynInh: 5 };
    expect(whyNotOnGpu({ ...defaultNetworkParams, ...currents, ...{ delayMax: 1.5 } })).toBe(null);
    expect(whyNotOnGpu({ ...defaultNetworkParams, weightSpread: 0 })).toBe(null);
    expect(whyNotOnGpu({ ...defaultNetworkParams, weightSpread: 0.5 })).toContain('weightSpread = 0.5');
    expect(whyNotOnGpu({ ...defaultNetworkParams, delayMax: 3 })).toBe(null);
    expect(whyNotOnGpu({ ...defaultNetworkParams, synapse: 'exponential', tauSynExc: 3 })).toBe(null);
  });
});
