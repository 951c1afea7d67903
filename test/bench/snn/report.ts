/** The tables of a benchmark run, as Markdown: costs per system, then ratios with their verdicts. */
import { type Bar, bars, judge, startUpBars, type Verdict } from './bars';
import type { StartUp } from './start-up';
import { costOf, type Sample, type WorkloadId, workloads } from './workloads';
import type { PeerId } from './yardsticks';

export type OurId = 'node' | 'chromium';
export type SystemId = OurId | PeerId;

/** Samples by workload and system, in the order they were taken. */
export type Samples = Partial<Record<WorkloadId, Partial<Record<SystemId, Sample[]>>>>;
export type StartUps = Partial<Record<OurId, StartUp[]>>;

const titles: Readonly<Record<SystemId, string>> = {
  node: 'WASM, Node',
  chromium: 'WASM, Chromium worker',
  floor: 'C++ yardstick',
  'brian-cython': 'Brian2 Cython',
  'brian-cpp': 'Brian2 C++',
  'brian-loop': 'Brian2, one image after another',
  'torch-dense': 'torch, dense',
};
const order = Object.keys(titles) as SystemId[];
const ours: readonly OurId[] = ['node', 'chromium'];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] as number)) / 2;
}

export const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((c, k) => c.padEnd(widths[k] as number)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

/** Median and quietest cost of every system, with its rate, CV and events. */
export function costTable(samples: Samples): string {
  const rows: string[][] = [];
  for (const [id, bySystem] of Object.entries(samples) as [WorkloadId, Partial<Record<SystemId, Sample[]>>][]) {
    for (const system of order) {
      const taken = bySystem[system];
      if (!taken || taken.length === 0) continue;
      const costs = taken.map((sample) => costOf(id, sample));
      const first = taken[0] as Sample;
      rows.push([
        workloads[id].title,
        titles[system],
        String(taken.length),
        digits(median(costs)),
        digits(Math.min(...costs)),
        `ms per ${workloads[id].per}`,
        digits(median(taken.map(({ events, seconds }) => events / seconds / 1e6))),
        first.rate.toFixed(2),
        Number.isFinite(first.cv) ? first.cv.toFixed(3) : '',
      ]);
    }
  }
  return markdownTable(
    ['workload', 'system', 'runs', 'median', 'quietest', 'CPU time', 'M events/s', 'Hz', 'CV'],
    rows,
  );
}

export interface Judged {
  readonly text: string;
  readonly missed: readonly string[];
}

export const verdictWords: Readonly<Record<Verdict, string>> = {
  stretch: 'stretch reached',
  must: 'must reached',
  missed: 'MISSED',
};

/** Every ratio that has a bar. Medians over medians, and quietest over quietest beside it. */
export function ratioTable(samples: Samples): Judged {
  const rows: string[][] = [];
  const missed: string[] = [];
  for (const [id, bySystem] of Object.entries(samples) as [WorkloadId, Partial<Record<SystemId, Sample[]>>][]) {
    const costs = (system: SystemId): number[] => (bySystem[system] ?? []).map((sample) => costOf(id, sample));
    for (const our of ours) {
      const mine = costs(our);
      for (const [peer, bar] of Object.entries(bars[id]) as [PeerId, Bar][]) {
        const its = costs(peer);
        if (mine.length === 0 || its.length === 0) continue;
        const isFloor = peer === 'floor';
        const ratio = (of: (values: readonly number[]) => number): number =>
          isFloor ? of(mine) / of(its) : of(its) / of(mine);
        const value = ratio(median);
        const verdict = judge(value, bar, isFloor);
        const sign = isFloor ? '<=' : '>=';
        if (verdict === 'missed')
          missed.push(`${workloads[id].title}, ${titles[our]}: ${digits(value)} x ${titles[peer]}`);
        rows.push([
          workloads[id].title,
          titles[our],
          isFloor ? 'times the cost of the C++ yardstick' : `times as fast as ${titles[peer]}`,
          digits(value),
          digits(ratio((values) => Math.min(...values))),
          `${sign} ${bar.must}`,
          `${sign} ${bar.stretch}`,
          verdictWords[verdict],
        ]);
      }
    }
  }
  const head = ['workload', 'ours', 'is', 'medians', 'quietest', 'must', 'stretch', 'verdict'];
  return { text: markdownTable(head, rows), missed };
}

/** Start-up of a large network; seconds. */
export function startUpTable(startUps: StartUps): Judged {
  const rows: string[][] = [];
  const missed: string[] = [];
  for (const our of ours) {
    const taken = startUps[our];
    if (!taken || taken.length === 0) continue;
    for (const moment of ['wired', 'firstSpikes'] as const) {
      const seconds = taken.map((startUp) => startUp[moment]);
      const bar = startUpBars[moment];
      const verdict = judge(median(seconds), bar, true);
      const what =
        moment === 'wired' ? `${((taken[0] as StartUp).synapses / 1e6).toFixed(1)} M synapses wired` : 'first spikes';
      if (verdict === 'missed') missed.push(`${what}, ${titles[our]}: ${digits(median(seconds))} s`);
      rows.push([
        what,
        titles[our],
        (taken[0] as StartUp).clock,
        digits(median(seconds)),
        digits(Math.min(...seconds)),
        `<= ${bar.must}`,
        `<= ${bar.stretch}`,
        verdictWords[verdict],
      ]);
    }
  }
  return {
    text: markdownTable(['start-up, s', 'where', 'clock', 'median', 'quietest', 'must', 'stretch', 'verdict'], rows),
    missed,
  };
}
