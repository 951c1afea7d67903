/** Going into subgraphs and out again: one level at a time. Where somebody is belongs to the view, not to the document. */
import { expand, pathAround, pathOf, subgraphAt, withoutPrefix } from '../document/subgraphs';
import { graphIndex } from '../graph/graph-index';
import type { EditorSession } from './session';

/** Looks into an instance of the level that is open; false if the node is none. */
export function enterSubgraph(session: EditorSession, id: string): boolean {
  const { root, path, document } = session.document.store.getState();
  if (!expand(root).instances.has(id)) return false;
  const prefix = path.map((each) => `${each}/`).join('');
  if (!session.document.look([...path, withoutPrefix(id, prefix)])) return false;
  const inside = session.document.store.getState().document;
  if (inside !== document) session.notices.announce(`Inside ${subgraphAt(inside)?.name ?? id}.`);
  return true;
}

/** Out to the level at `depth`, the instance that was left selected. */
export function leaveSubgraph(session: EditorSession, depth: number): boolean {
  const { path } = session.document.store.getState();
  if (depth >= path.length || depth < 0) return false;
  session.document.look(path.slice(0, depth));
  const left = path.slice(0, depth + 1).join('/');
  session.selection.set([left]);
  const { document } = session.document.store.getState();
  session.notices.announce(depth === 0 ? `Back in ${document.title}.` : `Back in ${subgraphAt(document)?.name ?? ''}.`);
  return true;
}

/** Opens the level that a node is on, if it is another one than is open. True if the view has changed. */
export function openLevelOf(session: EditorSession, id: string): boolean {
  const { document } = session.document.store.getState();
  if (graphIndex(document).nodes.has(id)) return false;
  const path = pathAround(document, id);
  if (path.join('/') === pathOf(document).join('/')) return false;
  return session.document.look(path);
}
