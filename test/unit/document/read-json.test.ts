import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../../src/core/errors';
import { readJson } from '../../../src/document/read-json';
import { textOf } from '../../../src/document/source-text';
import { writeJson } from '../../../src/document/write-json';

function errorOf(text: string): DocumentError {
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error(`Was accepted: ${text}`);
}

const spaced = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, 4, '\t', '\r\n '))
  .map(([value, space]) => JSON.stringify(value, null, space));

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        expect(readJson(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('writes back every text byte for byte', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        const { value } = readJson(text);
        const trimmed = text.trim();
        expect(writeJson(value)).toBe(value !== null && typeof value === 'object' ? trimmed : JSON.stringify(value));
      }),
    );
  });

  it('refuses every proper beginning of a document, with line and column', () => {
    const text = '{\n  "schema": 1,\n  "title": "caf\\u00e9 \\"x\\"",\n  "list": [1.5e-3, true, null, {"a": []}]\n}';
    for (let end = 1; end < text.length; end++) {
      const error = errorOf(text.slice(0, end));
      expect(error.message).toMatch(/line \d+, column \d+/);
      expect([end, error.details.code]).toEqual([end, 'document.truncated']);
      expect(error.details.cure).toMatch(/cut short/);
    }
  });

  it.each([
    ['{"a": 1,}', 'document.syntax', /line 1, column 9: a comma stands before "}"/],
    ["{'a': 1}", 'document.syntax', /A name in double quotes was expected, not a single quote/],
    ['{"a": 1 "b": 2}', 'document.syntax', /A comma or "}" was expected, not """/],
    ['{"a" 1}', 'document.syntax', /A colon was expected/],
    ['{"a": NaN}', 'document.syntax', /"NaN" is no JSON value/],
    ['{"a": 01}', 'document.syntax', /"01" is no JSON value/],
    ['{"a": +1}', 'document.syntax', /"\+1" is no JSON value/],
    ['{"a": .5}', 'document.syntax', /"\.5" is no JSON value/],
    ['{"a": tru, "b": 1}', 'document.syntax', /"tru" is no JSON value/],
    ['{"a": // note\n1}', 'document.syntax', /A value was expected, not "\/"/],
    ['{"a": "x\ny"}', 'document.syntax', /line break/],
    ['{"a": "\\x41"}', 'document.syntax', /backslash/],
    ['{"a": 1} {', 'document.syntax', /line 1, column 10: something follows/],
    ['{"a":\n  [1,\n   ?]}', 'document.syntax', /line 3, column 4/],
  ])('refuses %s', (text, code, message) => {
    const error = errorOf(text);
    expect(error.details.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.details.cure).toBeTruthy();
  });

  it('refuses a nesting that would overflow the stack', () => {
    expect(errorOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`).details.code).toBe('document.too-deep');
  });

  it('names the path of a syntax error', () => {
    expect(errorOf('{"nodes": [{"params": {"g": oops}}]}').details.path).toBe('nodes[0].params.g');
  });

  it('tells keys that occur twice, and lets the last one count', () => {
    const { value, duplicates } = readJson('{"a": {"g": 1,\n "g": 2}}');
    expect(value).toEqual({ a: { g: 2 } });
    expect(duplicates).toEqual(['"a.g" is written twice (again at line 2, column 2); the last one counts.']);
  });

  it('reads "__proto__" as a field like any other', () => {
    const value = readJson('{"__proto__": {"polluted": true}}').value as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect((value as { polluted?: boolean }).polluted).toBeUndefined();
    expect(writeJson({ ...value })).toBe('{\n  "__proto__": {"polluted": true}\n}');
  });

  it('keeps the spelling of fields through a copy, and drops it where the value changed', () => {
    const value = readJson('{"a": 1.0, "b": 1e3, "\\u0063": "\\u00e9", "d": 2}').value as Record<string, unknown>;
    expect(textOf({ ...value })).toBeUndefined();
    expect(writeJson({ ...value, b: 5 })).toBe('{\n  "a": 1.0,\n  "b": 5,\n  "\\u0063": "\\u00e9",\n  "d": 2\n}');
    expect(writeJson({ ...value, b: 1000 })).toContain('"b": 1e3');
    expect(JSON.stringify(value)).toBe('{"a":1,"b":1000,"c":"é","d":2}');
  });

  it('reads 2 MB in well under a second and does not overflow on a long text', () => {
    const text = JSON.stringify({
      long: 'x'.repeat(1_000_000),
      list: Array.from({ length: 100_000 }, (_, i) => i / 7),
    });
    const begin = performance.now();
    expect((readJson(text).value as { list: unknown[] }).list).toHaveLength(100_000);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
