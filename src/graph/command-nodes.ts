/** Commands on nodes as a whole: add, remove, name, switch off, move; and the title of the document. */
import { freshId, nodeId } from '../core/ids';
import { type Refusal, refuse } from '../core/validity';
import type { DocumentNode, PipelineDocument, Position } from '../document/schema';
import { withMembers } from '../document/source-text';
import type { Catalogue } from '../kit/define-node';
import { checkParams } from './check-params';
import type { Command, CommandPlan, NodeMode } from './commands';
import { type Edit, ensurePositions, removals } from './edits';
import { withoutMembers } from './frame-members';
import { graphIndex } from './graph-index';
import { nodeName } from './names';
import { bypassRefusal } from './sources';
import { dropUnused } from './subgraphs/unused';

export const noNode = (id: string): Refusal =>
  refuse('node.missing', `There is no node "${id}".`, 'It may have been removed; choose a node of this pipeline.');

const nothing = (label: string): CommandPlan => ({ ok: true, edits: [], label });

/** Members in the order of a file that we write; others stay behind them. */
export function inOrder<T extends object>(
  object: T,
  keys: readonly string[],
  set: Readonly<Record<string, unknown>>,
): T {
  const members = Object.entries(object).filter(([key]) => !(key in set && set[key] === undefined));
  for (const [key, value] of Object.entries(set)) {
    if (value === undefined) continue;
    const present = members.findIndex(([name]) => name === key);
    if (present >= 0) {
      members[present] = [key, value];
      continue;
    }
    // Before the first member that belongs behind it, so that the order does not tell the order of edits.
    const later = new Set(keys.slice(keys.indexOf(key) + 1));
    const before = keys.includes(key) ? members.findIndex(([name]) => later.has(name)) : -1;
    members.splice(before < 0 ? members.length : before, 0, [key, value]);
  }
  return withMembers(object, members);
}

const nodeKeys = ['id', 'type', 'v', 'params', 'mode', 'label'];

/** The edit that puts `changed` in the place of `node`. */
export function replaceNode(document: PipelineDocument, node: DocumentNode, changed: DocumentNode): Edit[] {
  const index = document.nodes.indexOf(node);
  return [{ slot: 'nodes', index, remove: 1, insert: [changed] }];
}

/** "balanced-snn" of "encoder.balanced-snn": what a fresh id is made of. */
const idBase = (type: string): string =>
  (type.includes('.') ? type.slice(type.indexOf('.') + 1) : type).slice(0, 100) || 'node';

export function planAddNode(
  document: PipelineDocument,
  { node: draft, position }: Extract<Command, { type: 'add-node' }>,
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const definition = catalogue.get(draft.type);
  if (!definition) {
    return refuse(
      'node.unknown-type',
      `This version of Spikeloom has no node type "${draft.type}".`,
      'Choose a node from the palette.',
    );
  }
  const { nodes } = graphIndex(document);
  if (draft.id !== undefined && nodes.has(draft.id)) {
    return refuse('node.duplicate', `There is already a node "${draft.id}".`, 'Choose another id, or leave it out.');
  }
  if (draft.id === '' || (draft.id?.length ?? 0) > 120) {
    return refuse('node.id', 'The id of a node has 1 to 120 characters.', 'Choose another id, or leave it out.');
  }
  const version = draft.v ?? definition.version;
  if (version === definition.version) {
    const bad = checkParams(definition, draft.params ?? {}).problems.find((problem) => problem.severity === 'error');
    if (bad) return refuse(bad.code, bad.reason, bad.cure);
  }
  const id = draft.id ?? freshId(idBase(draft.type), (taken) => nodes.has(taken));
  const { id: _id, type, v: _v, params, mode, label, ...rest } = draft;
  const node: DocumentNode = {
    id,
    type,
    v: version,
    params: { ...params } as DocumentNode['params'],
    ...(mode === undefined || mode === 'on' ? {} : { mode }),
    ...(label ? { label } : {}),
    ...rest,
  };
  const edits: Edit[] = [{ slot: 'nodes', index: document.nodes.length, remove: 0, insert: [node] }];
  if (position) edits.push(...place(document, [[id, position]]));
  return { ok: true, edits, label: `Add ${definition.title}`, created: [nodeId(id)] };
}

export function planRemove(
  document: PipelineDocument,
  ids: readonly string[],
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const { nodes } = graphIndex(document);
  const missing = ids.find((id) => !nodes.has(id));
  if (missing !== undefined) return noNode(missing);
  const gone = new Set(ids);
  const at = <T>(list: readonly T[], test: (entry: T) => boolean): number[] =>
    list.flatMap((entry, index) => (test(entry) ? [index] : []));
  const first = ids[0] === undefined ? undefined : nodes.get(ids[0]);
  const edits: Edit[] = [
    ...removals(
      'wires',
      at(document.wires, (wire) => gone.has(wire.from.node) || gone.has(wire.to.node)),
    ),
    ...removals(
      'nodes',
      at(document.nodes, (node) => gone.has(node.id)),
    ),
    ...removals(
      'positions',
      at(Object.keys(document.ui?.positions ?? {}), (id) => gone.has(id)),
    ),
  ];
  return {
    ok: true,
    edits: [...edits, ...withoutMembers(document, gone), ...dropUnused(document, edits)],
    label: gone.size === 1 && first ? `Remove ${nodeName(document, first, catalogue)}` : `Remove ${gone.size} nodes`,
  };
}

export function planLabel(
  document: PipelineDocument,
  id: string,
  label: string | undefined,
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const node = graphIndex(document).nodes.get(id);
  if (!node) return noNode(id);
  const text = label?.trim() || undefined;
  if (text !== undefined && text.length > 200) {
    return refuse('label.too-long', `A label has at most 200 characters, this one ${text.length}.`, 'Shorten it.');
  }
  const said = text === undefined ? `Reset the name of ${nodeName(document, node, catalogue)}` : `Rename to “${text}”`;
  if (node.label === text) return nothing(said);
  return { ok: true, edits: replaceNode(document, node, inOrder(node, nodeKeys, { label: text })), label: said };
}

const modeVerbs: Readonly<Record<NodeMode, string>> = { on: 'Switch on', mute: 'Mute', bypass: 'Bypass' };

export function planMode(
  document: PipelineDocument,
  id: string,
  mode: NodeMode,
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const node = graphIndex(document).nodes.get(id);
  if (!node) return noNode(id);
  const refusal = mode === 'bypass' ? bypassRefusal(document, catalogue, id) : null;
  if (refusal)
    return refuse(
      'mode.bypass',
      `${nodeName(document, node, catalogue)} cannot be bypassed. ${refusal}`,
      'Mute it, or rewire what follows.',
    );
  const label = `${modeVerbs[mode]} ${nodeName(document, node, catalogue)}`;
  if ((node.mode ?? 'on') === mode) return nothing(label);
  return {
    ok: true,
    edits: replaceNode(document, node, inOrder(node, nodeKeys, { mode: mode === 'on' ? undefined : mode })),
    label,
  };
}

export function planMove(
  document: PipelineDocument,
  positions: Readonly<Record<string, Position>>,
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const { nodes } = graphIndex(document);
  const moved: [string, Position][] = [];
  for (const [id, position] of Object.entries(positions)) {
    if (!nodes.has(id)) return noNode(id);
    if (!Number.isFinite(position.x) || !Number.isFinite(position.y)) {
      return refuse('position.not-a-number', `The position of "${id}" is not a number.`, 'Give x and y as numbers.');
    }
    const old = document.ui?.positions?.[id];
    if (old?.x !== position.x || old.y !== position.y) moved.push([id, position]);
  }
  const only = moved.length === 1 && moved[0] ? nodes.get(moved[0][0]) : undefined;
  const label = only ? `Move ${nodeName(document, only, catalogue)}` : `Move ${moved.length} nodes`;
  return { ok: true, edits: place(document, moved), label };
}

/** Edits that set positions: entries that are there stay where they are, new ones come last. One splice, whatever moves. */
export function place(document: PipelineDocument, positions: readonly (readonly [string, Position])[]): Edit[] {
  if (positions.length === 0) return [];
  const wanted = new Map(positions);
  const entries = Object.entries(document.ui?.positions ?? {});
  const touched = entries.flatMap(([id], index) => (wanted.has(id) ? [index] : []));
  const added = positions.filter(([id]) => !entries.some(([known]) => known === id));
  const start = touched[0] ?? entries.length;
  const end = added.length > 0 ? entries.length : (touched[touched.length - 1] ?? start - 1) + 1;
  const between = entries.slice(start, end).map(([id, old]): [string, Position] => {
    const position = wanted.get(id);
    // Other fields of the entry (a size, a colour) stay.
    return [id, position ? { ...old, x: position.x, y: position.y } : old];
  });
  const fresh = added.map(([id, { x, y }]): [string, Position] => [id, { x, y }]);
  return [
    ...ensurePositions(document),
    { slot: 'positions', index: start, remove: end - start, insert: [...between, ...fresh] },
  ];
}

export function planTitle(document: PipelineDocument, title: string): CommandPlan | Refusal {
  const text = title.trim();
  if (text === '') return refuse('title.empty', 'A pipeline needs a title.', 'Write at least one character.');
  if (text.length > 300) {
    return refuse('title.too-long', `A title has at most 300 characters, this one ${text.length}.`, 'Shorten it.');
  }
  if (text === document.title) return nothing('Rename the pipeline');
  return { ok: true, edits: [{ slot: 'title', value: text }], label: `Rename the pipeline to “${text}”` };
}
