/**
 * Runs a list of simulations where they are fastest, or where the user wants them: in the pool on WebAssembly (each on a thread,
 * or, where they are fewer than threads and large, each on all), or on the graphics processor. A device that fails on the way hands the rest to the pool: both give every run the same graph,
 * noise and start.
 */
import { BackendUnavailableError, KernelCompileError } from '../../../src/core/errors';
import { deriveConstants } from '../../../src/kernels/balanced-snn/params';
import type { PartialSpikes } from '../../../src/kernels/balanced-snn/partial-spikes';
import type { EncodedItem, EncodeItem, EncodeJob } from '../../../src/kernels/balanced-snn/task';
import { teamSize } from '../../../src/kernels/balanced-snn/team-choice';
import { type Choice, chooseSimulator } from '../../../src/kernels/balanced-snn/webgpu-choice';
import { type GpuJob, gpuJobOfImage } from '../../../src/kernels/balanced-snn/webgpu-jobs';
import { WebGpuRunner } from '../../../src/kernels/balanced-snn/webgpu-runner';
import { whyNotOnGpu } from '../../../src/kernels/balanced-snn/webgpu-support';
import { decideByTrial } from '../../../src/kernels/balanced-snn/webgpu-trial';
import { hasWasmVectors } from '../../../src/kernels/load-wasm';
import type { ComputeContext } from '../../../src/kit/context';
import { simulateTogether } from './together';

export interface Simulation {
  readonly simulator: 'auto' | 'wasm' | 'webgpu' | 'reference';
  readonly job: EncodeJob;
  readonly runs: readonly EncodeItem[];
  readonly context: ComputeContext;
  readonly onResult: (index: number, result: EncodedItem) => Promise<void>;
  readonly onPartial: (partial: PartialSpikes) => void;
}

/** Trials of this session, by device, size, delays and number of runs: a machine answers once. */
const verdicts = new WeakMap<GPUDevice, Map<string, Choice>>();

const withoutVectors =
  'Simulated in plain JavaScript, several times slower, because there is no WebAssembly with SIMD here.';

export async function simulate(simulation: Simulation): Promise<void> {
  const { context, runs } = simulation;
  const device = await deviceFor(simulation);
  const done = device ? await onDevice(device, simulation) : 0;
  if (done === runs.length) return;
  const rest = runs.slice(done);
  if (simulation.job.kind === 'wasm' && !hasWasmVectors()) context.notice(withoutVectors);
  const size = teamSizeFor(simulation, rest.length);
  if (size > 1) return simulateTogether(simulation, rest, done, size);
  await context.pool.map<EncodeJob, EncodeItem, EncodedItem, PartialSpikes>('balanced-snn', simulation.job, rest, {
    signal: context.signal,
    onResult: (index, result) => simulation.onResult(done + index, result),
    onPartial: (_, partial) => simulation.onPartial(partial),
  });
}

function teamSizeFor({ job, context }: Simulation, runs: number): number {
  const { delaySteps } = deriveConstants(job.params);
  return teamSize({ job, delaySteps, runs, threads: context.pool.together ?? 1 });
}

/** The device to use, or null for the pool. Throws BackendUnavailableError if WebGPU is asked for in vain. */
async function deviceFor(simulation: Simulation): Promise<GPUDevice | null> {
  const { simulator, job, runs, context } = simulation;
  if (simulator === 'wasm' || simulator === 'reference' || runs.length === 0) return null;
  const obstacle = whyNotOnGpu(job.params);
  const { unitCount, targets } = job.wiring;
  const input = { unitCount, synapses: targets.length, items: runs.length, threads: context.pool.size, obstacle };
  if (simulator === 'webgpu') {
    const device = obstacle ? null : await context.gpu();
    if (device) return device;
    throw new BackendUnavailableError({
      code: 'encoder.no-webgpu',
      message: obstacle ? `This cannot run on WebGPU: ${obstacle}` : 'There is no WebGPU device to simulate on.',
      param: 'simulator',
      cure: 'Choose "The faster one" or WebAssembly as the simulator.',
    });
  }
  // Without a device the answer is the same, so one is asked for only where a trial could change it.
  if (!chooseSimulator({ ...input, hasDevice: true }).worthTrial) return null;
  const device = await context.gpu();
  if (!device) return null;
  const choice = await tried(device, simulation);
  context.notice(`Simulated on ${choice.reason}`);
  return choice.simulator === 'webgpu' ? device : null;
}

async function tried(device: GPUDevice, { job, runs, context }: Simulation): Promise<Choice> {
  const sizeClass = (n: number) => Math.round(Math.log2(Math.max(1, n)));
  const { unitCount, targets } = job.wiring;
  const { delayCount } = deriveConstants(job.params);
  const name = [job.arithmetic, ...[unitCount, targets.length, delayCount, runs.length].map(sizeClass)].join('/');
  const known = verdicts.get(device) ?? new Map<string, Choice>();
  verdicts.set(device, known);
  const before = known.get(name);
  if (before) return before;
  context.progress(0, 1, 'trial on WebGPU');
  const jobs = runs.slice(0, 256).map((run) => gpuJob(job, run));
  try {
    const choice = await decideByTrial(
      { device, ...ofJob(job), jobs, signal: context.signal },
      { items: runs.length, threads: context.pool.size },
    );
    known.set(name, choice);
    return choice;
  } catch (error) {
    if (!isDeviceTrouble(error)) throw error;
    return { simulator: 'wasm', reason: `WebAssembly: ${error.message}`, worthTrial: false };
  }
}

const isDeviceTrouble = (error: unknown): error is BackendUnavailableError | KernelCompileError =>
  error instanceof BackendUnavailableError || error instanceof KernelCompileError;

const ofJob = ({ params, wiring, arithmetic = 'float' }: EncodeJob) => ({ params, wiring, arithmetic });

const recordedOf = ({ record, discardSteps = 0 }: EncodeJob) => record && { ...record, discardSteps };

function gpuJob(job: EncodeJob, run: EncodeItem): GpuJob {
  if (job.view && run.pixels) return gpuJobOfImage(job.view, run);
  const { itemId, run: repetition = 0, drive, record = false } = run;
  if (!drive) throw new Error('A simulation needs a drive, or pixels and a job that says where units look.');
  return { itemId, run: repetition, drive, record };
}

/** How many of the first runs were done there. */
async function onDevice(device: GPUDevice, { job, runs, context, onResult }: Simulation): Promise<number> {
  let done = 0;
  let runner: WebGpuRunner | null = null;
  try {
    runner = await WebGpuRunner.create({ device, ...ofJob(job), recorded: recordedOf(job) });
    await runner.map(
      runs.map((run) => gpuJob(job, run)),
      {
        signal: context.signal,
        async onResult(index, result) {
          await onResult(index, result);
          done = index + 1;
        },
      },
    );
  } catch (error) {
    if (!isDeviceTrouble(error)) throw error;
    context.notice(`${error.message} The other ${runs.length - done} of ${runs.length} runs go on in WebAssembly.`);
  } finally {
    runner?.destroy();
  }
  return done;
}
