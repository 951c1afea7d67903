/**
 * Frames that are collapsed: a card stands for what is in them, and wires from outside end at it. A matter of drawing
 * alone: nodes, wires and places are the document's as before, so that nothing about a run changes. Pure.
 */
import { framesOf } from '../document/canvas-objects';
import type { DocumentWire, PipelineDocument } from '../document/schema';
import type { Command } from './commands';
import { contentOf } from './frame-commands';
import { graphIndex } from './graph-index';

export interface Hidden {
  /** By node: the frame whose card stands for it, the outermost one. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly frames: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

const nothing: Hidden = { nodes: new Map(), frames: new Set(), notes: new Set() };
const known = new WeakMap<PipelineDocument, Hidden>();

/** What is not drawn, since a frame around it is collapsed. */
export function hiddenIn(document: PipelineDocument): Hidden {
  const before = known.get(document);
  if (before) return before;
  const closed = framesOf(document)
    .filter(({ collapsed }) => collapsed)
    .map(({ id }) => ({ id, ...contentOf(document, id) }))
    // One that holds others comes before them.
    .sort((a, b) => b.frames.length - a.frames.length);
  const nodes = new Map<string, string>();
  const frames = new Set<string>();
  const notes = new Set<string>();
  for (const frame of closed) {
    if (frames.has(frame.id)) continue;
    for (const id of frame.nodes) if (!nodes.has(id)) nodes.set(id, frame.id);
    for (const id of frame.frames) if (id !== frame.id) frames.add(id);
    for (const id of frame.notes) notes.add(id);
  }
  const hidden = closed.length === 0 ? nothing : { nodes, frames, notes };
  known.set(document, hidden);
  return hidden;
}

export interface InnerEnd {
  readonly node: string;
  readonly port: string;
}

/** Ports inside that wires of outside lead to, and those that they come from; each once, in the order of the nodes. */
export function endsAt(
  document: PipelineDocument,
  frame: string,
): { readonly inputs: readonly InnerEnd[]; readonly outputs: readonly InnerEnd[] } {
  const members = new Set(contentOf(document, frame).nodes);
  const index = graphIndex(document);
  const once = (ends: readonly InnerEnd[]): readonly InnerEnd[] => [
    ...new Map(ends.map(({ node, port }) => [`${node}\n${port}`, { node, port }])).values(),
  ];
  const inside = document.nodes.filter(({ id }) => members.has(id));
  const into = ({ from }: DocumentWire): boolean => !members.has(from.node);
  const out = ({ to }: DocumentWire): boolean => !members.has(to.node);
  return {
    inputs: once(
      inside.flatMap(({ id }) =>
        index
          .incoming(id)
          .filter(into)
          .map(({ to }) => to),
      ),
    ),
    outputs: once(
      inside.flatMap(({ id }) =>
        index
          .outgoing(id)
          .filter(out)
          .map(({ from }) => from),
      ),
    ),
  };
}

/** Null where there is no such frame, or it is as wanted already. */
export function collapseCommand(document: PipelineDocument, id: string, collapse: boolean): Command | null {
  const frame = framesOf(document).find((each) => each.id === id);
  if (!frame || (frame.collapsed !== undefined) === collapse) return null;
  const { frames, notes } = contentOf(document, id);
  const collapsed = collapse ? { frames: [...frames], notes: [...notes] } : undefined;
  return { type: 'change-frame', id, changes: { collapsed } };
}
