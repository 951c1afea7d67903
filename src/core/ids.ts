/** Branded identifiers: a node id can never be passed where a wire id or a content key is meant. */

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export type NodeId = Brand<string, 'NodeId'>;
export type WireId = Brand<string, 'WireId'>;
export type RunId = Brand<string, 'RunId'>;
/** Names a result by what made it: the hash of everything that can change it (design: Merkle keys). */
export type ContentKey = Brand<string, 'ContentKey'>;

export const nodeId = (text: string): NodeId => text as NodeId;
export const wireId = (text: string): WireId => text as WireId;
export const runId = (text: string): RunId => text as RunId;
export const contentKey = (text: string): ContentKey => text as ContentKey;

/** `base`, or `base-2`, `base-3`, ... : the first that `taken` does not hold. Readable ids survive in diffs and scripts. */
export function freshId(base: string, taken: ReadonlySet<string> | ((id: string) => boolean)): string {
  const isTaken = typeof taken === 'function' ? taken : (id: string) => taken.has(id);
  if (!isTaken(base)) return base;
  for (let n = 2; ; n++) {
    const id = `${base}-${n}`;
    if (!isTaken(id)) return id;
  }
}
