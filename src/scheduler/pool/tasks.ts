/** The kinds of work that pool threads know, by permanent name. Loaded on first use. */
import type { TaskRegistry } from './serve';

export const tasks: TaskRegistry = {
  'balanced-snn': async () => ({ default: (await import('../../kernels/balanced-snn/task')).encodeTask }),
  'balanced-snn-team': async () => ({ default: (await import('../../kernels/balanced-snn/team-task')).teamTask }),
};
