/** What the connect list does when something is chosen from it; each is one step of undo and is announced. */
import { freshId } from '../core/ids';
import type { WireEnds } from '../graph/can-connect';
import { graphIndex } from '../graph/graph-index';
import { adapterCommands } from './adapter';
import { type NewNodeChoice, type PortEnd, wireEnds } from './connections';
import type { EditorSession } from './session';

/** From card to card, in document coordinates. */
const gap = 340;

/** A new node beside `own`, wired to it; its id, or null where it was refused (which is then shown). */
export function addConnected(session: EditorSession, own: PortEnd, choice: NewNodeChoice): string | null {
  const { document } = session.document.store.getState();
  const { nodes } = graphIndex(document);
  const id = freshId(choice.type.slice(choice.type.indexOf('.') + 1), (taken) => nodes.has(taken));
  const beside = document.ui?.positions?.[own.node] ?? { x: 0, y: 0 };
  const x = beside.x + (own.side === 'output' ? gap : -gap);
  const taken = Object.values(document.ui?.positions ?? {});
  let y = beside.y;
  while (taken.some((place) => Math.abs(place.x - x) < 200 && Math.abs(place.y - y) < 200)) y += gap;
  const done = session.edits.apply({
    type: 'batch',
    label: `Add ${choice.title}, wired`,
    commands: [
      { type: 'add-node', node: { id, type: choice.type }, position: { x, y } },
      { type: 'connect', wire: wireEnds(own, { node: id, port: choice.port }) },
    ],
  });
  if (!done.ok) {
    session.edits.refused(done);
    return null;
  }
  session.selection.set([id]);
  session.notices.announce(`Added ${session.document.nameOf(id)}, connected to ${session.document.nameOf(own.node)}.`);
  return id;
}

/** The node that makes a refused wire possible, put between the two ends. */
export function addAdapter(session: EditorSession, ends: WireEnds, types: readonly string[]): boolean {
  const { document } = session.document.store.getState();
  const offer = adapterCommands(document, session.catalogue, ends, types);
  if (!offer) return false;
  const done = session.edits.apply({ type: 'batch', label: offer.label, commands: offer.commands });
  if (done.ok) session.notices.announce(`${offer.label}: done.`);
  else session.edits.refused(done);
  return done.ok;
}

export function disconnect(session: EditorSession, wire: string, from: string, to: string): void {
  const done = session.edits.apply({ type: 'disconnect', ids: [wire] });
  if (done.ok) session.notices.announce(`Disconnected ${from} from ${to}.`);
  else session.edits.refused(done);
}
