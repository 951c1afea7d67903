/**
 * The page's side of the scheduler. Holds the worker, hands out runs, and keeps three promises that a worker alone
 * cannot: a cancel is acknowledged at once, a worker that does not stop within a second is replaced (what was finished is
 * in the store), and a worker that dies ends its run in words instead of leaving it hanging.
 */
import * as Comlink from 'comlink';
import { type Failure, toFailure } from '../core/errors';
import { type ContentKey, type RunId, runId } from '../core/ids';
import type { Preview } from '../kit/preview';
import type { PortValue } from '../kit/values';
import type {
  Meters,
  PlanReport,
  PreviewRequest,
  RunEvent,
  RunOptions,
  RunOutcome,
  RunPlan,
  SchedulerApi,
  SchedulerSettings,
  WorkerEntry,
} from './protocol';

/** After this long without an end, a cancelled worker is replaced. */
export const KILL_AFTER_MS = 1000;

export interface RunHandle {
  readonly id: RunId;
  readonly done: Promise<RunOutcome>;
}

export interface SchedulerClient {
  plan(plan: RunPlan): Promise<PlanReport>;
  run(plan: RunPlan, options?: RunOptions): RunHandle;
  /** Resolves when the run has ended, by itself or because its worker was replaced. */
  cancel(id: RunId): Promise<void>;
  onEvent(listener: (event: RunEvent) => void): () => void;
  preview(request: PreviewRequest): Promise<Preview | null>;
  value(key: ContentKey, port: string): Promise<PortValue | null>;
  meters(): Promise<Meters>;
  configure(settings: Partial<SchedulerSettings>): Promise<void>;
  clearStore(): Promise<void>;
  dispose(): void;
}

export interface ClientOptions {
  /** Makes the worker of src/scheduler/worker.ts. */
  readonly spawn: () => Worker;
  readonly assets: string;
  readonly settings?: Partial<SchedulerSettings>;
}

interface Connection {
  readonly worker: Worker;
  readonly api: Promise<Comlink.Remote<SchedulerApi>>;
  /** Never resolves; rejects when the worker dies or is replaced, since calls pending on it would hang for ever. */
  readonly died: Promise<never>;
  close(reason: Error): void;
}

interface LiveRun {
  readonly begun: number;
  readonly nodes: Set<string>;
  readonly end: (outcome: RunOutcome) => void;
  readonly ended: Promise<void>;
}

export function createSchedulerClient(options: ClientOptions): SchedulerClient {
  const listeners = new Set<(event: RunEvent) => void>();
  const live = new Map<RunId, LiveRun>();
  let settings = options.settings ?? {};
  let connection = connect();

  const tell = (event: RunEvent) => {
    for (const listener of listeners) listener(event);
  };

  function receive(event: RunEvent): void {
    if ('node' in event && event.node && event.run) {
      const run = live.get(event.run);
      if (!run) return; // a replaced worker's last words
      if (event.type === 'started') run.nodes.add(event.node);
      if (event.type === 'finished' || event.type === 'failed' || event.type === 'cancelled')
        run.nodes.delete(event.node);
    }
    tell(event);
    if (event.type === 'ended') live.get(event.run)?.end(event.outcome);
  }

  function connect(): Connection {
    const worker = options.spawn();
    const channel = new MessageChannel();
    channel.port1.onmessage = (message) => receive(message.data);
    const entry = Comlink.wrap<WorkerEntry>(worker);
    let close: Connection['close'] = () => undefined;
    const died = new Promise<never>((_resolve, reject) => {
      close = (reason) => {
        reject(reason);
        channel.port1.close();
        worker.terminate();
      };
    });
    died.catch(() => undefined);
    worker.onerror = (event) => lose(event.message || 'it could not be loaded');
    const started = entry.start(
      Comlink.transfer({ events: channel.port2, assets: options.assets, settings }, [channel.port2]),
    ) as unknown as Promise<Comlink.Remote<SchedulerApi>>;
    const api = Promise.race([started, died]);
    api.catch(() => undefined);
    return { worker, api, died, close };
  }

  /** Ends every live run on the old worker and starts a new one. */
  function replace(reason: Error, outcome: RunOutcome, failure: Failure | null): void {
    connection.close(reason);
    connection = connect();
    for (const [id, run] of [...live]) {
      for (const name of run.nodes) {
        const node = name as never;
        if (failure) tell({ type: 'failed', run: id, node, failure });
        else tell({ type: 'cancelled', run: id, node });
      }
      tell({ type: 'ended', run: id, outcome, ms: performance.now() - run.begun });
      run.end(outcome);
    }
  }

  function lose(message: string): void {
    const failure: Failure = {
      kind: 'internal',
      code: 'worker.died',
      message: `The computing thread stopped: ${message}.`,
      cure: 'It was started again and finished results are kept. Run again to go on.',
    };
    replace(new Error(failure.message), 'failed', failure);
  }

  async function call<T>(use: (api: Comlink.Remote<SchedulerApi>) => Promise<T>): Promise<T> {
    const { api, died } = connection;
    return Promise.race([api.then(use), died]);
  }

  return {
    plan: (plan) => call((api) => api.plan(plan)),
    run(plan, runOptions = {}) {
      const id = runId(crypto.randomUUID());
      let end: LiveRun['end'] = () => undefined;
      const done = new Promise<RunOutcome>((resolve) => {
        end = (outcome) => {
          live.delete(id);
          resolve(outcome);
        };
      });
      live.set(id, { begun: performance.now(), nodes: new Set(), end, ended: done.then(() => undefined) });
      // The run ends with its `ended` event: the answer to this call may overtake the last events on the other port.
      call((api) => api.run(id, plan, runOptions)).catch((thrown) => {
        if (!live.has(id)) return; // already ended by a replaced worker
        tell({ type: 'notice', run: id, node: null, message: toFailure(thrown).message });
        tell({ type: 'ended', run: id, outcome: 'failed', ms: 0 });
        live.get(id)?.end('failed');
      });
      return { id, done };
    },
    async cancel(id) {
      const run = live.get(id);
      if (!run) return;
      call((api) => api.cancel(id)).catch(() => undefined);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const overdue = new Promise<'overdue'>((resolve) => {
        timer = setTimeout(() => resolve('overdue'), KILL_AFTER_MS);
      });
      const first = await Promise.race([run.ended, overdue]);
      clearTimeout(timer);
      if (first === 'overdue' && live.has(id)) replace(new Error('The run was cancelled.'), 'cancelled', null);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // comlink spreads a union return over several promises; these put it back together.
    preview: (request) => call((api) => api.preview(request) as Promise<Preview | null>),
    value: (key, port) => call((api) => api.value(key, port) as Promise<PortValue | null>),
    meters: () => call((api) => api.meters()),
    async configure(next) {
      settings = { ...settings, ...next };
      await call((api) => api.configure(next));
    },
    clearStore: () => call((api) => api.clearStore()),
    dispose: () => connection.close(new Error('The editor was closed.')),
  };
}
