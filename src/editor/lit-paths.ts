/** Which compared results a node leads to, while their paths are lit up on the canvas. */
import type { PipelineDocument } from '../document/schema';
import { expand, innerId, inputsNode, outputsNode } from '../document/subgraphs';
import { resultPlace } from '../graph/anywhere';
import { upstreamOf } from '../graph/topology';
import type { ComparedEntry, ComparisonState } from './comparison';

export interface LitPaths {
  /** How many results there are. */
  readonly count: number;
  /** By node: places of the results it leads to, itself included. */
  readonly nodes: ReadonlyMap<string, readonly number[]>;
}

let known: { flat: PipelineDocument; entries: readonly ComparedEntry[]; made: LitPaths } | null = null;

/** Null while nothing is lit. An earlier run is shown where its node stands now, if it still does. */
export function litPaths(state: ComparisonState, document: PipelineDocument): LitPaths | null {
  const { open, lit, entries } = state;
  if (!open || !lit) return null;
  const { document: flat, instances } = expand(document);
  if (known?.flat.nodes === flat.nodes && known.flat.wires === flat.wires && known.entries === entries)
    return known.made;
  const nodes = new Map<string, number[]>();
  entries.forEach(({ node, port }, place) => {
    const end = resultPlace(document, node, port);
    if (!end) return;
    const light = (id: string) => nodes.set(id, [...(nodes.get(id) ?? []), place]);
    const path: ReadonlySet<string> = upstreamOf(flat, [end.node]);
    for (const id of path) light(id);
    // An instance of a subgraph is on the path if something inside is, its ports if the path goes through them.
    for (const [id, { inner, inputs }] of instances) {
      if (!inner.some((each) => path.has(each))) continue;
      light(id);
      if (Object.values(inputs).some((from) => from !== null && path.has(from.node))) light(innerId(id, inputsNode));
      if (id === node || !inner.includes(end.node)) light(innerId(id, outputsNode));
    }
  });
  const made = { count: entries.length, nodes };
  known = { flat, entries, made };
  return made;
}
