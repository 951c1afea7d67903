/** Muting and bypassing the selected nodes, and back: one step of undo, with the reason where a node cannot. */
import type { Command, NodeMode } from '../graph/commands';
import { bypassRefusal } from '../graph/sources';
import type { EditorSession } from './session';

/** Why the node cannot be bypassed; null if it can, or already is. */
export function bypassTrouble(session: EditorSession, id: string): string | null {
  const { document } = session.document.store.getState();
  const node = document.nodes.find((each) => each.id === id);
  return node?.mode === 'bypass' ? null : bypassRefusal(document, session.catalogue, id);
}

/** Switches the mode on, or off where all of them have it already. False if nothing is selected. */
export function toggleMode(session: EditorSession, mode: Exclude<NodeMode, 'on'>): boolean {
  const chosen = session.selection.store.getState().nodes;
  const nodes = session.document.store.getState().document.nodes.filter(({ id }) => chosen.has(id));
  if (nodes.length === 0) return false;
  const able = mode === 'mute' ? nodes : nodes.filter(({ id }) => bypassTrouble(session, id) === null);
  const unable = nodes.filter((node) => !able.includes(node));
  const [first] = unable;
  if (first) {
    session.notices.show({
      level: 'warning',
      title: `${session.document.nameOf(first.id)} cannot be bypassed`,
      message: bypassTrouble(session, first.id) ?? '',
    });
  }
  const next: NodeMode = able.every((node) => node.mode === mode) ? 'on' : mode;
  const commands = able.map(({ id }): Command => ({ type: 'set-mode', node: id, mode: next }));
  const [only] = commands;
  if (!only) return true;
  const verb = { on: 'Switch on', mute: 'Mute', bypass: 'Bypass' }[next];
  const done = session.document.apply(
    commands.length === 1 ? only : { type: 'batch', label: `${verb} ${commands.length} nodes`, commands },
  );
  if (done.ok) session.notices.announce(`${done.label}.`);
  else session.edits.refused(done);
  return true;
}
