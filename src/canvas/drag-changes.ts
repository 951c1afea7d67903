/**
 * What a drag changes in the view before the document hears of it: frames take along what they hold, and cards snap to the
 * lines of others. Pure.
 */
import type { NodeChange } from 'reactflow';
import type { PipelineDocument } from '../document/schema';
import { frameKey, noteKey, readObjectKey } from '../editor/object-keys';
import { type Guide, snap } from '../graph/arrange';
import { contentOf } from '../graph/frame-commands';
import type { Box } from '../graph/frame-members';
import { type FlowNode, isCard } from './flow-view';
import { cardWidth, typicalHeight } from './preview-choice';

type Changes = readonly NodeChange<FlowNode>[];

export const boxOf = ({ position, measured, width, height }: FlowNode): Box => ({
  x: position.x,
  y: position.y,
  width: measured?.width ?? width ?? cardWidth,
  height: measured?.height ?? height ?? typicalHeight,
});

/** Everything that a moved frame takes along, as ids of the canvas; without what moves by itself. */
export function carriedBy(document: PipelineDocument, moved: ReadonlySet<string>): ReadonlyMap<string, string> {
  const carried = new Map<string, string>();
  for (const key of moved) {
    const object = readObjectKey(key);
    if (object?.kind !== 'frame') continue;
    const { nodes, notes, frames } = contentOf(document, object.id);
    for (const id of [...nodes, ...notes.map(noteKey), ...frames.map(frameKey)]) {
      if (!moved.has(id) && !carried.has(id)) carried.set(id, key);
    }
  }
  return carried;
}

/** The changes, and the same shift for what is carried. */
export function withCarried(changes: Changes, nodes: readonly FlowNode[], carried: ReadonlyMap<string, string>) {
  if (carried.size === 0) return [...changes];
  const places = new Map(nodes.map((node) => [node.id, node.position]));
  const shifts = new Map<string, { x: number; y: number; dragging: boolean }>();
  for (const change of changes) {
    const from = change.type === 'position' ? places.get(change.id) : undefined;
    if (change.type !== 'position' || !from || !change.position) continue;
    const { x, y } = change.position;
    shifts.set(change.id, { x: x - from.x, y: y - from.y, dragging: change.dragging ?? false });
  }
  const more = [...carried].flatMap(([id, frame]): NodeChange<FlowNode>[] => {
    const by = shifts.get(frame);
    const at = places.get(id);
    if (!by || !at) return [];
    return [{ type: 'position', id, position: { x: at.x + by.x, y: at.y + by.y }, dragging: by.dragging }];
  });
  return [...changes, ...more];
}

export interface SnappedChanges {
  readonly changes: NodeChange<FlowNode>[];
  readonly guides: readonly Guide[];
}

/** `reach`: how near a line must be, in document units. */
export function withSnap(
  changes: Changes,
  nodes: readonly FlowNode[],
  carried: ReadonlyMap<string, string>,
  reach: number,
): SnappedChanges {
  const moves = new Map(
    changes.flatMap((change) => (change.type === 'position' && change.position ? [[change.id, change.position]] : [])),
  );
  if (moves.size === 0) return { changes: [...changes], guides: [] };
  const moving: Box[] = [];
  const others: Box[] = [];
  for (const node of nodes) {
    const to = moves.get(node.id);
    if (to) moving.push({ ...boxOf(node), ...to });
    else if (isCard(node) && !carried.has(node.id)) others.push(boxOf(node));
  }
  const whole = around(moving);
  const { by, guides } = whole ? snap(whole, others, reach) : { by: { x: 0, y: 0 }, guides: [] };
  if (by.x === 0 && by.y === 0) return { changes: [...changes], guides };
  return {
    guides,
    changes: changes.map((change) =>
      change.type === 'position' && change.position
        ? { ...change, position: { x: change.position.x + by.x, y: change.position.y + by.y } }
        : change,
    ),
  };
}

function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
