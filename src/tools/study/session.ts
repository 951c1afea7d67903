/**
 * Runs shipped pipelines with other parameters through the product's own engine and store, one after another in this
 * process. What a run measured is also kept as a record under the keys of what it read, so that a study that is stopped
 * goes on where it was, and its report can be written again without computing anything.
 */
import { join } from 'node:path';
import { catalogue } from '../../../nodes';
import { openFileStore } from '../../cache/file-store';
import { GivenFiles } from '../../cli/given-files';
import { applySettings, readPipeline, refuseProblems } from '../../cli/load-pipeline';
import { ReportBuilder } from '../../cli/report';
import { describeFailure } from '../../core/errors';
import { hashBytes } from '../../core/hash';
import { type ContentKey, type NodeId, nodeId, runId } from '../../core/ids';
import { createNodeAssetReader, importedFromFolders } from '../../data/asset-reader.node';
import { compile } from '../../graph/compile';
import { upstreamOf } from '../../graph/topology';
import type { PortValue } from '../../kit/values';
import { Engine } from '../../scheduler/engine';
import { createNodePool } from '../../scheduler/pool/node-pool';
import type { RunEvent } from '../../scheduler/protocol';
import { simulationMode, tensorVersions, tfjsRuntime } from '../../scheduler/tfjs-runtime';
import { Records } from './records';

export interface Job {
  /** File name in pipelines/, without its ending. */
  readonly pipeline: string;
  /** "node.parameter=value", as in --set. */
  readonly settings: readonly string[];
  /** Nodes whose outputs are read. */
  readonly targets: readonly string[];
}

/** Reads what a finished run gave. */
export type ReadOutput = (node: string, port: string) => Promise<PortValue>;

export interface Recorded<T> {
  readonly measured: T;
  /** Time of the nodes that were computed for it, ms; what other records had made already is not counted again. */
  readonly ms: number;
}

/** Thrown where something would have to be computed and no time is left. */
export class OutOfTime extends Error {}

export interface SessionOptions {
  /** When to start no more runs, ms since the epoch; what is recorded is still read. */
  readonly deadline: number;
  readonly root: string;
  /** Folder of stored results. */
  readonly cache: string;
  /** File of records. */
  readonly records: string;
  readonly assets: string;
  readonly threads: number;
  readonly poolEntry: URL;
  readonly tell: (line: string) => void;
}

const storeBudget = 60_000_000_000;

export class StudySession {
  private listener: ((event: RunEvent) => void) | null = null;
  private count = 0;
  /** Records whose time this session has given already. */
  private readonly counted = new Set<string>();

  private constructor(
    private readonly options: SessionOptions,
    private readonly engine: Engine,
    private readonly records: Records,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(options: SessionOptions): Promise<StudySession> {
    const { cache, assets, threads, poolEntry } = options;
    const store = await openFileStore({ directory: join(cache, 'results'), budget: storeBudget });
    const pool = createNodePool(poolEntry, threads);
    const listeners: { emit: (event: RunEvent) => void } = { emit: () => {} };
    const engine = new Engine({
      catalogue,
      openStore: async () => store,
      pool,
      assets: createNodeAssetReader(assets, importedFromFolders([assets])),
      tensors: tfjsRuntime,
      simulationMode,
      settings: { backend: 'auto', storeBudget },
      emit: (event) => listeners.emit(event),
    });
    const session = new StudySession(options, engine, await Records.open(options.records), async () => {
      await store.close();
      pool.terminate();
    });
    listeners.emit = (event) => session.listener?.(event);
    return session;
  }

  get versions(): Readonly<Record<string, string>> {
    return { node: process.version, ...tensorVersions, simulation: simulationMode };
  }

  /**
   * The record of `job`, from an earlier run of the study where there is one. `name` says what `measure` reads. Throws
   * OutOfTime after the deadline, unless it is wanted `late` too: what only reads stored results.
   */
  async record<T>(
    name: string,
    job: Job,
    measure: (read: ReadOutput) => Promise<T>,
    late = false,
  ): Promise<Recorded<T>> {
    const plan = await this.planOf(job);
    const { steps } = await this.engine.plan(plan);
    const keys = job.targets.map((target) => steps[target]?.key ?? '');
    const hash = await hashBytes(new TextEncoder().encode(JSON.stringify([name, keys])));
    const known = this.records.find<T>(hash);
    const again = this.counted.has(hash);
    this.counted.add(hash);
    if (known) return again ? { ...known, ms: 0 } : known;
    if (!late && Date.now() > this.options.deadline) throw new OutOfTime(`No time is left for ${job.pipeline}.`);
    const { keys: found, ms } = await this.run(job, plan);
    const measured = await measure(async (node, port) => {
      const key = found.get(node);
      const value = key && (await this.engine.value(key, port));
      if (!value) throw new Error(`The run of ${job.pipeline} left no ${node}.${port}.`);
      return value;
    });
    return this.records.add(hash, measured, ms);
  }

  async close(): Promise<void> {
    await this.end();
  }

  private async planOf({ pipeline, settings, targets }: Job) {
    const { document: saved } = await readPipeline(join(this.options.root, 'pipelines', `${pipeline}.json`));
    const document = await applySettings(saved, settings, catalogue, new GivenFiles());
    const [first, ...also] = targets.map(nodeId) as [NodeId, ...NodeId[]];
    refuseProblems(document, catalogue, new Set([first, ...also, ...upstreamOf(document, [first, ...also])]));
    return compile(document, catalogue, { targets: [first, ...also] });
  }

  private async run(job: Job, plan: Awaited<ReturnType<typeof compile>>) {
    const builder = new ReportBuilder(plan);
    let ms = 0;
    const failures: string[] = [];
    this.listener = (event) => {
      builder.take(event);
      if (event.type === 'finished' && event.state === 'executed') {
        ms += event.ms;
        if (event.ms > 1000) this.options.tell(`    ${event.node}: ${(event.ms / 1000).toFixed(1)} s`);
      }
      if (event.type === 'failed') failures.push(`${event.node}: ${describeFailure(event.failure)}`);
    };
    const outcome = await this.engine.run(runId(`study-${++this.count}`), plan);
    this.listener = null;
    if (outcome !== 'succeeded') {
      throw new Error(`${job.pipeline} with ${job.settings.join(' ')} ${outcome}:\n${failures.join('\n')}`);
    }
    return { keys: builder.keys as ReadonlyMap<string, ContentKey>, ms };
  }
}
