/** What a pool and its threads say to each other. `stop` flags are shared memory where the page is isolated, else messages. */
import type { Failure } from '../../core/errors';

export type ToThread =
  | {
      readonly type: 'setup';
      readonly job: number;
      readonly task: string;
      readonly shared: unknown;
      readonly stop: Int32Array | null;
      /** Whether anyone looks at partial results. */
      readonly partials: boolean;
    }
  | { readonly type: 'run'; readonly job: number; readonly index: number; readonly item: unknown }
  | { readonly type: 'stop'; readonly job: number };

export type FromThread =
  | { readonly type: 'partial'; readonly job: number; readonly index: number; readonly partial: unknown }
  | { readonly type: 'result'; readonly job: number; readonly index: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly job: number; readonly index: number; readonly failure: Failure };

/** One thread as the pool sees it. */
export interface Thread {
  post(message: ToThread): void;
  listen(onMessage: (message: FromThread) => void, onDeath: (reason: string) => void): void;
  terminate(): void;
}
