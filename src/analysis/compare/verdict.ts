/** The comparison in one sentence: who wins on which measure, by how much, how sure, over how many. */
import { formatNumber, withUnit } from '../../core/units';
import type { Interval } from '../bootstrap';
import type { ComparisonRow } from './comparison';
import { digitsOf, finest, placeOf, writeTo } from './digits';
import type { Measure } from './measure';
import type { SampleDifference } from './sample';

export interface Verdict {
  readonly sentence: string;
  /** The winner's place; null where there is none, or no way is better. */
  readonly winner: number | null;
  /** The measure it speaks of. */
  readonly measure: string | null;
}

/** Scores before other quantities, samples before single values. */
export function mainMeasure(rows: readonly ComparisonRow[]): ComparisonRow | null {
  const complete = rows.filter(({ cells }) => cells.filter(({ summary }) => summary && summary.n > 0).length > 1);
  const rank = ({ measure }: ComparisonRow): number => (measure.better ? 0 : 2) + (measure.sampled ? 0 : 1);
  return [...complete].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** `difference` compares two places that need not include the first: of the best and the next. */
export function verdictOf(
  row: ComparisonRow | null,
  labels: readonly string[],
  differenceBetween: (first: number, second: number) => SampleDifference | null,
): Verdict {
  if (!row) return { sentence: 'Nothing that both have can be measured.', winner: null, measure: null };
  const { measure, cells } = row;
  const sign = measure.better === 'lower' ? -1 : 1;
  const places = cells
    .flatMap(({ summary }, place) => (summary && summary.n > 0 ? [{ place, mean: summary.mean }] : []))
    .sort((a, b) => sign * (b.mean - a.mean));
  const [best, next] = places;
  if (!best || !next) return { sentence: 'Only one result has a number to compare.', winner: null, measure: null };
  const difference = differenceBetween(next.place, best.place);
  const [winner, other] = [labels[best.place] ?? '', labels[next.place] ?? ''];
  const mean = difference?.mean ?? best.mean - next.mean;
  const name = nameOf(measure);
  const [ofBest, ofNext] = [cells[best.place]?.summary?.interval, cells[next.place]?.summary?.interval];
  const ofMeans = finest([placeOf(ofBest), placeOf(ofNext), placeOf(difference?.interval)]);
  const digits = digitsOf([best.mean, next.mean], mean);
  const write = (value: number) => withUnit(writeTo(value, ofMeans, digits), measure.unit);
  const by = withUnit(writeTo(Math.abs(mean), placeOf(difference?.interval) ?? ofMeans), measure.unit);
  const facts = `${write(best.mean)} against ${write(next.mean)}`;
  const apart = intervalsOf(ofBest, ofNext, measure.unit);
  const sure = difference?.interval || !apart ? certainty(difference, measure.unit, measure.of, mean) : apart.words;
  const rest = places.length > 2 ? ` (the next best of ${places.length})` : '';
  if (mean === 0 && (difference?.interval?.[0] ?? 0) === 0 && (difference?.interval?.[1] ?? 0) === 0) {
    const n = difference && difference.n > 1 ? ` in all ${formatNumber(difference.n)} ${measure.of}` : '';
    return { sentence: `${winner} and ${other} are equal in ${name}${n}.`, winner: null, measure: measure.name };
  }
  const [low, high] = difference?.interval ?? [mean, mean];
  if ((low <= 0 && high >= 0) || (!difference?.interval && apart?.overlap)) {
    const sentence = `No clear difference in ${name} between ${winner} and ${other}${rest}: ${facts}, ${sure}.`;
    return { sentence, winner: null, measure: measure.name };
  }
  if (measure.better) {
    return {
      sentence: `${winner} wins on ${name} over ${other}${rest} by ${by}: ${facts}, ${sure}.`,
      winner: difference?.interval || !measure.sampled ? best.place : null,
      measure: measure.name,
    };
  }
  return {
    sentence: `${name.charAt(0).toUpperCase()}${name.slice(1)} is higher in ${winner} than in ${other}${rest} by ${by}: ${facts}, ${sure}.`,
    winner: null,
    measure: measure.name,
  };
}

/** Acronyms stay, words begin small within a sentence. */
const nameOf = ({ label }: Pick<Measure, 'label'>): string =>
  /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** Of single values that came with an interval each: of no difference, but they may overlap or not. */
function intervalsOf(a: Interval | null | undefined, b: Interval | null | undefined, unit: string) {
  if (!a || !b) return null;
  const overlap = a[0] <= b[1] && b[0] <= a[1];
  const write = (interval: Interval) => interval.map((end) => writeTo(end, placeOf(interval))).join(' to ');
  const words = `95 % intervals ${withUnit(`${write(a)} and ${write(b)}`, unit)}, which ${overlap ? 'overlap' : 'do not overlap'}`;
  return { overlap, words };
}

function certainty(difference: SampleDifference | null, unit: string, of: string, mean: number): string {
  if (!difference) return 'one value each';
  const count = `n = ${formatNumber(difference.n)} ${difference.paired ? of : `${of} each, not paired`}`;
  if (!difference.interval) return difference.n > 1 ? `${count}, no interval` : 'one value each, no interval';
  // Written for the difference as it is told: the winner less the other.
  const [a, b] = mean < 0 ? [-difference.interval[1], -difference.interval[0]] : difference.interval;
  const place = placeOf(difference.interval);
  return `95 % interval of the difference ${withUnit(`${writeTo(a, place)} to ${writeTo(b, place)}`, unit)}, ${count}`;
}
