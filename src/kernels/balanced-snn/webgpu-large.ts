/** Host of the large-network kernels (webgpu-large.wgsl.ts): one job at a time, many rounds per submit. */
import type { SpikeLog } from './stepper';
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
} from './webgpu-engine';
import { modelBlock, type PreparedJob, packJobs } from './webgpu-jobs';
import { largeText, mostRoundSteps, scatterGroups, slotCount, unitBits } from './webgpu-large.wgsl';
import { modelWords, mostSpikes, rowThreadsFor, stateFieldsOf } from './webgpu-layout';
import { readMembranes } from './webgpu-membranes';
import { GpuRecord } from './webgpu-record';

const threads = 64;
const mostRounds = 64;
/** Bytes of a submit's spikes. */
const logBudget = 64 * 2 ** 20;

interface LargeShape {
  readonly roundSteps: number;
  readonly rounds: number;
  /** Spikes of a submit at most. */
  readonly logSize: number;
}

interface Pipelines {
  readonly integrate: GPUComputePipeline;
  readonly scatter: GPUComputePipeline;
}

export class LargeEngine implements GpuEngine {
  readonly mostJobs = 1;
  readonly mostDriveWords: number;

  private constructor(
    private readonly network: GpuNetwork,
    private readonly shape: LargeShape,
    private readonly pipelines: Pipelines,
  ) {
    this.mostDriveWords = bindingLimit(network.device) / 4;
  }

  static async create(network: GpuNetwork): Promise<LargeEngine> {
    const { constants, device, arithmetic, wide } = network;
    const { unitCount, delaySteps, delayCount } = constants;
    const roundSteps = Math.min(delaySteps, mostRoundSteps);
    let rounds = mostRounds;
    const logSize = () => mostSpikes(constants, rounds * roundSteps);
    while (rounds > 1 && 4 * logSize() > Math.min(logBudget, bindingLimit(device))) rounds = Math.floor(rounds / 2);
    requireBinding(device, 4 * logSize(), 'spikes of a round');
    requireBinding(device, 4 * slotCount(constants) * unitCount, 'arriving spikes');
    requireBinding(device, 4 * stateFieldsOf(constants) * unitCount, 'states');
    const text = largeText({
      arithmetic,
      exponential: constants.currents !== null,
      unitCount,
      delaySteps,
      delayCount,
      rowThreads: rowThreadsFor(constants, threads),
      workgroupSize: threads,
      wide,
      recordedUnits: network.recorded?.units.length ?? null,
    });
    const pipelines = await compilePipelines(device, text, ['integrate', 'scatter']);
    return new LargeEngine(network, { roundSteps, rounds, logSize: logSize() }, pipelines);
  }

  begin(jobs: readonly PreparedJob[]): Promise<GpuSimulation> {
    const [job] = jobs;
    if (!job || jobs.length !== 1) throw new Error('A large network runs one job at a time.');
    return withinMemory(this.network.device, () => new LargeSimulation(this.network, this.shape, this.pipelines, job));
  }
}

class LargeSimulation implements GpuSimulation {
  private readonly buffers: GpuBuffers;
  private readonly models: GPUBuffer;
  private readonly modelStride: number;
  private readonly state: GPUBuffer;
  private readonly spikes: GPUBuffer;
  private readonly counters: GPUBuffer;
  private readonly staging: readonly GPUBuffer[];
  /** One of each per round of a submit. */
  private readonly groups: readonly { readonly integrate: GPUBindGroup; readonly scatter: GPUBindGroup }[];
  private step = 0;
  private slices = 0;
  private readonly record: GpuRecord | null;
  readonly mostSteps: number;

  constructor(
    private readonly network: GpuNetwork,
    private readonly shape: LargeShape,
    private readonly pipelines: Pipelines,
    job: PreparedJob,
  ) {
    const { device, constants } = network;
    const { unitCount } = constants;
    this.buffers = new GpuBuffers(device);
    const packed = packJobs(constants, [job]);
    this.modelStride = Math.max(256, device.limits.minUniformBufferOffsetAlignment);
    const uniform = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    this.models = this.buffers.create('models', (shape.rounds * this.modelStride) / 4, uniform);
    this.state = this.buffers.storage('state', packed.state);
    this.spikes = this.buffers.storage('spikes', shape.logSize);
    this.counters = this.buffers.storage('counters', shape.rounds + 1);
    this.staging = [0, 1].map((k) => this.buffers.staging(`spikes ${k}`, shape.rounds + 1 + shape.logSize));
    const shared = {
      6: this.spikes,
      7: this.counters,
      8: this.buffers.storage('arriving', slotCount(constants) * unitCount),
    };
    const fitting = shape.roundSteps * shape.rounds;
    this.record = network.recorded && new GpuRecord(this.buffers, network, network.recorded, [job], fitting);
    this.mostSteps = this.record?.mostSteps ?? fitting;
    const drives = this.buffers.storage('drives', packed.drives);
    this.groups = Array.from({ length: shape.rounds }, (_, round) => {
      const model = { buffer: this.models, offset: round * this.modelStride, size: 4 * modelWords };
      const { integrate, scatter } = pipelines;
      return {
        integrate: bindGroup(device, integrate, {
          0: model,
          3: drives,
          4: this.record?.buffer,
          5: this.state,
          ...shared,
        }),
        scatter: bindGroup(device, scatter, { 0: model, 1: network.partStart, 2: network.targets, ...shared }),
      };
    });
  }

  enqueue(steps: number): GpuSlice {
    const { device, params, constants, fixed } = this.network;
    const firstStep = this.step;
    this.step += steps;
    const rounds = Math.ceil(steps / this.shape.roundSteps);
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(this.counters);
    const pass = encoder.beginComputePass();
    for (let round = 0; round < rounds; round++) {
      const done = round * this.shape.roundSteps;
      const part = {
        firstStep: firstStep + done,
        steps: Math.min(this.shape.roundSteps, steps - done),
        round,
        record: this.record?.part(firstStep, firstStep + done),
      };
      device.queue.writeBuffer(this.models, round * this.modelStride, modelBlock(params, constants, fixed, part));
      const group = this.groups[round];
      pass.setPipeline(this.pipelines.integrate);
      pass.setBindGroup(0, group?.integrate);
      pass.dispatchWorkgroups(Math.ceil(constants.unitCount / threads));
      pass.setPipeline(this.pipelines.scatter);
      pass.setBindGroup(0, group?.scatter);
      pass.dispatchWorkgroups(scatterGroups(constants.unitCount));
    }
    pass.end();
    const staging = this.staging[this.slices++ % 2] as GPUBuffer;
    const counterBytes = 4 * (this.shape.rounds + 1);
    encoder.copyBufferToBuffer(this.counters, 0, staging, 0, counterBytes);
    encoder.copyBufferToBuffer(this.spikes, 0, staging, counterBytes, 4 * mostSpikes(constants, steps));
    const giveRecord = this.record?.copy(encoder, firstStep, steps);
    device.queue.submit([encoder.finish()]);
    return {
      steps,
      collect: async ([log], recorders) => {
        await readStaging(staging, (words) => this.decode(words, firstStep, rounds, log));
        await giveRecord?.(recorders);
      },
    };
  }

  /** A word holds the step above the unit, so that sorting words sorts by step and then by unit. */
  private decode(words: Uint32Array, firstStep: number, rounds: number, log: SpikeLog | undefined): void {
    if (!log) return;
    log.reserve(words[0] as number);
    const spikes = words.subarray(this.shape.rounds + 1);
    let from = 0;
    for (let round = 0; round < rounds; round++) {
      const end = words[1 + round] as number;
      const sorted = spikes.slice(from, end).sort();
      const base = firstStep + round * this.shape.roundSteps;
      for (const word of sorted) log.push(word & (2 ** unitBits - 1), base + (word >>> unitBits));
      from = end;
    }
  }

  membranes(): Promise<Float32Array> {
    return readMembranes(this.buffers, this.state, this.network.constants, 1, this.network.arithmetic);
  }

  destroy(): void {
    this.buffers.destroy();
  }
}
