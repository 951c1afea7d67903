/** Text in a picture of the canvas: escaped, broken into lines, and notes as the lines that they come to. Pure. */
import { type Block, type Inline, parseMarkdown } from '../../panels/markdown/parse-markdown';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Control characters are not allowed in XML, however they are written. */
export const escaped = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').replace(/[&<>"]/g, (one) => escapes[one] ?? one);

export const written = (x: number, y: number, size: number, colour: string, text: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${more}>${escaped(text)}</text>`;

/** Lines of at most `width` characters, `most` of them at most; what does not fit ends in dots. */
export function lines(text: string, width: number, most = 2): readonly string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  const kept = found.slice(0, most).map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
  if (found.length > most && most > 0) kept[most - 1] = `${(kept[most - 1] ?? '').slice(0, width - 1)}…`;
  return kept;
}

export interface NoteLine {
  readonly text: string;
  readonly strong: boolean;
}

/** A note's Markdown without its signs; formulas as they are written. */
export function noteLines(text: string, width: number, most: number): readonly NoteLine[] {
  const all = parseMarkdown(text).flatMap((block, index): NoteLine[] => [
    ...(index === 0 ? [] : [{ text: '', strong: false }]),
    ...blockLines(block).flatMap((line) =>
      lines(line, width, most).map((part) => ({ text: part, strong: block.is === 'heading' })),
    ),
  ]);
  const kept = all.slice(0, most);
  const last = kept.at(-1);
  if (all.length > most && last) kept[kept.length - 1] = { ...last, text: `${last.text.slice(0, width - 1)}…` };
  return kept;
}

function blockLines(block: Block): readonly string[] {
  switch (block.is) {
    case 'list':
      return block.items.flatMap((item, index) => {
        const [first = '', ...rest] = inlineLines(item);
        return [`${block.ordered ? `${index + 1}.` : '•'} ${first}`, ...rest];
      });
    case 'quote':
      return block.blocks.flatMap(blockLines).map((line) => `“ ${line}`);
    case 'code':
    case 'math':
      return block.text.split('\n');
    case 'rule':
      return ['———'];
    default:
      return inlineLines(block.inside);
  }
}

const inlineLines = (inside: readonly Inline[]): readonly string[] => inside.map(inlineText).join('').split('\n');

function inlineText(inline: Inline): string {
  if (inline.is === 'break') return '\n';
  return 'text' in inline ? inline.text : inline.inside.map(inlineText).join('');
}
