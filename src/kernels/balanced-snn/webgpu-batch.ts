/** Host of the batch kernel (webgpu-batch.wgsl.ts): a job per workgroup, many jobs per dispatch. */
import type { SpikeLog } from './stepper';
import { type BatchShape, batchText } from './webgpu-batch.wgsl';
import { compilePipelines, GpuBuffers, withinMemory } from './webgpu-device';
import {
  bindGroup,
  bindingLimit,
  type GpuEngine,
  type GpuNetwork,
  type GpuSimulation,
  type GpuSlice,
  readStaging,
  requireBinding,
  sortFew,
} from './webgpu-engine';
import { modelBlock, type PreparedJob, packJobs } from './webgpu-jobs';
import { modelWords, mostSpikes, rowThreadsFor, stateFieldsOf } from './webgpu-layout';
import { readMembranes } from './webgpu-membranes';
import { GpuRecord } from './webgpu-record';

/** Steps of a slice at most. */
const mostSteps = 512;
/** Bytes for the spikes of a slice, all jobs together. */
const listBudget = 64 * 2 ** 20;
const mostJobs = 512;
/** Workgroup memory that is not counts of arrivals. */
const otherWorkgroupBytes = 64;

/** Threads per network: about four units each, and at most as many as the portable limit. */
function threadsFor(unitCount: number): number {
  return Math.min(256, Math.max(64, 2 ** Math.ceil(Math.log2(unitCount / 4))));
}

/** Units that one workgroup of this device can hold: 16 registers' worth a thread and a word of arrivals each. */
export function batchCapacity({ limits }: Pick<GPUDevice, 'limits'>): number {
  const threads = Math.min(256, limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX);
  return Math.min(16 * threads, Math.floor((limits.maxComputeWorkgroupStorageSize - otherWorkgroupBytes) / 4));
}

export class BatchEngine implements GpuEngine {
  readonly mostJobs: number;
  readonly mostDriveWords: number;

  private constructor(
    private readonly network: GpuNetwork,
    private readonly shape: BatchShape,
    private readonly pipeline: GPUComputePipeline,
  ) {
    const { endCount, ringSize } = shape;
    const wordsPerJob = endCount + Math.max(ringSize, mostSpikes(network.constants, mostSteps));
    this.mostJobs = Math.max(1, Math.min(mostJobs, Math.floor(listBudget / (4 * wordsPerJob))));
    this.mostDriveWords = Math.min(listBudget, bindingLimit(network.device)) / 4;
  }

  /** `workgroupSize`: threads per network, a multiple of 32; absent: by size. */
  static async create(
    network: GpuNetwork,
    workgroupSize = threadsFor(network.constants.unitCount),
  ): Promise<BatchEngine> {
    const { constants, device, arithmetic, wide } = network;
    const { unitCount, delaySteps, delayCount } = constants;
    const shape: BatchShape = {
      arithmetic,
      exponential: constants.currents !== null,
      unitCount,
      delaySteps,
      delayCount,
      rowThreads: rowThreadsFor(constants, 32),
      workgroupSize,
      wide,
      recordedUnits: network.recorded?.units.length ?? null,
      ringSize: mostSpikes(constants, delaySteps + delayCount),
      endCount: 2 ** Math.ceil(Math.log2(mostSteps + delaySteps + delayCount + 1)),
    };
    requireBinding(device, 4 * Math.max(shape.ringSize, shape.endCount), 'waiting spikes');
    requireBinding(device, 4 * mostSpikes(constants, mostSteps), 'spikes of a slice');
    const { simulate } = await compilePipelines(device, batchText(shape), ['simulate']);
    return new BatchEngine(network, shape, simulate);
  }

  begin(jobs: readonly PreparedJob[]): Promise<GpuSimulation> {
    return withinMemory(this.network.device, () => new BatchSimulation(this.network, this.shape, this.pipeline, jobs));
  }
}

class BatchSimulation implements GpuSimulation {
  private readonly buffers: GpuBuffers;
  private readonly model: GPUBuffer;
  private readonly state: GPUBuffer;
  /** Ends of steps, [job, step], then the spikes of the slice, [job, number]. */
  private readonly fresh: GPUBuffer;
  private readonly staging: readonly GPUBuffer[];
  private readonly group: GPUBindGroup;
  private readonly jobCount: number;
  private readonly record: GpuRecord | null;
  readonly mostSteps: number;
  private step = 0;
  private slices = 0;

  constructor(
    private readonly network: GpuNetwork,
    private readonly shape: BatchShape,
    private readonly pipeline: GPUComputePipeline,
    jobs: readonly PreparedJob[],
  ) {
    const { device, constants } = network;
    const { ringSize, endCount, unitCount } = shape;
    this.jobCount = jobs.length;
    this.buffers = new GpuBuffers(device);
    const packed = packJobs(constants, jobs);
    this.model = this.buffers.create('model', modelWords, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    this.state = this.buffers.storage('state', jobs.length * stateFieldsOf(constants) * unitCount);
    device.queue.writeBuffer(this.state, 0, packed.state);
    const freshWords = jobs.length * (endCount + mostSpikes(constants, mostSteps));
    this.fresh = this.buffers.storage('spikes', freshWords);
    this.staging = [0, 1].map((k) => this.buffers.staging(`spikes ${k}`, freshWords));
    this.record = network.recorded && new GpuRecord(this.buffers, network, network.recorded, jobs, mostSteps);
    this.mostSteps = this.record?.mostSteps ?? mostSteps;
    this.group = bindGroup(device, pipeline, {
      0: this.model,
      1: network.partStart,
      2: network.targets,
      3: this.buffers.storage('drives', packed.drives),
      4: this.record?.buffer,
      5: this.state,
      6: this.buffers.storage('rings', jobs.length * ringSize),
      7: this.fresh,
    });
  }

  enqueue(steps: number): GpuSlice {
    const { device, params, constants, fixed } = this.network;
    const firstStep = this.step;
    this.step += steps;
    const sliceSpikes = mostSpikes(constants, steps);
    const listStart = this.jobCount * this.shape.endCount;
    const record = this.record?.part(firstStep, firstStep);
    const part = { firstStep, steps, sliceSpikes, listStart, record };
    device.queue.writeBuffer(this.model, 0, modelBlock(params, constants, fixed, part));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.group);
    pass.dispatchWorkgroups(this.jobCount);
    pass.end();
    const staging = this.staging[this.slices++ % 2] as GPUBuffer;
    encoder.copyBufferToBuffer(this.fresh, 0, staging, 0, 4 * (listStart + this.jobCount * sliceSpikes));
    const giveRecord = this.record?.copy(encoder, firstStep, steps);
    device.queue.submit([encoder.finish()]);
    return {
      steps,
      collect: async (logs, recorders) => {
        await readStaging(staging, (words) => this.decode(words, firstStep, steps, logs));
        await giveRecord?.(recorders);
      },
    };
  }

  /** The ends of all jobs come first, then their spikes. */
  private decode(words: Uint32Array, firstStep: number, steps: number, logs: readonly SpikeLog[]): void {
    const { endCount, unitCount } = this.shape;
    const sliceSpikes = mostSpikes(this.network.constants, steps);
    const fired = new Uint32Array(unitCount);
    logs.forEach((log, job) => {
      const endAt = (step: number) => words[job * endCount + ((step + endCount) % endCount)] as number;
      const before = endAt(firstStep - 1);
      const list = this.jobCount * endCount + job * sliceSpikes - before;
      let at = before;
      log.reserve(endAt(firstStep + steps - 1) - before);
      for (let step = firstStep; step < firstStep + steps; step++) {
        const end = endAt(step);
        const units = fired.subarray(0, end - at);
        for (let k = 0; at < end; at++) units[k++] = words[list + at] as number;
        sortFew(units);
        for (const unit of units) log.push(unit, step);
      }
    });
  }

  membranes(): Promise<Float32Array> {
    return readMembranes(this.buffers, this.state, this.network.constants, this.jobCount, this.network.arithmetic);
  }

  destroy(): void {
    this.buffers.destroy();
  }
}
