/**
 * Drawing wires by hand: which handles take it, the reason when one does not, dropping on a card's body, picking up the end
 * of a wire and letting go of it. Every decision is graph's canConnect; every change is one command.
 */
import { type MouseEvent as ReactMouseEvent, useContext, useMemo, useRef } from 'react';
import {
  type Connection,
  type FinalConnectionState,
  type HandleType,
  type OnConnectStartParams,
  useReactFlow,
} from 'reactflow';
import { refuse } from '../core/validity';
import { type CanvasObjectKey, readObjectKey } from '../editor/object-keys';
import type { EditorSession } from '../editor/session';
import { canConnect, type WireEnds } from '../graph/can-connect';
import { ConnectingContext, type ConnectingState, handleKey, idle } from './connecting';
import type { FlowEdge, FlowNode } from './flow-view';

interface Start {
  readonly node: string;
  readonly port: string;
  readonly side: HandleType;
  /** Shift was down: all wires of this output are in the hand. */
  readonly all?: boolean;
}

const endsOf = ({ source, sourceHandle, target, targetHandle }: Connection | FlowEdge): WireEnds => ({
  from: { node: source, port: sourceHandle ?? '' },
  to: { node: target, port: targetHandle ?? '' },
});

const ends = (start: Start, node: string, port: string): WireEnds =>
  start.side === 'source'
    ? { from: { node: start.node, port: start.port }, to: { node, port } }
    : { from: { node, port }, to: { node: start.node, port: start.port } };

/** Letting go of a wire's end further than this from where it was removes the wire (editors.md 4.2). */
const letGo = 5;
/** A wire dropped nearer than this to its port was not drawn anywhere. px */
const dropped = 24;

export function useWiring(session: EditorSession) {
  const connecting = useContext(ConnectingContext);
  const start = useRef<Start | null>(null);
  /** The wire whose end is in the hand: it does not count against its own new place. */
  const moving = useRef<FlowEdge | null>(null);
  /** The last connection that was asked about: what a refusal speaks of. */
  const judged = useRef<WireEnds | null>(null);
  /** The click that ends a connection made one. */
  const made = useRef(false);
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const pressed = useRef<{ x: number; y: number } | null>(null);
  const grabbed = useRef<{ x: number; y: number } | null>(null);

  return useMemo(() => {
    const document = () => session.document.withoutWire(moving.current?.id ?? null);
    const judge = (wire: WireEnds) => canConnect(document(), session.catalogue, wire);

    /** Free ports of the other side, in their order, that would take the wire. */
    const fitsOn = (from: Start, node: string): string[] => {
      const type = document().nodes.find((entry) => entry.id === node)?.type;
      const definition = type === undefined ? undefined : session.catalogue.get(type);
      const ports = Object.keys((from.side === 'source' ? definition?.inputs : definition?.outputs) ?? {});
      return ports.filter((port) => judge(ends(from, node, port)).ok);
    };

    /** Outputs that give the same kind: all wires of one can move there. */
    const sameOutputs = (from: Start): readonly string[] => {
      const { nodes } = document();
      const outputsOf = (id: string) =>
        session.catalogue.get(nodes.find((entry) => entry.id === id)?.type ?? '')?.outputs ?? {};
      const kind = outputsOf(from.node)[from.port]?.kind;
      return nodes.flatMap(({ id }) =>
        Object.entries(outputsOf(id)).flatMap(([port, output]) =>
          output.kind === kind ? [handleKey(id, port, 'source')] : [],
        ),
      );
    };

    const begin = (params: OnConnectStartParams, shift = false) => {
      const { nodeId, handleId, handleType } = params;
      if (!nodeId || !handleId || !handleType) return;
      const wired = document().wires.some((wire) => wire.from.node === nodeId && wire.from.port === handleId);
      const all = shift && handleType === 'source' && wired;
      const from: Start = { node: nodeId, port: handleId, side: handleType, all };
      start.current = from;
      if (all) {
        connecting.setState({
          from: handleKey(nodeId, handleId, handleType),
          fits: new Set(sameOutputs(from)),
          refusal: null,
        });
        return;
      }
      const fits = new Set<string>();
      const other = handleType === 'source' ? 'target' : 'source';
      for (const { id } of document().nodes) for (const port of fitsOn(from, id)) fits.add(handleKey(id, port, other));
      connecting.setState({ from: handleKey(nodeId, handleId, handleType), fits, refusal: null });
    };

    const finish = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const from = start.current;
      const { refusal, aborted } = connecting.getState();
      start.current = null;
      connecting.setState(idle);
      if (!from || moving.current || aborted) return;
      if (from.all) return moveAll(session, from, event);
      if (state.isValid === false && refusal) return session.edits.refused(refusal, judged.current);
      if (state.isValid || state.toHandle) return;
      const card = nodeUnder(event);
      if (!card) return offer(event, from);
      if (card === from.node) return;
      const object = readObjectKey(card);
      if (object) return session.edits.refused(takesNone(object.kind));
      const [port] = freeFirst(session, from, card, fitsOn(from, card));
      if (port !== undefined) session.edits.connect(ends(from, card, port));
      else session.edits.refused(nothingFits(session, card));
    };

    /** On the empty canvas: which node is to take the wire? */
    const offer = (event: MouseEvent | TouchEvent, from: Start) => {
      const point = pointOf(event);
      if (!point || !onEmptyCanvas(point) || !movedFar(event, pressed.current, dropped)) return;
      const { node, port, side } = from;
      session.addMenu.setState({ open: { at: flow.screenToFlowPosition(point), wire: { node, port, side } } });
    };

    return {
      isValidConnection: (connection: Connection | FlowEdge) => {
        if (start.current?.all) return false;
        const wire = endsOf(connection);
        judged.current = wire;
        const answer = judge(wire);
        const refusal: ConnectingState['refusal'] = answer.ok ? null : answer;
        if (start.current && connecting.getState().refusal !== refusal) connecting.setState({ refusal });
        return answer.ok;
      },
      onConnect: (connection: Connection) => {
        made.current = true;
        if (!connecting.getState().aborted) session.edits.connect(endsOf(connection));
      },
      onConnectStart: (event: MouseEvent | TouchEvent, params: OnConnectStartParams) => {
        pressed.current = pointOf(event);
        begin(params, event.shiftKey);
      },
      onConnectEnd: finish,
      onClickConnectStart: (_event: MouseEvent | TouchEvent, params: OnConnectStartParams) => {
        begin(params);
        made.current = false;
        session.notices.announce('Choose the port to connect to, or press Escape.');
      },
      // React Flow does not say here what was clicked: the last judgement does.
      onClickConnectEnd: () => {
        const { refusal } = connecting.getState();
        start.current = null;
        connecting.setState(idle);
        if (refusal) session.edits.refused(refusal, judged.current);
        else if (!made.current) session.notices.announce('The wire was let go.');
      },
      onReconnectStart: (event: ReactMouseEvent, edge: FlowEdge) => {
        moving.current = edge;
        grabbed.current = { x: event.clientX, y: event.clientY };
      },
      onReconnect: (edge: FlowEdge, connection: Connection) => {
        if (!connecting.getState().aborted) session.edits.rewire(edge.id, endsOf(connection));
      },
      onReconnectEnd: (
        event: MouseEvent | TouchEvent,
        edge: FlowEdge,
        _side: HandleType,
        state: FinalConnectionState,
      ) => {
        moving.current = null;
        if (connecting.getState().aborted) return;
        if (!state.isValid && !state.toHandle && movedFar(event, grabbed.current)) session.edits.remove([], [edge.id]);
      },
    };
  }, [session, connecting, flow]);
}

/** Where the wires of an output were let go: on an output, or on a card, whose first output of the kind is meant. */
function moveAll(session: EditorSession, from: Start, event: MouseEvent | TouchEvent): void {
  const point = pointOf(event);
  const element = point && document.elementFromPoint(point.x, point.y);
  const handle = element?.closest('.react-flow__handle.source');
  const node = handle?.getAttribute('data-nodeid') ?? element?.closest('.react-flow__node')?.getAttribute('data-id');
  const { nodes } = session.document.store.getState().document;
  const outputsOf = (id: string) =>
    session.catalogue.get(nodes.find((entry) => entry.id === id)?.type ?? '')?.outputs ?? {};
  if (!node || node === from.node) return;
  const kind = outputsOf(from.node)[from.port]?.kind;
  const port =
    handle?.getAttribute('data-handleid') ??
    Object.entries(outputsOf(node)).find(([, output]) => output.kind === kind)?.[0];
  if (port === undefined) session.edits.refused(nothingFits(session, node));
  else session.building.moveOutput(from, { node, port });
}

/** On the canvas, and on nothing of it that has a meaning of its own. */
function onEmptyCanvas({ x, y }: { x: number; y: number }): boolean {
  const element = document.elementFromPoint(x, y);
  return element?.closest('.react-flow') != null && element.closest('.react-flow__panel, .react-flow__node') === null;
}

/** Ports without a wire come before those whose wire would be replaced. */
function freeFirst(session: EditorSession, from: Start, node: string, ports: readonly string[]): readonly string[] {
  if (from.side === 'target') return ports;
  const { wires } = session.document.store.getState().document;
  const taken = (port: string): boolean => wires.some(({ to }) => to.node === node && to.port === port);
  return [...ports.filter((port) => !taken(port)), ...ports.filter(taken)];
}

const takesNone = (kind: CanvasObjectKey['kind']) =>
  kind === 'frame'
    ? refuse('connect.frame', 'A frame takes no wire.', 'Expand it, and connect to a node in it.')
    : refuse('connect.no-node', 'Only nodes take wires.', 'Choose a port of a node.');

const nothingFits = (session: EditorSession, node: string) => ({
  ok: false as const,
  code: 'connect.nothing-fits',
  reason: `No port of ${session.document.nameOf(node)} takes this wire.`,
  adapters: [],
});

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } | null {
  const at = 'changedTouches' in event ? (event.changedTouches[0] ?? event.touches[0]) : event;
  return at ? { x: at.clientX, y: at.clientY } : null;
}

function nodeUnder(event: MouseEvent | TouchEvent): string | null {
  const point = pointOf(event);
  const element = point && document.elementFromPoint(point.x, point.y);
  return element?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
}

function movedFar(event: MouseEvent | TouchEvent, from: { x: number; y: number } | null, least = letGo): boolean {
  const to = pointOf(event);
  return from !== null && to !== null && Math.hypot(to.x - from.x, to.y - from.y) > least;
}
