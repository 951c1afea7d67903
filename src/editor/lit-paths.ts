/** Which compared results a node leads to, while their paths are lit up on the canvas. */
import type { PipelineDocument } from '../document/schema';
import { graphIndex } from '../graph/graph-index';
import { upstreamOf } from '../graph/topology';
import type { ComparedEntry, ComparisonState } from './comparison';

export interface LitPaths {
  /** How many results there are. */
  readonly count: number;
  /** By node: places of the results it leads to, itself included. */
  readonly nodes: ReadonlyMap<string, readonly number[]>;
}

let known: {
  nodes: PipelineDocument['nodes'];
  wires: PipelineDocument['wires'];
  entries: readonly ComparedEntry[];
  made: LitPaths;
} | null = null;

/** Null while nothing is lit. An earlier run is shown where its node stands now, if it still does. */
export function litPaths(state: ComparisonState, document: PipelineDocument): LitPaths | null {
  const { open, lit, entries } = state;
  if (!open || !lit) return null;
  if (known?.nodes === document.nodes && known.wires === document.wires && known.entries === entries) return known.made;
  const index = graphIndex(document);
  const nodes = new Map<string, number[]>();
  entries.forEach(({ node }, place) => {
    if (!index.nodes.has(node)) return;
    for (const id of upstreamOf(document, [node])) nodes.set(id, [...(nodes.get(id) ?? []), place]);
  });
  const made = { count: entries.length, nodes };
  known = { nodes: document.nodes, wires: document.wires, entries, made };
  return made;
}
