/**
 * The part of Markdown that notes use: headings, paragraphs, lists, quotes, code, rules, emphasis, links, and TeX between
 * dollar signs ($x$ in a line, $$x$$ on its own). Text to plain data; HTML is text like any other. Pure.
 */

export type Inline =
  | { readonly is: 'text' | 'code' | 'math'; readonly text: string }
  | { readonly is: 'strong' | 'em'; readonly inside: readonly Inline[] }
  | { readonly is: 'link'; readonly href: string; readonly inside: readonly Inline[] }
  | { readonly is: 'break' };

export type Block =
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3; readonly inside: readonly Inline[] }
  | { readonly is: 'paragraph'; readonly inside: readonly Inline[] }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly is: 'quote'; readonly blocks: readonly Block[] }
  | { readonly is: 'code' | 'math'; readonly text: string }
  | { readonly is: 'rule' };

const bullet = /^\s{0,3}[-*+]\s+(.*)$/;
const numbered = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/;
const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const rule = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const quoted = /^\s{0,3}>\s?(.*)$/;
const fence = /^\s{0,3}(```|~~~)/;

/** Quotes in quotes deeper than this are read as text. */
const deepest = 8;

export function parseMarkdown(text: string, depth = 0): readonly Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;

  const takeWhile = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (let found = pattern.exec(lines[at] ?? ''); found && at < lines.length; found = pattern.exec(lines[at] ?? '')) {
      taken.push(found[1] ?? '');
      at++;
    }
    return taken;
  };
  const takeUntil = (isEnd: (line: string) => boolean): string => {
    const taken: string[] = [];
    while (at < lines.length && !isEnd(lines[at] ?? '')) taken.push(lines[at++] ?? '');
    at++;
    return taken.join('\n');
  };
  const startsBlock = (line: string): boolean =>
    line.trim() === '' ||
    [bullet, numbered, heading, rule, fence].some((pattern) => pattern.test(line)) ||
    (depth < deepest && quoted.test(line)) ||
    line.trim().startsWith('$$');

  while (at < lines.length) {
    const line = lines[at] ?? '';
    const marks = fence.exec(line)?.[1];
    const title = heading.exec(line);
    if (line.trim() === '') at++;
    else if (marks) {
      at++;
      blocks.push({ is: 'code', text: takeUntil((each) => each.trim() === marks) });
    } else if (line.trim().startsWith('$$')) blocks.push({ is: 'math', text: takeMath() });
    else if (title) {
      at++;
      const level = Math.min(3, title[1]?.length ?? 1) as 1 | 2 | 3;
      blocks.push({ is: 'heading', level, inside: parseInline(title[2] ?? '') });
    } else if (rule.test(line)) {
      at++;
      blocks.push({ is: 'rule' });
    } else if (bullet.test(line)) blocks.push({ is: 'list', ordered: false, items: takeWhile(bullet).map(asInline) });
    else if (numbered.test(line)) blocks.push({ is: 'list', ordered: true, items: takeWhile(numbered).map(asInline) });
    else if (depth < deepest && quoted.test(line)) {
      blocks.push({ is: 'quote', blocks: parseMarkdown(takeWhile(quoted).join('\n'), depth + 1) });
    } else {
      const paragraph = [line];
      at++;
      while (at < lines.length && !startsBlock(lines[at] ?? '')) paragraph.push(lines[at++] ?? '');
      blocks.push({ is: 'paragraph', inside: parseInline(paragraph.join('\n')) });
    }
  }
  return blocks;

  /** From "$$" to "$$", on one line or several. */
  function takeMath(): string {
    const first = (lines[at] ?? '').trim().slice(2);
    if (first.endsWith('$$')) {
      at++;
      return first.slice(0, -2).trim();
    }
    const taken = [first];
    at++;
    while (at < lines.length) {
      const line = lines[at++] ?? '';
      if (line.trimEnd().endsWith('$$')) {
        taken.push(line.trimEnd().slice(0, -2));
        break;
      }
      taken.push(line);
    }
    return taken.join('\n').trim();
  }
}

const asInline = (text: string): readonly Inline[] => parseInline(text);

/** Tried in this order where several begin at one place. Each has its text in one group; none nests quantifiers. */
const spans = [
  { is: 'escape', pattern: /\\([\\`*_$[\]()#>+.!-])/y },
  { is: 'code', pattern: /`([^`\n]+)`/y },
  { is: 'math', pattern: /\$(?!\s)((?:[^$\n\\]|\\.)+?)(?<!\s)\$(?!\d)/y },
  { is: 'strong', pattern: /\*\*(?!\s)([^\n]+?)(?<!\s)\*\*/y },
  { is: 'strong', pattern: /__(?!\s)([^\n]+?)(?<!\s)__(?!\w)/y },
  { is: 'em', pattern: /\*(?![\s*])([^*\n]+)(?<!\s)\*/y },
  { is: 'em', pattern: /_(?![\s_])([^_\n]+)(?<!\s)_(?!\w)/y },
  { is: 'link', pattern: /\[([^[\]\n]+)\]\(([^()\s]+)\)/y },
  { is: 'address', pattern: /(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/y },
] as const;

/** Where a link may lead: pages and mail, never a script. */
const allowed = /^(https?:\/\/|mailto:)/i;

export function parseInline(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') found.push({ is: 'text', text: plain });
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === '\n') {
      flush();
      found.push({ is: 'break' });
      at++;
      continue;
    }
    const span = spanAt(text, at);
    if (!span) {
      plain += letter;
      at++;
      continue;
    }
    at += span.length;
    if (typeof span.inline === 'string') plain += span.inline;
    else {
      flush();
      found.push(span.inline);
    }
  }
  flush();
  return found;
}

function spanAt(text: string, at: number): { readonly inline: Inline | string; readonly length: number } | null {
  // A sign in the middle of a word is no emphasis: snake_case stays as it is.
  const inWord = at > 0 && /\w/.test(text.charAt(at - 1));
  for (const { is, pattern } of spans) {
    if (inWord && text.charAt(at) === '_') continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const [whole, inner = '', href = ''] = match;
    const { length } = whole;
    if (is === 'escape') return { inline: inner, length };
    if (is === 'code' || is === 'math') return { inline: { is, text: inner }, length };
    if (is === 'strong' || is === 'em') return { inline: { is, inside: parseInline(inner) }, length };
    if (is === 'address') return { inline: { is: 'link', href: inner, inside: [{ is: 'text', text: inner }] }, length };
    if (!allowed.test(href)) return { inline: whole, length };
    return { inline: { is: 'link', href, inside: [{ is: 'text', text: inner }] }, length };
  }
  return null;
}
