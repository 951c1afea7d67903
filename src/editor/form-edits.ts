/** What people do with the simple form: pin, unpin, name, lock. */
import type { FormItem } from '../document/schema';
import { nodeAnywhere, pathAround } from '../document/subgraphs';
import { formOf, isLocked, isOnForm } from '../graph/simple-form';
import type { EditorSession } from './session';

const current = (session: EditorSession) => session.document.store.getState().document;

export function setForm(session: EditorSession, items: readonly FormItem[]): void {
  const done = session.edits.apply({ type: 'set-form', items });
  if (done.ok) session.notices.announce(`${done.label}.`);
  else session.edits.refused(done);
}

/** `node` is of whatever level is open, as the canvas has it. */
export function togglePin(session: EditorSession, node: string, param: string): void {
  const { root } = session.document.store.getState();
  // What no longer has a node goes with the next change.
  const kept = formOf(root).filter((item) => nodeAnywhere(root, item.node) !== undefined);
  setForm(
    session,
    isOnForm(root, node, param)
      ? kept.filter((item) => item.node !== node || item.param !== param)
      : [...kept, { node, param }],
  );
}

/** Where an entry of the form comes from: "Train", of a node inside a subgraph "Train in Decoder". */
export function placeOnForm(session: EditorSession, node: string): string {
  const path = pathAround(session.document.store.getState().root, node);
  const around = path.map((_, depth) => path.slice(0, depth + 1).join('/')).reverse();
  return [node, ...around].map((id) => session.document.nameOf(id)).join(' in ');
}

export function toggleLock(session: EditorSession, node: string): void {
  const document = current(session);
  const locked = (document.ui?.locked ?? []).filter(
    (id): id is string => typeof id === 'string' && document.nodes.some((each) => each.id === id),
  );
  const now = isLocked(document, node) ? locked.filter((id) => id !== node) : [...locked, node];
  const done = session.edits.apply({ type: 'set-locked', nodes: now });
  if (done.ok)
    session.notices.announce(
      `${isLocked(current(session), node) ? 'Locked' : 'Unlocked'} ${session.document.nameOf(node)}.`,
    );
  else session.edits.refused(done);
}
