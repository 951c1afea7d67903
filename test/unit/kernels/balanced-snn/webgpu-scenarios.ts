/**
 * What the tests of the GPU kernel do inside a page: plain data in, plain data out. The device is made here, with the
 * adapter's limits or the portable ones, and every buffer made on it is counted.
 */
import { SpikeloomError, toFailure } from '../../../../src/core/errors';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import type { Recording } from '../../../../src/kernels/balanced-snn/recorder';
import { createNetwork, NetworkRunner, type SimulatorKind } from '../../../../src/kernels/balanced-snn/simulate';
import type { Arithmetic } from '../../../../src/kernels/balanced-snn/stepper';
import type { EncodedItem } from '../../../../src/kernels/balanced-snn/task';
import type { Choice } from '../../../../src/kernels/balanced-snn/webgpu-choice';
import { compilePipelines } from '../../../../src/kernels/balanced-snn/webgpu-device';
import { driveOf, type GpuJob } from '../../../../src/kernels/balanced-snn/webgpu-jobs';
import { WebGpuRunner } from '../../../../src/kernels/balanced-snn/webgpu-runner';
import { decideByTrial, type TrialRow, trySimulators } from '../../../../src/kernels/balanced-snn/webgpu-trial';

export interface Asked {
  readonly params: Partial<NetworkParams>;
  readonly jobs: readonly {
    readonly itemId: number;
    readonly run?: number;
    readonly eta?: readonly number[];
    readonly mu?: readonly number[];
    /** Or a drive that changes: eta = y from x ms on. */
    readonly schedule?: { readonly x: readonly number[]; readonly y: readonly number[] };
    /** Records the units of `recorded`. */
    readonly record?: boolean;
  }[];
  readonly recorded?: readonly number[];
  /** Steps that the recorded variance leaves out. */
  readonly discardSteps?: number;
  readonly arithmetic?: Arithmetic;
  readonly layout?: 'batch' | 'large';
  readonly sliceSteps?: number;
  readonly workgroupSize?: number;
  /** Targets as 32-bit words, as in a network of more than 65,536 neurons. */
  readonly wide?: boolean;
  /** Progress at which to abort, or to destroy the device; 0: before anything else. */
  readonly abortAt?: number;
  readonly loseAt?: number;
}

/** A recording whose arrays have crossed from a page. */
type PlainRecording = Readonly<Record<keyof Recording, number | number[]>>;

const plain = (recording: Recording): PlainRecording =>
  Object.fromEntries(
    Object.entries(recording).map(([name, value]) => [name, typeof value === 'number' ? value : Array.from(value)]),
  ) as PlainRecording;

export interface Answer {
  readonly layout: string;
  readonly numericMode: string;
  readonly results: {
    readonly itemId: number;
    readonly run: number;
    readonly units: number[];
    readonly steps: number[];
    readonly stepsDone: number;
    readonly recording?: PlainRecording;
  }[];
  readonly order: number[];
  readonly membranes: number[][];
  readonly progress: number[];
  /** Kind, code and message of what was thrown. */
  readonly failure: string | null;
  /** ms from the abort or loss to the rejection. */
  readonly waited: number;
  /** ms between reports of progress, the first one left out. */
  readonly slices: number[];
  readonly buffers: { readonly made: number; readonly left: number };
  readonly deviceErrors: string[];
}

const resultOf = ({ itemId, run, units, steps, stepsDone, recording }: EncodedItem): Answer['results'][number] => ({
  itemId,
  run,
  units: [...units],
  steps: [...steps],
  stepsDone,
  ...(recording ? { recording: plain(recording) } : {}),
});

/** A device whose buffers are counted. */
async function countedDevice() {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('The adapter is gone.');
  const device = await adapter.requestDevice();
  const live = new Set<GPUBuffer>();
  let made = 0;
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    made++;
    live.add(buffer);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      return destroy();
    };
    return buffer;
  };
  const errors: string[] = [];
  device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
  return { device, errors, made: () => made, left: () => live.size };
}

const jobsOf = (asked: Asked): GpuJob[] =>
  asked.jobs.map(({ itemId, run, eta, mu, schedule, record = false }) => ({
    itemId,
    record,
    ...(run === undefined ? {} : { run }),
    drive: schedule
      ? { x: Float64Array.from(schedule.x), y: Float64Array.from(schedule.y) }
      : { ...(eta ? { eta: Float32Array.from(eta) } : {}), ...(mu ? { mu: Float32Array.from(mu) } : {}) },
  }));

export async function simulate(asked: Asked): Promise<Answer> {
  const { device, errors, made, left } = await countedDevice();
  const params = { ...defaultNetworkParams, ...asked.params };
  const abort = new AbortController();
  const answer = { results: [] as Answer['results'], order: [] as number[], membranes: [] as number[][] };
  const progress: number[] = [];
  let failure: string | null = null;
  let ended = 0;
  const slices: number[] = [];
  let last = 0;
  let runner: WebGpuRunner | null = null;
  if (asked.abortAt === 0) abort.abort();
  if (asked.loseAt === 0) device.destroy();
  try {
    const { arithmetic, layout, workgroupSize, recorded, discardSteps = 0 } = asked;
    const wiring = createNetwork(params);
    runner = await WebGpuRunner.create({
      device,
      params,
      wiring: asked.wide ? { ...wiring, targets: Uint32Array.from(wiring.targets) } : wiring,
      ...(arithmetic ? { arithmetic } : {}),
      ...(layout ? { layout } : {}),
      ...(workgroupSize ? { workgroupSize } : {}),
      ...(recorded ? { recorded: { units: Uint32Array.from(recorded), discardSteps } } : {}),
    });
    await runner.map(jobsOf(asked), {
      signal: abort.signal,
      ...(asked.sliceSteps ? { sliceSteps: asked.sliceSteps } : {}),
      onResult(index, result) {
        answer.order.push(index);
        answer.results.push(resultOf(result));
      },
      onMembranes: (_, membranes) => void answer.membranes.push([...membranes]),
      onProgress(fraction) {
        progress.push(fraction);
        if (last > 0) slices.push(performance.now() - last);
        last = performance.now();
        if (ended > 0) return;
        if (fraction >= (asked.abortAt ?? 2)) {
          ended = performance.now();
          abort.abort();
        }
        if (fraction >= (asked.loseAt ?? 2)) {
          ended = performance.now();
          device.destroy();
        }
      },
    });
  } catch (error) {
    const { kind, code, message, found } = toFailure(error);
    const lines = code === 'kernel.wgsl' ? ` ${found}` : '';
    failure = error instanceof SpikeloomError ? `${kind} ${code}: ${message}${lines}` : `other: ${message}`;
  }
  const waited = performance.now() - ended;
  runner?.destroy();
  const layout = runner?.layout ?? 'none';
  const numericMode = runner?.numericMode ?? 'none';
  const buffers = { made: made(), left: left() };
  device.destroy();
  return { layout, numericMode, ...answer, progress, failure, waited, slices, buffers, deviceErrors: errors };
}

/** The same jobs on a simulator of this page, or of Node. */
export async function simulateOn(kind: SimulatorKind, asked: Asked): Promise<Pick<Answer, 'results' | 'membranes'>> {
  const params = { ...defaultNetworkParams, ...asked.params };
  const { arithmetic = 'float', recorded, discardSteps = 0 } = asked;
  const runner = new NetworkRunner(kind, params, createNetwork(params), { arithmetic });
  await runner.ready;
  const membranes: number[][] = [];
  const results = jobsOf(asked).map(({ itemId, run = 0, drive, record }) => {
    const { recording, ...spikes } = runner.runItem(itemId, driveOf(params.nExc + params.nInh, drive), {
      run,
      ...(record && recorded ? { record: { units: Uint32Array.from(recorded), discardSteps } } : {}),
    });
    membranes.push([...runner.membrane()]);
    return resultOf({ itemId, run, ...spikes, ...(recording ? { recording } : {}), stepsDone: runner.time });
  });
  return { results, membranes };
}

/** What a kernel that does not compile becomes, and what the device's owner hears of it. */
export async function compileBroken(): Promise<{ readonly failure: string; readonly deviceErrors: string[] }> {
  const { device, errors } = await countedDevice();
  const text = 'fn main() { let x = nothing; }';
  const failure = await compilePipelines(device, text, ['main']).then(
    () => 'compiled',
    (error: unknown) => {
      const { kind, code, found } = toFailure(error);
      return `${kind} ${code}: ${found}`;
    },
  );
  device.destroy();
  return { failure, deviceErrors: errors };
}

/** A trial of both, and what follows from one. */
export async function tryBoth(
  asked: Asked,
): Promise<{ readonly rows: TrialRow[]; readonly choice: Choice; readonly left: number }> {
  const { device, left } = await countedDevice();
  const params = { ...defaultNetworkParams, ...asked.params };
  const input = { device, params, wiring: createNetwork(params), jobs: jobsOf(asked), steps: 100 };
  const rows = await trySimulators(input);
  const choice = await decideByTrial(input, { items: 200, threads: 2 });
  const answer = { rows, choice, left: left() };
  device.destroy();
  return answer;
}
