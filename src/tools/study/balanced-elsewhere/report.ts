/** Writes the report: every number in it comes from the records, every sentence from the numbers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { armLabel, armName, balancedG, curveArm } from '../balanced-decoding/arms';
import { informationSection } from '../balanced-decoding/report-information';
import { matchCells, matchHeads } from '../balanced-decoding/report-settings';
import type { Sizes } from '../balanced-decoding/sizes';
import type { Machine } from '../machine';
import { table } from '../markdown';
import { timeAndMachine } from '../time-and-machine';
import type { Results } from './collect';
import { largestSection } from './report-largest';
import { placesSection } from './report-places';
import { statesSection } from './report-states';

interface ReportInput {
  readonly results: Results;
  readonly sizes: Sizes;
  readonly machine: Machine;
}

export async function writeReport(out: string, { results, sizes, machine }: ReportInput): Promise<string> {
  const places = await placesSection(results);
  const states = statesSection(results);
  const many = await largestSection(results, sizes);
  const answers = [...places.answers, ...[states, many].flatMap((section) => (section ? [section.answer] : []))];
  const quick =
    sizes.name === 'full'
      ? ''
      : `\n\n> This is the ${sizes.name} study: few graphs and images. Its numbers show that it runs, not what is true.`;
  const head = `# Balanced or not: does it hold elsewhere?

Written by \`npm run study -- balanced-elsewhere\`; do not edit by hand.${quick}

[balanced-decoding.md](balanced-decoding.md) compares a balanced network (g = 5) with an unbalanced one (g = 3.5) on handwritten digits, at the same drive
and with the drive solved for that gives both the same rate and dark-to-bright range. Here the same comparison is made with
other images, rates and sizes; every g is judged by the balance node and measured by metric.information; and the trained decoder is given many images.

## Answer

${answers.map((line) => `- ${line}`).join('\n')}`;
  const sections = [head, places.text, states?.text, informationSection({ results, sizes }).text, many?.text];
  const text = [...sections, settings(results, sizes, machine)].filter((part) => part).join('\n\n');
  await mkdir(out, { recursive: true });
  const file = join(out, 'balanced-elsewhere.md');
  await writeFile(file, `${text}\n`);
  return file;
}

const settings = (results: Results, sizes: Sizes, machine: Machine): string => `## Settings

${results.places
  .map(
    ({ label, sizes: of }) =>
      `- ${label}: ${of.train.toLocaleString('en-US')} images for training, ${of.validation} for choosing lambda, ${of.test} held out, ${of.matchImages} for matching; same drive ${of.drive.join(' + ')} x; ${[...of.imageSettings, ...of.encoderSettings].join(', ') || 'the defaults of docs/nodes.md'}.`,
  )
  .join('\n')}
- Verdicts and information over g: graphs as stated in their tables, ${sizes.gs.length} values of g.
- Everything else as in [balanced-decoding.md](balanced-decoding.md), section Settings.

### Drives that were solved for

${drives(results, sizes)}

${timeAndMachine(results, machine)}`;

function drives({ places, matches }: Results, { gs }: Sizes): string {
  const labels = new Map(gs.map((g) => curveArm(g, 'matched')).map((arm) => [armName(arm), armLabel(arm)]));
  const rows = places.flatMap((place) =>
    [...(matches.get(place.name) ?? [])].flatMap(([arm, byGraph]) =>
      [...byGraph].map(([graph, match]) => [place.label, labels.get(arm) ?? arm, ...matchCells(graph, match)]),
    ),
  );
  if (rows.length === 0) return 'None.';
  return `Rate and range are those on the images of the matching; the target is g = ${balancedG} of the same place and graph.

${table(['place', 'arm', ...matchHeads], rows)}`;
}
