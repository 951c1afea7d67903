/** The balanced encoder as a node: items, trials, drives over time, seeds, recordings, resuming, and what it refuses. */
import { describe, expect, it } from 'vitest';
import encoder from '../../../../nodes/encoder/balanced-snn';
import { encodeTask } from '../../../../src/kernels/balanced-snn/task';
import type { ImagesValue, SeriesValue, SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { memorySpikeWriter } from '../../../support/memory-spikes';

const small = { nExc: 80, nInh: 20, jExc: 2, duration: 60, discard: 10 } as const;
type Given = Parameters<typeof paramsOf<(typeof encoder)['params']>>[1];

const context = () => createTestContext({ tasks: { 'balanced-snn': encodeTask } });
const run = (drive: ImagesValue | SeriesValue | undefined, given: Given = {}, at = context()) =>
  computeNode(encoder, { drive }, paramsOf(encoder, { ...small, ...given }), at);

/** [item][event] as "unit@step". */
async function eventsOf(spikes: SpikesValue): Promise<string[][]> {
  const items: string[][] = [];
  for (let c = 0; c < spikes.chunks.length; c++) {
    const { itemCount, offsets, units, steps } = await spikes.read(c);
    for (let k = 0; k < itemCount; k++) {
      const events: string[] = [];
      for (let e = offsets[k] as number; e < (offsets[k + 1] as number); e++) events.push(`${units[e]}@${steps[e]}`);
      items.push(events);
    }
  }
  return items;
}

const images = (ids: number[], channels = 1): ImagesValue => ({
  kind: 'images',
  shape: [ids.length, 4, 4, channels],
  data: Float32Array.from({ length: ids.length * 16 * channels }, (_, k) => (k % 5) / 4),
  items: { ids: Int32Array.from(ids), split: new Uint8Array(ids.length), columns: { label: Float64Array.from(ids) } },
});

const drives = (curves: [number[], number[]][], level: number[]): SeriesValue => ({
  kind: 'series',
  xLabel: 'time',
  xUnit: 'ms',
  curves: curves.map(([x, y], k) => ({
    name: `drive ${k}`,
    unit: '1',
    x: Float64Array.from(x),
    y: Float64Array.from(y),
  })),
  items: {
    ids: Int32Array.from(level, (_, k) => k),
    split: new Uint8Array(level.length),
    columns: { level: Float64Array.from(level), shape: new Float64Array(level.length) },
  },
});

describe('items and trials', () => {
  it('repeats every item as trials with other noise; the first one is the item without trials', async () => {
    const once = await run(images([7, 3]));
    const thrice = await run(images([7, 3]), { trials: 3 });
    const events = await eventsOf(thrice.spikes);
    expect(events).toHaveLength(6);
    expect([events[0], events[3]]).toEqual(await eventsOf(once.spikes));
    expect(new Set(events.map(String)).size).toBe(6);
    expect([...thrice.spikes.items.ids]).toEqual(
      [0, 1, 2].flatMap((t) => 7 * 4096 + t).concat([0, 1, 2].map((t) => 3 * 4096 + t)),
    );
    expect([...(thrice.spikes.items.columns['stimulus'] ?? [])]).toEqual([7, 7, 7, 3, 3, 3]);
    expect([...(thrice.spikes.items.columns['label'] ?? [])]).toEqual([7, 7, 7, 3, 3, 3]);
  });

  it('an item has the same spikes whatever others it comes with', async () => {
    const [alone] = await eventsOf((await run(images([3]))).spikes);
    const same = images([7, 3]);
    same.data.copyWithin(16, 0, 16);
    expect((await eventsOf((await run(same)).spikes))[1]).toEqual(alone);
  });

  it('seeds of graph, input and start change the spikes each on its own, and the same seeds repeat them', async () => {
    const base = await eventsOf((await run(undefined)).spikes);
    expect(await eventsOf((await run(undefined)).spikes)).toEqual(base);
    for (const seed of ['seedNetwork', 'seedInput', 'seedInit'] as const) {
      expect(await eventsOf((await run(undefined, { [seed]: 9 })).spikes), seed).not.toEqual(base);
    }
  });

  it('spreads the weights where asked: other spikes, the same again, and the network says so', async () => {
    const alike = await run(undefined);
    const spread = await run(undefined, { weightSpread: 0.5 });
    const events = await eventsOf(spread.spikes);
    expect(events[0]?.length).toBeGreaterThan(50);
    expect(events).not.toEqual(await eventsOf(alike.spikes));
    expect(await eventsOf((await run(undefined, { weightSpread: 0.5 })).spikes)).toEqual(events);
    expect(await eventsOf((await run(undefined, { weightSpread: 0.5, simulator: 'reference' })).spikes)).toEqual(
      events,
    );
    expect(spread.spikes.network).toEqual({ ...alike.spikes.network, weightSpread: 0.5 });
  });

  it('encodes each channel of a colour image, side by side', async () => {
    const { spikes } = await run(images([1], 3));
    expect(spikes.unitCount).toBe(300);
    expect(spikes.populations.map(({ name }) => name)).toContain('inhibitory blue');
    expect(spikes.network?.view).toEqual({ height: 4, width: 4 });
  });
});

describe('drives over time', () => {
  it('multiply the constant drive: a drive of 1 is the lone item, and eta says so', async () => {
    const lone = await run(undefined, { externalDrive: 2 });
    const driven = await run(drives([[[0], [1]]], [1]), { externalDrive: 2 });
    expect(await eventsOf(driven.spikes)).toEqual(await eventsOf(lone.spikes));
    expect([...(driven.spikes.items.columns['eta'] ?? [])]).toEqual([2]);
    expect([...(lone.spikes.items.columns['eta'] ?? [])]).toEqual([2]);
  });

  it('hold each value until the next: nothing fires before the step, and all is as before until it comes', async () => {
    const stepped = drives(
      [
        [
          [0, 30],
          [0, 3],
        ],
      ],
      [3],
    );
    const { spikes } = await run(stepped, { externalDrive: 1, connectionProbability: 0, discard: 0 });
    const [events = []] = await eventsOf(spikes);
    const steps = events.map((event) => Number(event.split('@')[1]));
    expect(steps.length).toBeGreaterThan(10);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(300);
  });

  it('a series that is no drive is refused', async () => {
    const { items: _, ...loss } = drives([[[0], [1]]], [1]);
    await expect(run(loss)).rejects.toMatchObject({ details: { code: 'encoder.no-drive', port: 'drive' } });
  });
});

describe('recordings', () => {
  it('give inputs and membranes of the chosen neurons every millisecond, and change no spike', async () => {
    const plain = await run(undefined);
    const { spikes, currents } = await run(undefined, { recordNeurons: 10 });
    expect(await eventsOf(spikes)).toEqual(await eventsOf(plain.spikes));
    expect(plain.currents.curves).toEqual([]);
    const quantities = new Set(currents.curves.map(({ labels }) => labels?.['quantity']));
    expect([...quantities].sort()).toEqual([
      'excitatory',
      'external',
      'free membrane',
      'inhibitory',
      'mean membrane',
      'membrane',
      'membrane variance',
    ]);
    const neurons = currents.curves.filter(({ labels }) => labels?.['quantity'] === 'membrane');
    expect(neurons).toHaveLength(10);
    // Two of ten are inhibitory, as of all.
    expect(neurons.filter(({ labels }) => Number(labels?.['neuron']) >= 80)).toHaveLength(2);
    expect(neurons[0]?.x).toEqual(Float64Array.from({ length: 60 }, (_, ms) => ms));
    for (const { y } of currents.curves) expect(y.every(Number.isFinite)).toBe(true);
    const threshold = 20;
    for (const { y } of neurons) expect(Math.max(...y)).toBeLessThan(threshold);
  });

  it('cover the first trial of the first items', async () => {
    const { currents } = await run(images([7, 3, 5]), { recordNeurons: 1, recordItems: 2, trials: 2 });
    const items = new Set(currents.curves.map(({ labels }) => labels?.['item']));
    expect([...items]).toEqual([7 * 4096, 3 * 4096]);
  });

  it('are made again for items that an earlier run had finished, whose spikes are not written twice', async () => {
    const whole = await run(images([7, 3]), { recordNeurons: 2, recordItems: 2 });
    const [first = []] = await eventsOf(whole.spikes);
    const resumed = context();
    const added: number[] = [];
    const at = {
      ...resumed,
      spikeWriter: async (header: Parameters<typeof resumed.spikeWriter>[0]) => {
        const writer = memorySpikeWriter(header);
        const split = first.map((event) => event.split('@').map(Number) as [number, number]);
        await writer.add(
          split.map(([unit]) => unit),
          split.map(([, step]) => step),
        );
        return {
          ...writer,
          finishedItems: 1,
          add: (units: ArrayLike<number>, steps: ArrayLike<number>) => {
            added.push(units.length);
            return writer.add(units, steps);
          },
        };
      },
    };
    const again = await run(images([7, 3]), { recordNeurons: 2, recordItems: 2 }, at);
    expect(added).toHaveLength(1);
    expect(await eventsOf(again.spikes)).toEqual(await eventsOf(whole.spikes));
    expect(again.currents).toEqual(whole.currents);
    expect(resumed.reports.notices[0]).toMatch(/Resuming: 1 of 2/);
  });
});

describe('what follows from the parameters', () => {
  const fact = (given: Given, label: string) =>
    encoder.derived?.(paramsOf(encoder, given)).find((each) => each.label === label)?.value;

  it('in-degrees, and the drive that reaches threshold', () => {
    expect(fact({}, 'Inputs C_E')).toBe(102);
    expect(fact({}, 'Inputs C_I')).toBe(26);
    // Twice 1,280 x 128 synapses of a 16-bit target, and a float32 weight.
    expect(fact({}, 'Memory')).toBeCloseTo(0.65536, 10);
    expect(fact({ weightSpread: 0.5 }, 'Memory')).toBeCloseTo(3 * 0.65536, 10);
    // 20 mV / (0.4 mV x 100 x 20 ms) = 0.025 per ms.
    expect(fact({ nExc: 1000, nInh: 250 }, 'ν_thr')).toBeCloseTo(25, 10);
    expect(
      fact({ nExc: 1000, nInh: 250, connectionProbability: 0.4, weightScaling: '1/sqrtK' }, 'Scaled J'),
    ).toBeCloseTo(0.2, 10);
  });

  it.each([
    [{ discard: 60 }, 'discard'],
    [{ delay: 0.05 }, 'delay'],
    [{ delayKind: 'uniform', delay: 2, delayMax: 1 }, 'delayMax'],
    [{ vReset: 20 }, 'vReset'],
    [{ recordNeurons: 101 }, 'recordNeurons'],
    [{ nExc: 80_000, nInh: 20_000, connectionProbability: 0.1 }, 'connectionProbability'],
  ] as [Given, string][])('refuses %j, naming %s, before a run', (given, param) => {
    const answer = encoder.infer({ drive: undefined }, paramsOf(encoder, { ...small, ...given }));
    expect(answer).toMatchObject({ ok: false, param });
    expect(answer.ok ? '' : answer.cure).toBeTruthy();
  });

  it('refuses a drive that is no number, naming it, instead of computing with it', async () => {
    await expect(run(drives([[[0], [Number.NaN]]], [1]))).rejects.toMatchObject({
      details: { code: 'drive.not-finite' },
    });
  });

  it('asks for a graphics device only where a trial could show that it is faster', async () => {
    const asked: number[] = [];
    const withItems = async (count: number, given: Given = {}) => {
      const at = {
        ...context(),
        gpu: async () => {
          asked.push(count);
          return null;
        },
      };
      const some = images(Array.from({ length: count }, (_, id) => id));
      await run(some, { duration: 20, nExc: 16, nInh: 4, ...given }, at);
    };
    await withItems(99);
    await withItems(100);
    await withItems(101, { simulator: 'wasm' });
    await withItems(102, { weightSpread: 0.5 });
    await withItems(103, { recordNeurons: 1 });
    expect(asked).toEqual([100, 103]);
  });

  it('says what to do where WebGPU is asked for and not there', async () => {
    await expect(run(undefined, { simulator: 'webgpu' })).rejects.toMatchObject({
      details: { code: 'encoder.no-webgpu', param: 'simulator' },
    });
  });
});
