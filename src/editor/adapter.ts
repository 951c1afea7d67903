/** The node that makes a refused wire possible: what to add between the two ends, as commands of one step. */
import { freshId } from '../core/ids';
import type { PipelineDocument } from '../document/schema';
import type { WireEnds } from '../graph/can-connect';
import { apply, type Command } from '../graph/commands';
import { graphIndex } from '../graph/graph-index';
import type { Catalogue } from '../kit/define-node';

export interface AdapterOffer {
  /** "Add Spike readout between" */
  readonly label: string;
  readonly commands: readonly Command[];
}

/** The first candidate that takes what comes and gives what is wanted; null if none does. */
export function adapterCommands(
  document: PipelineDocument,
  catalogue: Catalogue,
  { from, to }: WireEnds,
  types: readonly string[],
): AdapterOffer | null {
  const { nodes } = graphIndex(document);
  const source = nodes.get(from.node);
  const target = nodes.get(to.node);
  const given = source && catalogue.get(source.type)?.outputs[from.port]?.kind;
  const wanted = target && catalogue.get(target.type)?.inputs[to.port]?.kinds;
  if (!given || !wanted) return null;
  for (const type of types) {
    const definition = catalogue.get(type);
    if (!definition) continue;
    const input = Object.keys(definition.inputs).find((port) => definition.inputs[port]?.kinds.includes(given));
    const output = Object.entries(definition.outputs).find(([, { kind }]) => wanted.includes(kind))?.[0];
    if (input === undefined || output === undefined) continue;
    const id = freshId(type.slice(type.indexOf('.') + 1), (taken) => nodes.has(taken));
    const commands: Command[] = [
      { type: 'add-node', node: { id, type }, position: between(document, from.node, to.node) },
      { type: 'connect', wire: { from, to: { node: id, port: input } } },
      { type: 'connect', wire: { from: { node: id, port: output }, to } },
    ];
    const label = `Add ${definition.title} between`;
    if (apply(document, { type: 'batch', label, commands }, catalogue).ok) return { label, commands };
  }
  return null;
}

function between(document: PipelineDocument, from: string, to: string): { x: number; y: number } {
  const positions = document.ui?.positions ?? {};
  const [a, b] = [positions[from] ?? { x: 0, y: 0 }, positions[to] ?? { x: 0, y: 0 }];
  return { x: Math.round((a.x + b.x) / 2), y: Math.round((a.y + b.y) / 2) + 60 };
}
