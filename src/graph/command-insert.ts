/**
 * Pasting: nodes with the wires between them, copies of the wires that lead into them from outside, frames around them and
 * notes.
 */
import type { JsonValue } from '../core/canonical-json';
import { freshId, nodeId } from '../core/ids';
import { type Refusal, refuse } from '../core/validity';
import { framesOf, notesOf } from '../document/canvas-objects';
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
    ...drawnEdits(document, command, renamed),
  ];
  const [only] = nodes;
  const drawn = (command.frames?.length ?? 0) + (command.notes?.length ?? 0);
  return {
    ok: true,
    edits: nodes.length + drawn === 0 ? [] : edits,
    label:
      nodes.length === 1 && only && drawn === 0
        ? `Insert ${nodeName({ nodes, wires }, only, catalogue)}`
        : `Insert ${countInserted(nodes.length, command)}`,
    created: nodes.map((node) => nodeId(node.id)),
  };
}

type Drawn = Pick<Extract<Command, { type: 'insert' }>, 'frames' | 'notes'>;

/** Frames and notes under fresh ids, the nodes of frames under the ids that these got. */
function drawnEdits(document: PipelineDocument, drawn: Drawn, renamed: ReadonlyMap<string, string>): Edit[] {
  const fresh = <T extends { readonly id: string }>(known: readonly T[], added: readonly T[] = []) => {
    const taken = new Set(known.map(({ id }) => id));
    const ids = new Map<string, string>();
    const objects = added.map((each) => {
      const id = freshId(each.id.replace(/-\d+$/, '') || 'copy', taken);
      taken.add(id);
      ids.set(each.id, id);
      return id === each.id ? each : { ...each, id };
    });
    return { ids, objects };
  };
  const boxes = fresh(framesOf(document), drawn.frames);
  const { ids: noteIds, objects: notes } = fresh(notesOf(document), drawn.notes);
  const within = (ids: readonly string[], named: ReadonlyMap<string, string>) =>
    ids.flatMap((id) => named.get(id) ?? []);
  const frames = boxes.objects.map(({ collapsed, ...frame }) => ({
    ...frame,
    nodes: within(frame.nodes, renamed),
    ...(collapsed
      ? {
          collapsed: {
            ...collapsed,
            frames: within(collapsed.frames, boxes.ids),
            notes: within(collapsed.notes, noteIds),
          },
        }
      : {}),
  }));
  const edit = (slot: 'frames' | 'notes', added: readonly object[]): Edit[] =>
    added.length === 0 ? [] : [{ slot, value: [...(document[slot] ?? []), ...(added as JsonValue[])] }];
  return [...edit('frames', frames), ...edit('notes', notes)];
}

function countInserted(nodes: number, { frames = [], notes = [] }: Drawn): string {
  const many = (n: number, one: string): readonly string[] => (n === 0 ? [] : [`${n} ${one}${n === 1 ? '' : 's'}`]);
  const drawn = [...many(frames.length, 'frame'), ...many(notes.length, 'note')];
  const parts = [...(nodes > 0 || drawn.length === 0 ? [`${nodes} node${nodes === 1 ? '' : 's'}`] : []), ...drawn];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
