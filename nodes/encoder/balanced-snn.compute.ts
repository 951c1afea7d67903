/**
 * Wires the network once, then spreads the images over the pool; spikes are written in item order as they come, so that
 * a run that is stopped goes on where its last stored chunk ended.
 */
import { RunCancelled } from '../../src/core/errors';
import type { NetworkParams } from '../../src/kernels/balanced-snn/params';
import { pixelOfUnit } from '../../src/kernels/balanced-snn/retinotopy';
import { createNetworkInSlices } from '../../src/kernels/balanced-snn/simulate';
import type { EncodedItem, EncodeItem, EncodeJob } from '../../src/kernels/balanced-snn/task';
import type { ComputeContext, SpikeWriter } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { ItemTable } from '../../src/kit/item-table';
import type { ImagesValue, Population } from '../../src/kit/values';
import type definition from './balanced-snn';

const CHANNEL_NAMES = ['red', 'green', 'blue'];

/** One item without an image: the network under its constant drive. */
const loneItem: ItemTable = { ids: Int32Array.of(0), split: Uint8Array.of(0), columns: {} };

function populationsOf(params: NetworkParams, channels: number): Population[] {
  const populations: Population[] = [];
  const unitCount = params.nExc + params.nInh;
  for (let c = 0; c < channels; c++) {
    const suffix = channels === 1 ? '' : ` ${CHANNEL_NAMES[c] ?? c + 1}`;
    populations.push({ name: `excitatory${suffix}`, start: c * unitCount, count: params.nExc });
    if (params.nInh > 0)
      populations.push({ name: `inhibitory${suffix}`, start: c * unitCount + params.nExc, count: params.nInh });
  }
  return populations;
}

/** The work of item `index`: one run per colour channel. */
function runsOf(
  images: ImagesValue | undefined,
  itemId: number,
  index: number,
  constant: EncodeItem['drive'],
): EncodeItem[] {
  if (!images) return [{ itemId, drive: constant as NonNullable<typeof constant> }];
  const [, height = 0, width = 0, channels = 1] = images.shape;
  const size = height * width * channels;
  const pixels = images.data.slice(index * size, (index + 1) * size);
  return Array.from({ length: channels }, (_, channel) => ({ itemId, run: channel, channel, pixels }));
}

/** Puts results that arrive in any order into item order, joining the channels of an item by step. */
class InOrder {
  private readonly waiting = new Map<number, EncodedItem>();
  private next = 0;
  private chain: Promise<void> = Promise.resolve();

  constructor(
    private readonly writer: SpikeWriter,
    private readonly channels: number,
    private readonly unitCount: number,
  ) {}

  take(index: number, result: EncodedItem): Promise<void> {
    this.waiting.set(index, result);
    this.chain = this.chain.then(() => this.flush());
    return this.chain;
  }

  private async flush(): Promise<void> {
    for (;;) {
      const runs: EncodedItem[] = [];
      for (let c = 0; c < this.channels; c++) {
        const run = this.waiting.get(this.next + c);
        if (!run) return;
        runs.push(run);
      }
      for (let c = 0; c < this.channels; c++) this.waiting.delete(this.next + c);
      this.next += this.channels;
      const [only] = runs;
      if (only && runs.length === 1) await this.writer.add(only.units, only.steps);
      else await this.writer.add(...this.merge(runs));
    }
  }

  private merge(runs: readonly EncodedItem[]): [Uint32Array, Uint32Array] {
    const total = runs.reduce((sum, run) => sum + run.count, 0);
    const units = new Uint32Array(total);
    const steps = new Uint32Array(total);
    const at = runs.map(() => 0);
    for (let k = 0; k < total; k++) {
      let best = -1;
      let bestStep = Number.POSITIVE_INFINITY;
      for (let c = 0; c < runs.length; c++) {
        const step = runs[c]?.steps[at[c] as number];
        if (step !== undefined && (at[c] as number) < (runs[c]?.count ?? 0) && step < bestStep) {
          best = c;
          bestStep = step;
        }
      }
      units[k] = (runs[best]?.units[at[best] as number] as number) + best * this.unitCount;
      steps[k] = bestStep;
      at[best] = (at[best] as number) + 1;
    }
    return [units, steps];
  }
}

async function wire(params: NetworkParams, context: ComputeContext) {
  const wiring = await createNetworkInSlices(params, {
    async onSlice(progress) {
      context.progress(progress, 1, 'wiring');
      await context.breathe();
      return true;
    },
  });
  if (!wiring) throw new RunCancelled();
  return wiring;
}

const compute: ComputeOf<typeof definition> = async ({ drive: images }, params, context) => {
  const { etaBase, etaGain, externalDrive, discard, simulator, ...network } = params;
  const [, height = 0, width = 0, channels = 1] = images?.shape ?? [];
  const items = images?.items ?? loneItem;
  const unitCount = network.nExc + network.nInh;
  const writer = await context.spikeWriter({
    items,
    unitCount: unitCount * channels,
    populations: populationsOf(network, channels),
    dt: network.dt,
    stepCount: Math.round(network.duration / network.dt),
    discardSteps: Math.round(discard / network.dt),
  });
  const wiring = await wire(network, context);
  const view = images && {
    looksAt: pixelOfUnit(network.nExc, network.nInh, height, width),
    etaBase,
    etaGain,
    channels,
  };
  const job: EncodeJob = { kind: simulator, params: network, wiring, ...(view ? { view } : {}) };

  const done = writer.finishedItems;
  const total = items.ids.length;
  if (done > 0 && done < total) context.notice(`Resuming: ${done} of ${total} images were encoded by an earlier run.`);
  const constant = { eta: new Float32Array(unitCount).fill(externalDrive) };
  const work: EncodeItem[] = [];
  for (let i = done; i < total; i++) work.push(...runsOf(images, items.ids[i] as number, i, constant));
  const inOrder = new InOrder(writer, channels, unitCount);
  let finished = 0;
  context.progress(done, total, 'images');
  await context.pool.map<EncodeJob, EncodeItem, EncodedItem>('balanced-snn', job, work, {
    signal: context.signal,
    async onResult(index, result) {
      await inOrder.take(index, result);
      finished++;
      context.progress(done + Math.floor(finished / channels), total, 'images');
    },
  });
  return { spikes: await writer.finish() };
};

export default compute;
