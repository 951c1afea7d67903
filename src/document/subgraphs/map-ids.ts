/** Node ids inside free-form parts of a document (frames, notes), replaced; other texts and unchanged objects stay. */

const inside = new WeakMap<object, Map<string, unknown>>();
const origins = new WeakMap<object, { readonly prefix: string; readonly of: unknown }>();
/** What people wrote is never taken for an id. */
const prose = new Set(['title', 'text', 'label', 'name', 'body', 'color', 'colour']);

type Visit = (value: unknown) => unknown;
const members = (value: object, visit: Visit): unknown =>
  Array.isArray(value)
    ? value.map(visit)
    : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, prose.has(key) ? entry : visit(entry)]));

/** Into a level: `ids` get the prefix. The same object gives the same object. */
export function idsInward(value: unknown, prefix: string, ids: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return ids.has(value) ? prefix + value : value;
  if (value === null || typeof value !== 'object') return value;
  const known = inside.get(value) ?? new Map<string, unknown>();
  inside.set(value, known);
  const before = known.get(prefix);
  if (before !== undefined) return before;
  const made = members(value, (entry) => idsInward(entry, prefix, ids)) as object;
  known.set(prefix, made);
  origins.set(made, { prefix, of: value });
  return made;
}

/** Out of a level: what `idsInward` made and nobody changed is the object that it was made of. */
export function idsOutward(value: unknown, prefix: string, local: (id: string) => string): unknown {
  if (typeof value === 'string') return local(value);
  if (value === null || typeof value !== 'object') return value;
  const origin = origins.get(value);
  if (origin?.prefix === prefix) return origin.of;
  return members(value, (entry) => idsOutward(entry, prefix, local));
}
