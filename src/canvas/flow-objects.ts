/**
 * Frames, notes and points of wires as React Flow wants them, beside the cards of flow-view.ts. Like there, what did not
 * change stays the same object.
 */
import { framesOf, notesOf } from '../document/canvas-objects';
import type { PipelineDocument, Position } from '../document/schema';
import { dotKey, frameKey, noteKey } from '../editor/object-keys';
import { hiddenIn } from '../graph/collapsed-frames';
import type { Box } from '../graph/frame-members';
import { type FlowNode, noData } from './flow-view';
import { cardWidth } from './preview-choice';

/** Below wires and cards, also while selected: React Flow lifts what is selected by 1,000. */
const behind = -2000;
/** Of the point that is drawn, in a target that is easy to hit. px */
export const dotSize = 14;

interface Place extends Position {
  readonly width: number;
  /** undefined: what its content needs. */
  readonly height: number | undefined;
}

/** What the handle of a frame is found by: the rest of it lets the pointer through. */
export const frameHandle = '[data-frame-handle]';

export function flowObjects(
  document: PipelineDocument,
  selected: ReadonlySet<string>,
  before: readonly FlowNode[],
): FlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  const hidden = hiddenIn(document);
  const make = (id: string, box: Place, more: Partial<FlowNode> & Pick<FlowNode, 'type' | 'ariaLabel'>): FlowNode => {
    const previous = old.get(id);
    const held = previous?.dragging || previous?.resizing;
    const { x, y } = held ? previous.position : box;
    const { width, height } = previous?.resizing ? { ...box, ...sizeOf(previous) } : box;
    const isSelected = selected.has(id);
    if (
      previous &&
      previous.type === more.type &&
      previous.position.x === x &&
      previous.position.y === y &&
      previous.width === width &&
      previous.height === height &&
      previous.selected === isSelected &&
      previous.ariaLabel === more.ariaLabel
    ) {
      return previous;
    }
    return {
      ...previous,
      ...more,
      id,
      position: { x, y },
      width,
      height,
      selected: isSelected,
      connectable: false,
      data: noData,
    };
  };
  return [
    ...framesOf(document)
      .filter(({ id }) => !hidden.frames.has(id))
      .map((frame) =>
        frame.collapsed
          ? make(frameKey(frame.id), cardAt(frame), {
              type: 'collapsed',
              ariaLabel: `Frame ${frame.title}, collapsed (${frame.id})`,
              zIndex: 0,
              dragHandle: frameHandle,
              style: {},
            })
          : make(frameKey(frame.id), frame, {
              type: 'frame',
              ariaLabel: `Frame ${frame.title} (${frame.id})`,
              zIndex: behind,
              dragHandle: frameHandle,
              style: { pointerEvents: 'none' },
            }),
      ),
    ...notesOf(document)
      .filter(({ id }) => !hidden.notes.has(id))
      .map((note) => make(noteKey(note.id), note, { type: 'note', ariaLabel: `Note (${note.id})` })),
    ...document.wires.flatMap(({ id, from, to, via = [] }) =>
      // A wire to the card of a frame takes its own way.
      (hidden.nodes.has(from.node) || hidden.nodes.has(to.node) ? [] : via).map((point, place) =>
        make(dotKey(id, place), dotBox(point), {
          type: 'dot',
          ariaLabel: `Reroute ${place + 1} of the wire from ${from.node} to ${to.node}`,
        }),
      ),
    ),
  ];
}

/** As high as what it lists. */
const cardAt = ({ x, y }: Position): Place => ({ x, y, width: cardWidth, height: undefined });

const sizeOf = ({ width, height }: FlowNode) => ({
  ...(width === undefined ? {} : { width }),
  ...(height === undefined ? {} : { height }),
});

/** React Flow places boxes by their corner, wires know the point itself. */
const dotBox = ({ x, y }: Position): Box => ({
  x: x - dotSize / 2,
  y: y - dotSize / 2,
  width: dotSize,
  height: dotSize,
});
export const dotPoint = ({ x, y }: Position): Position => ({ x: x + dotSize / 2, y: y + dotSize / 2 });
