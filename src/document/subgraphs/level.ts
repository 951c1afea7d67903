/**
 * One level at a time: the inside of an instance as a document of its own, that views and commands handle like any other,
 * and the way back into the whole. A level knows the whole it is part of (under a symbol that `{...level}` carries
 * along), so that whoever saves or runs it saves and runs the whole.
 */
import { freshId } from '../../core/ids';
import type { DocumentNode, DocumentWire, PipelineDocument, Position, Subgraph } from '../schema';
import { definitionsOf, inputsNode, outputsNode, subgraphOf } from './definitions';
import { originOf, prefixOf, wireWithPrefix, withoutPrefix, withPrefix } from './level-ids';
import { idsInward, idsOutward } from './map-ids';

interface Place {
  readonly root: PipelineDocument;
  readonly path: readonly string[];
  readonly definition: Subgraph;
}
const placeKey = Symbol('level');
type Level = PipelineDocument & { readonly [placeKey]?: Place };

/** What stands for the ports of a subgraph inside it. Never saved. */
export const boundaryType = (side: 'inputs' | 'outputs', definition: string): string =>
  `boundary.${side}-${definition}`;
export const isBoundary = (type: string): boolean => type.startsWith('boundary.');

/** Ids of the instances, from the outside in; empty for a whole document. */
export const pathOf = (document: PipelineDocument): readonly string[] => (document as Level)[placeKey]?.path ?? [];
/** The subgraph whose inside this is. */
export const subgraphAt = (document: PipelineDocument): Subgraph | null =>
  (document as Level)[placeKey]?.definition ?? null;

const levels = new WeakMap<PipelineDocument, Map<string, PipelineDocument>>();
const wholes = new WeakMap<PipelineDocument, Absorbed>();

/** Null if there is no such instance, or its subgraph cannot be used. */
export function levelDocument(root: PipelineDocument, path: readonly string[]): PipelineDocument | null {
  if (path.length === 0) return root;
  const prefix = prefixOf(path);
  const known = levels.get(root) ?? new Map<string, PipelineDocument>();
  levels.set(root, known);
  const before = known.get(prefix);
  if (before) return before;

  const { byId } = definitionsOf(root);
  let body: { readonly nodes: readonly DocumentNode[] } | undefined = root;
  let definition: Subgraph | undefined;
  for (const id of path) {
    const instance: DocumentNode | undefined = body?.nodes.find((node) => node.id === id);
    definition = instance && byId.get(subgraphOf(instance.type) ?? '');
    body = definition;
  }
  if (!definition) return null;
  const { nodes: _nodes, wires: _wires, ui: _ui, frames: _frames, notes: _notes, ...rest } = root;
  const ids = new Set(definition.nodes.map(({ id }) => id));
  const inward = (value: unknown) => idsInward(value, prefix, ids);
  const { frames, notes, ui } = definition as Subgraph & Pick<PipelineDocument, 'frames' | 'notes'>;
  const level: Level = {
    ...rest,
    nodes: [
      boundaryNode('inputs', definition, prefix),
      ...definition.nodes.map((node) => withPrefix(node, prefix)),
      boundaryNode('outputs', definition, prefix),
    ],
    wires: definition.wires.map((wire) => wireWithPrefix(wire, prefix)),
    ...(frames === undefined ? {} : { frames: inward(frames) as typeof frames }),
    ...(notes === undefined ? {} : { notes: inward(notes) as typeof notes }),
    ui: {
      ...ui,
      positions: placesInside(definition, prefix),
      ...(ui?.locked === undefined ? {} : { locked: inward(ui.locked) as typeof ui.locked }),
    },
    [placeKey]: { root, path, definition },
  };
  known.set(prefix, level);
  wholes.set(level, { root, renamed: new Map() });
  return level;
}

const boundaries = new Map<string, DocumentNode>();
function boundaryNode(side: 'inputs' | 'outputs', { id }: Subgraph, prefix: string): DocumentNode {
  const type = boundaryType(side, id);
  const key = `${prefix} ${type}`;
  const node = boundaries.get(key) ?? {
    id: prefix + (side === 'inputs' ? inputsNode : outputsNode),
    type,
    v: 1,
    params: {},
  };
  boundaries.set(key, node);
  return node;
}

/** The ports' cards stand left and right of what is inside, unless somebody put them elsewhere. */
function placesInside({ nodes, ui }: Subgraph, prefix: string): Record<string, Position> {
  const saved = ui?.positions ?? {};
  const places = Object.entries(saved);
  // A body without places is laid out by the view, and the ports with it.
  if (nodes.some(({ id }) => !saved[id])) return Object.fromEntries(places.map(([id, at]) => [prefix + id, at]));
  const spots = nodes.map(({ id }) => saved[id] ?? { x: 0, y: 0 });
  const left = Math.min(...spots.map(({ x }) => x), 320);
  const right = Math.max(...spots.map(({ x }) => x), 0);
  const top = spots.length === 0 ? 0 : Math.min(...spots.map(({ y }) => y));
  const all = { [inputsNode]: { x: left - 320, y: top }, [outputsNode]: { x: right + 320, y: top }, ...saved };
  return Object.fromEntries(Object.entries(all).map(([id, at]) => [prefix + id, at]));
}

interface Absorbed {
  readonly root: PipelineDocument;
  /** Ids on the level that are others in the subgraph: of nodes that were just made. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The whole document with this level as it is now. A whole document is its own. */
export const wholeDocument = (document: PipelineDocument): PipelineDocument => absorb(document).root;

export function absorb(document: PipelineDocument): Absorbed {
  const place = (document as Level)[placeKey];
  if (!place) return { root: document, renamed: new Map() };
  const known = wholes.get(document);
  if (known) return known;
  const made = putBack(document, place);
  wholes.set(document, made);
  return made;
}

function putBack(level: PipelineDocument, { root, path, definition: started }: Place): Absorbed {
  const prefix = prefixOf(path);
  const { nodes, wires, ui, frames, notes, defs = [], ...rest } = level as Level;
  const index = defs.findIndex((entry) => (entry as { id?: unknown } | null)?.id === started.id);
  const definition = (defs[index] ?? started) as Subgraph;

  const inner = nodes.filter(({ type }) => !isBoundary(type));
  const renamed = new Map<string, string>();
  const taken = new Set([inputsNode, outputsNode]);
  for (const { id } of inner) if (id.startsWith(prefix)) taken.add(id.slice(prefix.length));
  const local = (id: string): string => renamed.get(id) ?? withoutPrefix(id, prefix);
  for (const { id } of inner) {
    if (id.startsWith(prefix)) continue;
    const fresh = freshId(id, taken);
    taken.add(fresh);
    renamed.set(id, fresh);
  }
  const takenWires = new Set(wires.flatMap(({ id }) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : [])));
  const wireId = (id: string): string => {
    if (id.startsWith(prefix)) return id.slice(prefix.length);
    const fresh = freshId(id, takenWires);
    takenWires.add(fresh);
    return fresh;
  };
  const bareNodes = inner.map((node): DocumentNode => originOf(node, prefix) ?? { ...node, id: local(node.id) });
  const bareWires = wires.map(
    (wire): DocumentWire =>
      originOf(wire, prefix) ?? {
        ...wire,
        id: wireId(wire.id),
        from: { ...wire.from, node: local(wire.from.node) },
        to: { ...wire.to, node: local(wire.to.node) },
      },
  );
  const places = Object.entries(ui?.positions ?? {}).map(([id, at]) => [local(id), at]);
  const outward = (value: unknown) => idsOutward(value, prefix, local);
  const now: Subgraph = {
    ...definition,
    nodes: sameList(definition.nodes, bareNodes),
    wires: sameList(definition.wires, bareWires),
    ...(frames === undefined ? {} : { frames: outward(frames) }),
    ...(notes === undefined ? {} : { notes: outward(notes) }),
    ui: {
      ...ui,
      positions: Object.fromEntries(places),
      ...(ui?.locked === undefined ? {} : { locked: outward(ui.locked) as typeof ui.locked }),
    },
  };
  const { [placeKey]: _, ...others } = rest as typeof rest & { [placeKey]?: Place };
  return {
    root: { ...root, ...others, defs: defs.map((entry, i) => (i === index ? now : entry)) as PipelineDocument['defs'] },
    renamed,
  };
}

/** The old list where nothing about it changed, so that it is still written as it was read. */
function sameList<T>(before: readonly T[], now: readonly T[]): T[] {
  const same = before.length === now.length && before.every((entry, i) => entry === now[i]);
  return (same ? before : now) as T[];
}
