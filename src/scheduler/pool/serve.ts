/** The thread's side of a pool: looks a task up by name, sets it up once per job, runs items one after another. */
import { toFailure } from '../../core/errors';
import type { PoolRunner, PoolTask, ReportPartial } from '../../kit/pool';
import type { FromThread, ToThread } from './messages';

export type TaskRegistry = Readonly<
  Record<string, () => Promise<{ readonly default: PoolTask<never, never, unknown, unknown> }>>
>;

interface Job {
  readonly runner: Promise<PoolRunner<never, unknown, unknown>>;
  readonly stop: Int32Array | null;
  readonly partials: boolean;
  stopped: boolean;
}

export function serveTasks(tasks: TaskRegistry, post: (message: FromThread, transfer: ArrayBuffer[]) => void) {
  const jobs = new Map<number, Job>();

  async function open(task: string, shared: unknown): Promise<PoolRunner<never, unknown, unknown>> {
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
      const report: ReportPartial<unknown> = (partial, transfer = []) => {
        if (!shouldStop()) post({ type: 'partial', job: id, index, partial }, transfer);
      };
      const result = await runner.run(item as never, shouldStop, job.partials ? report : undefined);
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
      jobs.set(message.job, { runner, stop: message.stop, partials: message.partials, stopped: false });
    } else if (message.type === 'stop') {
      const job = jobs.get(message.job);
      if (job) job.stopped = true;
    } else {
      void run(message.job, message.index, message.item);
    }
  };
}
