/** One network on several real threads: the spikes, recordings and partial results of one thread, bit for bit. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import encoder from '../../../../nodes/encoder/balanced-snn';
import { RunCancelled } from '../../../../src/core/errors';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import type { PartialSpikes } from '../../../../src/kernels/balanced-snn/partial-spikes';
import { createNetworkInSlices } from '../../../../src/kernels/balanced-snn/simulate';
import {
  type EncodedItem,
  type EncodeItem,
  type EncodeJob,
  encodeTask,
} from '../../../../src/kernels/balanced-snn/task';
import { teamSize } from '../../../../src/kernels/balanced-snn/team-choice';
import { createTeamMemory } from '../../../../src/kernels/balanced-snn/team-memory';
import { sharesOf, wiringOfShare } from '../../../../src/kernels/balanced-snn/team-shares';
import type { TeamJob, TeamReport } from '../../../../src/kernels/balanced-snn/team-task';
import { buildWiring } from '../../../../src/kernels/balanced-snn/wiring';
import type { ThreadPool } from '../../../../src/scheduler/pool/thread-pool';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { buildThreads, type ThreadFactory } from '../../../support/node-threads';

const base: NetworkParams = { ...defaultNetworkParams, nExc: 397, nInh: 100, jExc: 0.8, duration: 60 };
const recordedUnits = Uint32Array.of(400, 1, 250, 496);

let threads: ThreadFactory;
let pools: Map<number, ThreadPool>;
beforeAll(async () => {
  threads = await buildThreads();
  pools = new Map([1, 2, 3].map((size) => [size, threads.pool(size)]));
}, 120_000);
afterAll(() => threads?.close());
const poolOf = (size: number): ThreadPool => pools.get(size) as ThreadPool;
const never = new AbortController().signal;

async function jobOf(change: Partial<NetworkParams>): Promise<EncodeJob> {
  const params = { ...base, ...change };
  const wiring = await createNetworkInSlices(params, { onSlice: () => true });
  if (!wiring) throw new Error('The network was not wired.');
  return { kind: 'wasm', params, wiring, record: { units: recordedUnits }, discardSteps: 100 };
}

async function alone(job: EncodeJob, runs: readonly EncodeItem[]): Promise<EncodedItem[]> {
  const results: EncodedItem[] = [];
  await poolOf(1).map<EncodeJob, EncodeItem, EncodedItem>('balanced-snn', job, runs, {
    signal: never,
    onResult: (index, result) => {
      results[index] = result;
    },
  });
  return results;
}

interface Told {
  readonly results: EncodedItem[];
  readonly partials: PartialSpikes[];
}

async function together(job: EncodeJob, runs: readonly EncodeItem[], size: number, signal = never): Promise<Told> {
  const told: Told = { results: [], partials: [] };
  const memory = createTeamMemory(job.params, size, job.record?.units.length ?? 0);
  const parts = Array.from({ length: size }, (_, part) => part);
  await poolOf(size).map<TeamJob, number, null, TeamReport>('balanced-snn-team', { ...job, runs, memory }, parts, {
    signal,
    together: true,
    onResult: () => undefined,
    onPartial: (_, report) => {
      if (report.kind === 'partial') told.partials.push(report.partial);
      else told.results[report.index] = report.result;
    },
  });
  return told;
}

const schedule = { x: Float64Array.of(0, 20.3, 40), y: Float64Array.of(1, 3, 1.5) };
const graded = (n: number) => ({ eta: Float32Array.from({ length: n }, (_, i) => 1 + (2 * i) / n) });
const runsFor = (n: number): EncodeItem[] => [
  { itemId: 3, run: 0, drive: graded(n), record: true },
  { itemId: 3, run: 1, drive: schedule },
  { itemId: 4, run: 2, drive: { mu: new Float32Array(n).fill(22), eta: 1 }, record: true },
];

describe('threads that simulate one network together', () => {
  it.each([
    ['delta synapses', {}],
    ['delay of one step', { delay: 0.1 }],
    ['no refractory time', { tRef: 0 }],
    ['delay longer than a slice', { delay: 12, tRef: 0.3 }],
    ['exponential synapses, delays in a range', { synapse: 'exponential', delayMax: 4 }],
    ['weights that differ', { weightSpread: 0.5 }],
    ['weights and delays that differ', { weightSpread: 0.5, delayMax: 2.5, multapses: true }],
    ['bernoulli, constant external input', { connectivity: 'bernoulli', externalKind: 'constant' }],
  ] as [string, Partial<NetworkParams>][])('give the spikes and recordings of one: %s', async (_, change) => {
    const job = await jobOf(change);
    const runs = runsFor(job.wiring.unitCount);
    const expected = await alone(job, runs);
    expect(expected.every(({ count }) => count > 50)).toBe(true);
    expect(expected.map(({ recording }) => recording !== undefined)).toEqual([true, false, true]);
    for (const size of [2, 3]) expect((await together(job, runs, size)).results, `${size} threads`).toEqual(expected);
  });

  it.each([
    ['one delay', {}],
    ['delays in a range', { delayMax: 4 }],
  ])('give the spikes and recordings of one in fixed point: %s', async (_, change) => {
    const job: EncodeJob = { ...(await jobOf(change)), arithmetic: 'fixed' };
    const expected = await alone(job, runsFor(497));
    expect(expected.every(({ count }) => count > 50)).toBe(true);
    expect((await together(job, runsFor(497), 2)).results).toEqual(expected);
    expect(expected).not.toEqual(await alone({ ...job, arithmetic: 'float' }, runsFor(497)));
  });

  it('give the spikes of one above 65,536 neurons', async () => {
    const job = await jobOf({ nExc: 60_000, nInh: 8000, connectionProbability: 0.0005, delayMax: 3, duration: 12 });
    const runs = [{ itemId: 0, drive: { eta: 3 } }];
    const expected = await alone(job, runs);
    expect(expected[0]?.count).toBeGreaterThan(1000);
    expect((await together(job, runs, 2)).results).toEqual(expected);
  });

  it('show the running item as one thread does', async () => {
    const job = await jobOf({});
    const { results, partials } = await together(job, runsFor(497).slice(0, 1), 2);
    const [first] = partials;
    const result = results[0] as EncodedItem;
    expect(first).toMatchObject({ itemId: 3, run: 0, stepsDone: 100 });
    const shown = new Set(first?.sample);
    const expected: number[] = [];
    for (let k = 0; k < result.count && (result.steps[k] as number) < 100; k++) {
      if (shown.has(result.units[k] as number)) expected.push(result.units[k] as number);
    }
    expect([...(first?.units ?? [])]).toEqual(expected);
  });

  it('stop soon after a cancel, wherever they wait, and work again', async () => {
    const job = await jobOf({ duration: 100_000 });
    const abort = new AbortController();
    const running = together(job, runsFor(497), 3, abort.signal);
    setTimeout(() => abort.abort(), 300);
    await expect(running).rejects.toBeInstanceOf(RunCancelled);
    const begun = performance.now();
    const short = await jobOf({});
    expect((await together(short, runsFor(497), 3)).results).toHaveLength(3);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('fail in words, and leave no thread waiting', async () => {
    const job = await jobOf({});
    const bad = { itemId: 0, drive: { eta: new Float32Array(497).fill(Number.NaN) } };
    await expect(together(job, [bad], 2)).rejects.toThrow('NaN');
    expect((await together(job, runsFor(497), 2)).results).toHaveLength(3);
  });

  it('are refused where the pool has too few', async () => {
    const map = poolOf(2).map('balanced-snn-team', {}, [0, 1, 2], {
      signal: never,
      together: true,
      onResult: () => undefined,
    });
    await expect(map).rejects.toThrow('3 items would wait for each other on 2 threads');
  });
});

describe('shares of a network', () => {
  it('are consecutive, and all but the last a multiple of 8', () => {
    expect(sharesOf(497, 3)).toEqual([
      { first: 0, count: 168 },
      { first: 168, count: 160 },
      { first: 328, count: 169 },
    ]);
    expect(sharesOf(9, 1)).toEqual([{ first: 0, count: 9 }]);
  });

  it('have every connection once', () => {
    const wiring = buildWiring({ ...base, delayMax: 3, weightSpread: 0.4 });
    const pieces = sharesOf(497, 3).map((share) => ({ share, own: wiringOfShare(wiring, share) }));
    const starts = wiring.segmentStart as Uint32Array;
    for (let part = 0; part < starts.length - 1; part++) {
      const joined: [number, number][] = [];
      for (const { share, own } of pieces) {
        const segments = own.segmentStart as Uint32Array;
        for (let k = segments[part] as number; k < (segments[part + 1] as number); k++) {
          joined.push([(own.targets[k] as number) + share.first, own.weights?.[k] as number]);
        }
      }
      const whole: [number, number][] = [];
      for (let k = starts[part] as number; k < (starts[part + 1] as number); k++) {
        whole.push([wiring.targets[k] as number, wiring.weights?.[k] as number]);
      }
      expect(joined).toEqual(whole);
    }
  });
});

describe('the number of threads for one network', () => {
  const job = async (n: number) => jobOf({ nExc: n, nInh: 0, connectionProbability: 0.001 });

  it('is more than one where runs are fewer than threads and the network is large', async () => {
    const large = await job(20_000);
    expect(teamSize({ job: large, delaySteps: 15, runs: 1, threads: 2 })).toBe(2);
    expect(teamSize({ job: large, delaySteps: 15, runs: 2, threads: 2 })).toBe(1);
    expect(teamSize({ job: large, delaySteps: 1, runs: 1, threads: 2 })).toBe(1);
    expect(teamSize({ job: { ...large, kind: 'reference' }, delaySteps: 15, runs: 1, threads: 2 })).toBe(1);
    expect(teamSize({ job: await job(1000), delaySteps: 15, runs: 1, threads: 2 })).toBe(1);
  });

  it('is one where the network is not in shared memory', async () => {
    const large = await job(20_000);
    const wiring = { ...large.wiring, targets: large.wiring.targets.slice() };
    expect(teamSize({ job: { ...large, wiring }, delaySteps: 15, runs: 1, threads: 2 })).toBe(1);
  });
});

it('the encoder uses them for a large network alone, says so, and stores the same spikes', async () => {
  const given = { nExc: 6400, nInh: 1600, jExc: 0.2, duration: 30, discard: 10, recordNeurons: 3 } as const;
  const compute = async (context: ReturnType<typeof createTestContext>) =>
    computeNode(encoder, { drive: undefined }, paramsOf(encoder, given), context);
  const usual = createTestContext({ tasks: { 'balanced-snn': encodeTask } });
  const pooled = { ...createTestContext(), pool: poolOf(2) };
  const expected = await compute(usual);
  const ours = await compute(pooled);
  expect(usual.reports.notices).toEqual([]);
  expect(pooled.reports.notices).toEqual([
    'Simulated on WebAssembly with 2 threads together, which share the 8,000 neurons.',
  ]);
  expect(await ours.spikes.read(0)).toEqual(await expected.spikes.read(0));
  expect(ours.spikes.spikeCount).toBeGreaterThan(1000);
  expect(ours.currents).toEqual(expected.currents);
  expect(pooled.reports.partial.length).toBeGreaterThan(0);
  expect(pooled.reports.progress.at(-1)).toEqual({ done: 1, total: 1, label: 'items' });
});
