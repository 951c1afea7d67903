/** Drawing and removing wires. */
import { freshId } from '../core/ids';
import { type Refusal, refuse } from '../core/validity';
import type { DocumentNode, DocumentWire, PipelineDocument } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import { canConnect } from './can-connect';
import type { CommandPlan, WireDraft } from './commands';
import { type Edit, removals } from './edits';
import { graphIndex } from './graph-index';
import { nodeName } from './names';

export function planConnect(document: PipelineDocument, draft: WireDraft, catalogue: Catalogue): CommandPlan | Refusal {
  const validity = canConnect(document, catalogue, draft);
  if (!validity.ok) return validity;
  const index = graphIndex(document);
  if (draft.id !== undefined && index.wires.has(draft.id)) {
    return refuse('wire.duplicate', `There is already a wire "${draft.id}".`, 'Choose another id, or leave it out.');
  }
  const { from, to } = draft;
  const source = index.nodes.get(from.node) as DocumentNode;
  const target = index.nodes.get(to.node) as DocumentNode;
  const replaced = new Set<string>(validity.replaces);
  const variadic = catalogue.get(target.type)?.inputs[to.port]?.variadic === true;
  const present = index.incoming(to.node).filter((wire) => wire.to.port === to.port);
  const order = draft.order ?? (variadic ? Math.max(-1, ...present.map((wire) => wire.order ?? 0)) + 1 : undefined);
  const wire: DocumentWire = {
    id: draft.id ?? freshWireId(from.node, to.node, (id) => index.wires.has(id)),
    from: { node: from.node, port: from.port },
    to: { node: to.node, port: to.port },
    ...(order === undefined ? {} : { order }),
  };
  const places = document.wires.flatMap((each, place) => (replaced.has(each.id) ? [place] : []));
  const [first, ...others] = places;
  const edits: Edit[] =
    first === undefined
      ? [{ slot: 'wires', index: document.wires.length, remove: 0, insert: [wire] }]
      : [...removals('wires', others), { slot: 'wires', index: first, remove: 1, insert: [wire] }];
  return {
    ok: true,
    edits,
    label: `Connect ${nodeName(document, source, catalogue)} to ${nodeName(document, target, catalogue)}`,
  };
}

/** Readable in a diff: "encoder-readout". */
export const freshWireId = (from: string, to: string, taken: (id: string) => boolean): string =>
  freshId(`${from.slice(0, 50)}-${to.slice(0, 50)}`, taken);

export function planDisconnect(document: PipelineDocument, ids: readonly string[]): CommandPlan | Refusal {
  const { wires } = graphIndex(document);
  const missing = ids.find((id) => !wires.has(id));
  if (missing !== undefined)
    return refuse('wire.missing', `There is no wire "${missing}".`, 'It may have been removed.');
  const gone = new Set(ids);
  const places = document.wires.flatMap((wire, place) => (gone.has(wire.id) ? [place] : []));
  return {
    ok: true,
    edits: removals('wires', places),
    label: gone.size === 1 ? 'Disconnect' : `Disconnect ${gone.size} wires`,
  };
}
