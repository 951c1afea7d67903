/** Commands on a definition: its name, its ports, its promoted parameters, what a bypass hands on. */
import { canonicalJson, type JsonObject } from '../../core/canonical-json';
import { type Refusal, refuse } from '../../core/validity';
import type {
  DocumentNode,
  DocumentWire,
  PipelineDocument,
  PromotedParam,
  Subgraph,
  SubgraphPort,
} from '../../document/schema';
import { definitionsOf, inputsNode, outputsNode, subgraphType } from '../../document/subgraphs';
import type { Catalogue } from '../../kit/define-node';
import { migrateParams } from '../check-params';
import type { CommandPlan } from '../commands';
import { defsEdits, type Edit, removals } from '../edits';
import { catalogueFor } from './catalogue';
import type { DefinitionCommand } from './command-types';

export function planDefinition(
  document: PipelineDocument,
  command: DefinitionCommand,
  given: Catalogue,
): CommandPlan | Refusal {
  const definition = definitionsOf(document).byId.get(command.subgraph);
  if (!definition) {
    return refuse(
      'subgraph.missing',
      `There is no subgraph "${command.subgraph}".`,
      'It may have been removed with its last instance.',
    );
  }
  switch (command.type) {
    case 'rename-subgraph':
      return planRename(document, definition, command.name);
    case 'set-ports':
      return planPorts(document, definition, command.side, command.ports);
    case 'set-promoted':
      return planPromoted(document, definition, command.params, catalogueFor(document, given));
    case 'set-through':
      return planThrough(document, definition, command.through);
  }
}

const swap = (document: PipelineDocument, before: Subgraph, now: Subgraph): Edit[] =>
  defsEdits(
    document,
    (document.defs ?? []).map((entry) => (entry === before ? now : entry)),
  );

function planRename(document: PipelineDocument, definition: Subgraph, name: string): CommandPlan | Refusal {
  const text = name.trim();
  if (text === '' || text.length > 200)
    return refuse('subgraph.name', 'The name of a subgraph has 1 to 200 characters.', 'Choose another name.');
  const label = `Rename the subgraph to “${text}”`;
  return {
    ok: true,
    edits: text === definition.name ? [] : swap(document, definition, { ...definition, name: text }),
    label,
  };
}

function planPorts(
  document: PipelineDocument,
  definition: Subgraph,
  side: 'inputs' | 'outputs',
  ports: readonly SubgraphPort[],
): CommandPlan | Refusal {
  const before = definition[side];
  const ids = new Set(ports.map(({ id }) => id));
  if (ids.size !== ports.length)
    return refuse('port.duplicate', 'Two ports of a subgraph cannot have the same id.', 'Add the port again.');
  const empty = ports.find(({ name }) => name.trim() === '');
  if (empty) return refuse('port.name', 'A port needs a name.', 'Write at least one character.');
  const changed = ports.find((port) => before.some(({ id, kind }) => id === port.id && kind !== port.kind));
  if (changed) {
    return refuse(
      'port.kind',
      `"${changed.name}" cannot change what flows through it.`,
      'Remove the port and add one of the other kind.',
    );
  }
  const label =
    ports.length > before.length
      ? `Add a port to ${definition.name}`
      : ports.length < before.length
        ? `Remove a port of ${definition.name}`
        : `Change the ports of ${definition.name}`;
  if (canonicalJson(ports as never) === canonicalJson(before as never)) return { ok: true, edits: [], label };

  const isGone = (port: string): boolean => before.some(({ id }) => id === port) && !ids.has(port);
  const inside = ({ from, to }: DocumentWire): boolean =>
    side === 'inputs' ? from.node === inputsNode && isGone(from.port) : to.node === outputsNode && isGone(to.port);
  const type = subgraphType(definition.id);
  /** Wires at instances on the body's level that lead to a port that is gone. */
  const outside = ({ nodes }: { readonly nodes: readonly DocumentNode[] }) => {
    const instances = new Set(nodes.filter((node) => node.type === type).map(({ id }) => id));
    return ({ from, to }: DocumentWire): boolean =>
      side === 'inputs' ? instances.has(to.node) && isGone(to.port) : instances.has(from.node) && isGone(from.port);
  };
  const atRoot = outside(document);
  const gone = document.wires.flatMap((wire, index) => (atRoot(wire) ? [index] : []));
  const { byId } = definitionsOf(document);
  const defs = (document.defs ?? []).map((entry) => {
    const id = (entry as { id?: unknown } | null)?.id;
    const each = typeof id === 'string' && byId.get(id) === entry ? (entry as Subgraph) : null;
    if (!each) return entry;
    const falls = outside(each);
    const wires = each.wires.filter((wire) => !falls(wire) && !(each === definition && inside(wire)));
    const kept = wires.length === each.wires.length ? each.wires : wires;
    if (each !== definition) return kept === each.wires ? each : { ...each, wires: kept };
    const pairs = Object.entries(each.through ?? {}).filter(
      ([output, input]) => !isGone(side === 'inputs' ? input : output),
    );
    return {
      ...each,
      [side]: [...ports],
      wires: kept,
      ...(each.through ? { through: Object.fromEntries(pairs) } : {}),
    };
  });
  return { ok: true, edits: [...removals('wires', gone), ...defsEdits(document, defs)], label };
}

function planPromoted(
  document: PipelineDocument,
  definition: Subgraph,
  params: readonly PromotedParam[],
  catalogue: Catalogue,
): CommandPlan | Refusal {
  for (const { node: id, param, label = param } of params) {
    const node = definition.nodes.find((entry) => entry.id === id);
    if (!node || !catalogue.get(node.type)?.params[param])
      return refuse('promote.unknown', `There is no parameter "${label}" inside to show.`, 'Choose one of the list.');
  }
  if (new Set(params.map(({ id }) => id)).size !== params.length)
    return refuse('promote.duplicate', 'Two shown parameters cannot have the same id.', 'Add the parameter again.');
  const label = `Change what ${definition.name} shows`;
  const kept = new Set(params.map(({ id }) => id));
  const dropped = (definition.params ?? []).map(({ id }) => id).filter((id) => !kept.has(id));
  const type = subgraphType(definition.id);
  const without = (node: DocumentNode): DocumentNode => {
    if (node.type !== type || !dropped.some((id) => Object.hasOwn(node.params, id))) return node;
    return { ...node, params: Object.fromEntries(Object.entries(node.params).filter(([id]) => !dropped.includes(id))) };
  };
  // A value set from outside means the current version of the inner node.
  const shown = new Set(params.map(({ node }) => node));
  const current = (node: DocumentNode): DocumentNode => {
    const known = shown.has(node.id) ? catalogue.get(node.type) : undefined;
    if (!known || node.v >= known.version) return node;
    return {
      ...node,
      v: known.version,
      params: migrateParams(known, node.v, node.params as JsonObject) as DocumentNode['params'],
    };
  };
  const { byId } = definitionsOf(document);
  const defs = (document.defs ?? []).map((entry) => {
    const id = (entry as { id?: unknown } | null)?.id;
    const each = typeof id === 'string' && byId.get(id) === entry ? (entry as Subgraph) : null;
    if (!each) return entry;
    const nodes = each.nodes.map((node) => (each === definition ? current(without(node)) : without(node)));
    const same = nodes.every((node, i) => node === each.nodes[i]);
    if (each !== definition) return same ? each : { ...each, nodes };
    return { ...each, params: [...params], ...(same ? {} : { nodes }) };
  });
  const edits: Edit[] = document.nodes.flatMap((node, index): Edit[] => {
    const bare = without(node);
    return bare === node ? [] : [{ slot: 'nodes', index, remove: 1, insert: [bare] }];
  });
  return { ok: true, edits: [...edits, ...defsEdits(document, defs)], label };
}

function planThrough(
  document: PipelineDocument,
  definition: Subgraph,
  through: Readonly<Record<string, string>>,
): CommandPlan | Refusal {
  for (const [output, input] of Object.entries(through)) {
    const given = definition.inputs.find(({ id }) => id === input);
    const wanted = definition.outputs.find(({ id }) => id === output);
    if (!given || !wanted || given.kind !== wanted.kind) {
      return refuse(
        'through.kind',
        `"${given?.name ?? input}" cannot pass to "${wanted?.name ?? output}": they are not of one kind.`,
        'Choose an input of the same kind.',
      );
    }
  }
  return {
    ok: true,
    edits: swap(document, definition, { ...definition, through: { ...through } }),
    label: `Change what passes through ${definition.name}`,
  };
}
