/** The sentences of the report that depend on its numbers. Each is chosen by an interval, never by a hope. */
import { counted, interval, signed } from '../markdown';
import type { Difference } from './compare';
import { margin } from './compare';

/** Who is better, by how much, and how sure that is. `first` less `second`. */
export function outcome(difference: Difference, first: string, second: string): string {
  const { estimate, verdict, equivalent, graphs } = difference;
  const of = `${interval(difference)} dB over ${counted(graphs.length, 'graph')}`;
  const small = equivalent ? `, a difference within the margin of ${margin} dB` : '';
  if (verdict === 'undecided') {
    return equivalent
      ? `${first} and ${second} are equivalent within ${margin} dB (${of})`
      : `between ${first} and ${second} it is undecided (${of})`;
  }
  const size = signed(Math.abs(estimate), 2).slice(1);
  return verdict === 'higher'
    ? `${first} is ${size} dB better than ${second} (${of})${small}`
    : `${first} is ${size} dB worse than ${second} (${of})${small}`;
}

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

export interface Answers {
  readonly same: Difference | null;
  readonly matched: Difference | null;
  readonly uncoupledMatched: Difference | null;
  readonly poisson: Difference | null;
  /** Readouts, other than rates, by which the balanced network is better with rate and range matched. */
  readonly betterReadBy: readonly string[];
}

/** What follows for the claim that balanced networks encode better: the matched arms decide. */
export function conclusion({ same, matched, uncoupledMatched, poisson, betterReadBy }: Answers): string[] {
  const said: string[] = [];
  if (same)
    said.push(
      sentence(`at the same drive, as published, ${outcome(same, 'the balanced network', 'the unbalanced one')}`),
    );
  if (matched) {
    said.push(
      sentence(`with rate and range matched, ${outcome(matched, 'the balanced network', 'the unbalanced one')}`),
    );
  }
  if (uncoupledMatched) {
    said.push(
      sentence(
        `against neurons without any recurrence, matched likewise, ${outcome(uncoupledMatched, 'the balanced network', 'the uncoupled one')}`,
      ),
    );
  }
  if (poisson) {
    said.push(
      sentence(
        `against Poisson trains of the same means, ${outcome(poisson, 'the balanced network', 'the Poisson copy')}`,
      ),
    );
  }
  said.push(verdictOf(same, matched, uncoupledMatched, betterReadBy));
  return said;
}

function verdictOf(
  same: Difference | null,
  matched: Difference | null,
  uncoupled: Difference | null,
  betterReadBy: readonly string[],
): string {
  if (!matched) return 'The matched arms were not run, so nothing follows for the claim.';
  const recurrence =
    uncoupled?.verdict === 'lower'
      ? ' Recurrence of either kind costs decodability here: each neuron gets a private copy of its pixel, and what the others send it is mostly noise to the decoder.'
      : '';
  if (matched.verdict === 'lower') {
    const published =
      same?.verdict === 'higher'
        ? 'The published advantage is real at equal drive, but it is an effect of rate and range and not of balance: it turns round once these are equal.'
        : 'Once rate and range are equal the unbalanced network is the better encoder.';
    if (betterReadBy.length === 0) return `**Balance does not make the code better. ${published}**${recurrence}`;
    const other = ` This holds for rates: read by the ${listed(betterReadBy)}, the balanced network is the better encoder.`;
    return `**Read by rates, balance does not make the code better. ${published}**${other}${recurrence}`;
  }
  if (matched.verdict === 'higher') {
    return `**The balanced network is the better encoder also when rate and range are equal.**${recurrence}`;
  }
  return matched.equivalent
    ? `**Once rate and range are equal, balance makes no difference that matters.**${recurrence}`
    : `**Whether balance matters at equal rate and range is not decided by this study.**${recurrence}`;
}

export interface Rung {
  readonly decoder: string;
  /** Of the balanced network, dB. */
  readonly psnr: number;
  readonly same: Difference | null;
  readonly matched: Difference | null;
}

/**
 * The second question: does the power of the decoder make the difference trivial? Rungs are in order of capacity. A
 * decoder that reconstructs worse than a weaker one hides the difference behind errors of its own, which is no power.
 */
export function ladderAnswer(rows: readonly Rung[]): string {
  const known = rows.filter(({ matched }) => matched !== null);
  const weakest = known[0];
  const strongest = known.at(-1);
  if (!weakest?.matched || !strongest?.matched || weakest === strongest) return 'Too few decoders were run to tell.';
  const sizes = known.map(({ matched }) => Math.abs(matched?.estimate ?? 0));
  const shrinks = (sizes.at(-1) as number) < 0.5 * (sizes[0] as number);
  const signs = new Set(known.map(({ matched }) => matched?.verdict));
  const spread = known.map(({ decoder, matched }) => `${decoder} ${signed(matched?.estimate ?? 0, 2)} dB`).join(', ');
  if (shrinks && strongest.psnr < weakest.psnr) {
    return `A trained decoder hides the difference, but by its errors and not by its power: the matched difference shrinks (${spread}) while ${strongest.decoder} reconstructs worse than ${weakest.decoder} (${strongest.psnr.toFixed(1)} against ${weakest.psnr.toFixed(1)} dB). On these training sets it learns its images by heart, and that costs more than anything the encoders differ in. A comparison by such a decoder says little about encoders.`;
  }
  if (strongest.matched.equivalent && strongest.matched.verdict === 'undecided') {
    return `Yes: with ${strongest.decoder} the matched difference is within ${margin} dB of nothing (${spread}).`;
  }
  if (shrinks) {
    return `In part: from ${weakest.decoder} to ${strongest.decoder} the matched difference shrinks to less than half (${spread}), so a powerful decoder hides much of what the encoders differ in.`;
  }
  if (signs.size > 1) {
    return `It depends on the decoder: the matched difference is not of one sign with all of them (${spread}), so a comparison by one trained decoder says more about the decoder than about the encoders.`;
  }
  return `No: the matched difference keeps its sign and at least half of its size from ${weakest.decoder} to ${strongest.decoder} (${spread}).`;
}
