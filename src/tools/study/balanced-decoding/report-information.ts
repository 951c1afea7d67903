/** Section on metric.information: means over graphs, and differences paired over graphs with their t intervals. */
import { meanOf, sampleSd } from '../../../analysis/moments';
import { studentPoint } from '../../../analysis/student';
import { counted, dash, fixed, signed, table } from '../markdown';
import { type Arm, armLabel, armName, balanced, curveArm, mainArms } from './arms';
import type { Information } from './measures';
import type { ReportInput, Section } from './report-parts';
import { listed } from './words';

export interface InformationInput {
  readonly results: { readonly information: ReadonlyMap<string, ReadonlyMap<number, Information>> };
  readonly sizes: ReportInput['sizes'];
}

interface Told {
  readonly label: string;
  readonly digits: number;
  readonly of: (information: Information) => number | null;
}

const scaled = (value: number | null | undefined, by: number): number | null =>
  typeof value === 'number' ? value * by : null;

const measures: readonly Told[] = [
  { label: 'decoded classes', digits: 3, of: (of) => of['accuracy']?.value ?? null },
  { label: 'bits of class', digits: 2, of: (of) => of['confusion bits']?.value ?? null },
  { label: 'bits of image', digits: 1, of: (of) => of['gaussian bound']?.value ?? null },
  { label: "pixel d', decoder", digits: 2, of: (of) => of["pixel d' pooled"]?.value ?? null },
  { label: "pixel d', unit", digits: 2, of: (of) => of["pixel d' unit"]?.value ?? null },
  {
    label: 'bits of image per 1,000 spikes',
    digits: 2,
    of: (of) => scaled(of['gaussian bound']?.perSpike, 1000),
  },
  { label: 'per million events', digits: 1, of: (of) => scaled(of['gaussian bound']?.perEvent, 1e6) },
];

export function informationSection({ results, sizes }: InformationInput): Section {
  const arms = new Map<string, Arm>();
  for (const arm of mainArms) arms.set(armName(arm), arm);
  for (const g of sizes.gs) {
    for (const drive of ['same', 'matched'] as const) {
      const arm = curveArm(g, drive);
      if (!arms.has(armName(arm))) arms.set(armName(arm), arm);
    }
  }
  const rows: string[][] = [];
  const differences: string[][] = [];
  const sure: string[] = [];
  const own = results.information.get(armName(balanced));
  for (const [name, arm] of arms) {
    const of = results.information.get(name);
    if (!of) continue;
    rows.push([armLabel(arm), String(of.size), ...measures.map((measure) => overGraphs(of, measure))]);
    if (!own || name === armName(balanced)) continue;
    const paired = measures.map((measure) => pairedDifference(own, of, measure));
    if (paired.every((difference) => difference === null)) continue;
    differences.push([
      armLabel(arm),
      ...paired.map((difference, k) => intervalText(difference, measures[k]?.digits ?? 2)),
    ]);
    const line = lineOf(armLabel(arm), paired);
    if (line && mainArms.includes(arm)) sure.push(line);
  }
  if (rows.length === 0) return { text: '' };
  const heads = measures.map(({ label }) => label);
  const pairs =
    differences.length > 0
      ? `\n\nBalanced less the arm, paired over graphs, mean and 95 % t interval over graphs:\n\n${table(['arm', ...heads], differences)}\n\n${sure.join('\n')}`
      : '';
  return {
    text: `## What the spikes tell

metric.information on the ${counted(sizes.test, 'held-out digit')}, 3-fold cross-validated linear decoders, mean ± standard deviation over graphs. Bits of the image are
the Gaussian bound over 20 principal components; they are divided by spikes and by recurrent synaptic events.

${table(['arm', 'graphs', ...heads], rows)}${pairs}`,
  };
}

function overGraphs(of: ReadonlyMap<number, Information>, { of: read, digits }: Told): string {
  const values = [...of.values()].map(read).filter((value) => value !== null);
  if (values.length === 0) return dash;
  const spread = values.length > 1 ? ` ± ${fixed(sampleSd(values), digits)}` : '';
  return `${fixed(meanOf(values), digits)}${spread}`;
}

interface Paired {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Null with fewer than two graphs that both arms have: one graph says nothing of others. */
export function pairedDifference(
  first: ReadonlyMap<number, Information>,
  second: ReadonlyMap<number, Information>,
  { of }: Pick<Told, 'of'>,
): Paired | null {
  const differences = [...first].flatMap(([graph, a]) => {
    const b = second.get(graph);
    const [x, y] = [of(a), b ? of(b) : null];
    return x !== null && y !== null ? [x - y] : [];
  });
  if (differences.length < 2) return null;
  const estimate = meanOf(differences);
  const half = (studentPoint(differences.length - 1) * sampleSd(differences)) / Math.sqrt(differences.length);
  return { estimate, low: estimate - half, high: estimate + half };
}

const intervalText = (of: Paired | null, digits: number): string =>
  of ? `${signed(of.estimate, digits)} [${signed(of.low, digits)}, ${signed(of.high, digits)}]` : dash;

/** By which measures the balanced network is surely above or below the arm. */
function lineOf(arm: string, paired: readonly (Paired | null)[]): string | null {
  const which = (test: (of: Paired) => boolean) =>
    measures.flatMap(({ label }, k) => {
      const of = paired[k];
      return of && test(of) ? [label === 'per million events' ? 'bits of image per event' : label] : [];
    });
  const [above, below] = [which(({ low }) => low > 0), which(({ high }) => high < 0)];
  if (above.length + below.length === 0) return `- Against ${arm}: no measure tells the balanced network apart.`;
  const parts = [
    ...(above.length > 0 ? [`higher in ${listed(above)}`] : []),
    ...(below.length > 0 ? [`lower in ${listed(below)}`] : []),
  ];
  return `- Against ${arm}: the balanced network is ${parts.join(', and ')}.`;
}
