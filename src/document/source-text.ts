/**
 * How each value was spelled in the file it came from, so that what no command touched is written back byte for byte:
 * unknown nodes and fields, numbers such as 1.0 or 1e3, inner spacing.
 *
 * An object or array keeps its own text as long as it is the same object: documents are immutable, so a change makes a
 * new object, which has no text. A primitive field keeps its spelling with the object that holds it, under a symbol
 * key that `{...object}` carries along; it counts only while the field has the same value. Both are invisible to JSON.
 */

const texts = new WeakMap<object, string>();
const spellings = Symbol('spellings');

interface Spelling {
  readonly value: unknown;
  /** Text of the value, when it is not what JSON.stringify gives. */
  readonly text?: string;
  /** Text of the key with its quotes, likewise. */
  readonly key?: string;
}
export type Spellings = ReadonlyMap<string, Spelling>;

export function keepText(value: object, text: string): void {
  texts.set(value, text);
}

/** From now on the value is written in our own layout. Its fields keep theirs. */
export function forgetText(value: object): void {
  texts.delete(value);
}

export const textOf = (value: object): string | undefined => texts.get(value);

export function keepSpellings(object: object, fields: Spellings): void {
  (object as { [spellings]?: Spellings })[spellings] = fields;
}

/** How `object[key]` was spelled, if it still has the value it was read with. */
export function spellingOf(object: object, key: string): Spelling | undefined {
  const spelling = (object as { [spellings]?: Spellings })[spellings]?.get(key);
  return spelling && Object.is(spelling.value, (object as Record<string, unknown>)[key]) ? spelling : undefined;
}

/**
 * The object with other members (or another order of them); spellings of members that stay the same stay too, and whatever
 * else is kept under symbols, as `{...object}` would keep it.
 */
export function withMembers<T extends object>(object: T, members: Iterable<readonly [string, unknown]>): T {
  const copy = Object.fromEntries(members);
  const kept = Object.getOwnPropertySymbols(object).map((key) => [key, (object as Record<symbol, unknown>)[key]]);
  return Object.assign(copy, Object.fromEntries(kept)) as T;
}
