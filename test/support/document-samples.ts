/** Documents for tests: short to write, and random ones with their edits. */
import fc from 'fast-check';
import { framesOf, notesOf } from '../../src/document/canvas-objects';
import { type PipelineDocument, SCHEMA_VERSION } from '../../src/document/schema';
import { serialisePipeline } from '../../src/document/serialise-pipeline';
import type { Command } from '../../src/graph/commands';
import { removeAndHeal, spliceNode } from '../../src/graph/splice';
import { testCatalogue } from './test-catalogue';

export type NodeSample = Partial<PipelineDocument['nodes'][number]> & { readonly type: string };

/** Nodes by id; wires as "from.port > to.port". */
export function pipeline(nodes: Readonly<Record<string, NodeSample>>, wires: readonly string[] = []): PipelineDocument {
  return {
    schema: SCHEMA_VERSION,
    app: 'spikeloom',
    title: 'Test',
    nodes: Object.entries(nodes).map(([id, { type, v, params, ...rest }]) => ({
      id,
      type,
      v: v ?? testCatalogue.get(type)?.version ?? 1,
      params: params ?? {},
      ...rest,
    })),
    wires: wires.map((text, index) => {
      const [from, to] = text.split(' > ').map((end) => {
        const [node, port] = end.split('.');
        return { node: node as string, port: port as string };
      });
      if (!from || !to) throw new Error(`"${text}" is no wire.`);
      return { id: `w${index}`, from, to };
    }),
    ui: { positions: {} },
  };
}

/** A text in which every value is spelled in an unusual but valid way: nothing of it may change while it is untouched. */
export const oddNode = `{ "type":"future.node" ,"id":"odd","v":7,
      "params": {"a":1.0,"b":1e3, "big": 12345678901234567890, "text":"caf\\u00e9\\/", "list":[ 1,2.50 ], "none":{ }},
  "shape" : {"kind":"star",   "points":5.00}, "\\u0068idden":true }`;

/** One random edit: numbers that `commandFor` reads against whatever document it meets. */
export interface Edit {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly value: number;
}
export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.nat(124),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
  value: fc.integer({ min: -200, max: 200 }),
});

const types = [...testCatalogue.keys()];
const at = <T>(list: readonly T[], index: number): T => list[index % Math.max(1, list.length)] as T;

/** A command that makes sense most of the time; some are refused, as a user's are. */
export function commandFor(document: PipelineDocument, { kind, a, b, c, value }: Edit): Command {
  const ids = document.nodes.map((node) => node.id);
  if (kind < 22 || ids.length === 0) {
    const position = c % 3 === 0 ? {} : { position: { x: value, y: b } };
    // Ids such as "7" are allowed, and are where JavaScript reorders the keys of objects.
    const id = c % 4 === 0 ? { id: String(a % 20) } : {};
    return { type: 'add-node', node: { type: at(types, a), ...id }, ...position };
  }
  const node = at(document.nodes, a);
  const other = at(document.nodes, b);
  const definition = testCatalogue.get(node.type);
  if (kind < 55) {
    const outputs = Object.keys(definition?.outputs ?? { out: 0 });
    const inputs = Object.keys(testCatalogue.get(other.type)?.inputs ?? { in: 0 });
    const from = { node: node.id, port: at(outputs, c) };
    return { type: 'connect', wire: { from, to: { node: other.id, port: at(inputs, kind) ?? 'none' } } };
  }
  if (kind < 60) return { type: 'remove-nodes', ids: c % 2 === 0 ? [node.id] : [...new Set([node.id, other.id])] };
  if (kind < 66) return { type: 'disconnect', ids: document.wires.length === 0 ? [] : [at(document.wires, a).id] };
  if (kind < 78) {
    const param = at(Object.keys(definition?.params ?? {}), b) ?? 'none';
    return { type: 'set-param', node: node.id, param, ...(c % 4 === 0 ? {} : { value: c % 7 === 0 ? 'blue' : value }) };
  }
  if (kind < 81) return { type: 'set-params', node: node.id, params: { value: 5, length: 3 }, label: 'Preset' };
  if (kind < 85) return { type: 'set-label', node: node.id, ...(c % 3 === 0 ? {} : { label: `Name ${value}` }) };
  if (kind < 88) return { type: 'set-mode', node: node.id, mode: at(['on', 'mute', 'bypass'] as const, c) };
  if (kind < 93)
    return { type: 'move-nodes', positions: { [node.id]: { x: value, y: c }, [other.id]: { x: b, y: a } } };
  if (kind < 95) return { type: 'set-title', title: `Title ${value}` };
  if (kind < 98) {
    const nodes = document.nodes.filter((_, index) => index % 2 === c % 2);
    return { type: 'insert', nodes, wires: document.wires, positions: { [node.id]: { x: 1, y: 2 } } };
  }
  if (kind >= 100) return objectCommandFor(document, { kind, a, b, c, value });
  return {
    type: 'batch',
    label: 'Two at once',
    commands: [
      { type: 'set-title', title: `Batch ${value}` },
      { type: 'remove-nodes', ids: [other.id] },
    ],
  };
}

/** Frames, notes, points of wires, and the batches that splicing and healing make. */
function objectCommandFor(document: PipelineDocument, { kind, a, b, c, value }: Edit): Command {
  const node = at(document.nodes, a);
  const box = { x: value, y: b - a, width: 100 + c, height: 80 + (b % 300) };
  const [frames, notes] = [framesOf(document), notesOf(document)];
  const [frame, note, wire] = [at(frames, a), at(notes, b), at(document.wires, c)];
  const nodes = document.nodes.flatMap(({ id }, index) => (index % 3 === c % 3 ? [id] : []));
  if (kind < 106 && (!frame || a % 3 === 0))
    return { type: 'add-frame', frame: { id: `frame-${a % 6}`, title: `Frame ${value}`, nodes, ...box } };
  if (kind < 106 && frame) {
    const colour = c % 5 === 0 ? {} : { colour: at(['blue', 'red'], a) };
    return { type: 'change-frame', id: frame.id, changes: c % 2 === 0 ? { ...box, nodes } : { title: 'T', ...colour } };
  }
  if (kind < 111 && (!note || b % 3 === 0))
    return { type: 'add-note', note: { id: `note-${b % 6}`, text: `Text ${value}`, ...box } };
  if (kind < 111 && note)
    return { type: 'change-note', id: note.id, changes: c % 2 === 0 ? { text: `T${a}` } : { ...box } };
  if (kind < 115 && (frame || note)) {
    return { type: 'remove-objects', frames: frame ? [frame.id] : [], notes: note && c % 2 === 0 ? [note.id] : [] };
  }
  if (kind < 121 && wire) {
    const via = [...(wire.via ?? []), { x: value, y: c }].slice(c % 3 === 0 ? 1 : 0);
    return { type: 'set-via', wire: wire.id, via };
  }
  if (kind < 123 && wire) {
    const plan = spliceNode(document, testCatalogue, node.id, wire.id);
    if (plan) return { type: 'batch', ...plan };
  }
  const { label, commands } = removeAndHeal(document, testCatalogue, [node.id]);
  return { type: 'batch', label, commands };
}

/** The same document with nodes, wires and the keys of every object in another order, other names and other places. */
export function shuffled(document: PipelineDocument, random: (n: number) => number): PipelineDocument {
  const mix = <T>(list: readonly T[]): T[] => {
    const rest = [...list];
    return list.map(() => rest.splice(random(rest.length), 1)[0] as T);
  };
  const mixKeys = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mixKeys);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(mix(Object.entries(value)).map(([key, entry]) => [key, mixKeys(entry)]));
  };
  const positions = Object.fromEntries(document.nodes.map((node) => [node.id, { x: random(900), y: random(900) }]));
  const nodes = mix(document.nodes).map((node) => ({ ...node, label: `Label ${random(99)}` }));
  const wires = mix(document.wires);
  return mixKeys({
    ...document,
    title: 'Other',
    nodes,
    wires,
    notes: [{ text: 'n' }],
    ui: { positions },
  }) as PipelineDocument;
}

/** Every object of the document frozen, so that a command that mutates throws. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

export const bytes = serialisePipeline;
