/**
 * Pool task: one item through one network. The network is wired by whoever starts the job and shared by all items;
 * an item's spikes do not depend on which worker runs it, nor after which other item.
 *
 * The shape is that of a pool task (`PoolTask<EncodeJob, EncodeItem, EncodedItem, PartialSpikes>`).
 */
import type { Drive } from './drive';
import type { DriveSchedule } from './drive-schedule';
import type { NetworkParams } from './params';
import { PartialRaster, type PartialSpikes, type ReportClock } from './partial-spikes';
import { type Recording, recordingBuffers } from './recorder';
import { etaOfImage } from './retinotopy';
import { NetworkRunner, type SimulatorKind } from './simulate';
import type { Arithmetic } from './stepper';
import type { Wiring } from './wiring';

/** What every item of a job shares. Plain data. */
export interface EncodeJob {
  readonly kind: SimulatorKind;
  /** Absent: float. */
  readonly arithmetic?: Arithmetic;
  readonly params: NetworkParams;
  readonly wiring: Wiring;
  /** For items given as pixels: which pixel each unit looks at, and eta = etaBase + etaGain * pixel. */
  readonly view?: {
    readonly looksAt: Uint32Array;
    readonly etaBase: number;
    readonly etaGain: number;
    readonly channels: number;
  };
  /** Neurons that items with `record` are recorded at. */
  readonly record?: { readonly units: Uint32Array };
  /** Steps at the start that the recorded variance leaves out. Absent: none. */
  readonly discardSteps?: number;
}

/** One simulation: an item, and which run of it (trial and colour channel). */
export interface EncodeItem {
  readonly itemId: number;
  /** Repetition of the item with other noise, 0..4095; 0 where there is one. */
  readonly run?: number;
  /** [height, width, channel] in 0..1; needs the job's `view`. */
  readonly pixels?: Float32Array;
  readonly channel?: number;
  /** Or the drive itself, constant or changing in time. */
  readonly drive?: Drive | DriveSchedule;
  /** Records the job's chosen neurons. */
  readonly record?: boolean;
}

export interface EncodedItem {
  readonly itemId: number;
  readonly run: number;
  /** In step order, and within a step by unit. */
  readonly units: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  readonly steps: Uint32Array<ArrayBuffer>;
  readonly count: number;
  /** Steps simulated: fewer than the whole item if the job was stopped. */
  readonly stepsDone: number;
  /** Where the item asked for it. */
  readonly recording?: Recording;
}

function driveOf(job: EncodeJob, item: EncodeItem): Drive | DriveSchedule {
  if (item.drive) return item.drive;
  if (!item.pixels || !job.view)
    throw new Error('An item needs a drive, or pixels and a job that says where units look.');
  const { looksAt, etaBase, etaGain, channels } = job.view;
  return {
    eta: etaOfImage(item.pixels, looksAt, etaBase, etaGain, item.channel ?? 0, channels),
  };
}

export type { PartialSpikes } from './partial-spikes';

type Report = (partial: PartialSpikes, transfer: ArrayBuffer[]) => void;

/** Simulates one item of `job`, and shows it on the way where `report` is given. */
export function encodeItem(
  runner: NetworkRunner,
  job: EncodeJob,
  item: EncodeItem,
  clock: ReportClock,
  shouldStop: () => boolean,
  report?: Report,
): EncodedItem {
  const run = item.run ?? 0;
  const raster = new PartialRaster(item.itemId, run, runner.constants.unitCount, clock);
  const spikes = runner.runItem(item.itemId, driveOf(job, item), {
    run,
    ...(item.record && job.record ? { record: { units: job.record.units, discardSteps: job.discardSteps ?? 0 } } : {}),
    onSlice(stepsDone) {
      if (report && raster.isDue()) {
        const partial = raster.take(runner.spikesSoFar, stepsDone);
        report(partial, [partial.units.buffer, partial.steps.buffer]);
      }
      return !shouldStop();
    },
  });
  return { itemId: item.itemId, run, ...spikes, stepsDone: runner.time };
}

/** What of a result moves between threads. */
export const encodedBuffers = ({ units, steps, recording }: EncodedItem): ArrayBuffer[] => [
  units.buffer,
  steps.buffer,
  ...(recording ? recordingBuffers(recording) : []),
];

export const encodeTask = {
  async setup(job: EncodeJob) {
    const runner = new NetworkRunner(job.kind, job.params, job.wiring, { arithmetic: job.arithmetic ?? 'float' });
    await runner.ready;
    const clock: ReportClock = { due: Number.NEGATIVE_INFINITY };
    return {
      run: async (item: EncodeItem, shouldStop: () => boolean, report?: Report): Promise<EncodedItem> =>
        encodeItem(runner, job, item, clock, shouldStop, report),
      transfer: encodedBuffers,
    };
  },
};
