/**
 * A pool of plain threads behind the TaskPool interface. Each thread holds at most two items, so that it never waits for
 * the next and a cancel loses little. A thread that dies fails the job in words and is replaced for the next one.
 */
import { NodeComputeError, RunCancelled } from '../../core/errors';
import type { MapOptions, TaskPool } from '../../kit/pool';
import type { FromThread, Thread } from './messages';

const AHEAD = 2;

const sharedFlag = (): Int32Array | null =>
  typeof SharedArrayBuffer === 'undefined' ? null : new Int32Array(new SharedArrayBuffer(4));

export class ThreadPool implements TaskPool {
  readonly size: number;
  readonly together: number;
  private readonly spawn: () => Thread;
  private threads: Thread[] = [];
  private jobs = 0;
  private busy: Promise<void> = Promise.resolve();

  constructor(size: number, spawn: () => Thread, together = 1) {
    this.size = size;
    this.spawn = spawn;
    this.together = together;
  }

  map<Shared, Item, Result, Part = unknown>(
    task: string,
    shared: Shared,
    items: readonly Item[],
    options: MapOptions<Result, Part>,
  ): Promise<void> {
    const job = this.busy.then(() => this.runJob(task, shared, items, options));
    this.busy = job.catch(() => undefined);
    return job;
  }

  terminate(): void {
    for (const thread of this.threads) thread.terminate();
    this.threads = [];
  }

  private async runJob<Result, Part>(
    task: string,
    shared: unknown,
    items: readonly unknown[],
    options: MapOptions<Result, Part>,
  ): Promise<void> {
    const { signal, onResult, onPartial, together = false } = options;
    if (signal.aborted) throw new RunCancelled();
    if (items.length === 0) return;
    if (together && items.length > this.together) {
      throw new Error(`${items.length} items would wait for each other on ${this.together} threads.`);
    }
    const job = ++this.jobs;
    const stop = sharedFlag();
    const wanted = together ? items.length : Math.min(this.size, items.length);
    while (this.threads.length < wanted) this.threads.push(this.spawn());
    const threads = this.threads.slice(0, wanted);
    const ahead = together ? 1 : AHEAD;
    let next = 0;
    let finished = 0;
    await new Promise<void>((resolve, reject) => {
      let settled = false;
      const settle = (action: () => void) => {
        if (settled) return;
        settled = true;
        signal.removeEventListener('abort', cancel);
        action();
      };
      const halt = () => {
        if (stop) Atomics.store(stop, 0, 1);
        for (const thread of threads) thread.post({ type: 'stop', job });
      };
      const fail = (error: unknown) => {
        halt();
        settle(() => reject(error));
      };
      const cancel = () => fail(new RunCancelled());
      signal.addEventListener('abort', cancel);

      const feed = (thread: Thread) => {
        if (settled || next >= items.length) return;
        const index = next++;
        thread.post({ type: 'run', job, index, item: items[index] });
      };
      const receive = async (thread: Thread, message: FromThread) => {
        if (message.job !== job || settled) return;
        if (message.type === 'partial') {
          try {
            onPartial?.(message.index, message.partial as Part);
          } catch (error) {
            fail(error);
          }
          return;
        }
        if (message.type === 'failed') {
          const { kind: _kind, ...details } = message.failure;
          fail(new NodeComputeError(details));
          return;
        }
        feed(thread);
        try {
          await onResult(message.index, message.result as Result);
        } catch (error) {
          fail(error);
          return;
        }
        if (++finished === items.length) settle(resolve);
      };
      for (const thread of threads) {
        thread.listen(
          (message) => void receive(thread, message),
          (reason) => {
            this.threads = this.threads.filter((other) => other !== thread);
            fail(
              new NodeComputeError({
                code: 'pool.thread-died',
                message: `A worker thread stopped: ${reason}.`,
                cure: 'Run again; finished items are kept. If it happens again, lower the network size or the number of images.',
              }),
            );
          },
        );
        thread.post({ type: 'setup', job, task, shared, stop, partials: onPartial !== undefined });
        for (let i = 0; i < ahead; i++) feed(thread);
      }
    });
  }
}
