/**
 * Routes and labels of all wires at once, since they make room for each other. Read from React Flow's measurements; kept
 * in a store by wire, so that a wire renders only when its own route changes.
 */
import { createContext, useContext } from 'react';
import type { InternalNode } from 'reactflow';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { dotKey } from '../editor/object-keys';
import type { Inferences } from '../graph/infer';
import { dotPoint } from './flow-objects';
import { type FlowEdge, type FlowNode, isCard } from './flow-view';
import { type LabelledWire, type PlacedLabel, placeLabels } from './place-labels';
import { wireText } from './short-type';
import type { Point, Rect } from './wire-geometry';
import { type Route, routeWires, type WireEnds } from './wire-routes';

export interface WirePlan {
  readonly routes: ReadonlyMap<string, Route>;
  readonly labels: ReadonlyMap<string, PlacedLabel>;
}
export interface WireState {
  readonly routes: WirePlan['routes'];
  /** The wire under the pointer. */
  readonly hovered: string | null;
}

export const createWireState = (): StoreApi<WireState> =>
  createStore<WireState>(() => ({ routes: new Map(), hovered: null }));
export const WireContext = createContext<StoreApi<WireState>>(createWireState());

/** The steps planned for a wire with exactly these ends; null while it is a plain curve, or in motion. */
export function useSteps(id: string, from: Point, to: Point): readonly Point[] | null {
  return useStore(useContext(WireContext), ({ routes }) => {
    const route = routes.get(id);
    if (route?.shape !== 'steps') return null;
    const [start, end] = [route.points[0], route.points.at(-1)];
    const fits = start?.x === from.x && start.y === from.y && end?.x === to.x && end.y === to.y;
    return fits ? route.points : null;
  });
}

type Lookup = ReadonlyMap<string, InternalNode<FlowNode>>;

/** With more cards than this, wires are plain curves: finding lanes would cost frames while a card is dragged. */
const manyCards = 80;

export function planWires(
  edges: readonly FlowEdge[],
  lookup: Lookup,
  inferences: Inferences,
  before?: WirePlan['routes'],
): WirePlan {
  const cards = [...lookup.values()].map(cardOf).filter((card) => card !== null);
  const wires = edges.map((edge) => endsOf(edge, lookup)).filter((wire) => wire !== null);
  const routes = routeWires(wires, cards.length > manyCards ? [] : cards, before);
  const byId = new Map<string, LabelledWire>();
  for (const { id, data } of edges) {
    const type = data && inferences.get(data.from.node as never)?.outputs[data.from.port];
    const points = routes.get(id)?.points;
    if (type && points) byId.set(id, { id, points, text: wireText(type) });
  }
  return { routes, labels: placeLabels([...byId.values()], cards) };
}

function cardOf(node: InternalNode<FlowNode>): Rect | null {
  const { measured, internals } = node;
  const { width, height } = measured;
  return isCard(node) && width && height ? { ...internals.positionAbsolute, width, height } : null;
}

function endsOf({ id, source, sourceHandle, target, targetHandle }: FlowEdge, lookup: Lookup): WireEnds | null {
  const from = portOf(lookup.get(source), 'source', sourceHandle);
  const to = portOf(lookup.get(target), 'target', targetHandle);
  return from && to ? { id, output: `${source}\n${sourceHandle}`, from, to, via: pointsOf(id, lookup) } : null;
}

/** The points that a wire is led through, where the hand has them now. */
export function pointsOf(wire: string, lookup: ReadonlyMap<string, Pick<InternalNode, 'internals'>>): readonly Point[] {
  const points: Point[] = [];
  for (let dot = lookup.get(dotKey(wire, 0)); dot; dot = lookup.get(dotKey(wire, points.length)))
    points.push(dotPoint(dot.internals.positionAbsolute));
  return points;
}

/** Where React Flow lets a wire end: the outer middle of the handle. */
export function portOf(
  node: Pick<InternalNode, 'internals'> | undefined,
  side: 'source' | 'target',
  port: string | null | undefined,
): Point | null {
  const handle = node?.internals.handleBounds?.[side]?.find(({ id }) => id === port);
  if (!node || !handle) return null;
  const { x, y } = node.internals.positionAbsolute;
  return { x: x + handle.x + (side === 'source' ? handle.width : 0), y: y + handle.y + handle.height / 2 };
}
