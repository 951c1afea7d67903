/** One large network on two threads against one: what was measured, and whether it is enough. */
import { type Bar, judge } from './bars';
import type { ThreadRounds } from './measure-threads';
import { digits, type Judged, markdownTable, median, verdictWords } from './report';

/** How many times as fast two threads must be. */
const twoThreads: Bar = { must: 1.7, stretch: 1.85 };
/** Hz: a network of this kind fires at about 10. */
const rates: readonly [number, number] = [10, 14];

/** What is wrong with the spikes; null if nothing. */
export function wrongThreads({ rate, same }: Pick<ThreadRounds, 'rate' | 'same'>): string | null {
  if (!same) return 'two threads gave other spikes than one';
  return rate >= rates[0] && rate <= rates[1] ? null : `rate ${rate.toFixed(2)} Hz, expected ${rates.join(' to ')} Hz`;
}

/** Judged by the CPU time of the slowest thread, as all costs are; the wall clock stands beside it. */
export function threadTable({ rounds, rate }: ThreadRounds): Judged {
  const rows: string[][] = [];
  const missed: string[] = [];
  for (const clock of ['slowest', 'wall'] as const) {
    const one = rounds.map((round) => round.one[clock]);
    const two = rounds.map((round) => round.two[clock]);
    const quietest = Math.min(...one) / Math.min(...two);
    const times = median(rounds.map((_, k) => (one[k] as number) / (two[k] as number)));
    const verdict = clock === 'slowest' ? judge(times, twoThreads, false) : null;
    if (verdict === 'missed') missed.push(`50,000 neurons on two threads: ${digits(times)} times as fast as on one`);
    rows.push([
      clock === 'wall' ? 'wall' : 'CPU of the slowest thread',
      digits(median(one)),
      digits(median(two)),
      digits(times),
      digits(quietest),
      `>= ${twoThreads.must}`,
      `>= ${twoThreads.stretch}`,
      verdict ? verdictWords[verdict] : '',
      rate.toFixed(2),
    ]);
  }
  const head = ['clock, s', 'one thread', 'two', 'times as fast', 'quietest', 'must', 'stretch', 'verdict', 'Hz'];
  return { text: markdownTable(head, rows), missed };
}
