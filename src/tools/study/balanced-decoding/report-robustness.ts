/** Section on changed spikes: what is left to decode over the window, under jitter, and with spikes or neurons lost. */
import { dash, fixed, interval, signed, table } from '../markdown';
import { type Arm, balanced, comparedArms, unbalancedG } from './arms';
import { type ByGraph, compare, type Difference, summaryOf } from './compare';
import { robustnessFigure } from './figures-robustness';
import { figureLink, type ReportInput, type Section } from './report-parts';
import { allAmounts, type ChangeAxis, type ChangeKind, changeAxes, pointName } from './robustness';
import { listed } from './words';

const amountText: Readonly<Record<ChangeKind, (amount: number) => string>> = {
  window: (amount) => `first ${amount} ms`,
  jitter: (amount) => (amount === 0 ? 'no jitter' : `jitter of ${amount} ms`),
  delete: (amount) => (amount === 0 ? 'no spike lost' : `${Math.round(100 * amount)} % of spikes lost`),
  drop: (amount) => (amount === 0 ? 'no neuron lost' : `${Math.round(100 * amount)} % of neurons lost`),
};

export async function robustnessSection(input: ReportInput): Promise<Section> {
  const { scores } = input.results;
  const rows: string[][] = [];
  const lines: string[] = [];
  const axes: ChangeAxis[] = [];
  for (const axis of changeAxes(input.sizes)) {
    const matched: { amount: number; difference: Difference }[] = [];
    // The unchanged spikes are shown over the graphs of the changed ones.
    const changed = axis.amounts.map((amount) => scores.get(pointName(axis, amount, balanced)));
    if (changed.every((of) => of === undefined)) continue;
    axes.push(axis);
    for (const amount of allAmounts(axis)) {
      const at = comparedArms.map((arm) => pointOf(input, axis, amount, arm));
      const [own, same, other] = at;
      if (!own) continue;
      const [toSame, toMatched] = [await compare(own, same), await compare(own, other)];
      if (!toSame && !toMatched) continue;
      if (toMatched) matched.push({ amount, difference: toMatched });
      rows.push([
        amountText[axis.kind](amount),
        String(own.size),
        ...at.map((of) => fixed(summaryOf(of, 'psnr')?.mean, 2)),
        toSame ? interval(toSame) : dash,
        toMatched ? interval(toMatched) : dash,
      ]);
    }
    const line = lineOf(axis, matched);
    if (line) lines.push(line);
  }
  if (rows.length === 0) return { text: '' };
  const point = (axis: ChangeAxis, amount: number, arm: Arm) => pointOf(input, axis, amount, arm);
  return {
    text: `## When spikes are cut short, moved or lost

Ridge regression fitted anew to the changed spikes (spikes.transform), so that the numbers tell what is left in them and not what
an unprepared decoder makes of them. Windows begin where the part that is left out ends. Rates hardly feel a jitter: it is tried
on the first spike of each neuron (latency), whose PSNR without jitter is that of the section before.

${table(['spikes', 'graphs', 'balanced, dB', `g = ${unbalancedG} same`, `g = ${unbalancedG} matched`, 'balanced less same, dB', 'balanced less matched, dB'], rows)}

${lines.join('\n')}

${figureLink('robustness.svg', 'PSNR over the readout window, jitter, lost spikes and lost neurons, for three networks')}`,
    figures: { robustness: robustnessFigure(axes, point) },
  };
}

/** Scores at one amount; those of the unchanged spikes only over the graphs whose spikes were changed. */
function pointOf({ results }: ReportInput, axis: ChangeAxis, amount: number, arm: Arm): ByGraph | undefined {
  const of = results.scores.get(pointName(axis, amount, arm));
  if (amount !== axis.unchanged.amount || !of) return of;
  const changed = axis.amounts.flatMap((each) => [...(results.scores.get(pointName(axis, each, arm))?.keys() ?? [])]);
  return new Map([...of].filter(([graph]) => changed.includes(graph)));
}

/** How the matched comparison fares along one axis. */
function lineOf({ kind, title }: ChangeAxis, points: readonly { amount: number; difference: Difference }[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return '';
  const signs = new Set(points.map(({ difference }) => difference.verdict));
  const span = `${signed(first.difference.estimate, 2)} dB (${amountText[kind](first.amount)}) to ${signed(last.difference.estimate, 2)} dB (${amountText[kind](last.amount)})`;
  if (signs.size === 1) {
    const who = { higher: 'better', lower: 'worse', undecided: 'neither better nor worse for sure' };
    return `- ${title}: at matched drives the balanced network is ${who[first.difference.verdict]} everywhere, ${span}.`;
  }
  const where = (verdict: Difference['verdict']) =>
    points.filter(({ difference }) => difference.verdict === verdict).map(({ amount }) => amountText[kind](amount));
  const words = [
    ['higher', 'better'],
    ['lower', 'worse'],
    ['undecided', 'undecided'],
  ] as const;
  const parts = words.flatMap(([verdict, word]) => {
    const at = where(verdict);
    return at.length > 0 ? [`${word} with ${listed(at)}`] : [];
  });
  return `- ${title}: at matched drives the balanced network is not on one side everywhere: ${parts.join('; ')} (${span}).`;
}
