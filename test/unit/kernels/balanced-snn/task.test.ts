import { describe, expect, it } from 'vitest';
import { defaultNetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { etaOfImage, pixelOfUnit } from '../../../../src/kernels/balanced-snn/retinotopy';
import { createNetwork, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';
import {
  type EncodedItem,
  type EncodeItem,
  type EncodeJob,
  encodeTask,
  type PartialSpikes,
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
const task: PoolTask<EncodeJob, EncodeItem, EncodedItem, PartialSpikes> = encodeTask;

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

  it('shows the spikes of 100 neurons after the first slice and now and then, and changes nothing by it', async () => {
    const { run } = await encodeTask.setup({ ...job, params: { ...params, duration: 3000 } });
    const seen: PartialSpikes[] = [];
    const item = { itemId: 4, pixels };
    const result = await run(
      item,
      () => false,
      (partial) => void seen.push(partial),
    );
    expect(result).toEqual(await run(item, () => false));
    const [first] = seen;
    if (!first) return expect.unreachable();
    expect(first).toMatchObject({ itemId: 4, run: 0, stepsDone: 100 });
    expect(new Set(first.sample).size).toBe(100);
    expect([first.sample[0], first.sample[99]]).toEqual([1, 243]);
    for (const { units, steps, stepsDone, sample } of seen) {
      const expected: number[][] = [];
      for (let k = 0; k < result.count; k++) {
        const [unit, step] = [result.units[k] as number, result.steps[k] as number];
        if (step < stepsDone && sample.includes(unit)) expected.push([unit, step]);
      }
      expect(expected.length).toBeGreaterThan(0);
      expect(Array.from(units, (unit, k) => [unit, steps[k]])).toEqual(expected.slice(-8000));
    }
  });

  it('records chosen neurons of the items that ask for it, and hands the recording over', async () => {
    const { run, transfer } = await task.setup({
      ...job,
      record: { units: Uint32Array.of(7, 200) },
      discardSteps: 100,
    });
    const drive = { x: Float64Array.of(0, 20), y: Float64Array.of(1, 2) };
    const plain = await run({ itemId: 1, drive }, () => false);
    const recorded = await run({ itemId: 1, drive, record: true }, () => false);
    expect(plain.recording).toBeUndefined();
    expect({ ...recorded, recording: undefined }).toEqual({ ...plain, recording: undefined });
    expect(recorded.recording).toMatchObject({ sampleCount: 60, units: Uint32Array.of(7, 200) });
    expect(recorded.recording?.membraneVariance).toBeGreaterThan(1);
    expect(new Set(transfer?.(recorded)).size).toBe(9);
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
