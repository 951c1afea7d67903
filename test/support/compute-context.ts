/**
 * A complete compute context for tests of nodes: real work in this thread, spikes and checkpoints in memory, files from
 * a folder. Everything that a node reports is kept for inspection. Only threads and the artifact store are left out;
 * src/scheduler has its own tests for those.
 */

import { RunCancelled } from '../../src/core/errors';
import { z } from '../../src/core/zod';
import type { AssetReader, CheckpointState, Checkpoints, ComputeContext } from '../../src/kit/context';
import type {
  ComputeFunction,
  Inputs,
  InputValues,
  NodeDefinition,
  Outputs,
  OutputValues,
} from '../../src/kit/define-node';
import type { ParamShape, ParamValues } from '../../src/kit/params';
import type { PoolTask, TaskPool } from '../../src/kit/pool';
import type { PortValue } from '../../src/kit/values';
import { memorySpikeWriter } from './memory-spikes';

type AnyTask = PoolTask<never, never, unknown>;

export interface TestContextOptions {
  /** Pool tasks by permanent name. */
  readonly tasks?: Readonly<Record<string, AnyTask>>;
  readonly assets?: AssetReader;
  readonly signal?: AbortSignal;
  readonly backend?: ComputeContext['backend'];
  readonly runBudget?: number;
  /** Events per spike chunk, small to exercise chunk borders. */
  readonly chunkEvents?: number;
}

export interface TestContext extends ComputeContext {
  readonly reports: {
    readonly progress: { done: number; total: number; label: string }[];
    readonly partial: { port: string; value: PortValue }[];
    readonly notices: string[];
  };
}

const noAssets: AssetReader = {
  read: (path) => Promise.reject(new Error(`This test gives no files, but "${path}" was read.`)),
  imported: (_hash, name) => Promise.reject(new Error(`This test gives no files, but "${name}" was read.`)),
};

/** Checkpoints kept in memory. */
function memoryCheckpoints(): Checkpoints {
  const stored = new Map<number, CheckpointState>();
  return {
    latest: (extent) => {
      const best = [...stored.keys()].filter((at) => at <= extent).sort((a, b) => b - a)[0];
      return Promise.resolve(
        best === undefined ? null : { extent: best, state: structuredClone(stored.get(best) as CheckpointState) },
      );
    },
    save: (extent, state) => {
      stored.set(extent, structuredClone(state));
      return Promise.resolve();
    },
  };
}

/** Runs tasks one after the other in this thread. Messages are cloned, as between threads. */
function inlinePool(tasks: Readonly<Record<string, AnyTask>>, signal?: AbortSignal): TaskPool {
  return {
    size: 1,
    async map(name, shared, items, options) {
      const task = tasks[name] as PoolTask<typeof shared, (typeof items)[number], never> | undefined;
      if (!task) throw new Error(`The test context was given no task "${name}".`);
      const stopped = () => options.signal.aborted || signal?.aborted === true;
      const runner = await task.setup(structuredClone(shared));
      for (const [index, item] of items.entries()) {
        if (stopped()) throw new RunCancelled();
        const result = await runner.run(structuredClone(item), stopped);
        if (stopped()) throw new RunCancelled();
        await options.onResult(index, result);
      }
    },
  };
}

export function createTestContext(options: TestContextOptions = {}): TestContext {
  const signal = options.signal ?? new AbortController().signal;
  const reports: TestContext['reports'] = { progress: [], partial: [], notices: [] };
  return {
    signal,
    reports,
    progress: (done, total, label = '') => void reports.progress.push({ done, total, label }),
    breathe: async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal.aborted) throw new RunCancelled();
    },
    partial: (port, value) => void reports.partial.push({ port, value }),
    notice: (message) => void reports.notices.push(message),
    pool: inlinePool(options.tasks ?? {}, signal),
    runBudget: options.runBudget ?? 4e9,
    assets: options.assets ?? noAssets,
    checkpoints: memoryCheckpoints(),
    spikeWriter: (header) => Promise.resolve(memorySpikeWriter(header, options.chunkEvents)),
    backend: options.backend ?? 'cpu',
    gpu: () => Promise.resolve(null),
  };
}

/** Parameters as a run would get them: defaults filled in, everything checked. Throws a ZodError when refused. */
export function paramsOf<P extends ParamShape>(
  definition: { readonly params: P },
  given: Partial<{ [K in keyof P]: z.input<P[K]> }> = {},
): { [K in keyof P]: z.output<P[K]> } {
  return z.strictObject(definition.params).parse(given) as { [K in keyof P]: z.output<P[K]> };
}

/** Loads and runs a node's compute function. */
export async function computeNode<I extends Inputs, O extends Outputs, P extends ParamShape>(
  definition: NodeDefinition<I, O, P>,
  inputs: InputValues<I>,
  params: ParamValues<P>,
  context: ComputeContext,
): Promise<OutputValues<O>> {
  const module = (await definition.compute()) as { readonly default: ComputeFunction<I, O, P> };
  return module.default(inputs, params, context);
}
