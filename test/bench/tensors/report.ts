/** The tables of a run, as Markdown: cost of every system, then ours against each with its verdict. */
import { judge, type Verdict } from '../snn/bars';
import { digits, markdownTable, median } from '../snn/report';
import { type Sample, type SystemId, systemTitles, type Workload, type WorkloadId, workloads } from './workloads';

export type Samples = Partial<Record<WorkloadId, Partial<Record<SystemId, Sample[]>>>>;

const words: Readonly<Record<Verdict, string>> = {
  stretch: 'stretch reached',
  must: 'must reached',
  missed: 'MISSED',
};

/** GFLOP/s of a product, images/s of a training. */
function speedOf({ product }: Workload, seconds: number): number {
  return product ? (2 * product[0] * product[1] * product[2]) / seconds / 1e9 : 1 / seconds;
}

const entries = (samples: Samples) =>
  (Object.entries(samples) as [WorkloadId, Partial<Record<SystemId, Sample[]>>][]).map(
    ([id, systems]) => [workloads[id] as Workload, systems] as const,
  );
const secondsOf = (taken: readonly Sample[]) => taken.map(({ seconds }) => seconds);

export function speedTable(samples: Samples): string {
  const rows = entries(samples).flatMap(([workload, systems]) =>
    (Object.entries(systems) as [SystemId, Sample[]][]).map(([system, taken]) => [
      workload.title,
      systemTitles[system],
      String(taken.length),
      digits(speedOf(workload, median(secondsOf(taken)))),
      digits(speedOf(workload, Math.min(...secondsOf(taken)))),
      workload.product ? 'GFLOP/s' : 'images/s',
    ]),
  );
  return markdownTable(['workload', 'system', 'runs', 'median', 'quietest', 'of CPU time'], rows);
}

export interface Judged {
  readonly table: string;
  readonly missed: number;
}

/** Ratios are medians over the rounds of the ratio within a round, so that a busy moment falls on both. */
export function ratioTable(samples: Samples): Judged {
  let missed = 0;
  const verdict = (value: number, bar: { must: number; stretch: number }): string => {
    const found = judge(value, bar, false);
    if (found === 'missed') missed++;
    return words[found];
  };
  const rows = entries(samples).flatMap(([workload, systems]) => {
    const ours = systems.ours ?? [];
    if (ours.length === 0) return [];
    const own = speedOf(workload, Math.min(...secondsOf(ours)));
    const speed = workload.floor
      ? [
          [
            workload.title,
            'GFLOP/s',
            digits(speedOf(workload, median(secondsOf(ours)))),
            digits(own),
            `>= ${workload.floor.must}`,
            `>= ${workload.floor.stretch}`,
            verdict(own, workload.floor),
          ],
        ]
      : [];
    const against = (Object.entries(systems) as [SystemId, Sample[]][]).flatMap(([system, taken]) => {
      if (system === 'ours') return [];
      const ratios = taken.map(({ seconds }, round) => seconds / (ours[round] ?? (ours[0] as Sample)).seconds);
      const quietest = Math.min(...secondsOf(taken)) / Math.min(...secondsOf(ours));
      const bar = workload.bars[system];
      return [
        [
          workload.title,
          `times as fast as ${systemTitles[system]}`,
          digits(median(ratios)),
          digits(quietest),
          bar ? `>= ${bar.must}` : '',
          bar ? `>= ${bar.stretch}` : '',
          bar ? verdict(median(ratios), bar) : '',
        ],
      ];
    });
    return [...speed, ...against];
  });
  const table = markdownTable(['workload', 'ours', 'medians', 'quietest', 'must', 'stretch', 'verdict'], rows);
  return { table, missed };
}
