/**
 * JSON with two spaces of indentation and keys where they stand, like JSON.stringify(value, null, 2), except that
 * values read from a file and untouched since are written as they were spelled (source-text.ts).
 */
import { spellingOf, textOf } from './source-text';

export function writeJson(value: unknown, indent = ''): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const text = textOf(value);
  if (text !== undefined) return text;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((entry) => inner + writeJson(entry, inner)).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => {
      const spelling = spellingOf(value, key);
      return `${inner}${spelling?.key ?? JSON.stringify(key)}: ${spelling?.text ?? writeJson(entry, inner)}`;
    });
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}
