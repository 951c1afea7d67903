/** What people do with the simple form: pin, unpin, name, lock. */
import type { FormItem } from '../document/schema';
import { formOf, isLocked, isOnForm } from '../graph/simple-form';
import type { EditorSession } from './session';

const current = (session: EditorSession) => session.document.store.getState().document;

export function setForm(session: EditorSession, items: readonly FormItem[]): void {
  const done = session.edits.apply({ type: 'set-form', items });
  if (done.ok) session.notices.announce(`${done.label}.`);
  else session.edits.refused(done);
}

export function togglePin(session: EditorSession, node: string, param: string): void {
  const document = current(session);
  const { nodes } = document;
  // What no longer has a node goes with the next change.
  const kept = formOf(document).filter((item) => nodes.some(({ id }) => id === item.node));
  setForm(
    session,
    isOnForm(document, node, param)
      ? kept.filter((item) => item.node !== node || item.param !== param)
      : [...kept, { node, param }],
  );
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
