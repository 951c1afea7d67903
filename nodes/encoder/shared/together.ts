/** Runs simulations one after another, each on several threads of the pool together. The same spikes as on one. */
import type { EncodeItem } from '../../../src/kernels/balanced-snn/task';
import { createTeamMemory } from '../../../src/kernels/balanced-snn/team-memory';
import type { TeamJob, TeamReport } from '../../../src/kernels/balanced-snn/team-task';
import type { Simulation } from './simulate';

/** `runs` are those of the simulation from `first` on. */
export async function simulateTogether(
  { job, context, onResult, onPartial }: Simulation,
  runs: readonly EncodeItem[],
  first: number,
  size: number,
): Promise<void> {
  const neurons = job.wiring.unitCount.toLocaleString('en');
  context.notice(`Simulated on WebAssembly with ${size} threads together, which share the ${neurons} neurons.`);
  const recorded = runs.some(({ record }) => record) ? (job.record?.units.length ?? 0) : 0;
  const shared: TeamJob = { ...job, runs, memory: createTeamMemory(job.params, size, recorded) };
  const failed = new AbortController();
  let failure: unknown = null;
  // Results are taken one after another, as they come; one that cannot be kept ends the job.
  let taken: Promise<void> = Promise.resolve();
  const take = (index: number, result: Parameters<Simulation['onResult']>[1]): void => {
    taken = taken.then(() => onResult(first + index, result));
    taken.catch((error: unknown) => {
      failure ??= error;
      failed.abort();
    });
  };
  const parts = Array.from({ length: size }, (_, part) => part);
  try {
    await context.pool.map<TeamJob, number, null, TeamReport>('balanced-snn-team', shared, parts, {
      signal: AbortSignal.any([context.signal, failed.signal]),
      together: true,
      onResult: () => undefined,
      onPartial: (_, report) =>
        report.kind === 'partial' ? onPartial(report.partial) : take(report.index, report.result),
    });
  } catch (error) {
    await taken.catch(() => undefined);
    throw failure ?? error;
  }
  await taken;
}
