/**
 * Putting a node into a wire, and taking nodes out of the middle of one. Both answer with plain commands that were tried
 * on the document, so that they are refused as a whole or form one step.
 */
import type { DocumentWire, PipelineDocument } from '../document/schema';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import { apply, type Command } from './commands';
import { graphIndex } from './graph-index';
import { outputKind, ownPort } from './sources';
import { downstreamOf } from './topology';

export interface WirePlan {
  readonly label: string;
  readonly commands: readonly Command[];
}

/** Inputs that take `kind`: needed ones first, in their order. */
export function inputsFor(definition: AnyNode, kind: PortKind): readonly string[] {
  const fitting = Object.entries(definition.inputs).filter(([, { kinds }]) => kinds.includes(kind));
  return [...fitting.filter(([, { optional }]) => !optional), ...fitting.filter(([, { optional }]) => optional)].map(
    ([port]) => port,
  );
}

/** Outputs of one of `kinds`: in the order of preference of `kinds`' owner, the most telling first. */
export function outputsFor(definition: AnyNode, kinds: readonly PortKind[]): readonly string[] {
  const fitting = Object.entries(definition.outputs).filter(([, { kind }]) => kinds.includes(kind));
  return fitting
    .map(([port]) => port)
    .sort((a, b) => Number(b === definition.shownFirst) - Number(a === definition.shownFirst));
}

/** Commands that lead `wire` through `node`; null where its ports do not fit, or where it is wired already. */
export function spliceNode(
  document: PipelineDocument,
  catalogue: Catalogue,
  node: string,
  wire: string,
): WirePlan | null {
  const index = graphIndex(document);
  const cut = index.wires.get(wire);
  const own = index.nodes.get(node);
  const target = cut && index.nodes.get(cut.to.node);
  const definition = own && catalogue.get(own.type);
  if (!cut || !definition || !target || index.incoming(node).length + index.outgoing(node).length > 0) return null;
  const given = outputKind(index, catalogue, cut.from);
  const wanted = ownPort(catalogue.get(target.type)?.inputs ?? {}, cut.to.port)?.kinds;
  if (given === null || !wanted) return null;
  const outputs = outputsFor(definition, wanted);
  // What comes out as it went in is what people mean by putting a node into a wire.
  const sameKind = (port: string): boolean => definition.outputs[port]?.kind === given;
  const ordered = [...outputs.filter(sameKind), ...outputs.filter((port) => !sameKind(port))];
  const label = `Put ${own.label || definition.title} into the wire`;
  for (const into of inputsFor(definition, given)) {
    for (const out of ordered) {
      const commands: Command[] = [
        { type: 'disconnect', ids: [wire] },
        { type: 'connect', wire: { from: cut.from, to: { node, port: into } } },
        { type: 'connect', wire: { from: { node, port: out }, to: cut.to, ...orderOf(cut) } },
      ];
      if (apply(document, { type: 'batch', label, commands }, catalogue).ok) return { label, commands };
    }
  }
  return null;
}

const orderOf = ({ order }: DocumentWire) => (order === undefined ? {} : { order });

/**
 * Removes nodes and joins what they stood between: each wire out of them is led back to a value that came in, of the same
 * kind if there is one, else of a kind that its target takes. Where nothing fits, the wire is gone.
 */
export function removeAndHeal(document: PipelineDocument, catalogue: Catalogue, ids: readonly string[]): WirePlan {
  const index = graphIndex(document);
  const gone = new Set(ids);
  const commands: Command[] = [{ type: 'remove-nodes', ids }];
  const names = ids.length === 1 ? 'the node' : `${ids.length} nodes`;
  let joined = 0;
  const done = apply(document, { type: 'remove-nodes', ids }, catalogue);
  let current = done.ok ? done.document : document;
  for (const out of document.wires.filter(({ from, to }) => gone.has(from.node) && !gone.has(to.node))) {
    for (const from of sourcesBehind(document, catalogue, gone, out)) {
      const command: Command = { type: 'connect', wire: { from, to: out.to, ...orderOf(out) } };
      const healed = apply(current, command, catalogue);
      if (!healed.ok) continue;
      // An input that takes one wire keeps the one that it was given first.
      if (healed.document.wires.length === current.wires.length) break;
      commands.push(command);
      current = healed.document;
      joined++;
      break;
    }
  }
  const healed = joined === 0 ? '' : joined === 1 ? ' and join its wire' : ` and join ${joined} wires`;
  return { label: `Remove ${names}${healed}`, commands };

  function sourcesBehind(
    graph: PipelineDocument,
    nodes: Catalogue,
    removed: ReadonlySet<string>,
    wire: DocumentWire,
  ): readonly DocumentWire['from'][] {
    const kind = outputKind(index, nodes, wire.from);
    const target = index.nodes.get(wire.to.node);
    const wanted = target && ownPort(nodes.get(target.type)?.inputs ?? {}, wire.to.port)?.kinds;
    if (!wanted) return [];
    const entering = graph.wires.filter(({ from, to }) => removed.has(to.node) && !removed.has(from.node));
    const reaching = entering.filter(({ to }) => within(graph, removed, to.node).has(wire.from.node));
    const kindOf = ({ from }: DocumentWire) => outputKind(index, nodes, from);
    const fits = reaching.filter((each) => wanted.includes(kindOf(each) as PortKind));
    return [...fits.filter((each) => kindOf(each) === kind), ...fits.filter((each) => kindOf(each) !== kind)].map(
      ({ from }) => ({ node: from.node, port: from.port }),
    );
  }
}

/** What `start` leads to without leaving `nodes`. */
function within(document: PipelineDocument, nodes: ReadonlySet<string>, start: string): ReadonlySet<string> {
  const inner = {
    nodes: document.nodes.filter(({ id }) => nodes.has(id)),
    wires: document.wires.filter(({ from, to }) => nodes.has(from.node) && nodes.has(to.node)),
  };
  return downstreamOf(inner, [start]);
}
