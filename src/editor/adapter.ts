/** The node that makes a refused wire possible: what to add between the two ends, as commands of one step. */
import { freshId } from '../core/ids';
import type { PipelineDocument } from '../document/schema';
import { findAdapterPairs } from '../graph/adapters';
import type { WireEnds } from '../graph/can-connect';
import { apply, type Command } from '../graph/commands';
import { graphIndex } from '../graph/graph-index';
import { inputsFor, outputsFor } from '../graph/splice';
import type { Catalogue } from '../kit/define-node';

export interface AdapterOffer {
  /** "Add Spike readout between" */
  readonly label: string;
  readonly commands: readonly Command[];
}

/** The first candidate that takes what comes and gives what is wanted, else the first two in a row; null if none does. */
export function adapterCommands(
  document: PipelineDocument,
  catalogue: Catalogue,
  ends: WireEnds,
  types: readonly string[],
): AdapterOffer | null {
  const { from, to } = ends;
  const { nodes } = graphIndex(document);
  const source = nodes.get(from.node);
  const target = nodes.get(to.node);
  const given = source && catalogue.get(source.type)?.outputs[from.port]?.kind;
  const wanted = target && catalogue.get(target.type)?.inputs[to.port]?.kinds;
  if (!given || !wanted || wanted.includes(given)) return null;
  for (const type of types) {
    const offer = chain(document, catalogue, ends, [type]);
    if (offer) return offer;
  }
  for (const pair of findAdapterPairs(catalogue, given, wanted).slice(0, pairsTried)) {
    const offer = chain(document, catalogue, ends, pair);
    if (offer) return offer;
  }
  return null;
}

/** Each pair is tried on the document: more than these would be felt. */
const pairsTried = 12;

/** Nodes of these types in a row between the ends; null where one of them does not fit. */
function chain(
  document: PipelineDocument,
  catalogue: Catalogue,
  { from, to }: WireEnds,
  types: readonly string[],
): AdapterOffer | null {
  const taken = new Set(graphIndex(document).nodes.keys());
  const definitions = types.flatMap((type) => catalogue.get(type) ?? []);
  const wanted = catalogue.get(graphIndex(document).nodes.get(to.node)?.type ?? '')?.inputs[to.port]?.kinds ?? [];
  const commands: Command[] = [];
  let end = from;
  let kind = catalogue.get(graphIndex(document).nodes.get(from.node)?.type ?? '')?.outputs[from.port]?.kind;
  for (const [place, definition] of definitions.entries()) {
    const next = definitions[place + 1];
    const takes = next ? Object.values(next.inputs).flatMap(({ kinds }) => kinds) : wanted;
    const into = kind && inputsFor(definition, kind)[0];
    const out = outputsFor(definition, takes)[0];
    if (into === undefined || out === undefined) return null;
    const id = freshId(definition.type.slice(definition.type.indexOf('.') + 1), taken);
    taken.add(id);
    const position = between(document, from.node, to.node, (place + 1) / (definitions.length + 1));
    commands.push({ type: 'add-node', node: { id, type: definition.type }, position });
    commands.push({ type: 'connect', wire: { from: end, to: { node: id, port: into } } });
    end = { node: id, port: out };
    kind = definition.outputs[out]?.kind;
  }
  commands.push({ type: 'connect', wire: { from: end, to } });
  const label = `Add ${definitions.map(({ title }) => title).join(' and ')} between`;
  return apply(document, { type: 'batch', label, commands }, catalogue).ok ? { label, commands } : null;
}

/** On the way from one node to the other. */
function between(document: PipelineDocument, from: string, to: string, share: number): { x: number; y: number } {
  const positions = document.ui?.positions ?? {};
  const [a, b] = [positions[from] ?? { x: 0, y: 0 }, positions[to] ?? { x: 0, y: 0 }];
  return { x: Math.round(a.x + (b.x - a.x) * share), y: Math.round(a.y + (b.y - a.y) * share) + 60 };
}
