import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, parseInline, parseMarkdown } from '../../../src/panels/markdown/parse-markdown';

const text = (value: string): Inline => ({ is: 'text', text: value });

describe('notes in Markdown', () => {
  it('have headings, paragraphs, lists, quotes, code, rules and formulas', () => {
    const source =
      '# One\n\nTwo *three*\nfour\n- a\n- **b**\n\n1. x\n\n> q\n\n```\n# code\n```\n---\n$$\na^2\n$$\n$$b$$';
    expect(parseMarkdown(source)).toEqual([
      { is: 'heading', level: 1, inside: [text('One')] },
      { is: 'paragraph', inside: [text('Two '), { is: 'em', inside: [text('three')] }, { is: 'break' }, text('four')] },
      { is: 'list', ordered: false, items: [[text('a')], [{ is: 'strong', inside: [text('b')] }]] },
      { is: 'list', ordered: true, items: [[text('x')]] },
      { is: 'quote', blocks: [{ is: 'paragraph', inside: [text('q')] }] },
      { is: 'code', text: '# code' },
      { is: 'rule' },
      { is: 'math', text: 'a^2' },
      { is: 'math', text: 'b' },
    ]);
  });

  it('take dollars for formulas only where they are meant so', () => {
    expect(parseInline('from $5 to $6')).toEqual([text('from $5 to $6')]);
    expect(parseInline('$g = 5$.')).toEqual([{ is: 'math', text: 'g = 5' }, text('.')]);
    expect(parseInline('\\$5$')).toEqual([text('$5$')]);
    expect(parseInline('snake_case_name')).toEqual([text('snake_case_name')]);
  });

  it('link to pages and mail alone', () => {
    expect(parseInline('[a](https://x.org/p)')).toEqual([{ is: 'link', href: 'https://x.org/p', inside: [text('a')] }]);
    expect(parseInline('see https://x.org.')).toEqual([
      text('see '),
      { is: 'link', href: 'https://x.org', inside: [text('https://x.org')] },
      text('.'),
    ]);
    for (const bad of [
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      'data:text/html,x',
      '//x.org',
      'vbscript:x',
      '\u0001javascript:x',
    ])
      expect(parseInline(`[a](${bad})`)).toEqual([text(`[a](${bad})`)]);
  });

  it('keep HTML as text', () => {
    expect(parseMarkdown('<script>x</script>')).toEqual([{ is: 'paragraph', inside: [text('<script>x</script>')] }]);
  });

  it('read any text in reasonable time, losing no letter of it and linking nowhere else', () => {
    const pieces = fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '$',
      '$$',
      '[',
      '](',
      ')',
      '# ',
      '- ',
      '> ',
      '\n',
      '\n\n',
      'a',
      ' ',
      '\\',
      'https://x',
      'javascript:',
      '\n```\n',
      '<b>',
      '1. ',
    );
    const letters = (blocks: readonly Block[]): string => JSON.stringify(blocks).replace(/[^aé]/g, '');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (list) => {
        const source = list.map((piece) => (piece === 'a' ? 'é' : piece)).join('');
        const blocks = parseMarkdown(source);
        expect(letters(blocks).replaceAll('a', '').length).toBeGreaterThanOrEqual(source.replace(/[^é]/g, '').length);
        for (const [, href] of JSON.stringify(blocks).matchAll(/"href":"([^"]*)"/g))
          expect(href).toMatch(/^(https?:|mailto:)/);
      }),
      { numRuns: 400 },
    );
    for (const unit of ['*_`$[', '[', '[a](', '**__', '> ']) {
      const begin = performance.now();
      parseMarkdown(unit.repeat(100_000 / unit.length));
      expect([unit, performance.now() - begin < 2000]).toEqual([unit, true]);
    }
  });
});
