/** The kind of machine a study ran on, without its name or place. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** GB */
  readonly memory: number;
  readonly threads: number;
  /** Runnable processes over the last quarter of an hour when the study ended: above the cores, it shared them. */
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
}

export const describeMachine = (threads: number, versions: Machine['versions']): Machine => ({
  processor: cpus()[0]?.model.trim() || 'an unnamed processor',
  cores: availableParallelism(),
  memory: Math.round(totalmem() / 2 ** 30),
  threads,
  load: loadavg()[2] ?? 0,
  versions,
});
