/**
 * How wide a line of text comes out, without a screen to measure it on: advance widths of the Helvetica metrics, which
 * Arial and Liberation Sans share, in thousandths of the type size. Characters without an entry count as a wide one, and
 * an eighth is added, so that labels do not touch where only a wider font (DejaVu Sans) is installed.
 */
const slack = 1.125;
const widths: readonly (readonly [string, number])[] = [
  ["'‘’|", 222],
  ['ijl.,:; ·', 278],
  ['()[]-ft/\\!r', 333],
  ['"*°', 400],
  ['ckJsvxyz', 500],
  ['0123456789abdeghnopquL?$_#⁰¹²³⁴⁵⁶⁷⁸⁹⁻', 556],
  ['+−±=<>~×≤≥≈', 584],
  ['FTZ', 611],
  ['ABEKPSVXY&', 667],
  ['CDHNRUw', 722],
  ['GOQm', 800],
  ['M', 833],
  ['%W', 944],
  ['@…', 1015],
];
const table = new Map(widths.flatMap(([characters, width]) => [...characters].map((one) => [one, width] as const)));

export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += table.get(character) ?? 667;
  return (sum * size * slack * (bold ? 1.06 : 1)) / 1000;
}

/** Lines no wider than `width`, broken at spaces; the last of at most `lines` ends in an ellipsis where more would follow. */
export function wrapText(text: string, size: number, width: number, lines = Number.POSITIVE_INFINITY): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, size) <= width) line = longer;
    else {
      wrapped.push(line);
      line = word;
    }
  }
  if (line !== '') wrapped.push(line);
  if (wrapped.length > lines) {
    const kept = wrapped.slice(0, lines);
    kept[lines - 1] = wrapped.slice(lines - 1).join(' ');
    return kept.map((each) => shorten(each, size, width));
  }
  return wrapped.map((each) => shorten(each, size, width));
}

/** The text, or its beginning with an ellipsis. */
export function shorten(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = text;
  while (kept.length > 1 && textWidth(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
