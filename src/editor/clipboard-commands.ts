/**
 * Copy, cut and paste where no clipboard event comes: from the command palette and menus. The browser may refuse; then the
 * message says which keys work without asking.
 */
import { chordText } from './actions/keys';
import { copyFragment, fragmentToText, textToFragment } from './clipboard';
import type { EditorSession } from './session';

const refusedBy = (session: EditorSession, what: string, key: 'c' | 'x' | 'v'): void => {
  const keys = chordText({ key, mod: true });
  session.notices.show({
    level: 'warning',
    title: `The browser did not let the page ${what} the clipboard`,
    message: `Press ${keys} instead: the browser never refuses the keys.`,
  });
};

async function write(session: EditorSession, key: 'c' | 'x'): Promise<boolean> {
  const { nodes } = session.selection.store.getState();
  if (nodes.size === 0) {
    session.notices.show({ level: 'info', title: 'Nothing is selected to copy', message: 'Select nodes first.' });
    return false;
  }
  const fragment = copyFragment(session.document.store.getState().document, nodes);
  try {
    await navigator.clipboard.writeText(fragmentToText(fragment));
    session.notices.announce(`Copied ${nodes.size === 1 ? '1 node' : `${nodes.size} nodes`}.`);
    return true;
  } catch {
    refusedBy(session, 'write to', key);
    return false;
  }
}

export const copyNodes = (session: EditorSession): Promise<boolean> => write(session, 'c');

export async function cutNodes(session: EditorSession): Promise<void> {
  const { nodes, wires } = session.selection.store.getState();
  if (await write(session, 'x')) session.edits.remove(nodes, wires);
}

export async function pasteNodes(session: EditorSession): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    refusedBy(session, 'read', 'v');
    return;
  }
  const fragment = textToFragment(text);
  if (fragment) session.edits.paste(fragment);
  else
    session.notices.show({
      level: 'info',
      title: 'The clipboard holds no nodes',
      message: 'Copy nodes here or in another tab first.',
    });
}
