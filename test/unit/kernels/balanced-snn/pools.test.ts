/** The same bytes whatever the number of threads, over real message channels. */
import { expect, it } from 'vitest';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetworkInSlices } from '../../../../src/kernels/balanced-snn/simulate';
import {
  type EncodedItem,
  type EncodeItem,
  type EncodeJob,
  encodeTask,
} from '../../../../src/kernels/balanced-snn/task';
import type { FromThread, Thread, ToThread } from '../../../../src/scheduler/pool/messages';
import { serveTasks, type TaskRegistry } from '../../../../src/scheduler/pool/serve';
import { ThreadPool } from '../../../../src/scheduler/pool/thread-pool';

const tasks = { 'balanced-snn': async () => ({ default: encodeTask }) } as unknown as TaskRegistry;

function spawn(): Thread {
  const { port1, port2 } = new MessageChannel();
  const handle = serveTasks(tasks, (message, transfer) => port2.postMessage(message, transfer));
  port2.onmessage = (event: MessageEvent<ToThread>) => handle(event.data);
  return {
    post: (message) => port1.postMessage(message),
    listen: (onMessage) => {
      port1.onmessage = (event: MessageEvent<FromThread>) => onMessage(event.data);
    },
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
}

it.each([
  ['delta', {}],
  ['exponential, delays in a range', { synapse: 'exponential', delayMax: 4 }],
] as [string, Partial<NetworkParams>][])('pools of 1, 2 and 4 give the same bytes: %s', async (_, change) => {
  const params = { ...defaultNetworkParams, nExc: 200, nInh: 50, jExc: 0.8, duration: 80, ...change };
  const wiring = await createNetworkInSlices(params, { onSlice: () => true });
  if (!wiring) return expect.unreachable();
  const job: EncodeJob = { kind: 'wasm', params, wiring, record: { units: Uint32Array.of(1, 249) }, discardSteps: 100 };
  const items: EncodeItem[] = Array.from({ length: 9 }, (_unused, k) => ({
    itemId: k % 5,
    run: k >> 2,
    record: k % 3 === 0,
    drive: k % 2 ? { eta: 2 } : { x: Float64Array.of(0, 40), y: Float64Array.of(1, 3) },
  }));
  const run = async (size: number) => {
    const pool = new ThreadPool(size, spawn);
    const results: EncodedItem[] = [];
    let parts = 0;
    await pool.map<EncodeJob, EncodeItem, EncodedItem>('balanced-snn', job, items, {
      signal: new AbortController().signal,
      onResult: (index, result) => {
        results[index] = result;
      },
      onPartial: () => void parts++,
    });
    pool.terminate();
    // A thread reports its first slice; how often after that is up to the clock.
    expect(parts).toBeGreaterThanOrEqual(1);
    return results;
  };
  const alone = await run(1);
  expect(alone.every(({ count }) => count > 20)).toBe(true);
  expect(await run(2)).toEqual(alone);
  expect(await run(4)).toEqual(alone);
});
