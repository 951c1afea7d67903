/** Section on the linear Fisher information: arms beside each other, and ratios paired over graphs. */
import { meanOf, sampleSd } from '../../../analysis/moments';
import { studentPoint } from '../../../analysis/student';
import { dash, fixed, table } from '../markdown';
import { armLabel, armName, balanced } from './arms';
import { greys, type StepTold, stepArms } from './contrast-step';
import type { ReportInput, Section } from './report-parts';
import { listed } from './words';

type ByGraph = ReadonlyMap<number, StepTold>;

export interface Ratio {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Geometric mean of first over second, over the graphs that both have, with the t interval of its logarithm; the values
 * are far apart and positive. Null with fewer than two graphs, or where a value is not positive.
 */
export function ratioOf(first: readonly number[], second: readonly number[]): Ratio | null {
  if (first.length < 2 || ![...first, ...second].every((value) => value > 0)) return null;
  const logs = first.map((value, k) => Math.log(value / (second[k] as number)));
  const mean = meanOf(logs);
  const half = (studentPoint(logs.length - 1) * sampleSd(logs)) / Math.sqrt(logs.length);
  return { estimate: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half) };
}

const ratioText = (ratio: Ratio | null): string =>
  ratio ? `${fixed(ratio.estimate, 2)} [${fixed(ratio.low, 2)}, ${fixed(ratio.high, 2)}]` : dash;

export function stepSection({ results, sizes }: ReportInput): Section {
  const of = (name: string): ByGraph => results.steps.get(name) ?? new Map();
  const own = of(armName(balanced));
  const rows: string[][] = [];
  const lines: string[] = [];
  for (const arm of stepArms) {
    const found = of(armName(arm));
    if (found.size === 0) continue;
    const told = [...found.values()];
    const over = (read: (each: StepTold) => number, digits: number) => {
      const values = told.map(read);
      return `${fixed(meanOf(values), digits)}${values.length > 1 ? ` ± ${fixed(sampleSd(values), digits)}` : ''}`;
    };
    const pairs = [...own].flatMap(([graph, a]) => {
      const b = found.get(graph);
      return b ? [[a, b] as const] : [];
    });
    const against = (read: (each: StepTold) => number) =>
      arm === balanced
        ? null
        : ratioOf(
            pairs.map(([a]) => read(a)),
            pairs.map(([, b]) => read(b)),
          );
    const ratio = against(({ fisher }) => fisher);
    rows.push([
      armLabel(arm),
      String(found.size),
      over(({ spikes }) => spikes, 0),
      over(({ fisher }) => fisher / 1000, 2),
      over(({ shuffled }) => shuffled / 1000, 1),
      fixed(meanOf(told.map(({ shuffled }) => shuffled)) / meanOf(told.map(({ fisher }) => fisher)), 1),
      ratioText(ratio),
      ratioText(against(({ fisher, spikes }) => fisher / spikes)),
    ]);
    if (ratio) lines.push(lineOf(armLabel(arm), ratio));
  }
  if (rows.length === 0) return { text: '' };
  const size = greys[1] - greys[0];
  const told = own.size > 0 ? meanOf([...own.values()].map(({ fisher }) => fisher)) : Number.NaN;
  const apart =
    told > 0 ? ` The step itself is worth a d' of ${fixed(size * Math.sqrt(told), 1)} in the balanced network.` : '';
  return {
    text: `## A small step of contrast

Linear Fisher information (pipelines/balanced-contrast-step.json): all neurons see one grey, ${listed(greys.map(String))}, ${sizes.step.trials} trials each; rates of
${sizes.step.units} neurons drawn at random, the same in every arm, bias removed; per squared unit of grey, in thousands. Shuffled is what
independent neurons of the same means and variances would tell: the ratio is what shared noise takes. The last columns are the
balanced network over the arm, geometric mean over graphs with its 95 % t interval.${apart} Drives are those matched on digits; a uniform
grey reaches all neurons at once, so spikes can differ where digits gave the same rate.

${table(['arm', 'graphs', 'spikes a trial', 'Fisher information, thousands', 'shuffled, thousands', 'shuffled over Fisher', 'balanced over arm', 'the same, per spike'], rows)}

${lines.join('\n')}`,
  };
}

function lineOf(arm: string, { estimate, low, high }: Ratio): string {
  if (low > 1)
    return `- The balanced network tells the step better than ${arm}: ${fixed(estimate, 2)} times the information.`;
  if (high < 1)
    return `- The balanced network tells the step worse than ${arm}: ${fixed(estimate, 2)} times the information.`;
  return `- Between the balanced network and ${arm} it is undecided who tells the step better.`;
}
