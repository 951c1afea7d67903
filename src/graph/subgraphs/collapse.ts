/**
 * Nodes into a subgraph. Every output that feeds one of them from outside becomes one input port, every output of theirs
 * that is used outside one output port; where nothing leaves, the outputs of nodes that feed nothing do. Wires keep their
 * ids on the side of their end, and with them their place in variadic inputs.
 */
import { freshId, nodeId } from '../../core/ids';
import { type Refusal, refuse } from '../../core/validity';
import type {
  DocumentNode,
  DocumentWire,
  PipelineDocument,
  Position,
  Subgraph,
  SubgraphPort,
} from '../../document/schema';
import {
  innerId,
  inputsNode,
  isBoundary,
  outputsNode,
  pathOf,
  prefixOf,
  subgraphType,
  withoutPrefix,
} from '../../document/subgraphs';
import type { Catalogue } from '../../kit/define-node';
import { noNode, place } from '../command-nodes';
import { freshWireId } from '../command-wires';
import type { CommandPlan } from '../commands';
import { applyEdits, defsEdits, type Edit, removals } from '../edits';
import { type GraphIndex, graphIndex } from '../graph-index';
import { nodeName } from '../names';
import { outputKind, ownPort } from '../sources';
import { downstreamOf, upstreamOf } from '../topology';
import { catalogueFor } from './catalogue';
import type { SubgraphCommand } from './command-types';

interface Border {
  readonly inputs: SubgraphPort[];
  readonly outputs: SubgraphPort[];
  /** Of the subgraph, ids and ends as inside. */
  readonly inner: DocumentWire[];
  /** Between the instance and what stays. */
  readonly outer: DocumentWire[];
}

export function planCollapse(
  document: PipelineDocument,
  { ids, name }: Extract<SubgraphCommand, { type: 'collapse' }>,
  given: Catalogue,
): CommandPlan | Refusal {
  const catalogue = catalogueFor(document, given);
  const index = graphIndex(document);
  const chosen = new Set(ids);
  const missing = ids.find((id) => !index.nodes.has(id));
  if (missing !== undefined) return noNode(missing);
  const members = document.nodes.filter(({ id }) => chosen.has(id));
  if (members.length === 0)
    return refuse('collapse.nothing', 'Nothing is selected to put into a subgraph.', 'Select some nodes first.');
  if (members.some(({ type }) => isBoundary(type))) {
    return refuse(
      'subgraph.boundary',
      'The ports of this subgraph cannot go into another one.',
      'Select only the nodes between them.',
    );
  }
  const loop = detour(document, catalogue, chosen);
  if (loop) return loop;

  const prefix = prefixOf(pathOf(document));
  const taken = new Set((document.defs ?? []).map((entry) => String((entry as { id?: unknown } | null)?.id)));
  const title =
    name?.trim() || (members.length === 1 ? nodeName(document, members[0] as DocumentNode, catalogue) : 'Subgraph');
  const id = freshId(slug(title), taken);
  const instance = freshId(id, (each) => index.nodes.has(each) || index.nodes.has(prefix + each));
  const border = drawBorder(document, index, catalogue, chosen, instance, (each) => withoutPrefix(each, prefix));
  if ('ok' in border) return border;

  const places = members.flatMap((node): [string, Position][] => {
    const at = document.ui?.positions?.[node.id];
    return at ? [[withoutPrefix(node.id, prefix), at]] : [];
  });
  const typeOf = (local: string) => members.find((node) => withoutPrefix(node.id, prefix) === local)?.type;
  const definition: Subgraph = {
    id,
    name: title.slice(0, 200),
    inputs: border.inputs,
    outputs: border.outputs,
    nodes: members.map((node) => (prefix === '' ? node : { ...node, id: withoutPrefix(node.id, prefix) })),
    wires: border.inner,
    ...(through(border, typeOf, catalogue) ?? {}),
    ui: { positions: Object.fromEntries(places) },
  };
  const centre = freePlace(
    document,
    chosen,
    places.map(([, at]) => at),
  );
  const at = <T>(list: readonly T[], test: (entry: T) => boolean): number[] =>
    list.flatMap((entry, i) => (test(entry) ? [i] : []));
  const first = document.nodes.findIndex((node) => chosen.has(node.id));
  const crossing = (wire: DocumentWire): boolean => chosen.has(wire.from.node) || chosen.has(wire.to.node);
  const firstWire = document.wires.findIndex(crossing);
  const edits: Edit[] = [
    ...defsEdits(document, [...(document.defs ?? []), definition]),
    ...removals('wires', at(document.wires, crossing)),
    ...removals(
      'nodes',
      at(document.nodes, (node) => chosen.has(node.id)),
    ),
    ...removals(
      'positions',
      at(Object.keys(document.ui?.positions ?? {}), (each) => chosen.has(each)),
    ),
    { slot: 'nodes', index: first, remove: 0, insert: [{ id: instance, type: subgraphType(id), v: 1, params: {} }] },
    { slot: 'wires', index: Math.max(0, firstWire), remove: 0, insert: border.outer },
  ];
  // Placed on what the edits so far have left.
  if (centre) edits.push(...place(applyEdits(document, edits).document, [[instance, centre]]));
  const count = members.length === 1 ? '1 node' : `${members.length} nodes`;
  return {
    ok: true,
    edits,
    label: `Collapse ${count} to “${definition.name}”`,
    created: [nodeId(instance)],
    moved: definition.nodes.map(({ id: inner }) => [inner, innerId(instance, inner)]),
  };
}

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'subgraph';

const middle = (places: readonly Position[]): Position | null =>
  places.length === 0
    ? null
    : {
        x: Math.round(places.reduce((sum, { x }) => sum + x, 0) / places.length),
        y: Math.round(places.reduce((sum, { y }) => sum + y, 0) / places.length),
      };

/** A way out of the selection and back in: as one node it would be wired to itself. */
function detour(document: PipelineDocument, catalogue: Catalogue, chosen: ReadonlySet<string>): Refusal | null {
  const index = graphIndex(document);
  const after = downstreamOf(document, chosen);
  const before = upstreamOf(document, chosen);
  const between = [...index.nodes.values()].filter(
    ({ id }) => !chosen.has(id) && after.has(nodeId(id)) && before.has(nodeId(id)),
  );
  const [first] = between;
  if (!first) return null;
  const names = between.slice(0, 3).map((node) => nodeName(document, node, catalogue));
  const more = between.length > 3 ? ` and ${between.length - 3} more` : '';
  return refuse(
    'collapse.cycle',
    `The selection cannot become one node: wires leave it to ${names.join(', ')}${more} and come back, which would close a loop.`,
    `Select ${between.length === 1 ? 'that node' : 'those nodes'} too.`,
  );
}

function drawBorder(
  document: PipelineDocument,
  index: GraphIndex,
  catalogue: Catalogue,
  chosen: ReadonlySet<string>,
  instance: string,
  local: (id: string) => string,
): Border | Refusal {
  const inputs: SubgraphPort[] = [];
  const outputs: SubgraphPort[] = [];
  const inner: DocumentWire[] = [];
  const outer: DocumentWire[] = [];
  const portIds = { inputs: new Set<string>(), outputs: new Set<string>() };
  const sources = new Map<string, SubgraphPort>();
  const results = new Map<string, SubgraphPort>();
  const gone = new Set(
    document.wires.filter(({ from, to }) => chosen.has(from.node) || chosen.has(to.node)).map(({ id }) => id),
  );
  const wireIds = new Set(document.wires.map(({ id }) => id).filter((id) => !gone.has(id)));
  const specOf = ({ node, port }: DocumentWire['to']) => {
    const target = index.nodes.get(node);
    return ownPort(target ? (catalogue.get(target.type)?.inputs ?? {}) : {}, port);
  };
  const outputLabel = ({ node, port }: DocumentWire['from']): string => {
    const source = index.nodes.get(node);
    return ownPort(source ? (catalogue.get(source.type)?.outputs ?? {}) : {}, port)?.label ?? port;
  };
  const newPort = (side: 'inputs' | 'outputs', base: string, label: string, kind: string): SubgraphPort => {
    const id = freshId(slug(base), portIds[side]);
    portIds[side].add(id);
    const names = new Set((side === 'inputs' ? inputs : outputs).map((port) => port.name));
    let name = label;
    for (let n = 2; names.has(name); n++) name = `${label} ${n}`;
    return { id, name, kind };
  };

  for (const wire of document.wires) {
    const { from, to } = wire;
    const [leaves, enters] = [chosen.has(from.node), chosen.has(to.node)];
    if (!leaves && !enters) continue;
    if (leaves && enters) {
      inner.push({
        ...wire,
        id: local(wire.id),
        from: { ...from, node: local(from.node) },
        to: { ...to, node: local(to.node) },
      });
      continue;
    }
    const spec = specOf(to);
    const kind = outputKind(index, catalogue, from) ?? spec?.kinds[0];
    if (kind === undefined) {
      return refuse(
        'collapse.unknown-kind',
        `What flows from "${from.node}" to "${to.node}" is not known, so the port between them would have no type.`,
        'Select both of them, or neither.',
      );
    }
    const end = JSON.stringify([from.node, from.port]);
    if (enters) {
      let port = sources.get(end);
      if (!port) {
        port = newPort('inputs', to.port, spec?.label ?? to.port, kind);
        sources.set(end, port);
        inputs.push(port);
        const id = freshWireId(from.node, instance, (each) => wireIds.has(each));
        wireIds.add(id);
        outer.push({ id, from, to: { node: instance, port: port.id } });
      }
      inner.push({
        ...wire,
        id: local(wire.id),
        from: { node: inputsNode, port: port.id },
        to: { ...to, node: local(to.node) },
      });
    } else {
      const port = results.get(end) ?? newPort('outputs', from.port, outputLabel(from), kind);
      if (!results.has(end)) outputs.push(port);
      results.set(end, port);
      wireIds.add(wire.id);
      outer.push({ ...wire, from: { node: instance, port: port.id } });
    }
  }
  const needed = new Set(
    inner
      .filter(({ from }) => from.node === inputsNode)
      .flatMap((wire) => {
        const original = document.wires.find(({ id }) => local(id) === wire.id);
        return original && !specOf(original.to)?.optional ? [wire.from.port] : [];
      }),
  );
  const ends: [string, DocumentWire['from']][] = [...results].map(([key, port]) => {
    const [node, name] = JSON.parse(key) as [string, string];
    return [port.id, { node, port: name }];
  });
  if (outputs.length === 0) {
    for (const node of document.nodes.filter(({ id }) => chosen.has(id) && index.outgoing(id).length === 0)) {
      for (const [port, spec] of Object.entries(catalogue.get(node.type)?.outputs ?? {})) {
        const made = newPort('outputs', port, spec.label, spec.kind);
        outputs.push(made);
        ends.push([made.id, { node: node.id, port }]);
      }
    }
  }
  const innerIds = new Set(inner.map(({ id }) => id));
  for (const [port, from] of ends) {
    const id = freshWireId(local(from.node), 'outputs', (each) => innerIds.has(each));
    innerIds.add(id);
    inner.push({ id, from: { node: local(from.node), port: from.port }, to: { node: outputsNode, port } });
  }
  return {
    inputs: inputs.map((port) => (needed.has(port.id) ? port : { ...port, optional: true })),
    outputs,
    inner,
    outer,
  };
}

/** What a bypass hands on: where the nodes inside pass on what they get, followed from each output back to an input. */
function through(
  { inputs, outputs, inner }: Border,
  typeOf: (id: string) => string | undefined,
  catalogue: Catalogue,
): { through: Record<string, string> } | null {
  const into = (node: string, port: string) => inner.find(({ to }) => to.node === node && to.port === port)?.from;
  const pairs = outputs.flatMap((output): [string, string][] => {
    let from = into(outputsNode, output.id);
    while (from && from.node !== inputsNode) {
      const handed = catalogue.get(typeOf(from.node) ?? '')?.bypass?.[from.port];
      from = handed === undefined ? undefined : into(from.node, handed);
    }
    const input = inputs.find(({ id, kind }) => id === from?.port && kind === output.kind);
    return input ? [[output.id, input.id]] : [];
  });
  return pairs.length === 0 ? null : { through: Object.fromEntries(pairs) };
}

/** About the size of a card. */
const card = { width: 280, height: 330 };

/** The middle of what goes, or a place of one that goes, where it lies on nothing that stays. */
function freePlace(
  document: PipelineDocument,
  chosen: ReadonlySet<string>,
  places: readonly Position[],
): Position | null {
  const centre = middle(places);
  if (!centre) return null;
  const others = Object.entries(document.ui?.positions ?? {}).filter(([id]) => !chosen.has(id));
  const isFree = (at: Position): boolean =>
    others.every(([, { x, y }]) => Math.abs(x - at.x) >= card.width || Math.abs(y - at.y) >= card.height);
  return [centre, ...places].find(isFree) ?? centre;
}
