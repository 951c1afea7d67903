/**
 * What images or labels are scored against: an output upstream of all of them that holds every item, such as the source
 * that they were made from. Found by itself, the first one that fits; people may choose another, or none.
 */
import { useMemo } from 'react';
import { canRefer } from '../../analysis/compare/image-measures';
import type { ContentKey } from '../../core/ids';
import { expand } from '../../document/subgraphs';
import { useDocument, useResults, useSession } from '../../editor/hooks';
import { nameAnywhere, resultPlace } from '../../graph/anywhere';
import { graphIndex } from '../../graph/graph-index';
import { topology, upstreamOf } from '../../graph/topology';
import { joinItems } from '../../kit/item-table';
import type { PortValue } from '../../kit/values';
import { type ComparedResult, useFetched } from './use-results';

export interface Candidate {
  /** "node/port". */
  readonly id: string;
  readonly label: string;
  readonly key: ContentKey | null;
  readonly port: string;
}

export interface Reference {
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate | null;
  readonly value: PortValue | null;
  /** Until it is known whether there is one. */
  readonly loading: boolean;
}

const fits = (value: PortValue, reference: PortValue): boolean => {
  if (value.kind === 'images' && reference.kind === 'images') return canRefer(value, reference);
  if (value.kind === 'labels' && reference.kind === 'labels')
    return joinItems(value.items, reference.items).a.length === value.items.ids.length;
  return false;
};

/** `wanted`: "node/port", 'none', or 'auto'. */
export function useReference(results: readonly ComparedResult[], wanted: string): Reference {
  const { catalogue } = useSession();
  const root = useDocument((state) => state.root);
  const statuses = useResults((state) => state.statuses);
  const kind = results[0]?.entry.kind;
  const entries = JSON.stringify(results.map(({ entry: { node, port } }) => [node, port]));
  const candidates = useMemo((): readonly Candidate[] => {
    if (kind !== 'images' && kind !== 'labels') return [];
    const { document: flat } = expand(root);
    const index = graphIndex(flat);
    const here = (JSON.parse(entries) as [string, string][]).flatMap(
      ([node, port]) => resultPlace(root, node, port) ?? [],
    );
    const compared = new Set(here.map(({ node, port }) => `${node}/${port}`));
    const cones: ReadonlySet<string>[] = here.map(({ node }) => upstreamOf(flat, [node]));
    return topology(flat).order.flatMap((id): Candidate[] => {
      const node = index.nodes.get(id);
      if (!node || !cones.every((cone) => cone.has(id))) return [];
      const outputs = Object.entries(catalogue.get(node.type)?.outputs ?? {});
      return outputs
        .filter(([port, output]) => output.kind === kind && !compared.has(`${id}/${port}`))
        .map(([port]) => ({
          id: `${id}/${port}`,
          label: nameAnywhere(root, id, catalogue),
          key: statuses[id]?.previewKey ?? null,
          port,
        }));
    });
  }, [catalogue, root, statuses, kind, entries]);
  const asked = wanted === 'none' ? [] : candidates.filter(({ id }) => wanted === 'auto' || id === wanted);
  const found = useFetched(asked);
  const values = results.flatMap(({ value }) => (value ? [value] : []));
  for (const candidate of asked) {
    const answer = found.get(`${candidate.key}/${candidate.port}`);
    if (!answer && candidate.key !== null) return { candidates, chosen: null, value: null, loading: true };
    if (answer && 'value' in answer && values.length > 0 && values.every((value) => fits(value, answer.value)))
      return { candidates, chosen: candidate, value: answer.value, loading: false };
  }
  return { candidates, chosen: null, value: null, loading: false };
}
