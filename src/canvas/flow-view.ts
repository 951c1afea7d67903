/**
 * The document as React Flow wants it: pure projections that reuse an object while nothing about it changed, so that only
 * changed cards render. React Flow's own measurements ride along; results never do.
 */
import type { Edge, Node } from 'reactflow';
import { shortText } from '../core/plain-text';
import type { DocumentNode, DocumentWire, PipelineDocument, Position } from '../document/schema';
import { layoutLeftToRight } from '../graph/layout';
import type { Catalogue } from '../kit/define-node';
import { cardWidth, typicalHeight } from './preview-choice';

/** Cards are the nodes of the document; the others are drawn beside them (flow-objects.ts). */
export type FlowNode = Node<Record<string, never>, 'card' | 'frame' | 'note' | 'dot'>;
export type FlowEdge = Edge<Record<string, never>, 'wire'>;

const typicalSize = { width: cardWidth, height: typicalHeight };

export const noData: Record<string, never> = {};

/** What people call a node: its own label, else the title of its type, else the type itself. */
export const titleOf = (node: DocumentNode, catalogue: Catalogue): string =>
  shortText(node.label || catalogue.get(node.type)?.title || node.type, 200);

const home: Position = { x: 0, y: 0 };

/**
 * Places for the nodes of a document that has none for them (a hand-written file), for this view only: opening a file does
 * not change it.
 */
export function placesFor(document: PipelineDocument): Readonly<Record<string, Position>> {
  const known = document.ui?.positions ?? {};
  if (document.nodes.every(({ id }) => known[id])) return {};
  return layoutLeftToRight(document, Object.fromEntries(document.nodes.map(({ id }) => [id, typicalSize])));
}

export function flowNodes(
  document: PipelineDocument,
  catalogue: Catalogue,
  selected: ReadonlySet<string>,
  before: readonly FlowNode[],
  places: Readonly<Record<string, Position>> = {},
): FlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  const positions = document.ui?.positions ?? {};
  return document.nodes.map((node) => {
    const previous = old.get(node.id);
    // A node in the hand stays under the pointer; the document learns of it when it is let go.
    const position = previous?.dragging
      ? previous.position
      : (positions[node.id] ?? previous?.position ?? places[node.id] ?? home);
    const isSelected = selected.has(node.id);
    const ariaLabel = `${titleOf(node, catalogue)} (${node.id})`;
    if (
      previous &&
      previous.position.x === position.x &&
      previous.position.y === position.y &&
      previous.selected === isSelected &&
      previous.ariaLabel === ariaLabel
    ) {
      return previous;
    }
    const { x, y } = position;
    return {
      ...previous,
      id: node.id,
      type: 'card',
      position: { x, y },
      selected: isSelected,
      ariaLabel,
      data: noData,
    };
  });
}

export function flowEdges(
  document: PipelineDocument,
  selected: ReadonlySet<string>,
  before: readonly FlowEdge[],
): FlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]));
  return document.wires.map((wire) => {
    const previous = old.get(wire.id);
    const isSelected = selected.has(wire.id);
    if (previous && sameEnds(previous, wire) && previous.selected === isSelected) return previous;
    return {
      id: wire.id,
      type: 'wire',
      source: wire.from.node,
      sourceHandle: wire.from.port,
      target: wire.to.node,
      targetHandle: wire.to.port,
      selected: isSelected,
      ariaLabel: `Wire from ${wire.from.node}, ${wire.from.port}, to ${wire.to.node}, ${wire.to.port}`,
      data: noData,
    };
  });
}

const sameEnds = (edge: FlowEdge, wire: DocumentWire): boolean =>
  edge.source === wire.from.node &&
  edge.sourceHandle === wire.from.port &&
  edge.target === wire.to.node &&
  edge.targetHandle === wire.to.port;
