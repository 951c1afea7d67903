/** The keyboard focus on the canvas: which card has it, moving it by arrows and wires, opening a card's menu. */
import type { ReactFlowInstance } from 'reactflow';
import type { CanvasHandle, Direction } from '../editor/canvas-port';
import type { EditorSession } from '../editor/session';
import { cardFor, type FlowEdge, type FlowNode } from './flow-view';
import { alongWire, drawnGraph, nearestNode } from './nearest-node';
import { cardWidth, typicalHeight } from './preview-choice';

export type FocusPart = Pick<
  CanvasHandle,
  'focus' | 'hasFocus' | 'focusedNode' | 'lastNode' | 'step' | 'openMenu' | 'actualSize'
>;

/** The card's wrapper around an element on the canvas. */
export const nodeElementOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('.react-flow__node') : null;

/** A card that was just added is drawn some frames later. */
const patience = 20;
const takesArrows =
  'nav, aside, [role="dialog"], [role="menu"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="tree"]';

/** A nudge by an arrow, and with Shift. px */
const nearStep = 5;
const farStep = 20;
const ways: Readonly<Record<Direction, { readonly x: number; readonly y: number }>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};
/** Part of the canvas at each edge where a card does not count as in view. px */
const margin = 24;

export function attachFocus(
  session: EditorSession,
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
  box: () => HTMLElement | null,
  last: () => string | null,
): FocusPart {
  const wrapper = (id: string) =>
    box()?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`) ?? null;

  /** Moves the view just so far that the card is in it. */
  const bringIn = (id: string): void => {
    const size = box()?.getBoundingClientRect();
    if (!size) return;
    const { x, y, width, height } = flow.getNodesBounds([id]);
    const { x: left, y: top, zoom } = flow.getViewport();
    const shift = (start: number, length: number, room: number): number => {
      const end = start + length;
      if (start < margin || length > room - 2 * margin) return margin - start;
      return end > room - margin ? room - margin - end : 0;
    };
    const dx = shift(x * zoom + left, width * zoom, size.width);
    const dy = shift(y * zoom + top, height * zoom, size.height);
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: left + dx, y: top + dy, zoom });
  };

  const shownAs = (id: string): string => cardFor(session.document.store.getState().document, id);

  const focus = (wanted: string, tries = patience): void => {
    const id = shownAs(wanted);
    const element = wrapper(id);
    // Cards out of view may not be mounted: first the view, then the card.
    if (flow.getNode(id)?.measured?.width) bringIn(id);
    if (element) element.focus({ preventScroll: true });
    else if (tries > 0) requestAnimationFrame(() => focus(id, tries - 1));
  };

  const focusedNode = (): string | null => {
    const element = document.activeElement;
    const card = nodeElementOf(element);
    return card && card === element ? card.getAttribute('data-id') : null;
  };

  return {
    focus(id) {
      const before = last();
      // Once what was open, a menu say, has given the focus back.
      const arrive = (card: string) => {
        const [at, room] = [wrapper(card)?.getBoundingClientRect(), box()?.getBoundingClientRect()];
        // A card whose title is in view stays where it is.
        if (at && room && at.left >= room.left && at.top >= room.top && at.left < room.right && at.top < room.bottom)
          wrapper(card)?.focus({ preventScroll: true });
        else focus(card);
      };
      if (id === undefined && before !== null) focus(before);
      else if (id !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => arrive(shownAs(id))));
      else box()?.querySelector<HTMLElement>('button')?.focus();
    },
    hasFocus: () => box()?.contains(document.activeElement) ?? false,
    focusedNode,
    lastNode: last,
    step(direction, how) {
      const from = focusedNode();
      const { nodes, objects } = session.selection.store.getState();
      // The arrows of lists, forms and panels are their own.
      const free = document.activeElement?.closest(takesArrows) === null;
      const chosen = from === null ? free && nodes.size + objects.size > 0 : nodes.has(from) || objects.has(from);
      if (how !== 'along' && how !== 'past' && chosen) {
        const { x, y } = ways[direction];
        const by = how === 'far' ? farStep : nearStep;
        return session.building.nudge({ x: x * by, y: y * by });
      }
      if (from === null || how === 'far') return false;
      const { document: pipeline } = session.document.store.getState();
      const places = new Map(
        flow
          .getNodes()
          .filter(({ hidden }) => !hidden)
          .map(({ id, position, measured }) => [
            id,
            { ...position, width: measured?.width ?? cardWidth, height: measured?.height ?? typicalHeight },
          ]),
      );
      const to =
        how === 'along' ? alongWire(drawnGraph(pipeline), from, direction) : nearestNode(places, from, direction);
      if (to !== null) focus(to);
      else session.notices.announce(how === 'along' ? 'No wire leads on from here.' : 'No node lies that way.');
      return true;
    },
    openMenu(node) {
      const id = shownAs(node);
      const card = wrapper(id);
      // What has the focus now gets it back when the menu closes.
      card?.focus({ preventScroll: true });
      card?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click();
    },
    actualSize() {
      const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
      void flow.zoomTo(1, { duration: reduced ? 0 : 220 });
    },
  };
}
