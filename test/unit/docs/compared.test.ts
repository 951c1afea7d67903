/** docs/compared.md names the tests that show what it claims: each must be there, and run. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const project = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, project), 'utf8');
const text = read('docs/compared.md');

/** `file`: “title”. */
const named = [...text.matchAll(/`(test\/[^`]+)`: “([^”]+)”/g)].map(
  ([, file = '', title = '']) => [file, title] as const,
);
const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
const cells = (row: string): string[] => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim());

describe('docs/compared.md', () => {
  it('names tests in every cell of ours that does not say no', () => {
    const ours = rows.map(cells).filter((row) => row.length === 10 && row[9] !== 'Spikeloom');
    expect(ours.length).toBeGreaterThan(60);
    for (const row of ours) {
      const own = row[9] ?? '';
      if (/^no\b/.test(own)) continue;
      expect([row[0], own]).toEqual([row[0], expect.stringMatching(/`test\/[^`]+`: “[^”]+”/)]);
    }
    expect(named.length).toBeGreaterThan(80);
    // Each mention of a file of tests is one of those that are looked up below, or stands for the whole file.
    expect(text.match(/“/g)?.length).toBe(named.length);
  });

  it.each([...new Map(named.map(([file, title]) => [`${file}: ${title}`, [file, title] as const])).values()])(
    '%s has the test “%s”',
    (file, title) => {
      expect(existsSync(new URL(file, project))).toBe(true);
      const source = read(file);
      const literal = [`'${title}'`, `"${title}"`, `\`${title}\``].find((each) => source.includes(each));
      expect(literal).toBeDefined();
      const before = source.slice(0, source.indexOf(literal ?? '')).trimEnd();
      // The first argument of a test that is not skipped.
      expect(before).toMatch(/\b(?:it|test)(?:\.each\([\s\S]*\))?\($/);
    },
  );

  it('is linked from README', () => {
    expect(read('README.md')).toContain('(docs/compared.md)');
  });
});
