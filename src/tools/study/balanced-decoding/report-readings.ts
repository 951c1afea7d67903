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

export async function readingsSection(input: ReportInput): Promise<Section> {
  const { scores } = input.results;
  const base: Row = { label: 'as above', of: (arm) => scores.get(`ridge/${armName(arm)}`) };
  const others = readings.map(
    (reading): Row => ({
      label: reading.label,
      of: (arm) => scores.get(readingName(reading, arm)),
    }),
  );
  const rows: string[][] = [];
  const found: { label: string; same: Difference | null; matched: Difference | null }[] = [];
  for (const row of [base, ...others]) {
    const own = row.of(balanced);
    if (!own) continue;
    const [same, matched] = [await compare(own, row.of(sameDrive)), await compare(own, row.of(matchedDrive))];
    const change = row === base ? null : await compare(own, base.of(balanced));
    found.push({ label: row.label, same, matched });
    rows.push([
      row.label,
      String(own.size),
      ...comparedArms.map((arm) => fixed(summaryOf(row.of(arm), 'psnr')?.mean, 2)),
      change ? interval(change) : dash,
      same ? interval(same) : dash,
      matched ? interval(matched) : dash,
    ]);
  }
  if (rows.length < 2) return { text: '' };
  return {
    text: `## How the spikes are read

Ridge regression on the rates of all neurons over ${input.sizes.counted} ms, inputs scaled alike, is the first row; every other one differs from it in
one thing. The change is that of the balanced network against the first row on the graphs that both have. The number of spikes
is the rate in another unit, and the decoder scales all inputs alike: that row checks the study and must be 0.

${table(['decoder', 'graphs', 'balanced, dB', 'g = 3.5 same', 'g = 3.5 matched', 'change, balanced', 'balanced less same, dB', 'balanced less matched, dB'], rows)}

${said(found)}`,
  };
}

/** Whether both signs of the comparison hang on the readout. */
function said(found: readonly { label: string; same: Difference | null; matched: Difference | null }[]): string {
  const lines = (['same', 'matched'] as const).map((drive) => {
    const known = found.flatMap((row) => {
      const difference = row[drive];
      return difference ? [{ label: row.label, verdict: difference.verdict }] : [];
    });
    const first = known[0];
    if (!first) return '';
    const other = known.filter(({ verdict }) => verdict !== first.verdict);
    const where = drive === 'same' ? 'At the same drive' : 'At matched drives';
    const who = {
      higher: 'the balanced network is better',
      lower: 'the balanced network is worse',
      undecided: 'it is undecided who is better',
    };
    return other.length === 0
      ? `- ${where} ${who[first.verdict]} in each of the ${counted(known.length, 'row')}.`
      : `- ${where} ${who[first.verdict]} in ${known.length - other.length} of ${counted(known.length, 'row')}; not so with ${listed(other.map(({ label, verdict }) => `${label} (${who[verdict]})`))}.`;
  });
  return lines.filter((line) => line !== '').join('\n');
}
