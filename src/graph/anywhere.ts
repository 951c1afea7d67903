/**
 * What nodes of any level are called, and where results are made, by the ids that people see ("decoder", "decoder/mlp"): in
 * the expansion, where keys, statuses and cones are told. Pure.
 */
import type { PipelineDocument } from '../document/schema';
import { expand, outputSource } from '../document/subgraphs';
import type { Catalogue } from '../kit/define-node';
import type { Cone } from './cone-difference';
import { graphIndex } from './graph-index';
import { nodeName } from './names';
import { catalogueFor } from './subgraphs/catalogue';

/** The name of a node as it is called among everything that runs; its id where there is no such node. */
export function nameAnywhere(document: PipelineDocument, id: string, catalogue: Catalogue): string {
  const { document: flat, instances } = expand(document);
  const inner = graphIndex(flat).nodes.get(id);
  const node = inner ?? instances.get(id)?.node;
  return node ? nodeName(inner ? flat : document, node, catalogueFor(document, catalogue)) : id;
}

/**
 * The node among `ids` that was called `id` before it was put into a subgraph or taken out of one: its id within its level
 * stays. Null where there is none, or more than one.
 */
export function namesake(ids: readonly string[], id: string): string | null {
  const own = (each: string): string => each.slice(each.lastIndexOf('/') + 1);
  const [found = null, another] = ids.filter((each) => own(each) === own(id));
  return another === undefined ? found : null;
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
