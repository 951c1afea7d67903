/**
 * What a legend of at most two lines can say: names with their last values beside them, else below them, else names alone,
 * and of too many the first few. Decided from the longest value there can be, so that nothing moves while values change.
 */

export interface CompactLegend {
  readonly lines: 1 | 2;
  readonly values: 'beside' | 'below' | 'none';
  /** Entries shown, from the first. */
  readonly shown: number;
}

/** px at the font of a card's notes. */
const perCharacter = 7;
const swatch = 12;
const gap = 8;
/** "0.000764" */
const valueLength = 8;

/** How many lines these texts take when none is broken. */
function linesOf(lengths: readonly number[], width: number): number {
  let lines = 1;
  let used = -gap;
  for (const length of lengths) {
    const entry = swatch + length * perCharacter;
    if (used > 0 && used + gap + entry > width) {
      lines++;
      used = -gap;
    }
    used += gap + entry;
  }
  return used > width ? Number.POSITIVE_INFINITY : lines;
}

export function compactLegend(names: readonly string[], width: number): CompactLegend {
  const shown = names.length;
  const lengths = names.map((name) => name.length);
  if (
    linesOf(
      lengths.map((length) => length + 1 + valueLength),
      width,
    ) === 1
  ) {
    return { lines: 1, values: 'beside', shown };
  }
  if (
    linesOf(
      lengths.map((length) => Math.max(length, valueLength)),
      width,
    ) === 1
  ) {
    return { lines: 2, values: 'below', shown };
  }
  for (let first = shown; first > 1; first--) {
    const more = first < shown ? [`+ ${shown - first} more`.length] : [];
    const lines = linesOf([...lengths.slice(0, first), ...more], width);
    if (lines <= 2) return { lines: lines === 1 ? 1 : 2, values: 'none', shown: first };
  }
  return { lines: 1, values: 'none', shown: Math.min(1, shown) };
}
