/**
 * A strict JSON reader (RFC 8259) that keeps what JSON.parse throws away: where each value stands, how it was spelled,
 * and keys that occur twice. Its errors name line, column and the path inside the document.
 */

import type { JsonValue } from '../core/canonical-json';
import { DocumentError } from '../core/errors';
import { shortText } from '../core/plain-text';
import { keepSpellings, keepText, type Spellings } from './source-text';

export interface JsonSource {
  readonly value: JsonValue;
  /** Offset of a member's value; undefined if it was not in the text. */
  readonly offsetOf: (parent: object, key: string | number) => number | undefined;
  /** Keys that occur more than once in one object, in words; the last one counts. */
  readonly duplicates: readonly string[];
}

export type JsonPath = readonly (string | number)[];

/** Of a key in a path; the longest of ours have some 20 characters. */
const longestKey = 60;

/** nodes[3].params.g */
export function formatPath(path: JsonPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (part.length <= longestKey && /^[A-Za-z_$][\w$-]*$/.test(part)) text += text ? `.${part}` : part;
    else text += `[${shortText(JSON.stringify(part), longestKey)}]`;
  }
  return text;
}

/** "line 3, column 7" of an offset, both from 1. */
export function formatPlace(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}

/** Deeper than any pipeline; keeps a hostile file from overflowing the stack. */
const deepest = 256;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[\w.+-]+/y;
const escapeSequence = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
const literals: Readonly<Record<string, null | boolean>> = { null: null, true: true, false: false };

export function readJson(text: string): JsonSource {
  let at = 0;
  const path: (string | number)[] = [];
  const offsets = new WeakMap<object, Map<string | number, number>>();
  const duplicates: string[] = [];

  function fail(message: string, cure: string, code = 'document.syntax'): never {
    const place = formatPlace(text, at);
    const where = formatPath(path);
    throw new DocumentError({
      code,
      message: `The file is not valid JSON at ${place}: ${message}`,
      ...(where ? { path: where } : {}),
      cure,
    });
  }
  const cutShort = (inside: string): never =>
    fail(
      `it ends in the middle of ${inside}.`,
      'The file looks cut short: copy or download it again, or restore an earlier version.',
      'document.truncated',
    );

  function skipSpace(): void {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    }
  }

  function unexpected(wanted: string): never {
    const char = text[at] as string;
    const found = char === "'" ? 'a single quote' : `"${char}"`;
    const cures: Readonly<Record<string, string>> = {
      "'": 'JSON puts texts and names in double quotes.',
      '/': 'JSON has no comments: remove it, or keep it in "notes".',
    };
    return fail(`${wanted} was expected, not ${found}.`, cures[char] ?? 'Correct the file at this place.');
  }

  function readString(): string {
    const start = at++;
    let plain = true;
    for (;;) {
      if (at >= text.length) cutShort('a text');
      const code = text.charCodeAt(at);
      if (code === 34) break;
      if (code < 32) {
        fail(
          'a text holds a line break or another control character.',
          'Close the text with a double quote, or write \\n.',
        );
      }
      at++;
      if (code !== 92) continue;
      plain = false;
      escapeSequence.lastIndex = at;
      const match = escapeSequence.exec(text);
      if (!match) {
        if (text.length - at < 5) cutShort('a text');
        fail('a backslash is followed by something that JSON does not know.', 'Write a backslash as \\\\.');
      }
      at += match[0].length;
    }
    at++;
    return plain ? text.slice(start + 1, at - 1) : (JSON.parse(text.slice(start, at)) as string);
  }

  function readScalar(): JsonValue {
    number.lastIndex = at;
    const digits = number.exec(text)?.[0];
    word.lastIndex = at;
    const whole = word.exec(text)?.[0];
    if (digits !== undefined && digits === whole) {
      at += digits.length;
      return Number(digits);
    }
    if (whole === undefined) return unexpected('A value');
    if (Object.hasOwn(literals, whole)) {
      at += whole.length;
      return literals[whole] as null | boolean;
    }
    const ends = at + whole.length === text.length;
    if (
      ends &&
      (/^-?(\d+\.?)?([\d.]+[eE]?[+-]?)?$/.test(whole) || ['null', 'true', 'false'].some((w) => w.startsWith(whole)))
    ) {
      return cutShort('a value');
    }
    return fail(
      `"${shortText(whole, longestKey)}" is no JSON value.`,
      'Texts need double quotes; numbers are written like 0.5 or 1e-3.',
    );
  }

  function readMembers(value: object, close: string, what: string, readMember: () => void): void {
    const places = new Map<string | number, number>();
    offsets.set(value, places);
    if (path.length > deepest)
      fail(`it is nested deeper than ${deepest} levels.`, 'A pipeline is never that deep.', 'document.too-deep');
    at++;
    skipSpace();
    if (text[at] === close) {
      at++;
      return;
    }
    for (;;) {
      readMember();
      path.pop();
      skipSpace();
      if (at >= text.length) cutShort(what);
      if (text[at] === close) break;
      if (text[at] !== ',') unexpected(`A comma or "${close}"`);
      at++;
      skipSpace();
      if (text[at] === close) fail(`a comma stands before "${close}".`, 'Remove the last comma.');
      if (at >= text.length) cutShort(what);
    }
    at++;
  }

  function readArray(): JsonValue[] {
    const array: JsonValue[] = [];
    readMembers(array, ']', 'a list', () => {
      path.push(array.length);
      skipSpace();
      offsets.get(array)?.set(array.length, at);
      array.push(readValue());
    });
    return array;
  }

  function readObject(): JsonValue {
    const object: Record<string, JsonValue> = {};
    const odd: Map<string, { value: JsonValue; text?: string; key?: string }> = new Map();
    readMembers(object, '}', 'an object', () => {
      if (at >= text.length) cutShort('an object');
      if (text[at] !== '"') unexpected('A name in double quotes');
      const keyStart = at;
      const key = readString();
      const keyText = text.slice(keyStart, at);
      path.push(key);
      skipSpace();
      if (at >= text.length) cutShort('an object');
      if (text[at] !== ':') unexpected('A colon');
      at++;
      skipSpace();
      if (Object.hasOwn(object, key)) {
        duplicates.push(
          `"${formatPath(path)}" is written twice (again at ${formatPlace(text, keyStart)}); the last one counts.`,
        );
      }
      const start = at;
      offsets.get(object)?.set(key, at);
      const value = readValue();
      // Not `object[key] = value`: for the key "__proto__" that would set the prototype.
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      const written = text.slice(start, at);
      const oddValue = (value === null || typeof value !== 'object') && written !== JSON.stringify(value);
      const oddKey = keyText !== JSON.stringify(key);
      if (oddValue || oddKey)
        odd.set(key, { value, ...(oddValue ? { text: written } : {}), ...(oddKey ? { key: keyText } : {}) });
      else odd.delete(key);
    });
    if (odd.size > 0) keepSpellings(object, odd as Spellings);
    return object;
  }

  function readValue(): JsonValue {
    if (at >= text.length) cutShort('the document');
    const start = at;
    const char = text[at];
    if (char === '"') return readString();
    if (char !== '{' && char !== '[') return readScalar();
    const value = char === '{' ? readObject() : readArray();
    keepText(value as object, text.slice(start, at));
    return value;
  }

  skipSpace();
  const value = readValue();
  skipSpace();
  if (at < text.length)
    fail('something follows after the end of the document.', 'Remove what follows the last closing brace.');
  return { value, offsetOf: (parent, key) => offsets.get(parent)?.get(key), duplicates };
}
