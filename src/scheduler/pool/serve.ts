/** The thread's side of a pool: looks a task up by name, sets it up once per job, runs items one after another. */
import { toFailure } from '../../core/errors';
import type { PoolRunner, PoolTask } from '../../kit/pool';
import type { FromThread, ToThread } from './messages';

export type TaskRegistry = Readonly<
  Record<string, () => Promise<{ readonly default: PoolTask<never, never, unknown> }>>
>;

interface Job {
  readonly runner: Promise<PoolRunner<never, unknown>>;
  readonly stop: Int32Array | null;
  stopped: boolean;
}

export function serveTasks(tasks: TaskRegistry, post: (message: FromThread, transfer: ArrayBuffer[]) => void) {
  const jobs = new Map<number, Job>();

  async function open(task: string, shared: unknown): Promise<PoolRunner<never, unknown>> {
    const load = tasks[task];
    if (!load) throw new Error(`The pool knows no task "${task}".`);
    return (await load()).default.setup(shared as never);
  }

  async function run(id: number, index: number, item: unknown): Promise<void> {
    const job = jobs.get(id);
    if (!job) return;
    const shouldStop = () => job.stopped || (job.stop !== null && Atomics.load(job.stop, 0) !== 0);
    try {
      const runner = await job.runner;
      if (shouldStop()) return;
      const result = await runner.run(item as never, shouldStop);
      if (shouldStop()) return;
      post({ type: 'result', job: id, index, result }, runner.transfer?.(result) ?? []);
    } catch (thrown) {
      post({ type: 'failed', job: id, index, failure: toFailure(thrown) }, []);
    }
  }

  return (message: ToThread): void => {
    if (message.type === 'setup') {
      // One job at a time: setting up the next forgets the last.
      jobs.clear();
      const runner = open(message.task, message.shared);
      runner.catch(() => undefined); // reported by the first item
      jobs.set(message.job, { runner, stop: message.stop, stopped: false });
    } else if (message.type === 'stop') {
      const job = jobs.get(message.job);
      if (job) job.stopped = true;
    } else {
      void run(message.job, message.index, message.item);
    }
  };
}
