/** An instance back into its nodes, in its place; or the same instance with a definition of its own. */
import { freshId, nodeId } from '../../core/ids';
import { type Refusal, refuse } from '../../core/validity';
import type { DocumentNode, DocumentWire, PipelineDocument, Position, Subgraph } from '../../document/schema';
import {
  definitionsOf,
  innerId,
  inputsNode,
  outputsNode,
  pathOf,
  prefixOf,
  subgraphOf,
  subgraphType,
  withoutPrefix,
} from '../../document/subgraphs';
import type { Catalogue } from '../../kit/define-node';
import { noNode, place, replaceNode } from '../command-nodes';
import type { CommandPlan } from '../commands';
import { applyEdits, defsEdits, type Edit, removals } from '../edits';
import { graphIndex } from '../graph-index';
import { nodeName } from '../names';
import { catalogueFor } from './catalogue';
import { dropUnused } from './unused';

function instanceAt(
  document: PipelineDocument,
  id: string,
): { readonly node: DocumentNode; readonly definition: Subgraph } | Refusal {
  const node = graphIndex(document).nodes.get(id);
  if (!node) return noNode(id);
  const definition = definitionsOf(document).byId.get(subgraphOf(node.type) ?? '');
  if (definition) return { node, definition };
  return refuse('subgraph.none', `"${node.label ?? id}" is no subgraph.`, 'Choose a node that stands for a subgraph.');
}

export function planDissolve(document: PipelineDocument, id: string, given: Catalogue): CommandPlan | Refusal {
  const at = instanceAt(document, id);
  if ('ok' in at) return at;
  const { node: instance, definition } = at;
  const catalogue = catalogueFor(document, given);
  const index = graphIndex(document);
  const prefix = prefixOf(pathOf(document));

  const taken = new Set([...index.nodes.keys()].filter((each) => each !== id));
  const names = new Map<string, string>();
  for (const node of definition.nodes) {
    const fresh = freshId(prefix + node.id, taken);
    taken.add(fresh);
    names.set(node.id, fresh);
  }
  const outer = (local: string): string => names.get(local) ?? local;
  const settings = new Map<string, DocumentNode['params']>();
  for (const { id: promoted, node, param } of definition.params ?? []) {
    const value = instance.params[promoted];
    if (value !== undefined) settings.set(node, { ...settings.get(node), [param]: value });
  }
  const off = instance.mode === undefined || instance.mode === 'on' ? {} : { mode: 'mute' as const };
  const nodes = definition.nodes.map((node): DocumentNode => {
    const set = settings.get(node.id);
    if (!set && outer(node.id) === node.id && !off.mode) return node;
    return { ...node, id: outer(node.id), ...(set ? { params: { ...node.params, ...set } } : {}), ...off };
  });

  const into = new Map(index.incoming(id).map((wire) => [wire.to.port, wire]));
  /** Where a wire inside really starts; null if nothing is wired to that port outside. */
  const sourceOf = ({ node, port }: DocumentWire['from']): DocumentWire['from'] | null =>
    node === inputsNode ? (into.get(port)?.from ?? null) : { node: outer(node), port };
  const resultOf = (port: string): DocumentWire['from'] | null => {
    const passed = instance.mode === 'bypass' ? definition.through?.[port] : undefined;
    if (passed !== undefined) return into.get(passed)?.from ?? null;
    const wire = definition.wires.find(({ to }) => to.node === outputsNode && to.port === port);
    return wire ? sourceOf(wire.from) : null;
  };
  const wireIds = new Set(
    document.wires.filter(({ from, to }) => from.node !== id && to.node !== id).map((wire) => wire.id),
  );
  const wires: DocumentWire[] = [];
  const add = (wire: DocumentWire, wanted: string): void => {
    const fresh = freshId(wanted, wireIds);
    wireIds.add(fresh);
    wires.push({ ...wire, id: fresh });
  };
  for (const wire of index.outgoing(id)) {
    const from = resultOf(wire.from.port);
    if (from) add({ ...wire, from }, wire.id);
  }
  for (const wire of definition.wires) {
    const from = wire.to.node === outputsNode ? null : sourceOf(wire.from);
    if (from) add({ ...wire, from, to: { ...wire.to, node: outer(wire.to.node) } }, prefix + wire.id);
  }

  const centre = document.ui?.positions?.[id];
  const inside = Object.entries(definition.ui?.positions ?? {}).filter(([local]) => names.has(local));
  const mean = (axis: 'x' | 'y') => Math.round(inside.reduce((sum, [, spot]) => sum + spot[axis], 0) / inside.length);
  const shift = centre && inside.length > 0 ? { x: centre.x - mean('x'), y: centre.y - mean('y') } : { x: 0, y: 0 };
  const places = inside.map(([local, { x, y }]): [string, Position] => [
    outer(local),
    { x: x + shift.x, y: y + shift.y },
  ]);
  const list = <T>(entries: readonly T[], test: (entry: T) => boolean): number[] =>
    entries.flatMap((entry, i) => (test(entry) ? [i] : []));
  const touches = ({ from, to }: DocumentWire): boolean => from.node === id || to.node === id;
  const firstWire = document.wires.findIndex(touches);
  const edits: Edit[] = [
    ...removals('wires', list(document.wires, touches)),
    ...removals(
      'positions',
      list(Object.keys(document.ui?.positions ?? {}), (each) => each === id),
    ),
    { slot: 'nodes', index: document.nodes.indexOf(instance), remove: 1, insert: nodes },
    { slot: 'wires', index: firstWire < 0 ? document.wires.length : firstWire, remove: 0, insert: wires },
  ];
  edits.push(...place(applyEdits(document, edits).document, places));
  edits.push(...dropUnused(document, edits));
  return {
    ok: true,
    edits,
    label: `Expand ${nodeName(document, instance, catalogue)}`,
    created: nodes.map((node) => nodeId(node.id)),
    moved: [...names].map(([inner, name]) => [innerId(withoutPrefix(id, prefix), inner), withoutPrefix(name, prefix)]),
  };
}

export function planDetach(document: PipelineDocument, id: string, given: Catalogue): CommandPlan | Refusal {
  const at = instanceAt(document, id);
  if ('ok' in at) return at;
  const { node, definition } = at;
  const ids = new Set((document.defs ?? []).map((entry) => String((entry as { id?: unknown } | null)?.id)));
  const fresh = freshId(definition.id.replace(/-\d+$/, ''), ids);
  const name = nodeName(document, node, catalogueFor(document, given));
  const own = { ...definition, id: fresh };
  const edits: Edit[] = [
    ...defsEdits(document, [...(document.defs ?? []), own]),
    ...replaceNode(document, node, { ...node, type: subgraphType(fresh) }),
  ];
  return { ok: true, edits: [...edits, ...dropUnused(document, edits)], label: `Make ${name} independent` };
}
