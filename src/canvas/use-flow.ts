/**
 * Keeps React Flow's arrays beside the document: rebuilt from it after every edit, changed in between by drags and
 * measurements. Moves become commands when the hand lets go, arrow keys in bursts (editors.md 5.3).
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { applyNodeChanges, type EdgeChange, type NodeChange } from 'reactflow';
import type { Position } from '../document/schema';
import type { EditorSession } from '../editor/session';
import { type FlowEdge, type FlowNode, flowEdges, flowNodes, placesFor } from './flow-view';

export interface Flow {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void;
}

export function useFlow(session: EditorSession): Flow {
  const { document: documents, selection, catalogue } = session;
  const [nodes, setNodes] = useState<FlowNode[]>(() => {
    const { document } = documents.store.getState();
    return flowNodes(document, catalogue, selection.store.getState().nodes, [], placesFor(document));
  });
  const [edges, setEdges] = useState<FlowEdge[]>(() => {
    const selected = selection.store.getState().wires;
    return flowEdges(documents.store.getState().document, selected, []);
  });

  useEffect(() => {
    const reopen = () => {
      const { document } = documents.store.getState();
      const selected = selection.store.getState();
      setNodes(flowNodes(document, catalogue, selected.nodes, [], placesFor(document)));
      setEdges(flowEdges(document, selected.wires, []));
    };
    const sync = () => {
      const { document } = documents.store.getState();
      const selected = selection.store.getState();
      setNodes((before) => flowNodes(document, catalogue, selected.nodes, before));
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
  }, [documents, selection, catalogue]);

  const dragging = useRef(false);
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moved: Record<string, Position> = {};
      const selected: { id: string; selected: boolean }[] = [];
      for (const change of changes) {
        if (change.type === 'position' && change.dragging) dragging.current = true;
        if (change.type === 'position' && change.position && change.dragging === false)
          moved[change.id] = change.position;
        if (change.type === 'select') selected.push(change);
      }
      setNodes((before) => applyNodeChanges(changes.filter(isViewChange), before));
      if (selected.length > 0) selection.change('nodes', selected);
      if (Object.keys(moved).length > 0) {
        session.edits.move(moved, dragging.current);
        dragging.current = false;
      }
    },
    [session, selection],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const selected = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (selected.length > 0) selection.change('wires', selected);
    },
    [selection],
  );
  return { nodes, edges, onNodesChange, onEdgesChange };
}

/** Selection and existence have owners of their own. */
const isViewChange = (change: NodeChange<FlowNode>): boolean =>
  change.type === 'position' || change.type === 'dimensions';
