/**
 * Times a few hundred steps of both simulators on the network and drives that are to be run, so that the choice between them
 * (webgpu-choice.ts) rests on this machine. The first run of each is left out: it compiles. So are recordings: few runs have one.
 */
import { RunCancelled } from '../../core/errors';
import type { Drive } from './drive';
import type { DriveSchedule } from './drive-schedule';
import type { NetworkParams } from './params';
import { NetworkRunner } from './simulate';
import type { Arithmetic } from './stepper';
import { type Choice, chooseSimulator, type Measured, type SpikingSimulator } from './webgpu-choice';
import { driveOf, type GpuJob } from './webgpu-jobs';
import { WebGpuRunner } from './webgpu-runner';
import type { Wiring } from './wiring';

export interface TrialInput {
  readonly device: GPUDevice;
  readonly params: NetworkParams;
  readonly wiring: Wiring;
  /** Absent: float. */
  readonly arithmetic?: Arithmetic;
  /** The first jobs of the run, as many as would run together. */
  readonly jobs: readonly GpuJob[];
  /** Steps to time; absent: 300. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
}

export interface TrialRow {
  readonly simulator: SpikingSimulator;
  /** Seconds per job and step. */
  readonly seconds: number;
  readonly jobs: number;
  readonly spikes: number;
}

const defaultSteps = 300;
/** Steps between looks at messages. */
const breathSteps = 50;
/** A page's clock ticks every 0.1 ms, so a small network is timed again until so many ms have gone by. */
const clockTicks = 10;
const mostRepeats = 100;

/** Times both. Throws what the runners throw; buffers are gone afterwards. */
export async function trySimulators(input: TrialInput): Promise<TrialRow[]> {
  const steps = input.steps ?? defaultSteps;
  const params = { ...input.params, duration: steps * input.params.dt };
  return [await timeWasm(input, params, steps), await timeWebGpu(input, params, steps)];
}

/** Times both and decides between them for `items` simulations on `threads` threads. */
export async function decideByTrial(
  input: TrialInput,
  { items, threads }: { readonly items: number; readonly threads: number },
): Promise<Choice> {
  const rows = await trySimulators(input);
  const secondsOf = (name: SpikingSimulator) => rows.find(({ simulator }) => simulator === name)?.seconds ?? Number.NaN;
  const measured: Measured = { wasmSeconds: secondsOf('wasm'), webgpuSeconds: secondsOf('webgpu') };
  const { unitCount, targets } = input.wiring;
  return chooseSimulator({ unitCount, synapses: targets.length, items, threads, hasDevice: true, measured });
}

/** The first steps of a drive that changes may be its quietest: it is timed at its strongest. */
const busiest = (drive: Drive | DriveSchedule): Drive =>
  'x' in drive ? { eta: drive.y.reduce((most, eta) => Math.max(most, eta), 0) } : drive;

async function timeWasm(input: TrialInput, params: NetworkParams, steps: number): Promise<TrialRow> {
  const { wiring, jobs, signal, arithmetic = 'float' } = input;
  const [job] = jobs;
  if (!job) throw new Error('A trial needs at least one job.');
  const runner = new NetworkRunner('wasm', params, wiring, { arithmetic });
  await runner.ready;
  // Starting an item (drive tables, states) costs both simulators the same, so only steps are timed.
  const drive = busiest(driveOf(wiring.unitCount, job.drive));
  let spikes = 0;
  const timed = async (most: number, atLeast: number): Promise<number> => {
    let spent = 0;
    let stepped = 0;
    while (stepped < most || (spent < atLeast && stepped < mostRepeats * most)) {
      if (stepped % most === 0) runner.start(job.itemId, drive, job.run ?? 0);
      if (signal?.aborted) throw new RunCancelled();
      const begun = performance.now();
      const part = Math.min(breathSteps, most - (stepped % most));
      runner.step(part);
      spent += performance.now() - begun;
      stepped += part;
      if (stepped === most) spikes = runner.spikes().count;
      await new Promise((resolve) => setTimeout(resolve));
    }
    return spent / 1000 / stepped;
  };
  await timed(Math.min(steps, breathSteps), 0);
  const seconds = await timed(steps, clockTicks);
  return { simulator: 'wasm', seconds, jobs: 1, spikes };
}

async function timeWebGpu(input: TrialInput, params: NetworkParams, steps: number): Promise<TrialRow> {
  const { device, wiring, signal, arithmetic = 'float' } = input;
  const runner = await WebGpuRunner.create({ device, params, wiring, arithmetic });
  try {
    const jobs = input.jobs
      .slice(0, runner.mostJobs)
      .map((job) => ({ ...job, drive: busiest(driveOf(wiring.unitCount, job.drive)) }));
    const options = signal ? { signal } : {};
    await runner.run(jobs.slice(0, 1), { ...options, sliceSteps: Math.min(8, steps) });
    // From the end of the first slice, which includes the upload, to the end of the last.
    const marks: { readonly at: number; readonly fraction: number }[] = [];
    let spikes = 0;
    await runner.map(jobs, {
      ...options,
      onProgress: (fraction) => void marks.push({ at: performance.now(), fraction }),
      onResult: (_, { count }) => {
        spikes += count;
      },
    });
    const [first, last] = [marks[0], marks.at(-1)];
    const timed = first && last ? (last.fraction - first.fraction) * steps * jobs.length : 0;
    const seconds = first && last ? (last.at - first.at) / 1000 / timed : Number.NaN;
    return { simulator: 'webgpu', seconds, jobs: jobs.length, spikes };
  } finally {
    runner.destroy();
  }
}
