/** What commands outside the canvas may ask of it. The canvas registers itself while it is mounted. */
import type { Position } from '../document/schema';
import type { Box } from '../graph/frame-members';
import type { NodeSize } from '../graph/layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

export interface CanvasHandle {
  fit(ids?: readonly string[]): void;
  zoom(direction: 1 | -1): void;
  /** A free place in view for a new node, in document coordinates. */
  freePlace(): Position;
  /** Measured sizes of the cards, by node id. */
  sizes(): Readonly<Record<string, NodeSize>>;
  /** Places and sizes of the cards as they are on the screen now, by node id. */
  boxes(): ReadonlyMap<string, Box>;
  /** Where the pointer is, in document coordinates; null while it is not over the canvas. */
  pointer(): Position | null;
  /** The middle of the view, in document coordinates. */
  middle(): Position;
  /** The middle of a wire as it is drawn; null if it is not. */
  wireMiddle(wire: string): Position | null;
  /** The next change of places is shown as a movement, unless the person wants none; `then` follows. */
  glide(then?: () => void): void;
  /** Moves the view just so far that a node is not cut off. */
  reveal(id: string): void;
  /** Takes back what `reveal` moved, if the view has stayed there. */
  unreveal(): void;
  /** Brings a node into view and gives it the keyboard focus. */
  show(id: string): void;
  /** The keyboard focus, to this node, frame or note or to the one that had it last; the view moves only if the node is not in it. */
  focus(id?: string): void;
  /** The keyboard focus is somewhere on the canvas. */
  hasFocus(): boolean;
  /** The node that has the keyboard focus. */
  focusedNode(): string | null;
  /** The node that Tab would come to. */
  lastNode(): string | null;
  /**
   * Moves the selected nodes, where the focused one is among them, by a little or far; else the focus to the nearest node
   * in a direction, or along a wire. "past": the focus alone, also from a selected node. False where the focus is not on a
   * node.
   */
  step(direction: Direction, how: 'near' | 'far' | 'along' | 'past'): boolean;
  openMenu(id: string): void;
  actualSize(): void;
}

export interface CanvasPort {
  attach(handle: CanvasHandle): () => void;
  readonly current: CanvasHandle | null;
}

export function createCanvasPort(): CanvasPort {
  let current: CanvasHandle | null = null;
  return {
    get current() {
      return current;
    },
    attach(handle) {
      current = handle;
      return () => {
        if (current === handle) current = null;
      };
    },
  };
}
