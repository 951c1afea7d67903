/**
 * The graph as people see and touch it: a controlled React Flow over the document. Edits go out as commands; what a node
 * or wire shows is in NodeCard and WireEdge. Keys are handled by src/app, except React Flow's own (arrows, Enter, Esc).
 */

import {
  type DragEvent,
  type MouseEvent as ReactMouseEvent,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  type Viewport,
} from 'reactflow';
import { useColourScheme } from '../panels/colour-scheme';
import 'reactflow/dist/style.css';
import { refuse } from '../core/validity';
import { useDocument, useLayout, useSession } from '../editor/hooks';
import { openLevelOf } from '../editor/levels';
import { readObjectKey } from '../editor/object-keys';
import { AddMenu } from './AddMenu';
import { attachCanvas } from './attach-canvas';
import { Breadcrumbs } from './Breadcrumbs';
import classes from './Canvas.module.css';
import { CanvasTools } from './CanvasTools';
import { CollapsedFrame } from './CollapsedFrame';
import { ConnectionHint } from './ConnectionHint';
import { attachFocus } from './canvas-focus';
import { ConnectingContext, createConnecting } from './connecting';
import { DotNode } from './DotNode';
import { nodeDragType } from './drag-type';
import { FlowMinimap } from './FlowMinimap';
import { FrameNode } from './FrameNode';
import { cardFor, type FlowEdge, type FlowNode } from './flow-view';
import { Guides } from './Guides';
import { createHand, HandContext } from './hand';
import { NodeCard } from './NodeCard';
import { NoteNode } from './NoteNode';
import { nearestWire } from './nearest-wire';
import { PendingWire } from './PendingWire';
import { useCancelWire } from './use-cancel-wire';
import { useFlow } from './use-flow';
import { useNodeDrag } from './use-node-drag';
import { usePointing } from './use-pointing';
import { useSpace } from './use-space';
import { NodeKeys, useTabStop } from './use-tab-stop';
import { useTouch } from './use-touch';
import { useTypeToAdd } from './use-type-to-add';
import { useWiring } from './use-wiring';
import { WireEdge } from './WireEdge';
import { WireLabels } from './WireLabels';
import { placeAmong } from './wire-geometry';
import { createWireState, WireContext } from './wire-plan';

const nodeTypes = { card: NodeCard, frame: FrameNode, collapsed: CollapsedFrame, note: NoteNode, dot: DotNode };
const edgeTypes = { wire: WireEdge };
/** From this size on, only what is in view is mounted (editors.md 7.3). */
const manyNodes = 80;

export interface CanvasProps {
  readonly narrow: boolean;
}

export function Canvas(props: CanvasProps) {
  const [connecting] = useState(createConnecting);
  const [wires] = useState(createWireState);
  const [hand] = useState(createHand);
  return (
    <ConnectingContext value={connecting}>
      <WireContext value={wires}>
        <HandContext value={hand}>
          <ReactFlowProvider>
            <Board {...props} />
          </ReactFlowProvider>
        </HandContext>
      </WireContext>
    </ConnectingContext>
  );
}

function Board({ narrow }: CanvasProps) {
  const session = useSession();
  const scheme = useColourScheme();
  const box = useRef<HTMLDivElement>(null);
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const pointing = usePointing(box);
  const { nodes, edges, onNodesChange, onEdgesChange, glide } = useFlow(session);
  const tabStop = useTabStop(nodes, edges, box);
  const drag = useNodeDrag(session);
  const wiring = useWiring(session);
  const wires = useContext(WireContext);
  useCancelWire(session);
  useTypeToAdd(session, box);
  useSpace(session, box);
  const minimap = useLayout((state) => state.minimap);
  const isEmpty = useDocument(({ document }) => document.nodes.length === 0);
  const opened = useDocument((state) => state.opened);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const last = useRef(tabStop.last);
  last.current = tabStop.last;
  const canvas = useMemo(
    () => ({
      ...attachCanvas(flow, {
        box: () => box.current,
        pointing,
        routes: () => wires.getState().routes,
        shownAs: (id) => cardFor(session.document.store.getState().document, id),
        glide,
      }),
      ...attachFocus(
        session,
        flow,
        () => box.current,
        () => last.current(),
      ),
    }),
    [session, flow, wires, glide, pointing],
  );
  useTouch(session, box);
  const level = useDocument(({ path }) => path.join('/'));
  const first = useDocument(({ document }) => document.nodes[0]?.id);
  useEffect(() => {
    const show = (id: string) => {
      if (!openLevelOf(session, id)) return canvas.show(id);
      session.selection.set([id]);
      whenDrawn(() => canvas.show(id));
    };
    return session.canvas.attach({ ...canvas, show });
  }, [session, canvas]);

  // A document just opened is shown whole, once its cards have been measured.
  const measured =
    nodes.length > 0 &&
    nodes[0]?.id === first &&
    nodes.every((node) => node.hidden || node.measured?.width !== undefined);
  const shown = useRef({ opened: -1, level: '', views: new Map<string, Viewport>() });
  useEffect(() => {
    const before = shown.current;
    if (!measured || (before.opened === opened && before.level === level)) return;
    const views = before.opened === opened ? before.views : new Map<string, Viewport>();
    // Back on a level it looks as it was left.
    if (before.opened === opened) views.set(before.level, flow.getViewport());
    shown.current = { opened, level, views };
    const left = views.get(level);
    if (left) void flow.setViewport(left);
    else canvas.fit(undefined, true);
  }, [measured, opened, level, canvas, flow]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what it does by pointer, actions do by key
    <div className={classes.canvas} ref={box} onClickCapture={cutInput} onDoubleClick={addHere}>
      <ReactFlow<FlowNode, FlowEdge>
        nodes={tabStop.nodes}
        edges={tabStop.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        {...wiring}
        {...drag}
        onEdgeDoubleClick={rerouteHere}
        onEdgeMouseEnter={(_event, { id }) => wires.setState({ hovered: id })}
        onEdgeMouseLeave={() => wires.setState({ hovered: null })}
        onDragOver={allowNode}
        onDrop={dropNode}
        colorMode={scheme}
        minZoom={0.1}
        maxZoom={2.5}
        nodesConnectable={!readOnly}
        nodesDraggable={!readOnly}
        connectionRadius={26}
        connectOnClick
        deleteKeyCode={null}
        panActivationKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control']}
        selectionMode={SelectionMode.Partial}
        nodeDragThreshold={3}
        onlyRenderVisibleElements={nodes.length > manyNodes}
        zoomOnDoubleClick={false}
        // The table of actions has all keys, so that they can be changed.
        disableKeyboardA11y
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--sl-grid)" />
        <WireLabels />
        <Guides />
        <PendingWire />
        {minimap && !narrow && <FlowMinimap />}
        <CanvasTools narrow={narrow} />
      </ReactFlow>
      <Breadcrumbs />
      <ConnectionHint />
      <AddMenu box={box} />
      <NodeKeys />
      {isEmpty && <EmptyNote />}
    </div>
  );

  function allowNode(event: DragEvent) {
    if (!event.dataTransfer.types.includes(nodeDragType)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }

  function dropNode(event: DragEvent) {
    const type = event.dataTransfer.getData(nodeDragType);
    if (!type) return;
    event.preventDefault();
    event.stopPropagation();
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    // The pointer holds the card by its title.
    const at = { x: Math.round(point.x - 60), y: Math.round(point.y - 18) };
    const wire = event.altKey ? null : nearestWire(point, wires.getState().routes, flow.getZoom());
    if (wire !== null && session.building.addInto(type, wire, at) !== null) return;
    session.edits.addNode(type, at);
  }

  /** Alt-click on an input takes its wires off. */
  function cutInput(event: ReactMouseEvent) {
    const handle =
      event.altKey && event.target instanceof Element && event.target.closest('.react-flow__handle.target');
    if (!handle || readOnly) return;
    event.stopPropagation();
    const [node, port] = [handle.getAttribute('data-nodeid'), handle.getAttribute('data-handleid')];
    if (node && port && readObjectKey(node) === null) session.building.disconnectInput({ node, port });
  }

  function addHere(event: ReactMouseEvent) {
    if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
    session.addMenu.setState({ open: { at: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }) } });
  }

  function rerouteHere(event: ReactMouseEvent, { id, reconnectable }: FlowEdge) {
    if (readOnly) return;
    // Its points would not be seen.
    if (reconnectable === false)
      return session.edits.refused(
        refuse(
          'reroute.collapsed',
          'This wire ends at a collapsed frame.',
          'Expand the frame, then lead it elsewhere.',
        ),
      );
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const points = wires.getState().routes.get(id)?.points;
    const via = session.document.store.getState().document.wires.find((wire) => wire.id === id)?.via ?? [];
    const [from, to] = [points?.[0], points?.at(-1)];
    session.building.reroute(id, point, from && to ? placeAmong(point, from, via, to) : via.length);
  }
}

/** After the cards of another level are there and measured. */
const whenDrawn = (then: () => void): void =>
  void requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(then)));

function EmptyNote() {
  const session = useSession();
  return (
    <div className={classes.empty}>
      <div className={classes.emptyBox}>
        <h2>An empty pipeline</h2>
        <p>
          Drag a node from the list on the left, drop a pipeline file here, or{' '}
          <button type="button" onClick={() => session.dialogs.setState({ open: 'gallery' })}>
            start from the gallery
          </button>
          .
        </p>
      </div>
    </div>
  );
}
