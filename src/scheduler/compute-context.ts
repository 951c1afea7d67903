/** Builds what a compute function receives: progress with time left, partial results, cancel, and the store behind it. */

import type { ArtifactStore } from '../cache/store';
import { NodeComputeError, RunCancelled } from '../core/errors';
import type { ContentKey, NodeId, RunId } from '../core/ids';
import type { AssetReader, ComputeContext } from '../kit/context';
import type { AnyNode } from '../kit/define-node';
import type { TaskPool } from '../kit/pool';
import type { PortValue } from '../kit/values';
import { macrotask } from './macrotask';
import { makePreview } from './preview';
import type { BackendName, RunEvent } from './protocol';

/** Events of one node and port are held to ten a second; the latest wins. */
const INTERVAL_MS = 100;

export interface ContextDeps {
  readonly run: RunId;
  readonly node: NodeId;
  readonly key: ContentKey;
  readonly lineage: string;
  readonly definition: AnyNode;
  readonly signal: AbortSignal;
  readonly store: ArtifactStore;
  readonly pool: TaskPool;
  readonly runBudget: number;
  readonly assets: AssetReader;
  readonly backend: BackendName;
  readonly gpu: () => Promise<GPUDevice | null>;
  readonly emit: (event: RunEvent) => void;
}

export function createContext(deps: ContextDeps): ComputeContext {
  const { run, node, signal, emit } = deps;
  const begun = performance.now();
  let firstDone: number | null = null;
  let lastProgress = Number.NEGATIVE_INFINITY;
  const partials = new Map<string, { sequence: number; at: number; busy: boolean }>();

  async function sendPartial(port: string, value: PortValue, state: { sequence: number; busy: boolean }) {
    state.busy = true;
    try {
      const preview = await makePreview(value, {});
      if (!signal.aborted) emit({ type: 'partial', run, node, port, sequence: ++state.sequence, preview });
    } finally {
      state.busy = false;
    }
  }

  return {
    signal,
    backend: deps.backend,
    gpu: deps.gpu,
    pool: deps.pool,
    runBudget: deps.runBudget,
    assets: deps.assets,
    checkpoints: deps.store.checkpoints(deps.lineage),
    progress(done, total, label = '') {
      const now = performance.now();
      // Work that an earlier run had finished took no time in this one.
      firstDone ??= done;
      if (now - lastProgress < INTERVAL_MS && done < total) return;
      lastProgress = now;
      const fresh = done - firstDone;
      const eta = fresh > 0 ? ((now - begun) / fresh) * (total - done) : null;
      emit({ type: 'progress', run, node, done, total, eta, label });
    },
    async breathe() {
      if (signal.aborted) throw new RunCancelled();
      await macrotask();
      if (signal.aborted) throw new RunCancelled();
    },
    partial(port, value) {
      const now = performance.now();
      const state = partials.get(port) ?? { sequence: 0, at: Number.NEGATIVE_INFINITY, busy: false };
      partials.set(port, state);
      if (state.busy || now - state.at < INTERVAL_MS) return;
      state.at = now;
      void sendPartial(port, value, state);
    },
    notice: (message) => emit({ type: 'notice', run, node, message }),
    async spikeWriter(header) {
      const port = Object.entries(deps.definition.outputs).find(([, spec]) => spec.kind === 'spikes')?.[0];
      if (!port)
        throw new NodeComputeError({ code: 'compute.no-spikes-port', message: 'This node has no spikes output.' });
      return deps.store.spikeWriter(deps.key, port, header);
    },
  };
}
