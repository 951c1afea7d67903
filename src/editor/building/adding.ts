/** Adding nodes that are wired at once: at the end of a wire in the hand, or in the middle of one. */
import { freshId } from '../../core/ids';
import type { Refusal } from '../../core/validity';
import type { Position } from '../../document/schema';
import { makeRoom } from '../../graph/arrange';
import type { WireEnds } from '../../graph/can-connect';
import { apply, type Command } from '../../graph/commands';
import { graphIndex } from '../../graph/graph-index';
import { spliceNode } from '../../graph/splice';
import { downstreamOf } from '../../graph/topology';
import { wiredTypes } from '../habits';
import type { Candidate, WireStart } from '../node-search';
import { type BuildingParts, documentIn } from './parts';

export interface Adding {
  /** A node at the other end of a wire, in one step; null where it was refused. */
  addWired(candidate: Candidate, start: WireStart, position?: Position): string | null;
  /** A new node in the middle of a wire, in one step; null where its ports do not fit. */
  addInto(type: string, wire: string, position: Position): string | null;
  /** The wire through a node that is not wired yet, with room made for it; null where its ports do not fit. */
  splice(node: string, wire: string, position?: Position): SplicePlan | null;
}

export interface SplicePlan {
  readonly label: string;
  readonly commands: readonly Command[];
}

/** A card before it has been measured. px */
const usual = { width: 264, height: 310 } as const;

export function createAdding(parts: BuildingParts): Adding {
  const { catalogue, edits, habits, notices, selection, documents, canvas } = parts;

  const freshNode = (type: string): string => {
    const { nodes } = graphIndex(documentIn(parts));
    return freshId(type.slice(type.indexOf('.') + 1), (id) => nodes.has(id));
  };

  const added = (id: string, type: string, said: string): string => {
    selection.set([id]);
    habits.used(type);
    notices.announce(said);
    return id;
  };

  const splice: Adding['splice'] = (node, wire, position) => {
    const document = documentIn(parts);
    const plan = spliceNode(document, catalogue, node, wire);
    const cut = graphIndex(document).wires.get(wire);
    if (!plan || !cut) return null;
    const boxes = new Map(canvas.current?.boxes() ?? []);
    const own = boxes.get(node);
    if (own && position) boxes.set(node, { ...own, ...position });
    const places = makeRoom(boxes, node, cut.from.node, cut.to.node, downstreamOf(document, [cut.to.node]));
    const commands = [...plan.commands, { type: 'move-nodes' as const, positions: places }];
    return { label: plan.label, commands };
  };

  return {
    splice,
    addWired({ node: { type, title }, ports }, start, position = canvas.current?.freePlace()) {
      const document = documentIn(parts);
      const id = freshNode(type);
      const label = `Add ${title}`;
      let refusal: Refusal | null = null;
      for (const port of ports) {
        const wire: WireEnds =
          start.side === 'source'
            ? { from: { node: start.node, port: start.port }, to: { node: id, port } }
            : { from: { node: id, port }, to: { node: start.node, port: start.port } };
        const commands: Command[] = [
          { type: 'add-node', node: { id, type }, ...(position ? { position } : {}) },
          { type: 'connect', wire },
        ];
        const tried = apply(document, { type: 'batch', label, commands }, catalogue);
        if (!tried.ok) {
          refusal ??= tried;
          continue;
        }
        if (!edits.run({ type: 'batch', label, commands })) return null;
        const types = wiredTypes(documentIn(parts), catalogue, wire);
        if (types) habits.wired(types);
        return added(
          id,
          type,
          `Added ${documents.nameOf(id)} and connected it ${start.side === 'source' ? 'from' : 'to'} ${documents.nameOf(start.node)}.`,
        );
      }
      if (refusal) edits.refused(refusal);
      return null;
    },
    addInto(type, wire, position) {
      const document = documentIn(parts);
      const id = freshNode(type);
      const add: Command = { type: 'add-node', node: { id, type }, position };
      const with_ = apply(document, add, catalogue);
      const cut = graphIndex(document).wires.get(wire);
      const plan = with_.ok ? spliceNode(with_.document, catalogue, id, wire) : null;
      if (!plan || !cut) return null;
      const boxes = new Map(canvas.current?.boxes() ?? []).set(id, { ...position, ...usual });
      const positions = makeRoom(boxes, id, cut.from.node, cut.to.node, downstreamOf(document, [cut.to.node]));
      const title = catalogue.get(type)?.title ?? type;
      const commands: Command[] = [add, ...plan.commands, { type: 'move-nodes', positions }];
      if (!edits.run({ type: 'batch', label: `Put ${title} into the wire`, commands })) return null;
      return added(id, type, `Put ${documents.nameOf(id)} into the wire.`);
    },
  };
}
