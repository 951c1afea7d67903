/** The product's engine with the whole catalogue in this thread: WASM, nothing kept on disk, no files to read. */
import { catalogue } from '../../nodes';
import { openMemoryStore } from '../../src/cache/memory-store';
import { describeFailure } from '../../src/core/errors';
import { type ContentKey, runId } from '../../src/core/ids';
import type { PortValue } from '../../src/kit/values';
import { Engine } from '../../src/scheduler/engine';
import { createInlinePool } from '../../src/scheduler/pool/inline-pool';
import { tasks } from '../../src/scheduler/pool/tasks';
import type { RunEvent, RunOutcome, RunPlan } from '../../src/scheduler/protocol';
import { simulationMode, tfjsRuntime } from '../../src/scheduler/tfjs-runtime';

const noFiles = async (): Promise<Uint8Array> => {
  throw new Error('This run reads no file.');
};

export interface WholeRun {
  readonly outcome: RunOutcome;
  /** Every failure in words. */
  readonly failures: readonly string[];
  /** Nodes that were computed. */
  readonly executed: readonly string[];
  readonly keyOf: (node: string) => ContentKey | undefined;
  readonly value: (node: string, port: string) => Promise<PortValue | null>;
  readonly engine: Engine;
}

/** Runs a plan with a store of its own, so that no run counts on what another left. */
export async function runWhole(name: string, plan: RunPlan): Promise<WholeRun> {
  const events: RunEvent[] = [];
  const engine = new Engine({
    catalogue,
    openStore: async () => openMemoryStore({ budget: 2e8 }),
    pool: createInlinePool(tasks),
    assets: { read: noFiles, imported: noFiles },
    tensors: tfjsRuntime,
    simulationMode,
    emit: (event) => events.push(event),
    settings: { backend: 'wasm' },
  });
  const outcome = await engine.run(runId(name), plan);
  const finished = events.flatMap((event) => (event.type === 'finished' ? [event] : []));
  const keys = new Map<string, ContentKey>(finished.map(({ node, key }) => [node, key]));
  return {
    outcome,
    failures: events.flatMap((event) => (event.type === 'failed' ? [describeFailure(event.failure)] : [])),
    executed: finished.flatMap(({ node, state }) => (state === 'executed' ? [node] : [])),
    keyOf: (node) => keys.get(node),
    value: async (node, port) => {
      const key = keys.get(node);
      return key ? engine.value(key, port) : null;
    },
    engine,
  };
}
