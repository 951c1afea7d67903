/** From what people point at in the open pipeline to entries of a comparison: outputs and selected nodes. */
import type { PipelineDocument } from '../document/schema';
import { isBoundary, nodeAnywhere } from '../document/subgraphs';
import { nameAnywhere, resultPlace } from '../graph/anywhere';
import { coneDifference } from '../graph/cone-difference';
import { graphIndex } from '../graph/graph-index';
import { topology } from '../graph/topology';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import type { NewEntry } from './comparison';
import type { EditorSession } from './session';

/** What says most about a difference comes first. */
const telling: readonly PortKind[] = [
  'images',
  'spikes',
  'table',
  'series',
  'rates',
  'features',
  'stimulus',
  'model',
  'labels',
  'figure',
];

/** Outputs, most telling for a comparison first: scores by item before everything, since they can be paired. */
export function comparablePorts(definition: AnyNode): readonly string[] {
  const rank = (port: string, kind: PortKind): number =>
    port === 'items' && kind === 'table' ? -1 : telling.indexOf(kind);
  return Object.entries(definition.outputs)
    .map(([port, { kind }], place) => ({ port, place, rank: rank(port, kind) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ port }) => port);
}

const definitionOf = ({ catalogue, document }: EditorSession, id: string): AnyNode | undefined => {
  const { document: level, root } = document.store.getState();
  // The ports of the subgraph that is looked into stand for what is outside.
  if (isBoundary(graphIndex(level).nodes.get(id)?.type ?? '')) return undefined;
  return catalogue.get(nodeAnywhere(root, id)?.type ?? '');
};

/** The result of an output as it is now, alone. */
export function entryOfOutput(session: EditorSession, node: string, port: string): NewEntry | null {
  const kind = definitionOf(session, node)?.outputs[port]?.kind;
  return kind ? { label: session.document.nameOf(node), node, port, kind, key: null, run: null } : null;
}

/** Entries for the nodes: the same output where they are of one type, else the most telling kind that all have. */
export function entriesOfNodes(session: EditorSession, ids: readonly string[]): readonly NewEntry[] | null {
  const definitions = ids.map((id) => definitionOf(session, id));
  const [first] = definitions;
  if (!first) return null;
  const portOf = (definition: AnyNode, kind: PortKind): string | undefined =>
    comparablePorts(definition).find((port) => definition.outputs[port]?.kind === kind);
  for (const port of comparablePorts(first)) {
    const kind = first.outputs[port]?.kind as PortKind;
    const ports = definitions.map((definition) =>
      definition === first ? port : definition && portOf(definition, kind),
    );
    if (ports.some((each) => each === undefined)) continue;
    const { root } = session.document.store.getState();
    const shown = ids.map((node, k) => ({ node, port: ports[k] as string }));
    const labels = namesFor(root, shown, session.catalogue);
    return shown.map((each, k) => ({ ...each, label: labels[k] ?? each.node, kind, key: null, run: null }));
  }
  return null;
}

/**
 * Names that tell results apart: those of the nodes if they are named apart, else the label of the first node upstream
 * where they differ ("Balanced", "Unbalanced").
 */
export function namesFor(
  document: PipelineDocument,
  shown: readonly { readonly node: string; readonly port: string }[],
  catalogue: Catalogue,
): readonly string[] {
  const own = shown.map(({ node }) => nodeAnywhere(document, node)?.label ?? '');
  if (new Set(own).size === own.length && own.every(Boolean)) return own;
  const cones = shown.map(({ node, port }) => resultPlace(document, node, port));
  const [first] = cones;
  const upstream = cones.map((cone, k): string | undefined => {
    const other = k === 0 ? cones[1] : first;
    if (!cone || !first || !other) return undefined;
    const { pairs } = k === 0 ? coneDifference(cone, other, catalogue) : coneDifference(other, cone, catalogue);
    const ids = pairs.map(([a, b]) => (k === 0 ? a : b));
    const labels = new Map(ids.map((id) => [id, graphIndex(cone.document).nodes.get(id)?.label]));
    return topology(cone.document)
      .order.map((id) => labels.get(id))
      .find(Boolean);
  });
  if (upstream.every(Boolean) && new Set(upstream).size === upstream.length) return upstream as string[];
  return shown.map(({ node }) => nameAnywhere(document, node, catalogue));
}
