/**
 * The geometry of a small picture of a pipeline: boxes and lines where the canvas has them, with nothing but what a glance
 * takes in. Pure; drawn by src/panels/GraphThumb.tsx and written as a file by src/app/keeping/canvas-picture.ts.
 */
import { framesOf, notesOf } from '../document/canvas-objects';
import type { DocumentFrame, DocumentNote, PipelineDocument, Position } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import { hiddenIn } from './collapsed-frames';
import type { DocumentDifference } from './document-difference';
import { contentOf } from './frame-commands';
import type { Box } from './frame-members';
import { layoutLeftToRight } from './layout';
import { catalogueFor } from './subgraphs/catalogue';

/** What a version comparison says of a part; its sign is drawn as well as its colour. */
export type PartMark = 'added' | 'removed' | 'changed' | 'same';
export const markSigns: Readonly<Record<Exclude<PartMark, 'same'>, string>> = {
  added: '+',
  removed: '−',
  changed: '~',
};

export interface PictureNode {
  readonly id: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly mark: PartMark;
  /** Of its first output: its colour. */
  readonly kind: PortKind | null;
  /** Of a collapsed frame, which stands for its nodes. */
  readonly pile?: { readonly nodes: number; readonly colour: string | undefined };
}
export interface PictureWire {
  readonly id: string;
  /** An SVG path. */
  readonly path: string;
  readonly mark: PartMark;
  readonly kind: PortKind | null;
}
export interface GraphPicture {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PictureNode[];
  readonly wires: readonly PictureWire[];
}

/** Of one box, in the canvas's px. */
export const pictureBox = { width: 240, height: 180 } as const;
const margin = 30;

export interface PictureMarks {
  readonly nodes: ReadonlyMap<string, PartMark>;
  readonly wires: ReadonlyMap<string, PartMark>;
}
const noMarks: PictureMarks = { nodes: new Map(), wires: new Map() };

/** The marks that belong on the picture of the first or of the second version. */
export function marksOf({ nodes, wires }: DocumentDifference, side: 'before' | 'after'): PictureMarks {
  const only = side === 'before' ? 'removed' : 'added';
  return {
    nodes: new Map<string, PartMark>([
      ...nodes[only].map(({ id }) => [id, only] as const),
      ...nodes.changed.map(({ id }) => [id, 'changed'] as const),
    ]),
    wires: new Map<string, PartMark>([
      ...wires[only].map(({ id }) => [id, only] as const),
      ...wires.changed.map(({ id, wire }) => [side === 'before' ? id : wire.id, 'changed'] as const),
    ]),
  };
}

export function graphPicture(
  document: PipelineDocument,
  known: Catalogue,
  marks: PictureMarks = noMarks,
): GraphPicture {
  const { nodes, wires } = draw(document, known, marks, new Map());
  return { ...around(nodes.map(boxOf)), nodes, wires };
}

export interface DrawnPicture extends GraphPicture {
  readonly frames: readonly DocumentFrame[];
  readonly notes: readonly DocumentNote[];
}

/** What the canvas shows: frames and notes too, and a collapsed frame in the place of what is in it. */
export function drawnPicture(document: PipelineDocument, known: Catalogue): DrawnPicture {
  const hidden = hiddenIn(document);
  const frames = framesOf(document).filter(({ id }) => !hidden.frames.has(id));
  const piles = new Map(frames.flatMap((frame) => (frame.collapsed ? [[frame.id, frame] as const] : [])));
  const holders = new Map(
    [...hidden.nodes].flatMap(([node, id]) => {
      const frame = piles.get(id);
      return frame ? [[node, frame] as const] : [];
    }),
  );
  const { nodes, wires } = draw(document, known, noMarks, holders);
  const shown = [
    ...nodes.filter(({ id }) => !holders.has(id)),
    ...[...piles.values()].map(({ id, title, colour, x, y }): PictureNode => {
      const count = contentOf(document, id).nodes.length;
      return { id, title, x, y, mark: 'same', kind: null, pile: { nodes: count, colour } };
    }),
  ];
  const open = frames.filter(({ collapsed }) => !collapsed);
  const notes = notesOf(document).filter(({ id }) => !hidden.notes.has(id));
  return { ...around([...shown.map(boxOf), ...open, ...notes]), nodes: shown, wires, frames: open, notes };
}

/** `holders`: by node, the collapsed frame that wires of the node end at. */
function draw(
  document: PipelineDocument,
  known: Catalogue,
  marks: PictureMarks,
  holders: ReadonlyMap<string, DocumentFrame>,
): Pick<GraphPicture, 'nodes' | 'wires'> {
  const catalogue = catalogueFor(document, known);
  const saved = document.ui?.positions ?? {};
  const complete = document.nodes.every(({ id }) => saved[id]);
  const places: Readonly<Record<string, Position>> = complete ? saved : { ...layoutLeftToRight(document), ...saved };
  const at = (id: string): Position => holders.get(id) ?? places[id] ?? { x: 0, y: 0 };
  const kinds = new Map(document.nodes.map(({ id, type }) => [id, catalogue.get(type)]));

  const nodes = document.nodes.map((node): PictureNode => {
    const definition = kinds.get(node.id);
    const first = definition && Object.values(definition.outputs)[0];
    return {
      id: node.id,
      title: node.label || definition?.title || node.type,
      ...{ x: at(node.id).x, y: at(node.id).y },
      mark: marks.nodes.get(node.id) ?? 'same',
      kind: first?.kind ?? null,
    };
  });
  const crossing = document.wires.filter(({ from, to }) => {
    const holder = holders.get(from.node);
    return holder === undefined || holder !== holders.get(to.node);
  });
  const wires = crossing.map((wire): PictureWire => {
    const { width, height } = pictureBox;
    const [from, to] = [at(wire.from.node), at(wire.to.node)];
    const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2];
    const bend = Math.max(40, Math.abs(x2 - x1) / 2);
    return {
      id: wire.id,
      path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
      mark: marks.wires.get(wire.id) ?? 'same',
      kind: kinds.get(wire.from.node)?.outputs[wire.from.port]?.kind ?? null,
    };
  });
  return { nodes, wires };
}

const boxOf = ({ x, y }: Position): Box => ({ x, y, ...pictureBox });

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 2 * pictureBox.width, height: 2 * pictureBox.height };
  const x = Math.min(...boxes.map((box) => box.x)) - margin;
  const y = Math.min(...boxes.map((box) => box.y)) - margin;
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) + margin - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) + margin - y,
  };
}
