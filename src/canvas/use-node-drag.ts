/** While cards are dragged: Alt at the start copies, Alt later lets them go freely, a card over a wire would go into it. */
import { type MouseEvent as ReactMouseEvent, type TouchEvent as ReactTouchEvent, useContext, useMemo } from 'react';
import { type OnNodeDrag, useReactFlow } from 'reactflow';
import type { EditorSession } from '../editor/session';
import { graphIndex } from '../graph/graph-index';
import { spliceNode } from '../graph/splice';
import type { FlowEdge, FlowNode } from './flow-view';
import { emptyHand, HandContext } from './hand';
import { nearestWire } from './nearest-wire';
import { WireContext } from './wire-plan';

type DragEvent = MouseEvent | TouchEvent | ReactMouseEvent | ReactTouchEvent;

export function useNodeDrag(session: EditorSession) {
  const hand = useContext(HandContext);
  const wires = useContext(WireContext);
  const flow = useReactFlow<FlowNode, FlowEdge>();
  return useMemo(() => {
    const fits = new Map<string, boolean>();

    /** The wire under the pointer, if the one card in the hand fits into it. */
    const wireFor = (event: DragEvent, node: FlowNode): string | null => {
      const { document } = session.document.store.getState();
      const index = graphIndex(document);
      if (node.type !== 'card' || index.incoming(node.id).length + index.outgoing(node.id).length > 0) return null;
      const at = 'clientX' in event ? event : event.touches[0];
      if (!at) return null;
      const point = flow.screenToFlowPosition({ x: at.clientX, y: at.clientY });
      const wire = nearestWire(point, wires.getState().routes, flow.getZoom());
      if (wire === null) return null;
      let fit = fits.get(wire);
      if (fit === undefined) {
        fit = spliceNode(document, session.catalogue, node.id, wire) !== null;
        fits.set(wire, fit);
      }
      return fit ? wire : null;
    };

    const onNodeDragStart: OnNodeDrag<FlowNode> = (event) => {
      fits.clear();
      hand.setState({ ...emptyHand, copy: event.altKey, free: event.altKey });
    };
    const onNodeDrag: OnNodeDrag<FlowNode> = (event, node, nodes) => {
      const splice = event.altKey || nodes.length !== 1 ? null : wireFor(event, node);
      const { free, splice: before } = hand.getState();
      if (free !== event.altKey || splice !== before)
        hand.setState({ free: event.altKey, splice, ...(event.altKey ? { guides: [] } : {}) });
    };
    return { onNodeDragStart, onNodeDrag, onNodeDragStop: () => hand.setState(emptyHand) };
  }, [session, hand, wires, flow]);
}
