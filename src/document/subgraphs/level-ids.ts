/**
 * Ids of what lies inside an instance: the instance's id, a slash, the id within the subgraph ("decoder/mlp"). The same
 * ids name inner nodes on the canvas, in the plan of a run and in its events, so that nothing has to translate. Objects
 * with such ids are made once per object and place, so that what is worked out for them is kept.
 */
import type { DocumentNode, DocumentWire } from '../schema';

export const innerId = (instance: string, id: string): string => `${instance}/${id}`;
export const prefixOf = (path: readonly string[]): string => path.map((id) => `${id}/`).join('');

const nodes = new WeakMap<DocumentNode, Map<string, DocumentNode>>();
const wires = new WeakMap<DocumentWire, Map<string, DocumentWire>>();
const origins = new WeakMap<object, { readonly prefix: string; readonly of: DocumentNode | DocumentWire }>();

function remember<T extends DocumentNode | DocumentWire>(
  memo: WeakMap<T, Map<string, T>>,
  of: T,
  prefix: string,
  make: () => T,
): T {
  const known = memo.get(of) ?? new Map<string, T>();
  memo.set(of, known);
  const before = known.get(prefix);
  if (before) return before;
  const made = make();
  known.set(prefix, made);
  origins.set(made, { prefix, of });
  return made;
}

export const withPrefix = (node: DocumentNode, prefix: string): DocumentNode =>
  prefix === '' ? node : remember(nodes, node, prefix, () => ({ ...node, id: prefix + node.id }));

export const wireWithPrefix = (wire: DocumentWire, prefix: string): DocumentWire =>
  prefix === ''
    ? wire
    : remember(wires, wire, prefix, () => ({
        ...wire,
        id: prefix + wire.id,
        from: { ...wire.from, node: prefix + wire.from.node },
        to: { ...wire.to, node: prefix + wire.to.node },
      }));

/** What `withPrefix` or `wireWithPrefix` made this of, if it has not been changed since. */
export function originOf<T extends DocumentNode | DocumentWire>(made: T, prefix: string): T | undefined {
  const origin = origins.get(made);
  return origin?.prefix === prefix ? (origin.of as T) : undefined;
}

export const withoutPrefix = (id: string, prefix: string): string =>
  id.startsWith(prefix) ? id.slice(prefix.length) : id;
