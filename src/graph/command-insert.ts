/** Pasting: nodes with the wires between them, and copies of the wires that lead into them from outside. */
import { freshId, nodeId } from '../core/ids';
import { type Refusal, refuse } from '../core/validity';
import type { DocumentNode, DocumentWire, PipelineDocument, Position } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import { place } from './command-nodes';
import { freshWireId } from './command-wires';
import type { Command, CommandPlan } from './commands';
import { defsEdits, type Edit } from './edits';
import { graphIndex } from './graph-index';
import { nodeName } from './names';
import { bringDefinitions } from './subgraphs/bring';
import { topology } from './topology';

export function planInsert(
  document: PipelineDocument,
  command: Extract<Command, { type: 'insert' }>,
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const index = graphIndex(document);
  const renamed = new Map<string, string>();
  const takenNodes = new Set(index.nodes.keys());
  const brought = bringDefinitions(document, command.defs ?? []);
  const nodes = command.nodes.map((node): DocumentNode => {
    const id = freshId(node.id.replace(/-\d+$/, '') || 'node', takenNodes);
    takenNodes.add(id);
    renamed.set(node.id, id);
    const type = brought.typeOf(node.type);
    // The same object if the id is free: an unknown node then keeps its bytes.
    return id === node.id && type === node.type ? node : { ...node, id, type };
  });
  if (renamed.size !== command.nodes.length) {
    return refuse('insert.duplicate', 'Two of the pasted nodes have the same id.', 'Copy the nodes again.');
  }
  const takenWires = new Set(index.wires.keys());
  const wires: DocumentWire[] = [];
  for (const wire of command.wires) {
    const to = renamed.get(wire.to.node);
    const from = renamed.get(wire.from.node) ?? (index.nodes.has(wire.from.node) ? wire.from.node : undefined);
    if (to === undefined || from === undefined) continue;
    const id = takenWires.has(wire.id) ? freshWireId(from, to, (each) => takenWires.has(each)) : wire.id;
    takenWires.add(id);
    wires.push({ ...wire, id, from: { ...wire.from, node: from }, to: { ...wire.to, node: to } });
  }
  const [loop] = topology({ nodes, wires }).cycles;
  if (loop) {
    const names = loop.map((id) =>
      nodeName({ nodes, wires }, nodes.find((node) => node.id === id) as DocumentNode, catalogue),
    );
    return refuse(
      'connect.cycle',
      `The wires of what is pasted run in a loop: ${[...names, names[0]].join(' → ')}. A pipeline only runs forward.`,
      'Remove one wire of the loop from what is pasted.',
    );
  }
  const positions = Object.entries(command.positions ?? {}).flatMap(([id, position]): [string, Position][] => {
    const fresh = renamed.get(id);
    return fresh === undefined ? [] : [[fresh, position]];
  });
  const edits: Edit[] = [
    ...defsEdits(document, [...(document.defs ?? []), ...brought.fresh]),
    { slot: 'nodes', index: document.nodes.length, remove: 0, insert: nodes },
    { slot: 'wires', index: document.wires.length, remove: 0, insert: wires },
    ...place(document, positions),
  ];
  const [only] = nodes;
  return {
    ok: true,
    edits: nodes.length === 0 ? [] : edits,
    label:
      nodes.length === 1 && only
        ? `Insert ${nodeName({ nodes, wires }, only, catalogue)}`
        : `Insert ${nodes.length} nodes`,
    created: nodes.map((node) => nodeId(node.id)),
  };
}
