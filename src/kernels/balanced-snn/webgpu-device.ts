/**
 * What the simulators need of a GPU device that somebody else owns: buffers that are counted and destroyed together,
 * pipelines whose compile errors become KernelCompileError, and the news of the device's loss as an error that callers can
 * fall back on. Never creates or destroys the device.
 */
import { BackendUnavailableError, KernelCompileError } from '../../core/errors';

/** Buffers of one owner. */
export class GpuBuffers {
  private readonly live = new Set<GPUBuffer>();

  constructor(readonly device: GPUDevice) {}

  create(label: string, words: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.device.createBuffer({ label: `balanced-snn ${label}`, size: 4 * Math.max(4, words), usage });
    this.live.add(buffer);
    return buffer;
  }

  /** A buffer for shaders that starts with `data`, or with zeros where a number of words is given. */
  storage(label: string, data: Uint32Array | Int32Array | number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.create(label, typeof data === 'number' ? data : data.length, usage);
    if (typeof data !== 'number') this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  staging(label: string, words: number): GPUBuffer {
    return this.create(label, words, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  destroy(): void {
    for (const buffer of this.live) buffer.destroy();
    this.live.clear();
  }
}

export function unavailable(code: string, message: string, found: string, expected: string): BackendUnavailableError {
  return new BackendUnavailableError({
    code: `backend.${code}`,
    message,
    found,
    expected,
    cure: 'Simulate this network with the WebAssembly kernel.',
  });
}

/** Compiles one entry point per name. Throws KernelCompileError. */
export async function compilePipelines<Name extends string>(
  device: GPUDevice,
  code: string,
  names: readonly Name[],
): Promise<Record<Name, GPUComputePipeline>> {
  device.pushErrorScope('validation'); // What is wrong is thrown below, and is not the device owner's to hear of.
  const module = device.createShaderModule({ label: 'balanced-snn', code });
  const scope = device.popErrorScope();
  try {
    await scope;
    const pipelines = await Promise.all(
      names.map((entryPoint) =>
        device.createComputePipelineAsync({ label: entryPoint, layout: 'auto', compute: { module, entryPoint } }),
      ),
    );
    return Object.fromEntries(names.map((name, k) => [name, pipelines[k]])) as Record<Name, GPUComputePipeline>;
  } catch (error) {
    const info = await module.getCompilationInfo();
    const lines = info.messages.filter(({ type }) => type === 'error').map((m) => `line ${m.lineNum}: ${m.message}`);
    throw new KernelCompileError({
      code: 'kernel.wgsl',
      message: 'The WebGPU kernel of the balanced network does not compile on this device.',
      found: lines.join('; ') || (error instanceof Error ? error.message : String(error)),
      cure: 'Simulate this network with the WebAssembly kernel.',
    });
  }
}

/** Rejects with BackendUnavailableError when the device is lost; never resolves. */
export function whenLost(device: GPUDevice): Promise<never> {
  const lost = device.lost.then(({ message, reason }): never => {
    const found = message || reason || 'no reason given';
    throw unavailable('webgpu-lost', `The WebGPU device was lost (${found}).`, found, 'a device that stays');
  });
  lost.catch(() => {}); // Nobody may be waiting when it happens.
  return lost;
}

/** Runs `work`, which allocates; an allocation that does not fit is undone and becomes BackendUnavailableError. */
export async function withinMemory<T extends { destroy(): void }>(device: GPUDevice, work: () => T): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const scopes = () => Promise.all([device.popErrorScope(), device.popErrorScope()]);
  let result: T;
  try {
    result = work();
  } catch (error) {
    await scopes();
    throw error;
  }
  const error = (await scopes()).find((found) => found !== null);
  if (!error) return result;
  result.destroy();
  const expected = 'buffers that fit the device';
  throw unavailable('webgpu-memory', 'The network does not fit the graphics memory.', error.message, expected);
}
