/**
 * Wires the network once, then spreads the runs over the pool; spikes are written in item order as they come, so that
 * a run that is stopped goes on where its last stored chunk ended. Recordings are not stored before the end: those of
 * items that an earlier run has finished are simulated again.
 */
import { RunCancelled } from '../../src/core/errors';
import { checkBudget } from '../../src/kernels/balanced-snn/memory';
import type { NetworkParams } from '../../src/kernels/balanced-snn/params';
import { pixelOfUnit } from '../../src/kernels/balanced-snn/retinotopy';
import { createNetworkInSlices } from '../../src/kernels/balanced-snn/simulate';
import { spikingNetwork } from '../../src/kernels/balanced-snn/spiking-network';
import type { EncodeItem, EncodeJob } from '../../src/kernels/balanced-snn/task';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { Population, SpikingNetwork } from '../../src/kit/values';
import type definition from './balanced-snn';
import { InOrder } from './shared/in-order';
import { liveSpikes } from './shared/live';
import { memoryUse, networkOf } from './shared/network-of';
import { chooseRecorded, currentsOf, type RecordedItem } from './shared/recorded';
import { simulate } from './shared/simulate';
import { workOf } from './shared/work';

const CHANNEL_NAMES = ['red', 'green', 'blue'];

function populationsOf(nExc: number, nInh: number, channels: number): Population[] {
  const populations: Population[] = [];
  const unitCount = nExc + nInh;
  for (let c = 0; c < channels; c++) {
    const suffix = channels === 1 ? '' : ` ${CHANNEL_NAMES[c] ?? c + 1}`;
    populations.push({ name: `excitatory${suffix}`, start: c * unitCount, count: nExc });
    if (nInh > 0) populations.push({ name: `inhibitory${suffix}`, start: c * unitCount + nExc, count: nInh });
  }
  return populations;
}

function factsOf(network: NetworkParams, view: SpikingNetwork['view']): SpikingNetwork {
  const { connectionProbability, connectivity, multapses, seedNetwork } = network;
  const graph = { connectionProbability, connectivity, multapses, seedNetwork };
  return { ...spikingNetwork(network), graph, ...(view ? { view } : {}) };
}

async function wire(network: NetworkParams, context: ComputeContext) {
  const wiring = await createNetworkInSlices(network, {
    async onSlice(progress) {
      context.progress(progress, 1, 'wiring');
      await context.breathe();
      return true;
    },
  });
  if (!wiring) throw new RunCancelled();
  return wiring;
}

const compute: ComputeOf<typeof definition> = async ({ drive }, params, context) => {
  const { etaBase, etaGain, nExc, nInh, simulator } = params;
  const network = networkOf(params);
  const images = drive?.kind === 'images' ? drive : undefined;
  const [, height = 0, width = 0] = images?.shape ?? [];
  const { items, channels, runsOf } = workOf(drive, {
    externalDrive: params.externalDrive,
    trials: params.trials,
    recordItems: params.recordNeurons > 0 ? params.recordItems : 0,
  });
  const discardSteps = Math.round(params.discard / params.dt);
  const header = {
    items,
    unitCount: (nExc + nInh) * channels,
    populations: populationsOf(nExc, nInh, channels),
    dt: params.dt,
    stepCount: Math.round(params.duration / params.dt),
    discardSteps,
    network: factsOf(network, images && { height, width }),
  };
  checkBudget(network, memoryUse(params, items.ids.length, context.pool.size), context.runBudget);
  const writer = await context.spikeWriter(header);
  const view = images && { looksAt: pixelOfUnit(nExc, nInh, height, width), etaBase, etaGain, channels };
  const record = params.recordNeurons > 0 && { units: chooseRecorded(params.recordNeurons, nExc, nInh) };
  const job: EncodeJob = {
    kind: simulator === 'reference' ? 'reference' : 'wasm',
    arithmetic: params.arithmetic,
    params: network,
    wiring: await wire(network, context),
    discardSteps,
    ...(view ? { view } : {}),
    ...(record ? { record } : {}),
  };

  const done = writer.finishedItems;
  const total = items.ids.length;
  if (done > 0 && done < total) context.notice(`Resuming: ${done} of ${total} items were encoded by an earlier run.`);
  const again: EncodeItem[] = [];
  const work: EncodeItem[] = [];
  const itemOf: number[] = [];
  for (let i = 0; i < total; i++) {
    const runs = runsOf(i);
    if (i < done && !(record && runs.some((run) => run.record))) continue;
    for (const run of runs) {
      (i < done ? again : work).push(run);
      itemOf.push(i);
    }
  }
  const inOrder = new InOrder(writer, channels, nExc + nInh);
  const recorded: RecordedItem[] = [];
  let finished = 0;
  context.progress(done, total, 'items');
  await simulate({
    simulator,
    job,
    runs: [...again, ...work],
    context,
    onPartial: (partial) => context.partial('spikes', liveSpikes(partial, nExc, params.dt, discardSteps)),
    async onResult(index, result) {
      if (result.recording) {
        recorded.push({ item: items.ids[itemOf[index] as number] as number, recording: result.recording });
      }
      if (index < again.length) return;
      await inOrder.take(index - again.length, result);
      finished++;
      context.progress(done + Math.floor(finished / channels), total, 'items');
    },
  });
  const place = new Map(Array.from(items.ids, (id, at) => [id, at]));
  recorded.sort((a, b) => (place.get(a.item) ?? 0) - (place.get(b.item) ?? 0));
  return { spikes: await writer.finish(), currents: currentsOf(recorded) };
};

export default compute;
