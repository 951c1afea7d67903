/**
 * What both GPU layouts have in common for the runner: jobs are begun together, advanced by slices that are queued without
 * waiting, and a slice's spikes are collected later into one log per job.
 */
import type { NetworkConstants, NetworkParams } from './params';
import type { Arithmetic, SpikeLog } from './stepper';
import { GpuBuffers, unavailable } from './webgpu-device';
import { type FixedConstants, fixedConstants } from './webgpu-fixed-point';
import type { JobRecorder, Recorded } from './webgpu-job-recorder';
import type { PreparedJob } from './webgpu-jobs';
import type { Wiring } from './wiring';

/** A queued slice. */
export interface GpuSlice {
  readonly steps: number;
  /**
   * Waits for the GPU and appends the slice's spikes, in step order and by unit, to each job's log; `recorders` take what was
   * recorded of their jobs.
   */
  collect(logs: readonly SpikeLog[], recorders: readonly JobRecorder[]): Promise<void>;
}

/** Jobs in progress. Two slices may be queued before the first is collected. */
export interface GpuSimulation {
  /** Steps that fit a slice. */
  readonly mostSteps: number;
  enqueue(steps: number): GpuSlice;
  /** Membrane potentials after the queued steps, mV, [job, unit]. */
  membranes(): Promise<Float32Array>;
  destroy(): void;
}

export interface GpuEngine {
  /** Jobs that fit at once, and words that the drives of all of them may take together. */
  readonly mostJobs: number;
  readonly mostDriveWords: number;
  begin(jobs: readonly PreparedJob[]): Promise<GpuSimulation>;
}

/** A network on a device: what all jobs share. */
export class GpuNetwork {
  readonly buffers: GpuBuffers;
  /** [unit * delayCount + 1]: where each part of each row begins, a part being the targets of one delay. */
  readonly partStart: GPUBuffer;
  readonly targets: GPUBuffer;
  readonly wide: boolean;
  readonly fixed: FixedConstants | null;

  /** Throws BackendUnavailableError where the graph is larger than the device binds, ParameterError for `fixed`. */
  constructor(
    readonly device: GPUDevice,
    readonly params: NetworkParams,
    readonly constants: NetworkConstants,
    wiring: Wiring,
    readonly arithmetic: Arithmetic,
    readonly recorded: Recorded | null,
  ) {
    this.fixed = arithmetic === 'fixed' ? fixedConstants(params, constants, wiring) : null;
    this.wide = wiring.targets instanceof Uint32Array;
    requireBinding(device, wiring.targets.byteLength, 'connections');
    const partStart = wiring.segmentStart ?? wiring.sourceStart;
    requireBinding(device, partStart.byteLength, 'row starts');
    this.buffers = new GpuBuffers(device);
    this.partStart = this.buffers.storage('rows', partStart);
    this.targets = this.buffers.storage('targets', wordsOfTargets(wiring.targets));
  }

  destroy(): void {
    this.buffers.destroy();
  }
}

/** The connections as words: 16-bit targets in pairs. */
function wordsOfTargets(targets: Wiring['targets']): Uint32Array {
  if (targets instanceof Uint32Array) return targets;
  const words = new Uint32Array(Math.ceil(targets.length / 2));
  new Uint16Array(words.buffer).set(targets);
  return words;
}

/** Bytes that one buffer of a simulation may have here. */
export function bindingLimit({ limits }: GPUDevice): number {
  return Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
}

export function requireBinding(device: GPUDevice, bytes: number, what: string): void {
  const limit = bindingLimit(device);
  if (bytes <= limit) return;
  const megabytes = (n: number) => `${Math.ceil(n / 2 ** 20)} MB`;
  throw unavailable(
    'webgpu-too-large',
    `The ${what} of this network need ${megabytes(bytes)} in one piece; this device allows ${megabytes(limit)}.`,
    megabytes(bytes),
    `at most ${megabytes(limit)}`,
  );
}

/** A group of exactly the buffers that a pipeline uses, by binding number; undefined where it has no use for one. */
export function bindGroup(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  resources: Readonly<Record<number, GPUBuffer | GPUBufferBinding | undefined>>,
): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: Object.entries(resources).flatMap(([binding, resource]) =>
      resource ? [{ binding: Number(binding), resource: 'buffer' in resource ? resource : { buffer: resource } }] : [],
    ),
  });
}

/** Reads the words of a staging buffer once the queue has filled it. */
export async function readStaging<T>(staging: GPUBuffer, read: (words: Uint32Array) => T): Promise<T> {
  await staging.mapAsync(GPUMapMode.READ);
  try {
    return read(new Uint32Array(staging.getMappedRange()));
  } finally {
    staging.unmap();
  }
}

/** Sorts few words in place; a step has a handful of spikes. */
export function sortFew(words: Uint32Array): void {
  if (words.length > 48) {
    words.sort();
    return;
  }
  for (let k = 1; k < words.length; k++) {
    const word = words[k] as number;
    let at = k;
    for (; at > 0 && (words[at - 1] as number) > word; at--) words[at] = words[at - 1] as number;
    words[at] = word;
  }
}
