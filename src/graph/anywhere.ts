/**
 * Nodes and results by the ids that people see ("decoder", "decoder/mlp"), on whatever level of subgraphs they stand. A
 * result is made in the expansion, where keys, statuses and cones are told. Pure.
 */
import type { PipelineDocument } from '../document/schema';
import { expand, outputSource } from '../document/subgraphs';
import type { Catalogue } from '../kit/define-node';
import type { Cone } from './cone-difference';
import { graphIndex } from './graph-index';
import { nodeName } from './names';
import { catalogueFor } from './subgraphs/catalogue';

/** Its id where there is no such node. */
export function nameAnywhere(document: PipelineDocument, id: string, catalogue: Catalogue): string {
  const { document: flat, instances } = expand(document);
  const inner = graphIndex(flat).nodes.get(id);
  const node = inner ?? instances.get(id)?.node;
  return node ? nodeName(inner ? flat : document, node, catalogueFor(document, catalogue)) : id;
}

/** The output whose value it is, in the expansion. */
export interface ResultPlace extends Cone {
  readonly port: string;
}

/** Of an instance of a subgraph the output inside that its port is wired to; null where nothing is. */
export function resultPlace(document: PipelineDocument, node: string, port: string): ResultPlace | null {
  const { document: flat } = expand(document);
  const end = outputSource(document, node, port);
  return end && graphIndex(flat).nodes.has(end.node) ? { document: flat, ...end } : null;
}
