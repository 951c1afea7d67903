/** What commands outside the canvas may ask of it. The canvas registers itself while it is mounted. */
import type { Position } from '../document/schema';
import type { Box } from '../graph/frame-members';
import type { NodeSize } from '../graph/layout';

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
  /** Gives a node, frame or note the keyboard focus, without moving the view. */
  focus(id: string): void;
  /** Moves the view just so far that a node is not cut off. */
  reveal(id: string): void;
  /** Takes back what `reveal` moved, if the view has stayed there. */
  unreveal(): void;
  /** Brings a node into view and gives it the keyboard focus. */
  show(id: string): void;
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
