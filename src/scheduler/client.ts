/**
 * The page's side of the scheduler. Holds the worker, hands out runs, and keeps four promises that a worker alone
 * cannot: a cancel is acknowledged at once, a worker that does not stop within a second is replaced (what was finished is
 * in the store), a worker that dies ends its run in words instead of leaving it hanging, and one that never starts is
 * told once instead of being tried for ever.
 */
import type { Remote } from 'comlink';
import { type Failure, toFailure } from '../core/errors';
import { type ContentKey, type RunId, runId } from '../core/ids';
import type { LookOf, LookRequest } from '../kit/look';
import type { Preview } from '../kit/preview';
import type { SpikeEvents, SpikeLook } from '../kit/spike-look';
import type { PortValue } from '../kit/values';
import { openConnection, RETRY_AFTER_MS } from './client-connection';
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
  StoredSize,
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
  spikeLook(key: ContentKey, port: string): Promise<SpikeLook | null>;
  spikesOfItem(key: ContentKey, port: string, item: number): Promise<SpikeEvents | null>;
  look<R extends LookRequest>(key: ContentKey, port: string, request: R): Promise<LookOf<R> | null>;
  meters(): Promise<Meters>;
  configure(settings: Partial<SchedulerSettings>): Promise<void>;
  clearStore(): Promise<void>;
  stored(keys: readonly ContentKey[]): Promise<readonly (StoredSize | null)[]>;
  hold(key: ContentKey, on: boolean): Promise<void>;
  forgetResults(keys: readonly ContentKey[]): Promise<void>;
  /** Told null whenever the worker has started, and why when it could not be started and no further try will be made. */
  onHealth(listener: (failure: Failure | null) => void): () => void;
  /** Tries again to start a worker that could not be started. */
  restart(): void;
  dispose(): void;
}

export interface ClientOptions {
  /** Makes the worker of src/scheduler/worker.ts. */
  readonly spawn: () => Worker;
  readonly assets: string;
  readonly settings?: Partial<SchedulerSettings>;
  /** Pauses before further tries to start, ms; tests take shorter ones. */
  readonly retryAfter?: readonly number[];
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
  const healthListeners = new Set<(failure: Failure | null) => void>();
  let settings = options.settings ?? {};
  let broken = false;
  let connection = connect();

  function tell(event: RunEvent): void {
    for (const listener of listeners) listener(event);
  }
  function tellHealth(failure: Failure | null): void {
    for (const listener of healthListeners) listener(failure);
  }

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

  function connect() {
    return openConnection({
      spawn: options.spawn,
      assets: options.assets,
      settings: () => settings,
      retryAfter: options.retryAfter ?? RETRY_AFTER_MS,
      onEvent: receive,
      onStarted: () => tellHealth(null),
      onDied(reason) {
        const failure: Failure = {
          kind: 'internal',
          code: 'worker.died',
          message: `The computing thread stopped: ${reason}.`,
          cure: 'It was started again and finished results are kept. Run again to go on.',
        };
        connection.close(new Error(failure.message));
        connection = connect();
        endRuns('failed', failure);
      },
      onRefused(reason) {
        broken = true;
        const failure: Failure = {
          kind: 'internal',
          code: 'worker.not-started',
          message: `The computing thread could not be started: ${reason}.`,
          cure: 'Check the connection and whether something blocks scripts of this page. Editing and saving still work.',
        };
        connection.close(new Error(failure.message));
        endRuns('failed', failure);
        tellHealth(failure);
      },
    });
  }

  function endRuns(outcome: RunOutcome, failure: Failure | null): void {
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

  async function call<T>(use: (api: Remote<SchedulerApi>) => Promise<T>): Promise<T> {
    const { api, ended } = connection;
    return Promise.race([api.then(use), ended]);
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
      if (first !== 'overdue' || !live.has(id)) return;
      connection.close(new Error('The run was cancelled.'));
      connection = connect();
      endRuns('cancelled', null);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // comlink spreads a union return over several promises; these put it back together.
    preview: (request) => call((api) => api.preview(request) as Promise<Preview | null>),
    value: (key, port) => call((api) => api.value(key, port) as Promise<PortValue | null>),
    spikeLook: (key, port) => call((api) => api.spikeLook(key, port) as Promise<SpikeLook | null>),
    spikesOfItem: (key, port, item) => call((api) => api.spikesOfItem(key, port, item) as Promise<SpikeEvents | null>),
    look: <R extends LookRequest>(key: ContentKey, port: string, request: R) =>
      call((api) => api.look(key, port, request) as Promise<LookOf<R> | null>),
    meters: () => call((api) => api.meters()),
    async configure(next) {
      settings = { ...settings, ...next };
      await call((api) => api.configure(next));
    },
    clearStore: () => call((api) => api.clearStore()),
    stored: (keys) => call((api) => api.stored(keys)),
    hold: (key, on) => call((api) => api.hold(key, on)),
    forgetResults: (keys) => call((api) => api.forgetResults(keys)),
    onHealth(listener) {
      healthListeners.add(listener);
      return () => healthListeners.delete(listener);
    },
    restart() {
      if (!broken) return;
      broken = false;
      connection = connect();
    },
    dispose: () => connection.close(new Error('The editor was closed.')),
  };
}
