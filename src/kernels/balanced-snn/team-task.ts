/**
 * Pool task: runs of one network that all threads simulate together, one run after another. Every thread has one item of the
 * job, the number of its part, for as long as the job lasts; the first hands each run over as it is done.
 *
 * The shape is that of a pool task (`PoolTask<TeamJob, number, null, TeamReport>`).
 */
import type { PartialSpikes, ReportClock } from './partial-spikes';
import { NetworkRunner } from './simulate';
import { type EncodedItem, type EncodeItem, type EncodeJob, encodedBuffers, encodeItem } from './task';
import { type TeamMemory, TeamStopped } from './team-memory';

export interface TeamJob extends EncodeJob {
  readonly runs: readonly EncodeItem[];
  readonly memory: TeamMemory;
}

export type TeamReport =
  | { readonly kind: 'partial'; readonly partial: PartialSpikes }
  | { readonly kind: 'done'; readonly index: number; readonly result: EncodedItem };

export const teamTask = {
  async setup(job: TeamJob) {
    return {
      async run(
        part: number,
        shouldStop: () => boolean,
        report?: (report: TeamReport, transfer: ArrayBuffer[]) => void,
      ): Promise<null> {
        const place = { memory: job.memory, part, stopped: shouldStop };
        const runner = new NetworkRunner(job.kind, job.params, job.wiring, {
          place,
          arithmetic: job.arithmetic ?? 'float',
        });
        await runner.ready;
        const clock: ReportClock = { due: Number.NEGATIVE_INFINITY };
        const tell = part === 0 ? report : undefined;
        const show =
          tell && ((partial: PartialSpikes, moved: ArrayBuffer[]) => tell({ kind: 'partial', partial }, moved));
        try {
          for (const [index, item] of job.runs.entries()) {
            const result = encodeItem(runner, job, item, clock, shouldStop, show);
            if (shouldStop()) break;
            tell?.({ kind: 'done', index, result }, encodedBuffers(result));
          }
        } catch (thrown) {
          // Nobody reads what a stopped job gives.
          if (!(thrown instanceof TeamStopped)) throw thrown;
        }
        return null;
      },
    };
  },
};
