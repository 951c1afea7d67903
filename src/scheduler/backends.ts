/**
 * The tensor backend over time: started when first needed, held while a run computes on it (a setting changed meanwhile
 * counts from the next run on), and replaced when its device is lost. On `auto` the next best takes over for the session;
 * a forced backend is never replaced by another, only started again.
 */
import type { Failure } from '../core/errors';
import type { BackendInfo, BackendPreference, RunEvent } from './protocol';
import type { ActiveBackend, TensorRuntime } from './tensor-runtime';

/** Browsers tell of a lost device a moment after the calls that it broke have failed. ms */
const NEWS_AFTER_MS = 1000;

/** What one attempt at a run knows of the device it computes on. */
export interface DeviceWatch {
  /** Aborted when the device is lost: tensor nodes in flight stop, and none may begin. */
  readonly gone: AbortSignal;
  /** To be asked after a failure: was it the device's? Waits for the news where there can be any, unless cancelled. */
  isLost(cancelled: AbortSignal): Promise<boolean>;
  /** Null when the run may go on with another backend; else what its tensor nodes fail with. */
  failure(): Failure | null;
  /** From here on the backend stays, whatever the settings say, until the watch ends. */
  hold(): void;
  end(): void;
}

export class Backends {
  active: ActiveBackend | null = null;
  private started: { readonly preference: BackendPreference; readonly backend: Promise<ActiveBackend> } | null = null;
  /** Why `auto` no longer tries the GPU. */
  private lost: string | null = null;
  private holders = 0;
  private readonly watches = new Set<(message: string) => void>();

  constructor(
    private readonly tensors: TensorRuntime,
    private readonly emit: (event: RunEvent) => void,
  ) {}

  get info(): BackendInfo | null {
    return this.active && { name: this.active.name, reason: this.active.reason };
  }

  /** The user chose anew: what was lost before may be tried again. */
  forgetLoss(): void {
    this.lost = null;
  }

  /** Starts the backend that the preference asks for, once. Throws BackendUnavailableError if it is forced and absent. */
  start(wanted: BackendPreference): Promise<ActiveBackend> {
    if (this.started && this.active && this.holders > 0) return this.started.backend;
    const preference = this.lost && wanted === 'auto' ? 'wasm' : wanted;
    if (this.started?.preference === preference) return this.started.backend;
    const backend = this.tensors.start(preference, wanted === 'auto' ? this.lost : null).then((active) => {
      this.active = active;
      active.onLost((message) => this.onLost(active, message, wanted));
      this.emit({ type: 'backend', backend: { name: active.name, reason: active.reason } });
      return active;
    });
    const started = { preference, backend };
    this.started = started;
    backend.catch(() => {
      if (this.started === started) this.started = null;
    });
    return backend;
  }

  /** For one attempt, from before it is planned to its end. */
  watch(preference: BackendPreference): DeviceWatch {
    const abort = new AbortController();
    let message = '';
    const hear = (news: string) => {
      message = news;
      abort.abort();
    };
    this.watches.add(hear);
    let holds = 0;
    return {
      gone: abort.signal,
      isLost: async (cancelled) => {
        const { aborted } = abort.signal;
        if (!aborted && this.active?.name === 'webgpu') await newsOr(NEWS_AFTER_MS, [abort.signal, cancelled]);
        return abort.signal.aborted;
      },
      failure: () => (preference === 'auto' ? null : lostFailure(message)),
      hold: () => {
        holds++;
        this.holders++;
      },
      end: () => {
        this.watches.delete(hear);
        this.holders -= holds;
        holds = 0;
      },
    };
  }

  private onLost(backend: ActiveBackend, message: string, wanted: BackendPreference): void {
    if (this.active !== backend) return; // given up before
    this.active = null;
    this.started = null;
    if (wanted === 'auto') this.lost = message;
    this.emit({
      type: 'notice',
      run: null,
      node: null,
      title: 'The graphics device was lost',
      message: `${message} ${wanted === 'auto' ? GOING_ON : STOPPING}`,
      sticky: true,
    });
    for (const hear of [...this.watches]) hear(message);
  }
}

/** Resolves when one of the signals fires, at the latest after `ms`. */
function newsOr(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    for (const signal of signals) {
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }
  });
}

const GOING_ON = 'Going on with WebAssembly; finished results are kept.';
const STOPPING =
  'WebGPU was asked for, so nothing else is used in its place; finished results are kept, and the next run starts it again.';

const lostFailure = (message: string): Failure => ({
  kind: 'backend',
  code: 'backend.lost',
  message,
  cure: 'Run again to start WebGPU afresh, or choose the backend "auto", which goes on with WebAssembly.',
});
