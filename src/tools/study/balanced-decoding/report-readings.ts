/** Section on readouts: every row differs from the first in one thing, and the comparison is made anew. */
import { counted, dash, fixed, interval, table } from '../markdown';
import { type Arm, armName, balanced, comparedArms, matchedDrive, sameDrive } from './arms';
import { type ByGraph, compare, type Difference, summaryOf } from './compare';
import { readingName, readings } from './readings';
import type { ReportInput, Section } from './report-parts';
import { listed } from './words';

interface Row {
  readonly label: string;
  readonly of: (arm: Arm) => ByGraph | undefined;
}

export interface Found {
  readonly label: string;
  readonly same: Difference | null;
  readonly matched: Difference | null;
}

async function rowsOf(input: ReportInput): Promise<{ readonly cells: readonly string[][]; readonly found: Found[] }> {
  const { scores } = input.results;
  const base: Row = { label: 'as above', of: (arm) => scores.get(`ridge/${armName(arm)}`) };
  const others = readings.map(
    (reading): Row => ({ label: reading.label, of: (arm) => scores.get(readingName(reading, arm)) }),
  );
  const cells: string[][] = [];
  const found: Found[] = [];
  for (const row of [base, ...others]) {
    const own = row.of(balanced);
    if (!own) continue;
    const [same, matched] = [await compare(own, row.of(sameDrive)), await compare(own, row.of(matchedDrive))];
    const change = row === base ? null : await compare(own, base.of(balanced));
    found.push({ label: row.label, same, matched });
    cells.push([
      row.label,
      String(own.size),
      ...comparedArms.map((arm) => fixed(summaryOf(row.of(arm), 'psnr')?.mean, 2)),
      change ? interval(change) : dash,
      same ? interval(same) : dash,
      matched ? interval(matched) : dash,
    ]);
  }
  return { cells, found };
}

export async function readingsSection(input: ReportInput): Promise<Section> {
  const { cells, found } = await rowsOf(input);
  if (cells.length < 2) return { text: '' };
  return {
    text: `## How the spikes are read

Ridge regression on the rates of all neurons over ${input.sizes.counted} ms, inputs scaled alike, is the first row; every other one differs from it in
one thing. The change is that of the balanced network against the first row on the graphs that both have. The number of spikes
is the rate in another unit, and the decoder scales all inputs alike: that row checks the study and must be 0.

${table(['decoder', 'graphs', 'balanced, dB', 'g = 3.5 same', 'g = 3.5 matched', 'change, balanced', 'balanced less same, dB', 'balanced less matched, dB'], cells)}

${(['same', 'matched'] as const).map((drive) => `- ${signsOver(found, drive)}`).join('\n')}`,
  };
}

/** Whether the conclusion hangs on the readout; empty where no other one was tried. */
export async function readingsAnswer(input: ReportInput): Promise<string> {
  const { found } = await rowsOf(input);
  if (found.length < 2) return '';
  return `**Does it hang on how the spikes are read?** ${signsOver(found, 'matched')} ${signsOver(found, 'same')}`;
}

/** Readouts by which the balanced network is better with rate and range matched, over three graphs or more. */
export async function betterReadBy(input: ReportInput): Promise<string[]> {
  const { found } = await rowsOf(input);
  return found.flatMap(({ label, matched }) =>
    matched?.verdict === 'higher' && matched.graphs.length >= 3 ? [label] : [],
  );
}

const words = {
  higher: 'the balanced network is better',
  lower: 'the balanced network is worse',
  undecided: 'it is undecided who is better',
};

/** On which side the comparison falls with each readout, by the side of the first one. */
export function signsOver(
  found: readonly Found[],
  drive: 'same' | 'matched',
  rows = 'of the section on readouts',
): string {
  const known = found.flatMap((row) => {
    const difference = row[drive];
    return difference ? [{ label: row.label, difference }] : [];
  });
  const first = known[0]?.difference.verdict;
  const where = drive === 'same' ? 'At the same drive' : 'With rate and range matched';
  if (!first) return `${where} nothing was compared.`;
  const other = known.filter(({ difference }) => difference.verdict !== first);
  const all = `${where} ${words[first]} in ${other.length === 0 ? 'each' : known.length - other.length} of the ${counted(known.length, 'row')} ${rows}`;
  if (other.length === 0) return `${all}.`;
  const exceptions = other.map(
    ({ label, difference }) =>
      `${label} (${difference.verdict === 'undecided' ? 'undecided' : words[difference.verdict]}, ${interval(difference)} dB over ${counted(difference.graphs.length, 'graph')})`,
  );
  return `${all}; not so with ${listed(exceptions)}.`;
}
