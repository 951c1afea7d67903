/**
 * One large network on one thread and on two, in a process of its own: `measure-threads.js ROUNDS`. Both go through the product's
 * pool, the threads' setting up included. Prints one JSON line.
 *
 * Beside the wall clock, which on a busy machine says how busy it was, the CPU time of the slowest thread is taken: what the
 * run would take on idle cores, but for waiting.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { defaultNetworkParams, type NetworkParams } from '../../../src/kernels/balanced-snn/params';
import { createNetworkInSlices } from '../../../src/kernels/balanced-snn/simulate';
import type { EncodedItem, EncodeItem, EncodeJob } from '../../../src/kernels/balanced-snn/task';
import { createTeamMemory } from '../../../src/kernels/balanced-snn/team-memory';
import type { TeamJob, TeamReport } from '../../../src/kernels/balanced-snn/team-task';
import { createNodePool } from '../../../src/scheduler/pool/node-pool';

/** Seconds. */
export interface ThreadTimes {
  readonly wall: number;
  /** CPU of the busiest thread; NaN where the system does not tell. */
  readonly slowest: number;
}

export interface ThreadRounds {
  readonly rounds: readonly { readonly one: ThreadTimes; readonly two: ThreadTimes }[];
  /** Hz, over the last half of the run. */
  readonly rate: number;
  /** Both gave the same spikes. */
  readonly same: boolean;
}

/** 50,000 neurons with 1,000 inputs each. */
const params: NetworkParams = {
  ...defaultNetworkParams,
  nExc: 40_000,
  nInh: 10_000,
  connectionProbability: 0.02,
  jExc: 0.1,
  duration: 1000,
};
const run: EncodeItem = { itemId: 0, drive: { eta: 1.1 } };

/** CPU seconds of each thread of this process, by number. */
function threadSeconds(): Map<string, number> {
  const seconds = new Map<string, number>();
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      seconds.set(thread, Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e9);
    }
  } catch {
    // A thread has ended meanwhile, or this is not Linux.
  }
  return seconds;
}

async function timed(work: () => Promise<void>): Promise<ThreadTimes> {
  const before = threadSeconds();
  const from = performance.now();
  await work();
  const wall = (performance.now() - from) / 1000;
  let slowest = Number.NaN;
  for (const [thread, seconds] of threadSeconds()) {
    const spent = seconds - (before.get(thread) ?? 0);
    if (!(spent <= slowest)) slowest = spent;
  }
  return { wall, slowest };
}

function sameSpikes(a: EncodedItem, b: EncodedItem): boolean {
  if (a.count !== b.count) return false;
  for (let k = 0; k < a.count; k++) if (a.units[k] !== b.units[k] || a.steps[k] !== b.steps[k]) return false;
  return true;
}

const wiring = await createNetworkInSlices(params, { onSlice: () => true });
if (!wiring) throw new Error('The network was not wired.');
const job: EncodeJob = { kind: 'wasm', params, wiring };
const pool = createNodePool(new URL('./pool.js', import.meta.url), 2);
const { signal } = new AbortController();
const taken: { alone?: EncodedItem; together?: EncodedItem } = {};

const alone = (): Promise<void> =>
  pool.map<EncodeJob, EncodeItem, EncodedItem>('balanced-snn', job, [run], {
    signal,
    onResult: (_, result) => {
      taken.alone = result;
    },
  });
const together = (): Promise<void> =>
  pool.map<TeamJob, number, null, TeamReport>(
    'balanced-snn-team',
    { ...job, runs: [run], memory: createTeamMemory(params, 2, 0) },
    [0, 1],
    {
      signal,
      together: true,
      onResult: () => undefined,
      onPartial: (_, report) => {
        if (report.kind === 'done') taken.together = report.result;
      },
    },
  );

// Threads are started and the kernel is compiled before any clock runs.
await together();
const rounds: { one: ThreadTimes; two: ThreadTimes }[] = [];
for (let round = 0; round < Number(process.argv[2]); round++) {
  rounds.push({ one: await timed(alone), two: await timed(together) });
}
pool.terminate();
const { alone: first, together: second } = taken;
if (!first || !second) throw new Error('A run gave nothing.');
let late = 0;
for (let k = 0; k < first.count; k++) if ((first.steps[k] as number) >= 5000) late++;
const result: ThreadRounds = { rounds, rate: late / wiring.unitCount / 0.5, same: sameSpikes(first, second) };
console.log(JSON.stringify(result));
