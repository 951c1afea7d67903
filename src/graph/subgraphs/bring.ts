/** Definitions that come with pasted instances: shared where the document has the very same, else under a fresh id. */
import { canonicalJson } from '../../core/canonical-json';
import { freshId } from '../../core/ids';
import type { PipelineDocument, Subgraph } from '../../document/schema';
import { subgraphOf, subgraphType } from '../../document/subgraphs';

export interface Brought {
  /** To be added, in their order. */
  readonly fresh: readonly Subgraph[];
  /** The type that a pasted node has here. */
  readonly typeOf: (type: string) => string;
}

export function bringDefinitions(document: PipelineDocument, defs: readonly Subgraph[]): Brought {
  const present = new Map(
    (document.defs ?? []).map((entry) => [String((entry as { id?: unknown } | null)?.id), entry] as const),
  );
  const taken = new Set(present.keys());
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  for (const definition of defs) {
    const here = present.get(definition.id);
    if (here !== undefined && canonicalJson(here as never) === canonicalJson(definition as never)) {
      shared.add(definition.id);
      continue;
    }
    const id = freshId(definition.id, taken);
    taken.add(id);
    ids.set(definition.id, id);
  }
  const typeOf = (type: string): string => {
    const id = ids.get(subgraphOf(type) ?? '');
    return id === undefined ? type : subgraphType(id);
  };
  const fresh = defs
    .filter(({ id }) => !shared.has(id))
    .map((definition): Subgraph => {
      const id = ids.get(definition.id) ?? definition.id;
      const nodes = definition.nodes.map((node) =>
        typeOf(node.type) === node.type ? node : { ...node, type: typeOf(node.type) },
      );
      const same = id === definition.id && nodes.every((node, i) => node === definition.nodes[i]);
      return same ? definition : { ...definition, id, nodes };
    });
  return { fresh, typeOf };
}
