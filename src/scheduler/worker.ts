/**
 * Entry of the scheduler's Web Worker: joins the catalogue, the stores, the tensor layer and the pool, and serves the
 * protocol through comlink. Events go over a port of their own, so that no callback is proxied per event.
 */
import * as Comlink from 'comlink';
import { catalogue } from '../../nodes';
import { openIndexedDbStore } from '../cache/indexeddb-store';
import { createFetchAssetReader } from '../data/asset-reader.fetch';
import type { PortValue } from '../kit/values';
import { readAsset } from '../library/asset-reader';
import { Engine } from './engine';
import { buffersOf } from './look/look';
import { createWebPool } from './pool/web-pool';
import type { RunEvent, SchedulerApi, WorkerStart } from './protocol';
import { simulationMode, tfjsRuntime } from './tfjs-runtime';

/** Functions do not cross threads: a spike handle arrives without its reader. */
function portable(value: PortValue | null): PortValue | null {
  if (value?.kind !== 'spikes') return value;
  const { read: _read, ...rest } = value;
  return rest as PortValue;
}

function start({ events, assets, settings }: WorkerStart): SchedulerApi {
  const emit = (event: RunEvent) => events.postMessage(event);
  const engine = new Engine({
    catalogue,
    openStore: (budget) => openIndexedDbStore({ budget }),
    pool: createWebPool(navigator.hardwareConcurrency || 2),
    assets: createFetchAssetReader(assets, readAsset),
    tensors: tfjsRuntime,
    simulationMode,
    emit,
    settings,
  });
  const api: SchedulerApi = {
    configure: (next) => engine.configure(next),
    plan: (plan) => engine.plan(plan),
    run: (id, plan, options) => engine.run(id, plan, options),
    cancel: (id) => engine.cancel(id),
    preview: (request) => engine.preview(request),
    value: async (key, port) => portable(await engine.value(key, port)),
    spikeLook: (key, port) => engine.spikeLook(key, port),
    spikesOfItem: (key, port, item) => engine.spikesOfItem(key, port, item),
    look: async (key, port, request) => {
      const look = await engine.look(key, port, request);
      return look && Comlink.transfer(look, buffersOf(look));
    },
    meters: () => engine.meters(),
    clearStore: () => engine.clearStore(),
    stored: (keys) => engine.stored(keys),
    hold: (key, on) => engine.hold(key, on),
    forgetResults: (keys) => engine.forgetResults(keys),
  };
  return Comlink.proxy(api);
}

Comlink.expose({ start });
