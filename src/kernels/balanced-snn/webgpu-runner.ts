/**
 * The balanced network on a GPU that somebody else owns: takes jobs, gives each one's spikes in the order of the jobs, in
 * the form of the other simulators. Small networks run many at a time (webgpu-batch.ts), large ones alone (webgpu-large.ts).
 *
 * Throws BackendUnavailableError when the device cannot hold the network or is lost: the same jobs then run on WASM.
 */
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import type { Arithmetic } from './stepper';
import { SpikeLog } from './stepper';
import type { EncodedItem } from './task';
import { BatchEngine, batchCapacity } from './webgpu-batch';
import { unavailable, whenLost, withinMemory } from './webgpu-device';
import { wordsOfSegments } from './webgpu-drives';
import { type GpuEngine, GpuNetwork, type GpuSlice } from './webgpu-engine';
import { requireFixedPoint } from './webgpu-fixed-point';
import { JobRecorder, type Recorded } from './webgpu-job-recorder';
import { type GpuJob, JobPreparer, type PreparedJob } from './webgpu-jobs';
import { LargeEngine } from './webgpu-large';
import { jobWords, mostSpikes } from './webgpu-layout';
import { Pace } from './webgpu-pace';
import { explained, type Stopper, stopper } from './webgpu-stopper';
import { whyNotOnGpu } from './webgpu-support';
import type { Wiring } from './wiring';

/**
 * Part of the key of a result. Float results are those of WASM only on devices that round as it does; fixed results are the
 * same on all.
 */
export function gpuNumericMode(arithmetic: Arithmetic): string {
  return arithmetic === 'fixed' ? 'balanced-snn/1 fixed 2^-16 mV' : 'balanced-snn/1 webgpu float32';
}

/** Work without letting messages in, ms. */
const longestWork = 30;

export interface WebGpuRunnerOptions {
  readonly device: GPUDevice;
  readonly params: NetworkParams;
  readonly wiring: Wiring;
  /** float (default): float32 as on the CPU. fixed: integers, the same bits on every device. */
  readonly arithmetic?: Arithmetic;
  /** Absent: batch where a network fits one workgroup. */
  readonly layout?: 'batch' | 'large';
  /** What is recorded of the jobs that ask for it; absent: nothing. */
  readonly recorded?: Recorded | undefined;
  /** Threads per network of the batch layout; absent: by size. */
  readonly workgroupSize?: number;
}

export interface WebGpuMapOptions {
  readonly signal?: AbortSignal;
  /** In the order of the jobs. The next jobs begin when it has returned. */
  readonly onResult?: (index: number, result: EncodedItem) => void | Promise<void>;
  /** After each slice: the fraction of all steps of all jobs, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  /** Steps per slice; absent: by measured time. */
  readonly sliceSteps?: number;
  /** Membrane potentials at the end of each job, mV, [unit]. */
  readonly onMembranes?: (index: number, membranes: Float32Array) => void;
}

export class WebGpuRunner {
  readonly constants: NetworkConstants;
  private busy = false;
  private readonly preparer: JobPreparer;

  private constructor(
    private readonly network: GpuNetwork,
    private readonly engine: GpuEngine,
    readonly layout: 'batch' | 'large',
    private readonly lost: Promise<never>,
  ) {
    this.constants = network.constants;
    this.preparer = new JobPreparer(network.params, network.constants, network.fixed);
  }

  get numericMode(): string {
    return gpuNumericMode(this.network.arithmetic);
  }

  /** Jobs that run at once. */
  get mostJobs(): number {
    return this.engine.mostJobs;
  }

  /** Throws ParameterError, BackendUnavailableError or KernelCompileError. */
  static async create(options: WebGpuRunnerOptions): Promise<WebGpuRunner> {
    const { device, params, wiring, arithmetic = 'float', recorded = null } = options;
    const constants = deriveConstants(params);
    if (arithmetic === 'fixed') requireFixedPoint(params);
    const reason = whyNotOnGpu(params);
    if (reason) throw unavailable('webgpu-model', reason, reason, 'a network that whyNotOnGpu lets pass');
    const layout = options.layout ?? (constants.unitCount <= batchCapacity(device) ? 'batch' : 'large');
    if (constants.stepCount > 0x7fffffff || mostSpikes(constants, constants.stepCount) > 0xffffffff) {
      throw unavailable(
        'webgpu-too-long',
        'An item may have more spikes or steps than a GPU counts.',
        'over 2^32',
        'below 2^32',
      );
    }
    const lost = whenLost(device);
    let network: GpuNetwork | null = null;
    try {
      network = await withinMemory(
        device,
        () => new GpuNetwork(device, params, constants, wiring, arithmetic, recorded),
      );
      const engine =
        layout === 'batch'
          ? await BatchEngine.create(network, options.workgroupSize)
          : await LargeEngine.create(network);
      return new WebGpuRunner(network, engine, layout, lost);
    } catch (error) {
      network?.destroy();
      throw await explained(error, lost);
    }
  }

  /** Simulates all jobs. Rejects with RunCancelled soon after the signal fires, and leaves no buffer of its own behind. */
  async map(jobs: readonly GpuJob[], options: WebGpuMapOptions = {}): Promise<void> {
    if (this.busy) throw new Error('A runner simulates one list of jobs at a time.');
    this.busy = true;
    const stop = stopper(options.signal);
    try {
      for (let first = 0; first < jobs.length; ) {
        const wave = await this.nextWave(jobs, first, stop);
        await this.simulate(wave, first, jobs.length, options, stop.promise);
        first += wave.length;
      }
    } catch (error) {
      throw await explained(error, this.lost);
    } finally {
      stop.release();
      this.busy = false;
    }
  }

  /** All results at once. */
  async run(jobs: readonly GpuJob[], options: Omit<WebGpuMapOptions, 'onResult'> = {}): Promise<EncodedItem[]> {
    const results: EncodedItem[] = [];
    await this.map(jobs, { ...options, onResult: (_, result) => void results.push(result) });
    return results;
  }

  destroy(): void {
    this.network.destroy();
  }

  /** As many of the next jobs as fit at once. Drawing their states takes about a millisecond each, so it lets messages in. */
  private async nextWave(jobs: readonly GpuJob[], first: number, stop: Stopper): Promise<PreparedJob[]> {
    const wave: PreparedJob[] = [];
    const drives = new Set<PreparedJob['segments']>();
    let driveWords = 0;
    let rested = performance.now();
    for (let k = first; k < jobs.length && wave.length < this.engine.mostJobs; k++) {
      if (performance.now() - rested > longestWork) {
        await new Promise((resolve) => setTimeout(resolve));
        rested = performance.now();
      }
      stop.check();
      const job = this.preparer.prepare(jobs[k] as GpuJob);
      driveWords += jobWords + (drives.has(job.segments) ? 0 : wordsOfSegments(job.segments));
      if (wave.length > 0 && driveWords > this.engine.mostDriveWords) break;
      drives.add(job.segments);
      wave.push(job);
    }
    return wave;
  }

  private recordersOf(wave: readonly PreparedJob[]): ReadonlyMap<PreparedJob, JobRecorder> {
    const { recorded, params, arithmetic } = this.network;
    if (!recorded) return new Map();
    const jobs = wave.filter(({ record }) => record);
    return new Map(
      jobs.map((job, number) => [
        job,
        new JobRecorder(this.constants, params, arithmetic, recorded, job.segments, number),
      ]),
    );
  }

  private async simulate(
    wave: readonly PreparedJob[],
    first: number,
    total: number,
    options: WebGpuMapOptions,
    stopped: Promise<never>,
  ): Promise<void> {
    const unlessStopped = <T>(work: Promise<T>): Promise<T> => Promise.race([stopped, this.lost, work]);
    const { stepCount, unitCount } = this.constants;
    const logs = wave.map(() => new SpikeLog(unitCount > 65_536));
    const recorders = this.recordersOf(wave);
    const simulation = await this.engine.begin(wave);
    try {
      const pace = new Pace(simulation.mostSteps, options.sliceSteps);
      let collected = 0;
      let last = performance.now();
      const collect = async (slice: GpuSlice) => {
        await unlessStopped(slice.collect(logs, [...recorders.values()]));
        const now = performance.now();
        pace.learn(slice.steps, now - last);
        last = now;
        collected += slice.steps;
        options.onProgress?.((first + (wave.length * collected) / stepCount) / total);
      };
      let waiting: GpuSlice | null = null;
      for (let queued = 0; queued < stepCount; ) {
        const slice = simulation.enqueue(pace.next(stepCount - queued));
        queued += slice.steps;
        if (waiting) await collect(waiting);
        waiting = slice;
      }
      if (waiting) await collect(waiting);
      if (options.onMembranes) {
        const membranes = await unlessStopped(simulation.membranes());
        wave.forEach((_, k) => {
          options.onMembranes?.(first + k, membranes.slice(k * unitCount, (k + 1) * unitCount));
        });
      }
    } finally {
      simulation.destroy();
    }
    for (const [k, job] of wave.entries()) {
      const recording = recorders.get(job)?.finish();
      const result = encoded(job, logs[k] as SpikeLog, stepCount);
      await unlessStopped(
        Promise.resolve(options.onResult?.(first + k, { ...result, ...(recording ? { recording } : {}) })),
      );
    }
  }
}

function encoded({ itemId, run }: PreparedJob, { units, steps, count }: SpikeLog, stepsDone: number): EncodedItem {
  return { itemId, run, units: units.slice(0, count), steps: steps.slice(0, count), count, stepsDone };
}
