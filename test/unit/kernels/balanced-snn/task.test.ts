import { describe, expect, it } from 'vitest';
import { defaultNetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { etaOfImage, pixelOfUnit } from '../../../../src/kernels/balanced-snn/retinotopy';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';
import {
  type EncodedItem,
  type EncodeItem,
  type EncodeJob,
  encodeTask,
} from '../../../../src/kernels/balanced-snn/task';
import type { PoolTask } from '../../../../src/kit/pool';

const params = {
  ...defaultNetworkParams,
  nExc: 196,
  nInh: 49,
  jExc: 0.8,
  duration: 60,
};
const job: EncodeJob = {
  kind: 'wasm',
  params,
  wiring: createNetwork(params),
  view: {
    looksAt: pixelOfUnit(196, 49, 14, 14),
    etaBase: 1,
    etaGain: 2,
    channels: 3,
  },
};
const pixels = Float32Array.from({ length: 14 * 14 * 3 }, (_, k) => (k % 11) / 10);

/** The kernel may not import the kit, so that it fits the pool is checked here, by the compiler. */
const task: PoolTask<EncodeJob, EncodeItem, EncodedItem> = encodeTask;

describe('encode task', () => {
  it('encodes one channel of an image as the runner does, and hands its buffers over', async () => {
    const { run, transfer } = await task.setup(structuredClone(job));
    const result = await run({ itemId: 4, run: 1, pixels, channel: 1 }, () => false);
    const runner = new NetworkRunner('reference', params, job.wiring);
    await runner.ready;
    const looksAt = job.view?.looksAt as Uint32Array;
    const expected = runner.runItem(4, { eta: etaOfImage(pixels, looksAt, 1, 2, 1, 3) }, { run: 1 });
    expect(result).toEqual({ itemId: 4, run: 1, ...expected, stepsDone: 600 });
    expect(result.count).toBeGreaterThan(50);
    expect(transfer?.(result)).toEqual([result.units.buffer, result.steps.buffer]);
  });

  it('stops early when asked, after at most one slice', async () => {
    const { run } = await encodeTask.setup(job);
    expect((await run({ itemId: 0, pixels }, () => true)).stepsDone).toBe(100);
  });

  it('refuses an item that says nothing about its drive', async () => {
    const { run } = await encodeTask.setup({ ...job, view: undefined });
    await expect(run({ itemId: 0, pixels }, () => false)).rejects.toThrow('needs a drive');
  });
});
