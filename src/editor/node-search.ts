/**
 * Which node types a search finds, and which of them could take a wire that is in the hand. Used by the palette and by the
 * menu at the pointer.
 */
import type { PipelineDocument } from '../document/schema';
import { graphIndex } from '../graph/graph-index';
import { inputsFor, outputsFor } from '../graph/splice';
import { type AnyNode, type Catalogue, categoryOf } from '../kit/define-node';
import type { Habits } from './habits';
import { search } from './search';

/** Where a wire begins that has no other end yet. */
export interface WireStart {
  readonly node: string;
  readonly port: string;
  readonly side: 'source' | 'target';
}

/** A node type and, for a wire, the ports of it that fit, best first. */
export interface Candidate {
  readonly node: AnyNode;
  readonly ports: readonly string[];
}

export const categoryTitles: Readonly<Record<string, string>> = {
  source: 'Sources',
  images: 'Images',
  data: 'Data',
  lgn: 'LGN',
  encoder: 'Encoders',
  neuron: 'Neurons',
  spikes: 'Spikes',
  model: 'Models',
  learn: 'Learning',
  metric: 'Metrics',
  analysis: 'Analysis',
  stats: 'Statistics',
  theory: 'Theory',
  table: 'Tables',
  view: 'Views',
};

const describe = (node: AnyNode) => ({
  title: node.title,
  keywords: [
    node.type,
    ...(node.docs.keywords ?? []),
    categoryTitles[categoryOf(node.type)] ?? '',
    ...Object.values(node.outputs).map(({ kind }) => kind),
    node.docs.summary,
  ],
});

/** Best first; all of them in their own order for an empty query. */
export const searchNodes = (nodes: readonly AnyNode[], query: string): readonly AnyNode[] =>
  search(query, nodes, describe);

/** Types with a port for the other end of a wire: what people usually wire there comes first. */
export function candidatesFor(
  document: PipelineDocument,
  catalogue: Catalogue,
  start: WireStart,
  habits: Pick<Habits, 'weight'>,
): readonly Candidate[] {
  const type = graphIndex(document).nodes.get(start.node)?.type ?? '';
  const definition = catalogue.get(type);
  if (!definition) return [];
  const kind = definition.outputs[start.port]?.kind;
  const wanted = definition.inputs[start.port]?.kinds ?? [];
  const ranked = [...catalogue.values()].flatMap((node) => {
    if (start.side === 'source') {
      const ports = kind ? inputsFor(node, kind) : [];
      const weight = kind ? habits.weight({ from: type, kind, to: node.type }) : 0;
      return ports.length === 0 ? [] : [{ node, ports, weight, needs: needed(node) - 1 }];
    }
    const ports = outputsFor(node, wanted);
    const given = node.outputs[ports[0] ?? '']?.kind ?? '';
    return ports.length === 0
      ? []
      : [{ node, ports, weight: habits.weight({ from: node.type, kind: given, to: type }), needs: needed(node) }];
  });
  return ranked.sort((a, b) => b.weight - a.weight || a.needs - b.needs);
}

const needed = (node: AnyNode): number => Object.values(node.inputs).filter(({ optional }) => !optional).length;
