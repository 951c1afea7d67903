/** View commands on a React Flow instance: fit, zoom, where a new node fits, bringing one into view. */
import type { ReactFlowInstance, Viewport } from 'reactflow';
import type { CanvasHandle } from '../editor/canvas-port';
import type { FocusPart } from './canvas-focus';
import { boxOf } from './drag-changes';
import { type FlowEdge, type FlowNode, isCard } from './flow-view';
import { freePlace } from './free-place';
import { cardWidth } from './preview-choice';
import type { Pointing } from './use-pointing';
import { pointAlong } from './wire-geometry';
import type { Route } from './wire-routes';

/** Smaller than this a card cannot be read: a wide pipeline on a narrow screen is shown from its start instead. */
const legible = 0.5;
/** Room for the tools and the minimap at the foot, and for wires that turn back at the right. px */
const padding = { top: '20px', right: '36px', bottom: '108px', left: '20px' } as const;
const sides = 56;
const ends = 128;
const margin = 16;

export interface FittingCanvas extends Omit<CanvasHandle, keyof FocusPart> {
  /** `opening`: the first look at a document, where legibility comes before completeness. */
  fit(ids?: readonly string[], opening?: boolean): void;
}

/** Within a pixel: animations end a hair off. */
const still = (a: Viewport, b: Viewport): boolean =>
  Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.zoom - b.zoom) < 1e-3;

const elementOf = (box: HTMLElement | null, id: string): HTMLElement | null =>
  box?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`) ?? null;

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What the canvas knows besides React Flow. */
export interface CanvasParts {
  box(): HTMLElement | null;
  readonly pointing: Pointing;
  routes(): ReadonlyMap<string, Route>;
  /** What is on the canvas for a node: the card of the frame that it is collapsed in, else its own. */
  shownAs(id: string): string;
  glide(then?: () => void): void;
}

export function attachCanvas(
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
  { box, pointing, routes, shownAs, glide }: CanvasParts,
): FittingCanvas {
  const cards = () => flow.getNodes().filter(({ type }) => type === 'card');
  let aside: { readonly from: Viewport; readonly to: Viewport } | null = null;
  const duration = () => (calm() ? 0 : 220);

  let later: { readonly from: Viewport; readonly move: () => void } | null = null;
  pointing.onFree(() => {
    const asked = later;
    later = null;
    // Whoever has moved the view since then wants it where it is.
    if (asked && still(asked.from, flow.getViewport())) asked.move();
  });
  /** A movement that nobody has asked for waits while the hand is at work: a click that is aimed at a card must hit it. */
  const whenFree = (move: () => void): void => {
    later = pointing.busy() ? { from: flow.getViewport(), move } : null;
    if (!later) move();
  };
  const reveal = (id: string): void => {
    const size = box()?.getBoundingClientRect();
    if (!size) return;
    const node = flow.getNodesBounds([shownAs(id)]);
    const { x, y, zoom } = flow.getViewport();
    const left = node.x * zoom + x;
    const right = left + node.width * zoom;
    const over = right + margin - size.width;
    // The left edge matters more: the title stands there.
    const shift = left < margin ? margin - left : over > 0 ? -Math.min(over, left - margin) : 0;
    if (shift === 0) return;
    // Several reveals in a row go back to where the first began.
    const from = aside && still(aside.to, { x, y, zoom }) ? aside.from : { x, y, zoom };
    aside = { from, to: { x: x + shift, y, zoom } };
    void flow.setViewport(aside.to, { duration: duration() });
  };
  const unreveal = (): void => {
    if (aside && still(aside.to, flow.getViewport())) void flow.setViewport(aside.from, { duration: duration() });
    aside = null;
  };

  return {
    fit(ids, opening = false) {
      const nodes = ids ? ids.map((id) => ({ id: shownAs(id) })) : flow.getNodes().filter(({ hidden }) => !hidden);
      if (nodes.length === 0) return;
      const bounds = flow.getNodesBounds(nodes.map(({ id }) => id));
      const size = box()?.getBoundingClientRect();
      const fits = size ? Math.min((size.width - sides) / bounds.width, (size.height - ends) / bounds.height) : 1;
      if (opening && size && fits < legible) {
        const zoom = Math.max(legible, Math.min(0.8, (size.width - 32) / (1.25 * cardWidth)));
        void flow.setViewport({ x: 16 - bounds.x * zoom, y: 24 - bounds.y * zoom, zoom });
        return;
      }
      void flow.fitView({ nodes: [...nodes], padding, maxZoom: 1, duration: opening ? 0 : duration() });
    },
    zoom: (direction) =>
      void (direction > 0 ? flow.zoomIn({ duration: duration() }) : flow.zoomOut({ duration: duration() })),
    freePlace() {
      const size = box()?.getBoundingClientRect() ?? new DOMRect(0, 0, 800, 600);
      const start = flow.screenToFlowPosition({ x: size.left, y: size.top });
      const end = flow.screenToFlowPosition({ x: size.right, y: size.bottom });
      const view = { x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y };
      return freePlace(view, flow.getNodes().filter(isCard).map(boxOf));
    },
    sizes: () =>
      Object.fromEntries(
        cards().map((card) => {
          const { width, height } = boxOf(card);
          return [card.id, { width, height }];
        }),
      ),
    boxes: () => new Map(cards().map((card) => [card.id, boxOf(card)])),
    pointer() {
      const at = pointing.at();
      return at && flow.screenToFlowPosition(at);
    },
    middle() {
      const size = box()?.getBoundingClientRect() ?? new DOMRect(0, 0, 800, 600);
      return flow.screenToFlowPosition({ x: size.left + size.width / 2, y: size.top + size.height / 2 });
    },
    wireMiddle(wire) {
      const points = routes().get(wire)?.points;
      return points ? pointAlong(points, 0.5) : null;
    },
    glide,
    reveal: (id) => whenFree(() => reveal(id)),
    unreveal: () => whenFree(unreveal),
    show(node) {
      const id = shownAs(node);
      void flow.fitView({
        nodes: [{ id }],
        maxZoom: Math.max(1, flow.getZoom()),
        minZoom: Math.min(1, flow.getZoom()),
        duration: duration(),
      });
      elementOf(box(), id)?.focus({ preventScroll: true });
    },
  };
}
