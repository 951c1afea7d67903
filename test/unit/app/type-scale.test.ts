import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typeScale } from '../../../src/panels/type-scale';

/** Print has sizes of its own, and a thumbnail is drawn in the units of what it shows. */
const elsewhere =
  /^src\/(figure|analysis|data|tools)\/|canvas-picture\.ts$|picture-text\.ts$|thumb\.module\.css$|type-scale\.ts$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(css|tsx?)$/.test(file) && !elsewhere.test(file));

const literal = [
  // Style sheets: only a step of the scale, or what is around.
  /font-size:(?!\s*(?:var\(--sl-font-(?:caption|small|text|title|heading|display)\)|inherit);)[^;]*;/g,
  /\bfont:[^;\n]*\d[^;\n]*;/g,
  // Code: numbers and lengths in styles, attributes and on drawn plots.
  /\bf(?:ontSize|z)\s*[=:]\s*\{?\s*['"`]?\d[^\n]*/gi,
  /\bf(?:ontSize)\s*=[^\n;]*\?[^\n;]*\d[^\n;]*/g,
  /plotFont\(\d[^\n]*/g,
];
const literalsIn = (text: string): readonly string[] => literal.flatMap((pattern) => text.match(pattern) ?? []);

describe('the type scale', () => {
  it('is what all text of the page is set in', () => {
    expect(files.length).toBeGreaterThan(300);
    const found = files.flatMap((file) => literalsIn(readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });

  it('is kept by a test that sees other sizes', () => {
    for (const text of [
      'font-size: 12px;',
      'font-size: 0.9em;',
      'font-size: var(--sl-font-large);',
      'font: 600 12px sans-serif;',
      'style={{ fontSize: 14 }}',
      "fontSize: '1rem'",
      'fz="12"',
      'const fontSize = size > 2 ? 13 : 11;',
      'plotFont(10)',
    ])
      expect([text, literalsIn(text)]).toEqual([text, [expect.any(String)]]);
    expect(literalsIn('font-size: var(--sl-font-text); font: inherit; font-weight: 600;')).toEqual([]);
  });

  it('has steps that can be told apart, none too small to read', () => {
    const sizes = Object.values(typeScale);
    expect(sizes[0]).toBeGreaterThanOrEqual(11);
    for (const [i, size] of sizes.slice(1).entries()) expect(size).toBeGreaterThan(sizes[i] as number);
  });
});
