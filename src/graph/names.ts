/** How nodes, ports and kinds are called in messages to people. */

import { shortText } from '../core/plain-text';
import type { DocumentNode } from '../document/schema';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import type { Graph } from './graph-index';

const counts = new WeakMap<readonly DocumentNode[], { catalogue: Catalogue; names: Map<string, number> }>();

const plainName = (node: DocumentNode, catalogue: Catalogue): string =>
  shortText(node.label || catalogue.get(node.type)?.title || node.type, 200);

/** The label or title of a node, with its id where another node has the same name: `Train`, `Train (train-2)`. */
export function nodeName(graph: Graph, node: DocumentNode, catalogue: Catalogue): string {
  let known = counts.get(graph.nodes);
  if (!known || known.catalogue !== catalogue) {
    known = { catalogue, names: new Map() };
    for (const each of graph.nodes) {
      const name = plainName(each, catalogue);
      known.names.set(name, (known.names.get(name) ?? 0) + 1);
    }
    counts.set(graph.nodes, known);
  }
  const name = plainName(node, catalogue);
  return (known.names.get(name) ?? 0) > 1 ? `${name} (${node.id})` : name;
}

export const inputLabel = (definition: AnyNode, port: string): string => definition.inputs[port]?.label ?? port;

/** "images or labels", "spikes, rates or features". */
export function listKinds(kinds: readonly string[], last = 'or'): string {
  if (kinds.length < 2) return kinds.join('');
  return `${kinds.slice(0, -1).join(', ')} ${last} ${kinds[kinds.length - 1]}`;
}

const plural: ReadonlySet<PortKind> = new Set(['images', 'labels', 'rates', 'spikes', 'features', 'series']);

/** A kind at the start of a sentence: "Spikes", "A model". */
export function kindAsSubject(kind: PortKind): string {
  return plural.has(kind) ? kind.charAt(0).toUpperCase() + kind.slice(1) : `A ${kind}`;
}
