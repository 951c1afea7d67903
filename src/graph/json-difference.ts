/**
 * Where two JSON values differ, field by field, and the way to apply that. Objects are compared member by member whatever
 * the order of their keys; lists and everything else as wholes.
 */
import type { JsonValue } from '../core/canonical-json';

export interface FieldChange {
  readonly path: readonly string[];
  /** Undefined: the field was not there. */
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

type Members = Readonly<Record<string, JsonValue | undefined>>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, i) => sameJson(entry, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  return membersOf(a, b).every((key) => sameJson(ownOf(a, key), ownOf(b, key)));
}

/** Members of both, those of the first first; "absent" and "undefined" are the same. */
const membersOf = (a: Members, b: Members): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];
const ownOf = (object: Members, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

export function jsonDifference(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[] = [],
): readonly FieldChange[] {
  if (sameJson(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  return membersOf(before, after).flatMap((key) =>
    jsonDifference(ownOf(before, key), ownOf(after, key), [...path, key]),
  );
}

/** `value` with the changes made; new fields come last. What the changes do not touch stays the same object. */
export function applyJsonDifference<T extends object>(value: T, changes: readonly FieldChange[]): T {
  return changes.reduce<JsonValue | undefined>(
    (current, change) => put(current, change.path, change.after),
    value as unknown as JsonValue,
  ) as unknown as T;
}

function put(
  value: JsonValue | undefined,
  path: readonly string[],
  after: JsonValue | undefined,
): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return after;
  const members = isObject(value) ? value : {};
  const next = put(ownOf(members, key), rest, after);
  const entries = Object.entries(members).filter(([name, entry]) => name !== key || entry !== undefined);
  const place = entries.findIndex(([name]) => name === key);
  if (next === undefined) return Object.fromEntries(entries.filter(([name]) => name !== key)) as JsonValue;
  if (place < 0) entries.push([key, next]);
  else entries[place] = [key, next];
  return Object.fromEntries(entries) as JsonValue;
}
