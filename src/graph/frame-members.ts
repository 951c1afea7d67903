/** Which nodes belong to a frame, and what follows when nodes go or are put somewhere else. Pure. */
import type { JsonValue } from '../core/canonical-json';
import { framesOf, notesOf } from '../document/canvas-objects';
import type { DocumentFrame, PipelineDocument, Position } from '../document/schema';
import type { Edit } from './edits';
import { graphIndex } from './graph-index';
import type { NodeSize } from './layout';

export interface Box extends Position, NodeSize {}

export const middleOf = ({ x, y, width, height }: Box): Position => ({ x: x + width / 2, y: y + height / 2 });

export const holds = (box: Box, { x, y }: Position): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** Members that are in the document. */
export function membersOf(document: PipelineDocument, frame: DocumentFrame): readonly string[] {
  const { nodes } = graphIndex(document);
  return frame.nodes.filter((id) => nodes.has(id));
}

/** Notes that stand in the frame: they move with it. */
export const notesIn = (document: PipelineDocument, frame: DocumentFrame): readonly string[] =>
  notesOf(document)
    .filter((note) => holds(frame, middleOf(note)))
    .map(({ id }) => id);

/** Edits that take nodes out of the frames that name them: nodes that are being removed. */
export function withoutMembers(document: PipelineDocument, gone: ReadonlySet<string>): Edit[] {
  const touched = framesOf(document).filter(({ nodes }) => nodes.some((id) => gone.has(id)));
  if (touched.length === 0) return [];
  const value = (document.frames ?? []).map((entry) => {
    const frame = touched.find((each) => (each as unknown) === entry);
    return frame ? ({ ...frame, nodes: frame.nodes.filter((id) => !gone.has(id)) } as JsonValue) : entry;
  });
  return [{ slot: 'frames', value }];
}

/**
 * New member lists, by frame, after nodes were put down: a node belongs to the smallest frame that its middle stands in,
 * and to no other. Frames whose members stay the same are left out.
 */
export function membersAfterDrop(
  document: PipelineDocument,
  dropped: ReadonlyMap<string, Box>,
): ReadonlyMap<string, readonly string[]> {
  const frames = [...framesOf(document)].sort((a, b) => a.width * a.height - b.width * b.height);
  // Nothing is put into a frame that is collapsed, or out of it.
  const closed = frames.filter(({ collapsed }) => collapsed);
  const within = new Set(closed.flatMap(({ collapsed }) => collapsed?.frames ?? []));
  const open = frames.filter((frame) => !frame.collapsed && !within.has(frame.id));
  const hidden = new Set(frames.filter((frame) => !open.includes(frame)).flatMap(({ nodes }) => nodes));
  const home = new Map<string, string | undefined>();
  for (const [id, box] of dropped) {
    if (!hidden.has(id)) home.set(id, open.find((frame) => holds(frame, middleOf(box)))?.id);
  }
  const changed = new Map<string, readonly string[]>();
  for (const { id, nodes } of open) {
    const kept = nodes.filter((node) => !home.has(node) || home.get(node) === id);
    const joined = [...home].flatMap(([node, frame]) => (frame === id && !nodes.includes(node) ? [node] : []));
    if (joined.length > 0 || kept.length < nodes.length) changed.set(id, [...kept, ...joined]);
  }
  return changed;
}

/** Room above members for the title, and around them. px */
export const framePadding = { top: 52, side: 20 } as const;

/** The box of a frame around the boxes of its nodes; null without any. */
export function frameAround(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const { top, side } = framePadding;
  const left = Math.min(...boxes.map(({ x }) => x)) - side;
  const up = Math.min(...boxes.map(({ y }) => y)) - top;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + side;
  const down = Math.max(...boxes.map(({ y, height }) => y + height)) + side;
  return {
    x: Math.round(left),
    y: Math.round(up),
    width: Math.round(right - left),
    height: Math.round(down - up),
  };
}
