import { describe, expect, it } from 'vitest';
import adamBinary from '../../../src/kernels/adam/adam.wasm';
import { loadKernel } from '../../../src/kernels/load-wasm';

interface Exports {
  adam(p: number, g: number, m: number, v: number, n: number, rate: number, b1: number, b2: number, eps: number): void;
}

describe('loadKernel', () => {
  it('runs one module on several memories, each on its own', async () => {
    const memories = [1, 2].map((initial) => new WebAssembly.Memory({ initial }));
    for (const [i, memory] of memories.entries()) {
      const { adam } = await loadKernel<Exports>(adamBinary, memory);
      const numbers = new Float32Array(memory.buffer);
      numbers[0] = 5;
      numbers[4] = i + 1;
      adam(0, 16, 32, 48, 1, 0, 0.5, 0.5, 1);
      expect(numbers[8]).toBe((i + 1) / 2);
      expect(numbers[0]).toBe(5);
    }
  });

  it('refuses bytes that are no module', async () => {
    await expect(loadKernel('AAAA', new WebAssembly.Memory({ initial: 1 }))).rejects.toThrow(WebAssembly.CompileError);
  });
});
