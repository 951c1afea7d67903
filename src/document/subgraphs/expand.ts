/**
 * A document with every instance replaced by what is inside it: what is inferred, planned, hashed and run. Keys never
 * hold names, so a graph has the same keys and stored results whether it is collapsed or not. A document without
 * instances is its own expansion, the same object.
 */
import { canonicalJson } from '../../core/canonical-json';
import type { DocumentNode, DocumentWire, PipelineDocument, Subgraph } from '../schema';
import { definitionsOf, inputsNode, outputsNode, subgraphOf } from './definitions';
import { wholeDocument } from './level';
import { withoutPrefix, withPrefix } from './level-ids';

export interface OutputEnd {
  readonly node: string;
  readonly port: string;
}
export interface ExpandedInstance {
  /** As it stands on its level. */
  readonly node: DocumentNode;
  readonly definition: Subgraph;
  /** Ids of the nodes inside, at any depth, as they stand in the expansion. */
  readonly inner: readonly string[];
  /** Where the value at each port really comes from; null if nothing is wired there. */
  readonly inputs: Readonly<Record<string, OutputEnd | null>>;
  readonly outputs: Readonly<Record<string, OutputEnd | null>>;
}
export interface Expansion {
  readonly document: PipelineDocument;
  /** By the id that the instance has on its level ("decoder", "decoder/first"). */
  readonly instances: ReadonlyMap<string, ExpandedInstance>;
}

type Known = {
  readonly wires: PipelineDocument['wires'];
  readonly defs: PipelineDocument['defs'];
  readonly expansion: Expansion;
};
const cache = new WeakMap<PipelineDocument['nodes'], Known>();

/** Of a level: the expansion of the whole that it is part of. */
export function expand(given: PipelineDocument): Expansion {
  const document = wholeDocument(given);
  const known = cache.get(document.nodes);
  if (known && known.wires === document.wires && known.defs === document.defs) {
    // Only the title or places differ: what was expanded stays the same object where it can.
    if (known.expansion.instances.size > 0) return known.expansion;
    return known.expansion.document === document ? known.expansion : { document, instances: known.expansion.instances };
  }
  const expansion = expandAll(document);
  cache.set(document.nodes, { wires: document.wires, defs: document.defs, expansion });
  return expansion;
}

interface Frame {
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, DocumentNode>;
  readonly wires: readonly DocumentWire[];
  /** Wires by "node port" of their end. */
  readonly into: ReadonlyMap<string, DocumentWire>;
  readonly children: Map<string, Frame>;
  readonly outside: { readonly frame: Frame; readonly id: string } | null;
  readonly definition: Subgraph | null;
  readonly muted: boolean;
  /** Values set from outside, by node and parameter. */
  readonly settings: ReadonlyMap<string, DocumentNode['params']>;
}

const end = (node: string, port: string): string => JSON.stringify([node, port]);

function frameOf(
  body: Pick<PipelineDocument, 'nodes' | 'wires'>,
  rest: Omit<Frame, 'nodes' | 'wires' | 'into' | 'children'>,
): Frame {
  const sorted = [...body.wires].sort((a, b) => (b.order ?? 0) - (a.order ?? 0) || (a.id < b.id ? 1 : -1));
  return {
    ...rest,
    nodes: new Map(body.nodes.map((node) => [node.id, node])),
    wires: body.wires,
    // The first of several is set last.
    into: new Map(sorted.map((wire) => [end(wire.to.node, wire.to.port), wire])),
    children: new Map(),
  };
}

function expandAll(document: PipelineDocument): Expansion {
  const { byId } = definitionsOf(document);
  const instances = new Map<string, ExpandedInstance>();
  if (byId.size === 0 || !document.nodes.some(({ type }) => byId.has(subgraphOf(type) ?? '')))
    return { document, instances };

  const outer = new Set(document.nodes.map(({ id }) => id));
  // A node of the file may happen to have the id of an inner one.
  const flatId = (prefix: string, id: string): string =>
    prefix !== '' && outer.has(prefix + id) ? `${prefix}${id}~` : prefix + id;
  const frames: Frame[] = [];
  const open = (frame: Frame): void => {
    frames.push(frame);
    for (const node of frame.nodes.values()) {
      const definition = byId.get(subgraphOf(node.type) ?? '');
      if (!definition) continue;
      const child = frameOf(definition, {
        prefix: `${frame.prefix}${node.id}/`,
        outside: { frame, id: node.id },
        definition,
        muted: frame.muted || (node.mode ?? 'on') !== 'on',
        settings: settingsOf(definition, inSettings(frame, node)),
      });
      frame.children.set(node.id, child);
      open(child);
    }
  };
  open(frameOf(document, { prefix: '', outside: null, definition: null, muted: false, settings: new Map() }));

  const inputOf = (frame: Frame, port: string): OutputEnd | null => {
    const { outside } = frame;
    const wire = outside?.frame.into.get(end(outside.id, port));
    return outside && wire ? sourceOf(outside.frame, wire.from) : null;
  };
  const sourceOf = (frame: Frame, from: DocumentWire['from']): OutputEnd | null => {
    if (frame.definition && from.node === inputsNode) return inputOf(frame, from.port);
    const child = frame.children.get(from.node);
    if (!child) return { node: flatId(frame.prefix, from.node), port: from.port };
    if (frame.nodes.get(from.node)?.mode === 'bypass') {
      const port = child.definition?.through?.[from.port];
      if (port !== undefined) return inputOf(child, port);
    }
    const wire = child.into.get(end(outputsNode, from.port));
    return wire ? sourceOf(child, wire.from) : null;
  };

  const nodes: DocumentNode[] = [];
  const wires: DocumentWire[] = [];
  for (const frame of frames) {
    for (const node of frame.nodes.values())
      if (!frame.children.has(node.id)) nodes.push(flatNode(frame, node, flatId(frame.prefix, node.id)));
    for (const wire of frame.wires) {
      if (frame.children.has(wire.to.node) || (frame.definition && wire.to.node === outputsNode)) continue;
      const from = sourceOf(frame, wire.from);
      if (from) wires.push(flatWire(frame.prefix, wire, from, flatId(frame.prefix, wire.to.node)));
    }
  }
  for (const frame of frames) {
    if (!frame.outside || !frame.definition) continue;
    const { frame: around, id } = frame.outside;
    const { definition } = frame;
    const byPort = (ports: Subgraph['inputs'], source: (port: string) => OutputEnd | null) =>
      Object.fromEntries(ports.map((port) => [port.id, source(port.id)]));
    instances.set(around.prefix + id, {
      node: around.nodes.get(id) as DocumentNode,
      definition,
      inner: insideOf(frame, flatId),
      inputs: byPort(definition.inputs, (port) => inputOf(frame, port)),
      outputs: byPort(definition.outputs, (port) => sourceOf(around, { node: id, port })),
    });
  }
  return { document: { ...document, nodes, wires }, instances };
}

function insideOf(frame: Frame, flatId: (prefix: string, id: string) => string): string[] {
  return [...frame.nodes.keys()].flatMap((id) => {
    const child = frame.children.get(id);
    return child ? insideOf(child, flatId) : [flatId(frame.prefix, id)];
  });
}

/** The instance as its surroundings set it: a promoted parameter may be promoted again further out. */
function inSettings(frame: Frame, node: DocumentNode): DocumentNode['params'] {
  const given = frame.settings.get(node.id);
  return given ? { ...node.params, ...given } : node.params;
}

function settingsOf({ params = [] }: Subgraph, given: DocumentNode['params']): Frame['settings'] {
  const settings = new Map<string, DocumentNode['params']>();
  for (const { id, node, param } of params) {
    const value = Object.hasOwn(given, id) ? given[id] : undefined;
    if (value !== undefined) settings.set(node, { ...settings.get(node), [param]: value });
  }
  return settings;
}

const madeNodes = new WeakMap<DocumentNode, Map<string, DocumentNode>>();

function flatNode(frame: Frame, node: DocumentNode, id: string): DocumentNode {
  const given = frame.settings.get(node.id);
  const inner = withPrefix(node, frame.prefix);
  if (!given && !frame.muted && inner.id === id) return inner;
  const known = madeNodes.get(node) ?? new Map<string, DocumentNode>();
  madeNodes.set(node, known);
  const key = `${id} ${frame.muted} ${given ? canonicalJson(given) : ''}`;
  const before = known.get(key);
  if (before) return before;
  const made: DocumentNode = {
    ...inner,
    id,
    ...(given ? { params: { ...node.params, ...given } } : {}),
    ...(frame.muted ? { mode: 'mute' as const } : {}),
  };
  // A slider makes many: only the latest few are worth keeping.
  if (known.size > 8) known.clear();
  known.set(key, made);
  return made;
}

const madeWires = new WeakMap<DocumentWire, Map<string, DocumentWire>>();

function flatWire(prefix: string, wire: DocumentWire, from: OutputEnd, to: string): DocumentWire {
  if (prefix === '' && wire.from.node === from.node && wire.from.port === from.port) return wire;
  const known = madeWires.get(wire) ?? new Map<string, DocumentWire>();
  madeWires.set(wire, known);
  const key = JSON.stringify([prefix, from.node, from.port, to]);
  const before = known.get(key);
  if (before) return before;
  const made: DocumentWire = {
    ...wire,
    id: prefix + wire.id,
    from: { node: from.node, port: from.port },
    to: { ...wire.to, node: to },
  };
  if (known.size > 8) known.clear();
  known.set(key, made);
  return made;
}

/** Ids of the instances around a node, from the outside in, as a path to look at. */
export function pathAround(document: PipelineDocument, id: string): readonly string[] {
  const around = [...expand(document).instances.keys()].filter((each) => id.startsWith(`${each}/`));
  around.sort((a, b) => a.length - b.length);
  return around.map((each, depth) => withoutPrefix(each, depth === 0 ? '' : `${around[depth - 1]}/`));
}

/** A node of any level, instances too, by the id that it has on the canvas and in a run. */
export function nodeAnywhere(document: PipelineDocument, id: string): DocumentNode | undefined {
  const whole = wholeDocument(document);
  const own = whole.nodes.find((node) => node.id === id);
  if (own || !id.includes('/')) return own;
  const { instances, document: flat } = expand(whole);
  return instances.get(id)?.node ?? flat.nodes.find((node) => node.id === id);
}

/** Where an output of an instance comes from; for any other node, that output itself. Null: nothing is wired there. */
export function outputSource(document: PipelineDocument, node: string, port: string): OutputEnd | null {
  const instance = expand(document).instances.get(node);
  return instance ? (instance.outputs[port] ?? null) : { node, port };
}

/** The nodes that a run to `id` must reach: of an instance those behind its outputs, or all inside if it has none. */
export function runTargets(document: PipelineDocument, id: string): readonly string[] {
  const instance = expand(document).instances.get(id);
  if (!instance) return [id];
  const inner = new Set(instance.inner);
  const behind = Object.values(instance.outputs).flatMap((from) => (from && inner.has(from.node) ? [from.node] : []));
  return behind.length > 0 ? [...new Set(behind)] : instance.inner;
}
