/**
 * The document as React Flow wants it: pure projections that reuse an object while nothing about it changed, so that only
 * changed cards render. React Flow's own measurements ride along; results never do.
 */
import type { Edge, Node } from 'reactflow';
import { shortText } from '../core/plain-text';
import type { DocumentNode, DocumentWire, PipelineDocument, Position } from '../document/schema';
import { frameKey } from '../editor/object-keys';
import { hiddenIn, type InnerEnd } from '../graph/collapsed-frames';
import { layoutLeftToRight } from '../graph/layout';
import type { Catalogue } from '../kit/define-node';
import { cardWidth, typicalHeight } from './preview-choice';

/** Cards are the nodes of the document; the others are drawn beside them (flow-objects.ts). */
export type FlowNode = Node<Record<string, never>, 'card' | 'frame' | 'collapsed' | 'note' | 'dot'>;
/** What the wire connects in the document; it is drawn to the card of a frame where one stands for a node. */
export type WireData = Pick<DocumentWire, 'from' | 'to'>;
export type FlowEdge = Edge<WireData, 'wire'>;

/** Cards, and collapsed frames: what stands among the nodes and takes wires. */
export const isCard = ({ type, hidden }: Pick<FlowNode, 'type' | 'hidden'>): boolean =>
  (type === 'card' || type === 'collapsed') && !hidden;

/** The port on the card of a frame that stands for a port inside. */
export const innerPort = ({ node, port }: InnerEnd): string => `${node}\n${port}`;

const typicalSize = { width: cardWidth, height: typicalHeight };

export const noData: Record<string, never> = {};

/** What is on the canvas for a node: the card of the frame that it is collapsed in, else its own. */
export function cardFor(document: PipelineDocument, id: string): string {
  const frame = hiddenIn(document).nodes.get(id);
  return frame === undefined ? id : frameKey(frame);
}

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
  const away = hiddenIn(document).nodes;
  return document.nodes.map((node) => {
    const hidden = away.has(node.id);
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
      (previous.hidden ?? false) === hidden &&
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
      ...(hidden || previous?.hidden ? { hidden } : {}),
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
  const away = hiddenIn(document).nodes;
  return document.wires.flatMap((wire) => {
    const [source, target] = [away.get(wire.from.node), away.get(wire.to.node)];
    // Inside of a collapsed frame.
    if (source !== undefined && source === target) return [];
    const previous = old.get(wire.id);
    const isSelected = selected.has(wire.id);
    const ends = {
      source: cardFor(document, wire.from.node),
      sourceHandle: source === undefined ? wire.from.port : innerPort(wire.from),
      target: cardFor(document, wire.to.node),
      targetHandle: target === undefined ? wire.to.port : innerPort(wire.to),
    };
    if (previous && sameEnds(previous, ends) && sameWire(previous, wire) && previous.selected === isSelected)
      return previous;
    return {
      id: wire.id,
      type: 'wire',
      ...ends,
      selected: isSelected,
      ...(source === undefined && target === undefined ? {} : { reconnectable: false }),
      ariaLabel: `Wire from ${wire.from.node}, ${wire.from.port}, to ${wire.to.node}, ${wire.to.port}`,
      data: { from: wire.from, to: wire.to },
    };
  });
}

type Ends = Pick<FlowEdge, 'source' | 'sourceHandle' | 'target' | 'targetHandle'>;
const sameEnds = (a: Ends, b: Ends): boolean =>
  a.source === b.source &&
  a.sourceHandle === b.sourceHandle &&
  a.target === b.target &&
  a.targetHandle === b.targetHandle;
const sameWire = ({ data }: FlowEdge, { from, to }: DocumentWire): boolean =>
  data?.from.node === from.node && data.from.port === from.port && data.to.node === to.node && data.to.port === to.port;
