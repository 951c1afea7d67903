/** What people do with subgraphs, each one step of undo, refusals shown and results announced. */
import type { Command } from '../graph/commands';
import type { EditorSession } from './session';

function perform(session: EditorSession, command: Command, select = false): boolean {
  const done = session.document.apply(command);
  if (!done.ok) {
    session.edits.refused(done);
    return false;
  }
  if (select && done.created.length > 0) session.selection.set(done.created);
  session.notices.announce(`${done.label}.`);
  return true;
}

export const collapseNodes = (session: EditorSession, ids: Iterable<string>): boolean =>
  perform(session, { type: 'collapse', ids: [...ids] }, true);

export const dissolveInstance = (session: EditorSession, id: string): boolean =>
  perform(session, { type: 'dissolve', id }, true);

export const detachInstance = (session: EditorSession, id: string): boolean => perform(session, { type: 'detach', id });

/** A command on a definition: ports, name, promoted parameters, pass-through. */
export const changeSubgraph = (session: EditorSession, command: Command): boolean => perform(session, command);
