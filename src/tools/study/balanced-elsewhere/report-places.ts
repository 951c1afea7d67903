/** Section on the places: the comparison of the main study, made again in each. */
import { type Arm, armName, balanced, matchedDrive, sameDrive } from '../balanced-decoding/arms';
import { type ByGraph, compare, meanRate, summaryOf } from '../balanced-decoding/compare';
import { type Found, signsOver } from '../balanced-decoding/report-readings';
import { outcome } from '../balanced-decoding/words';
import { dash, fixed, interval, table } from '../markdown';
import type { Results } from './collect';
import { blocked, type Place } from './places';

interface PlacesSection {
  /** What the numbers answer, a sentence each. */
  readonly answers: readonly string[];
  readonly text: string;
}

export async function placesSection(results: Results): Promise<PlacesSection> {
  const rows: string[][] = [];
  const found: Found[] = [];
  for (const place of results.places.filter(({ arms }) => !arms.includes(blocked))) {
    const of = (arm: Arm) => results.scores.get(`${place.name}/${armName(arm)}`);
    const own = of(balanced);
    if (!own) continue;
    const [same, matched] = [await compare(own, of(sameDrive)), await compare(own, of(matchedDrive))];
    found.push({ label: place.label, same, matched });
    rows.push([
      place.label,
      String(own.size),
      ...[balanced, sameDrive, matchedDrive].flatMap((arm) => cellsOf(of(arm))),
      same ? interval(same) : dash,
      matched ? interval(matched) : whyNot(results, place),
    ]);
  }
  const without = await blockedAnswer(results);
  return {
    answers: [
      signsOver(found, 'same', 'of the table of places'),
      signsOver(found, 'matched', 'of the table of places'),
      ...(without ? [without] : []),
    ],
    text: `## The comparison in other places

Ridge regression on rates, as in balanced-decoding.md; every row differs from the first in what it names. Where the
size differs, efficacies follow 1 / √K; the drive of the low-rate row is that of all its networks, or what the matched one is
matched to. PSNR in dB, rates in Hz, both as means over graphs; differences are balanced less the other, in dB, with 95 % interval.

${table(['place', 'graphs', 'g = 5, Hz', 'dB', 'g = 3.5 same, Hz', 'dB', 'g = 3.5 matched, Hz', 'dB', 'balanced less same', 'balanced less matched'], rows)}`,
  };
}

const cellsOf = (scores: ByGraph | undefined): string[] => [
  fixed(meanRate(scores), 1),
  fixed(summaryOf(scores, 'psnr')?.mean, 2),
];

function whyNot({ matches }: Results, { name }: Place): string {
  const match = [...(matches.get(name)?.get(armName(matchedDrive))?.values() ?? [])][0];
  return match && !match.reached ? `no drive matches: ${match.reason}` : 'not run';
}

async function blockedAnswer({ places, scores }: Results): Promise<string | null> {
  const place = places.find(({ arms }) => arms.includes(blocked));
  const of = (arm: Arm) => scores.get(`${place?.name}/${armName(arm)}`);
  const difference = await compare(of(balanced), of(blocked));
  if (!difference) return null;
  const rate = meanRate(of(blocked));
  return `Without any inhibition (g = 0, same drive) neurons fire at ${fixed(rate, 0)} Hz: ${outcome(difference, 'the balanced network', 'the one without inhibition')}.`;
}
