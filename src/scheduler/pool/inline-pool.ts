/** A pool without threads: the same tasks, one after another, with a macrotask between items so that a cancel gets in. */
import { RunCancelled } from '../../core/errors';
import type { MapOptions, PoolTask, TaskPool } from '../../kit/pool';
import { macrotask } from '../macrotask';
import type { TaskRegistry } from './serve';

export function createInlinePool(tasks: TaskRegistry): TaskPool {
  return {
    size: 1,
    async map<Shared, Item, Result, Part = unknown>(
      task: string,
      shared: Shared,
      items: readonly Item[],
      options: MapOptions<Result, Part>,
    ) {
      const load = tasks[task];
      if (!load) throw new Error(`The pool knows no task "${task}".`);
      const definition = (await load()).default as unknown as PoolTask<Shared, Item, Result, Part>;
      const runner = await definition.setup(shared);
      for (const [index, item] of items.entries()) {
        await macrotask();
        if (options.signal.aborted) throw new RunCancelled();
        const stopped = () => options.signal.aborted;
        const { onPartial } = options;
        const report = onPartial && ((partial: Part) => (stopped() ? undefined : onPartial(index, partial)));
        const result = await runner.run(item, stopped, report);
        if (options.signal.aborted) throw new RunCancelled();
        await options.onResult(index, result);
      }
    },
  };
}
