/** A violation of the document schema in plain words: what must be there, what was found, what to do. */
import { shortText } from '../core/plain-text';
import { formatPath } from './read-json';

/** The part of a zod issue that is used here. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}
export interface IssueText {
  readonly message: string;
  readonly found?: string;
  readonly expected?: string;
  readonly cure: string;
}

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return shortText(JSON.stringify(value), 60);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    root,
  );
}

export function describeIssue(issue: Issue, root: unknown): IssueText {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const where = `"${formatPath(path)}"`;
  const value = valueAt(root, path);
  const found = describeValue(value);
  const cure = 'Correct the field, or restore the file from an earlier version.';
  const detail = issue as unknown as Record<string, unknown>;
  if (issue.code === 'invalid_type') {
    const expected = names[String(detail['expected'])] ?? String(detail['expected']);
    return value === undefined
      ? { message: `${where} is missing`, expected, cure: `Add it: ${expected}.` }
      : { message: `${where} must be ${expected}`, found, expected, cure };
  }
  if (issue.code === 'too_small' && value === '') return { message: `${where} must not be empty`, found, cure };
  if (issue.code === 'too_small') {
    const bound = `${detail['inclusive'] === false ? 'above' : 'at least'} ${String(detail['minimum'])}`;
    return { message: `${where} must be ${bound}`, found, expected: bound, cure };
  }
  if (issue.code === 'too_big') {
    const characters = typeof value === 'string' ? ' characters' : '';
    const bound = `at most ${String(detail['maximum'])}${characters}`;
    return { message: `${where} must be ${bound}${characters ? ' long' : ''}`, found, expected: bound, cure };
  }
  if (issue.code === 'invalid_value') {
    const values = detail['values'];
    const expected = Array.isArray(values)
      ? values.map((entry) => JSON.stringify(entry)).join(' or ')
      : 'another value';
    return { message: `${where} must be ${expected}`, found, expected, cure };
  }
  return { message: `${where} cannot be as it is: ${issue.message}`, found, cure };
}
