/**
 * Keeps React Flow's arrays beside the document: rebuilt from it after every edit, changed in between by drags and
 * measurements. Moves become commands when the hand lets go, arrow keys in bursts (editors.md 5.3).
 */
import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { applyNodeChanges, type EdgeChange, type NodeChange, useStoreApi } from 'reactflow';
import type { Position } from '../document/schema';
import { readObjectKey } from '../editor/object-keys';
import type { EditorSession } from '../editor/session';
import { carriedBy, withCarried, withSnap } from './drag-changes';
import { dotPoint, flowObjects } from './flow-objects';
import { type FlowEdge, type FlowNode, flowEdges, flowNodes, placesFor } from './flow-view';
import { emptyHand, HandContext } from './hand';
import { useGlide } from './use-glide';

export interface Flow {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void;
  /** The next change of places is shown as a movement. */
  readonly glide: () => void;
}

/** How near a line must be for a card to snap to it. px on the screen */
const snapReach = 6;

export function useFlow(session: EditorSession): Flow {
  const { document: documents, selection, catalogue } = session;
  const hand = useContext(HandContext);
  const flow = useStoreApi<FlowNode, FlowEdge>();
  const [nodes, setNodes] = useState<FlowNode[]>(() => {
    const { document } = documents.store.getState();
    const selected = selection.store.getState();
    return [
      ...flowNodes(document, catalogue, selected.nodes, [], placesFor(document)),
      ...flowObjects(document, selected.objects, []),
    ];
  });
  const [edges, setEdges] = useState<FlowEdge[]>(() => {
    const selected = selection.store.getState().wires;
    return flowEdges(documents.store.getState().document, selected, []);
  });
  const { glide, show } = useGlide(setNodes);

  useEffect(() => {
    const reopen = () => {
      const { document } = documents.store.getState();
      const selected = selection.store.getState();
      setNodes([
        ...flowNodes(document, catalogue, selected.nodes, [], placesFor(document)),
        ...flowObjects(document, selected.objects, []),
      ]);
      setEdges(flowEdges(document, selected.wires, []));
    };
    const sync = () => {
      const { document } = documents.store.getState();
      const selected = selection.store.getState();
      show((before) => [
        ...flowNodes(document, catalogue, selected.nodes, before),
        ...flowObjects(document, selected.objects, before),
      ]);
      setEdges((before) => flowEdges(document, selected.wires, before));
    };
    sync();
    const offDocument = documents.store.subscribe((now, before) => {
      // Nodes of another document have nothing to do with these, whatever their ids.
      if (now.opened !== before.opened || now.path !== before.path) reopen();
      else if (now.document !== before.document) sync();
    });
    const offSelection = selection.store.subscribe(sync);
    return () => {
      offDocument();
      offSelection();
    };
  }, [documents, selection, catalogue, show]);

  const dragging = useRef(false);
  const carried = useRef<ReadonlyMap<string, string>>(new Map());
  const onNodesChange = useCallback(
    (incoming: NodeChange<FlowNode>[]) => {
      const before = flow.getState().nodes;
      const held = incoming.some((change) => change.type === 'position' && change.dragging);
      if (held && !dragging.current) {
        const moved = incoming.flatMap((change) => (change.type === 'position' ? [change.id] : []));
        carried.current = carriedBy(documents.store.getState().document, new Set(moved));
      }
      dragging.current ||= held;
      const { free, splice, copy } = hand.getState();
      const reach = free || !dragging.current ? 0 : snapReach / flow.getState().transform[2];
      const { changes, guides } =
        reach > 0 ? withSnap(incoming, before, carried.current, reach) : { changes: incoming, guides: [] };
      const moved: Record<string, Position> = {};
      const selected: { id: string; selected: boolean }[] = [];
      for (const change of changes) {
        if (change.type === 'position' && change.position && change.dragging === false)
          moved[change.id] = readObjectKey(change.id)?.kind === 'dot' ? dotPoint(change.position) : change.position;
        if (change.type === 'select') selected.push(change);
      }
      setNodes((now) => applyNodeChanges(withCarried(changes.filter(isViewChange), now, carried.current), now));
      if (held && hand.getState().guides !== guides && guides.length + hand.getState().guides.length > 0)
        hand.setState({ guides });
      for (const kind of ['nodes', 'objects'] as const) {
        const own = selected.filter(({ id }) => (readObjectKey(id) === null) === (kind === 'nodes'));
        if (own.length > 0) selection.change(kind, own);
      }
      if (Object.keys(moved).length > 0) {
        session.building.drop(moved, { drag: dragging.current, splice, copy: copy && dragging.current });
        dragging.current = false;
        carried.current = new Map();
        hand.setState(emptyHand);
      }
    },
    [session, selection, documents, hand, flow],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const selected = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selected.length > 0) selection.change('wires', selected);
    },
    [selection],
  );
  return { nodes, edges, onNodesChange, onEdgesChange, glide };
}

/** Selection and existence have owners of their own. */
const isViewChange = (change: NodeChange<FlowNode>): boolean =>
  change.type === 'position' || change.type === 'dimensions';
