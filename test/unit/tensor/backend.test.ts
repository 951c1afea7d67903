import { describe, expect, it, vi } from 'vitest';
import { BackendUnavailableError } from '../../../src/core/errors';
import { startTensors } from '../../../src/kernels/start';
import { startBackend } from '../../../src/tensor/backend';
import { tf } from '../../../src/tensor/tf';

describe('choice of backend in Node', () => {
  it('takes wasm on auto and says why', async () => {
    const backend = await startTensors('auto');
    expect(backend.name).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
    expect(backend.reason).toBe('Node offers no WebGPU, so WebAssembly SIMD is used.');
    expect(backend.numericMode).toMatch(/^wasm simd; tfjs 4\.\d+\.\d+; gemm \d+; layers \d+; adam \d+$/);
    expect(backend.device).toBeUndefined();
  });

  it('never starts the threaded build', async () => {
    await startTensors('wasm');
    expect(tf.env().get('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(false);
  });

  it.each(['wasm', 'cpu'] as const)('starts %s when forced', async (name) => {
    const backend = await startTensors(name);
    expect(backend).toMatchObject({ name, reason: 'Forced by the user.' });
    expect(tf.getBackend()).toBe(name);
    const listener = vi.fn();
    backend.onLost(listener)();
    backend.simulateLoss();
    expect(listener).not.toHaveBeenCalled();
  });

  it('refuses a forced backend that is not there, with the cure', async () => {
    const refused = await startTensors('webgpu').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BackendUnavailableError);
    expect((refused as BackendUnavailableError).details).toMatchObject({
      code: 'backend.webgpu-unavailable',
      message: 'The webgpu backend was asked for but cannot start: Node offers no WebGPU.',
      cure: 'Choose "auto", or another backend.',
    });
  });

  it('falls to cpu where WebAssembly has no SIMD', async () => {
    tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
    try {
      const backend = await startTensors('auto');
      expect(backend.name).toBe('cpu');
      expect(backend.reason).toBe(
        'Node offers no WebGPU, and WebAssembly SIMD is absent here; the plain CPU backend is slow.',
      );
      await expect(startTensors('wasm')).rejects.toThrow(/WebAssembly SIMD is absent here/);
    } finally {
      tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
    }
  });

  it('leaves crash handling of the process alone', async () => {
    const before = process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException');
    await startBackend('wasm');
    expect(process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException')).toBe(before);
  });
});
