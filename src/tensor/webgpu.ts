/**
 * Starts tfjs's WebGPU backend on a device of our own, so that limits, features and the news of its loss are ours
 * (tfjs asks for eight storage buffers a stage at most and does not look at `lost`).
 */
import { inNode } from './host';
import { tf } from './tf';

/** A device with the backend that runs on it. */
export interface WebGpuStart {
  readonly device: GPUDevice;
  /** Vendor and architecture as the browser tells them, for people and keys. */
  readonly adapter: string;
}

/** Raised to what the adapter offers; everything else stays at the portable default. */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

const features: readonly GPUFeatureName[] = ['timestamp-query', 'bgra8unorm-storage', 'subgroups'];

/** The adapter, or in words why there is none. */
export async function findAdapter(): Promise<GPUAdapter | string> {
  const gpu = globalThis.navigator?.gpu as GPU | undefined;
  if (!gpu) return inNode ? 'Node offers no WebGPU' : 'This browser has no WebGPU';
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ?? 'No WebGPU adapter was offered by this browser';
  } catch (error) {
    return `The WebGPU adapter could not be asked for (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Creates a device, registers a `webgpu` backend on it in place of any earlier one, and makes it current. */
export async function startWebGpu(adapter: GPUAdapter): Promise<WebGpuStart> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(limits.map((name) => [name, adapter.limits[name]])),
  });
  removeWebGpu();
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs did not start on the WebGPU device.');
  await tf.ready();
  const { vendor, architecture } = adapter.info;
  return { device, adapter: [vendor, architecture].filter((part) => part !== '').join(' ') || 'unnamed adapter' };
}

/** Takes the WebGPU backend out of tfjs. Its tensors hold nothing any more, but may still be disposed of. */
export function removeWebGpu(): void {
  if (!tf.findBackendFactory('webgpu')) return;
  const backend = tf.findBackend('webgpu') as { disposeData(dataId: object): boolean } | null;
  tf.removeBackend('webgpu');
  // A disposed backend trips over its own lists when a tensor of it is disposed of afterwards.
  if (backend) backend.disposeData = () => true;
}
