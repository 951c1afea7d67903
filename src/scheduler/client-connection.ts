/**
 * One connection to the scheduler's worker, from its first try to its end. A worker whose script does not load (offline, a
 * content blocker, a half-finished update of the site) is tried three times more, with longer and longer pauses; calls made
 * meanwhile wait. Then the connection ends, and only a person's "Try again" makes another.
 */
import * as Comlink from 'comlink';
import type { RunEvent, SchedulerApi, SchedulerSettings, WorkerEntry } from './protocol';

/** Pauses before the second, third and fourth try, ms. */
export const RETRY_AFTER_MS: readonly number[] = [250, 1000, 4000];

export interface Connection {
  readonly api: Promise<Comlink.Remote<SchedulerApi>>;
  /** Never resolves; rejects when the connection ends, since calls pending on it would hang for ever. */
  readonly ended: Promise<never>;
  close(reason: Error): void;
}

export interface ConnectionOptions {
  readonly spawn: () => Worker;
  readonly assets: string;
  readonly settings: () => Partial<SchedulerSettings>;
  readonly retryAfter: readonly number[];
  readonly onEvent: (event: RunEvent) => void;
  /** The worker answers. */
  readonly onStarted: () => void;
  /** It had started and died. The connection is still to be closed. */
  readonly onDied: (reason: string) => void;
  /** It never started, and no further try will be made. The connection is still to be closed. */
  readonly onRefused: (reason: string) => void;
}

export function openConnection(options: ConnectionOptions): Connection {
  let release = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close: Connection['close'] = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    close = (reason) => {
      clearTimeout(timer);
      release();
      release = () => undefined;
      reject(reason);
    };
  });
  ended.catch(() => undefined);

  let resolveApi: (api: Comlink.Remote<SchedulerApi>) => void = () => undefined;
  const api = new Promise<Comlink.Remote<SchedulerApi>>((resolve) => {
    resolveApi = resolve;
  });

  function attempt(earlier: number): void {
    let over = false;
    let started = false;
    const fail = (reason: string) => {
      if (over) return;
      if (started) return options.onDied(reason);
      over = true;
      release();
      const pause = options.retryAfter[earlier];
      if (pause === undefined) options.onRefused(reason);
      else timer = setTimeout(() => attempt(earlier + 1), pause);
    };
    let worker: Worker;
    try {
      worker = options.spawn();
    } catch (thrown) {
      // Where a policy forbids workers, making one throws; the caller has no connection to close yet.
      timer = setTimeout(() => fail(wordsOf(thrown)));
      return;
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = (message) => options.onEvent(message.data);
    release = () => {
      over = true;
      channel.port1.close();
      worker.terminate();
    };
    worker.onerror = (event) => fail(event.message || 'its script could not be loaded');
    const start = Comlink.wrap<WorkerEntry>(worker).start(
      Comlink.transfer({ events: channel.port2, assets: options.assets, settings: options.settings() }, [
        channel.port2,
      ]),
    ) as unknown as Promise<Comlink.Remote<SchedulerApi>>;
    start.then(
      (remote) => {
        if (over) return;
        started = true;
        resolveApi(remote);
        options.onStarted();
      },
      (thrown) => fail(wordsOf(thrown)),
    );
  }

  attempt(0);
  return { api, ended, close };
}

const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
